package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.ParallelLogits;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;

/** Rows of logits, and whether what became of them is within the bounds that the library states. */
final class Results {
  /** The calls without other threads. */
  static final ParallelLogits ONE_THREAD = ParallelLogits.of(Runnable::run, 1);

  private static final double SOFTMAX_ULPS = 2;

  private Results() {}

  static float[] floatLogits(int count, double scale, long seed) {
    Random random = new Random(seed);
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (scale * random.nextGaussian());
    }
    return x;
  }

  static double[] doubleLogits(int count, double scale, long seed) {
    return new Random(seed).doubles(count, -scale, scale).toArray();
  }

  static double[] widened(float[] x) {
    double[] wide = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      wide[i] = x[i];
    }
    return wide;
  }

  static void assertRows(Operation operation, float[] x, int n, double temperature, float[] y) {
    double unit = 0x1p-24;
    assertRows(operation, widened(x), n, temperature, widened(y), unit, Results::floatUlp);
  }

  static void assertRows(Operation operation, double[] x, int n, double temperature, double[] y) {
    assertRows(operation, x, n, temperature, y, 0x1p-53, Math::ulp);
  }

  private static double floatUlp(double value) {
    return Math.ulp((float) value);
  }

  /** How far two neighbouring values of the result's type lie apart at a value. */
  private interface Ulp {
    double at(double value);
  }

  private static void assertRows(
      Operation operation, double[] x, int n, double t, double[] y, double unit, Ulp ulp) {
    int rows = x.length / n;
    assertThat(y).hasSize(operation.reduces() ? rows : x.length);
    for (int row = 0; row < rows; row++) {
      double[] logits = Arrays.copyOfRange(x, row * n, (row + 1) * n);
      BigDecimal[] scaled = Reference.scaled(logits, t);
      BigDecimal lse = Reference.logSumExp(scaled);
      if (operation.reduces()) {
        double bound = Math.max(ulp.at(lse.doubleValue()), unit);
        assertClose(operation, row, 0, y[row], lse, bound);
        continue;
      }
      for (int i = 0; i < n; i++) {
        BigDecimal log = scaled[i].subtract(lse);
        boolean softmax = operation == Operation.SOFTMAX;
        BigDecimal truth = softmax ? Reference.exp(log) : log;
        double relative = SOFTMAX_ULPS * ulp.at(truth.doubleValue());
        double bound = softmax ? relative : Math.max(relative, unit);
        assertClose(operation, row, i, y[row * n + i], truth, bound);
      }
    }
  }

  private static void assertClose(
      Operation operation, int row, int i, double found, BigDecimal truth, double bound) {
    double error = new BigDecimal(found).subtract(truth).abs().doubleValue();
    assertThat(error)
        .as("%s of row %d at %d: %s for %s", operation, row, i, found, truth.doubleValue())
        .isLessThanOrEqualTo(bound);
  }
}
