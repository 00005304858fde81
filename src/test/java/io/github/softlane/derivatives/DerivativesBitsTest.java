package io.github.softlane.derivatives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.LogSoftmaxDerivatives;
import io.github.softlane.LogSumExpDerivatives;
import io.github.softlane.Logits;
import io.github.softlane.SoftmaxDerivatives;
import io.github.softlane.bits.DoubleRowType;
import io.github.softlane.bits.FloatRowType;
import io.github.softlane.bits.RowKind;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import io.github.softlane.internal.rows.DoubleInformation;
import io.github.softlane.internal.rows.FloatInformation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every backend gives the bits of the scalar one, and every way to call the same bits. */
class DerivativesBitsTest {
  private static final int[] LENGTHS = {1, 7, 33, 130};
  private static final double[] TEMPERATURES = {1, 0.7, 0, Double.POSITIVE_INFINITY, 1e-310};
  private static final double[] USUAL = {1, 0.7};
  private static final int LIMITS_AT = 33;
  private static final RowKind[] GRADIENTS = {RowKind.UNIT, RowKind.HUGE, RowKind.MIXED};
  private static final int OFFSET = 3;
  private static final int LARGEST_SQUARE = 7;
  private static final float GUARD = 1.625f;

  @ParameterizedTest
  @EnumSource
  void floats(RowKind kind) {
    Random random = new Random(kind.name().hashCode());
    FloatRowType type = new FloatRowType();
    for (int n : LENGTHS) {
      float[] x = new float[n + 2 * OFFSET];
      float[] g = new float[n + 2 * OFFSET];
      type.fill(x, OFFSET, n, kind, random);
      type.fill(g, OFFSET, n, GRADIENTS[random.nextInt(GRADIENTS.length)], random);
      for (double t : n == LIMITS_AT ? TEMPERATURES : USUAL) {
        for (Derivative derivative : Derivative.values()) {
          if (derivative.isJacobian() && n > LARGEST_SQUARE) {
            continue;
          }
          float[] scalar = run(derivative, Dispatch.scalar(), x, g, n, t);
          for (Backend backend : Dispatch.all()) {
            float[] found = run(derivative, backend, x, g, n, t);
            type.assertSame(scalar, found, derivative + " on " + backend.name());
          }
          if (!derivative.isJacobian()) {
            float[] inPlace = x.clone();
            derivative.run(Dispatch.scalar().floats(), inPlace, g, inPlace, OFFSET, n, t);
            float[] apart = Arrays.copyOfRange(scalar, OFFSET, OFFSET + n);
            assertThat(Arrays.equals(Arrays.copyOfRange(inPlace, OFFSET, OFFSET + n), apart))
                .isTrue();
          }
        }
        double entropy = FloatInformation.entropy(Dispatch.scalar().floats(), x, OFFSET, n, t);
        for (Backend backend : Dispatch.all()) {
          double found = FloatInformation.entropy(backend.floats(), x, OFFSET, n, t);
          assertThat(Double.doubleToRawLongBits(found))
              .isEqualTo(Double.doubleToRawLongBits(entropy));
        }
      }
    }
  }

  private static float[] run(
      Derivative derivative, Backend backend, float[] x, float[] g, int n, double t) {
    float[] y = new float[derivative.size(n) + 2 * OFFSET];
    Arrays.fill(y, GUARD);
    derivative.run(backend.floats(), x, g, y, OFFSET, n, t);
    for (int i = 0; i < y.length; i++) {
      boolean inside = i >= OFFSET && i < OFFSET + derivative.size(n);
      boolean canonical = Float.floatToRawIntBits(y[i]) == Float.floatToIntBits(y[i]);
      if (!canonical || (!inside && y[i] != GUARD)) {
        throw new AssertionError(
            derivative + " wrote " + y[i] + " at " + i + " n " + n + " T " + t);
      }
    }
    return y;
  }

  @ParameterizedTest
  @EnumSource
  void doubles(RowKind kind) {
    Random random = new Random(kind.name().hashCode());
    DoubleRowType type = new DoubleRowType();
    for (int n : LENGTHS) {
      double[] x = new double[n + 2 * OFFSET];
      double[] g = new double[n + 2 * OFFSET];
      type.fill(x, OFFSET, n, kind, random);
      type.fill(g, OFFSET, n, random.nextBoolean() ? RowKind.UNIT : RowKind.MASKED_30, random);
      for (double t : n == LIMITS_AT ? TEMPERATURES : USUAL) {
        for (Derivative derivative : Derivative.values()) {
          if (derivative.isJacobian() && n > LARGEST_SQUARE) {
            continue;
          }
          double[] scalar = run(derivative, Dispatch.scalar(), x, g, n, t);
          for (Backend backend : Dispatch.all()) {
            double[] found = run(derivative, backend, x, g, n, t);
            type.assertSame(scalar, found, derivative + " on " + backend.name());
          }
          if (!derivative.isJacobian()) {
            double[] inPlace = x.clone();
            derivative.run(Dispatch.scalar().doubles(), inPlace, g, inPlace, OFFSET, n, t);
            double[] apart = Arrays.copyOfRange(scalar, OFFSET, OFFSET + n);
            assertThat(Arrays.equals(Arrays.copyOfRange(inPlace, OFFSET, OFFSET + n), apart))
                .isTrue();
          }
        }
        double entropy = DoubleInformation.entropy(Dispatch.scalar().doubles(), x, OFFSET, n, t);
        for (Backend backend : Dispatch.all()) {
          double found = DoubleInformation.entropy(backend.doubles(), x, OFFSET, n, t);
          assertThat(Double.doubleToRawLongBits(found))
              .isEqualTo(Double.doubleToRawLongBits(entropy));
        }
      }
    }
  }

  private static double[] run(
      Derivative derivative, Backend backend, double[] x, double[] g, int n, double t) {
    double[] y = new double[derivative.size(n) + 2 * OFFSET];
    Arrays.fill(y, GUARD);
    derivative.run(backend.doubles(), x, g, y, OFFSET, n, t);
    for (int i = 0; i < y.length; i++) {
      boolean inside = i >= OFFSET && i < OFFSET + derivative.size(n);
      boolean canonical = Double.doubleToRawLongBits(y[i]) == Double.doubleToLongBits(y[i]);
      if (!canonical || (!inside && y[i] != GUARD)) {
        throw new AssertionError(
            derivative + " wrote " + y[i] + " at " + i + " n " + n + " T " + t);
      }
    }
    return y;
  }

  /** Rows with strides give what each gives on its own, in groups and one longer than a group. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 300, 4500})
  void manyRows(int n) {
    int rows = n > 1000 ? 3 : 23;
    int xs = n + 1;
    int gs = n + 2;
    int ys = n + 3;
    Random random = new Random(n);
    float[] x = new float[rows * xs];
    float[] g = new float[rows * gs];
    new FloatRowType().fill(x, 0, x.length, RowKind.UNIT, random);
    new FloatRowType().fill(g, 0, g.length, RowKind.UNIT, random);
    for (double t : new double[] {1, 0.7}) {
      float[][] many = new float[7][rows * ys];
      SoftmaxDerivatives.vjpRows(x, 0, xs, g, 0, gs, many[0], 0, ys, rows, n, t);
      SoftmaxDerivatives.jvpRows(x, 0, xs, g, 0, gs, many[1], 0, ys, rows, n, t);
      float[] p = new float[rows * xs];
      Logits.softmaxRows(x, 0, xs, p, 0, xs, rows, n, t);
      SoftmaxDerivatives.vjpFromOutputRows(p, 0, xs, g, 0, gs, many[2], 0, ys, rows, n, t);
      LogSoftmaxDerivatives.vjpRows(x, 0, xs, g, 0, gs, many[3], 0, ys, rows, n, t);
      LogSoftmaxDerivatives.jvpRows(x, 0, xs, g, 0, gs, many[4], 0, ys, rows, n, t);
      LogSumExpDerivatives.hvpRows(x, 0, xs, g, 0, gs, many[5], 0, ys, rows, n, t);
      LogSumExpDerivatives.gradientRows(x, 0, xs, many[6], 0, ys, rows, n, t);
      for (int row = 0; row < rows; row++) {
        float[][] one = new float[7][n];
        int xo = row * xs;
        int go = row * gs;
        SoftmaxDerivatives.vjp(x, xo, g, go, one[0], 0, n, t);
        SoftmaxDerivatives.jvp(x, xo, g, go, one[1], 0, n, t);
        SoftmaxDerivatives.vjpFromOutput(p, xo, g, go, one[2], 0, n, t);
        LogSoftmaxDerivatives.vjp(x, xo, g, go, one[3], 0, n, t);
        LogSoftmaxDerivatives.jvp(x, xo, g, go, one[4], 0, n, t);
        LogSumExpDerivatives.hvp(x, xo, g, go, one[5], 0, n, t);
        LogSumExpDerivatives.gradient(x, xo, one[6], 0, n, t);
        for (int k = 0; k < one.length; k++) {
          int from = row * ys;
          assertThat(Arrays.copyOfRange(many[k], from, from + n)).isEqualTo(one[k]);
          assertThat(Arrays.copyOfRange(many[k], from + n, from + ys)).containsOnly(0);
        }
        assertThat(one[1]).isEqualTo(one[0]);
        assertThat(one[2]).isEqualTo(one[0]);
      }
    }
  }

  /** From kept probabilities the output may be either input. */
  @Test
  void fromOutputInPlace() {
    double[] p = {0.5, 0.25, 0.25};
    double[] g = {1, 2, -3};
    double[] expected = new double[3];
    SoftmaxDerivatives.vjpFromOutput(p, g, expected);
    double[] overG = g.clone();
    SoftmaxDerivatives.vjpFromOutput(p, overG, overG);
    assertThat(overG).isEqualTo(expected);
    SoftmaxDerivatives.vjpFromOutput(p, g, p);
    assertThat(p).isEqualTo(expected);
  }
}
