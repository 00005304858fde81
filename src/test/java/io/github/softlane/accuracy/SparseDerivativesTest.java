package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.Entmax15;
import io.github.softlane.GumbelSoftmax;
import io.github.softlane.Sparsemax;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vector-Jacobian products against the Jacobians, and against differences of the results. */
class SparseDerivativesTest {
  /** A map of rows, and the vector that its Jacobian diag(s) - s s^T / sum(s) is made of. */
  enum DifferentiableMap {
    SPARSEMAX {
      @Override
      double[] apply(double[] x, double t) {
        double[] y = new double[x.length];
        Sparsemax.sparsemax(x, y, t);
        return y;
      }

      @Override
      void vjp(double[] y, double[] gradY, double[] gradX, double t) {
        Sparsemax.vjpFromOutput(y, gradY, gradX, t);
      }

      @Override
      void vjp(float[] y, float[] gradY, float[] gradX, double t) {
        Sparsemax.vjpFromOutput(y, gradY, gradX, t);
      }

      @Override
      double weight(double p) {
        return p > 0 ? 1 : 0;
      }
    },
    ENTMAX15 {
      @Override
      double[] apply(double[] x, double t) {
        double[] y = new double[x.length];
        Entmax15.entmax15(x, y, t);
        return y;
      }

      @Override
      void vjp(double[] y, double[] gradY, double[] gradX, double t) {
        Entmax15.vjpFromOutput(y, gradY, gradX, t);
      }

      @Override
      void vjp(float[] y, float[] gradY, float[] gradX, double t) {
        Entmax15.vjpFromOutput(y, gradY, gradX, t);
      }

      @Override
      double weight(double p) {
        return Math.sqrt(p);
      }
    },
    GUMBEL_SOFTMAX {
      @Override
      double[] apply(double[] x, double t) {
        double[] y = new double[x.length];
        GumbelSoftmax.sample(x, y, new Random(4), t);
        return y;
      }

      @Override
      void vjp(double[] y, double[] gradY, double[] gradX, double t) {
        GumbelSoftmax.vjpFromOutput(y, gradY, gradX, t);
      }

      @Override
      void vjp(float[] y, float[] gradY, float[] gradX, double t) {
        GumbelSoftmax.vjpFromOutput(y, gradY, gradX, t);
      }

      @Override
      double weight(double p) {
        return p;
      }
    };

    abstract double[] apply(double[] x, double t);

    abstract void vjp(double[] y, double[] gradY, double[] gradX, double t);

    abstract void vjp(float[] y, float[] gradY, float[] gradX, double t);

    abstract double weight(double p);
  }

  @ParameterizedTest
  @EnumSource(DifferentiableMap.class)
  void jacobian(DifferentiableMap map) {
    Random random = new Random(1);
    for (int row = 0; row < 200; row++) {
      int n = 1 + random.nextInt(20);
      double t = 0.5 + random.nextDouble();
      double[] y = map.apply(bell(random, n), t);
      double[] gradY = bell(random, n);
      double[] gradX = new double[n];
      map.vjp(y, gradY, gradX, t);
      double[] s = Arrays.stream(y).map(map::weight).toArray();
      DoubleDouble whole = sum(s);
      double[] products = new double[n];
      DoubleDouble mean = DoubleDouble.ZERO;
      for (int i = 0; i < n; i++) {
        mean = mean.plus(DoubleDouble.of(s[i]).times(gradY[i]));
      }
      if (map != DifferentiableMap.GUMBEL_SOFTMAX) {
        mean = mean.dividedBy(whole);
      }
      for (int i = 0; i < n; i++) {
        DoubleDouble exact =
            DoubleDouble.of(gradY[i]).minus(mean).times(s[i]).dividedBy(DoubleDouble.of(t));
        products[i] = exact.hi();
        assertThat(gradX[i]).isCloseTo(exact.hi(), within(0x1p-51 * 8));
        if (y[i] == 0) {
          assertThat(Double.doubleToRawLongBits(gradX[i])).isZero();
        }
      }
      float[] narrow = floats(y);
      float[] result = new float[n];
      map.vjp(narrow, floats(gradY), result, t);
      for (int i = 0; i < n; i++) {
        assertThat(result[i]).isCloseTo((float) products[i], within(4e-6f));
      }
      double[] inPlace = y.clone();
      map.vjp(inPlace, gradY, inPlace, t);
      assertThat(inPlace).isEqualTo(gradX);
      map.vjp(y, gradY, gradY, t);
      assertThat(gradY).isEqualTo(gradX);
    }
  }

  /** Central differences, in rows whose support does not change within the step. */
  @ParameterizedTest
  @EnumSource(DifferentiableMap.class)
  void finiteDifferences(DifferentiableMap map) {
    Random random = new Random(2);
    double step = 1e-6;
    int compared = 0;
    for (int row = 0; row < 100; row++) {
      int n = 2 + random.nextInt(8);
      double t = 0.5 + random.nextDouble();
      double[] x = bell(random, n);
      double[] gradY = bell(random, n);
      double[] y = map.apply(x, t);
      double[] gradX = new double[n];
      map.vjp(y, gradY, gradX, t);
      for (int i = 0; i < n; i++) {
        double[] moved = x.clone();
        moved[i] = x[i] + step;
        double[] above = map.apply(moved, t);
        moved[i] = x[i] - step;
        double[] below = map.apply(moved, t);
        double slope = 0;
        boolean sameSupport = true;
        for (int j = 0; j < n; j++) {
          slope += gradY[j] * (above[j] - below[j]) / (2 * step);
          sameSupport &= above[j] > 0 == y[j] > 0 && below[j] > 0 == y[j] > 0;
        }
        if (sameSupport) {
          assertThat(gradX[i]).isCloseTo(slope, within(1e-6));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(300);
  }

  @ParameterizedTest
  @EnumSource(DifferentiableMap.class)
  void limitsAndNaN(DifferentiableMap map) {
    double[] y = {0.25, 0, 0.75};
    double[] gradY = {1, -2, 3};
    double[] gradX = {7, 7, 7};
    for (double t : new double[] {0, Double.POSITIVE_INFINITY}) {
      map.vjp(y, gradY, gradX, t);
      assertThat(gradX).containsExactly(0, 0, 0);
      assertThat(Arrays.stream(gradX).mapToLong(Double::doubleToRawLongBits).sum()).isZero();
    }
    float[] wrong = {Float.NaN, Float.NaN, Float.NaN};
    float[] result = new float[3];
    map.vjp(wrong, new float[] {1, 2, 3}, result, 1);
    assertThat(result).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    // What comes in outside of the support does not count.
    map.vjp(y, new double[] {1, Double.NaN, 3}, gradX, 1);
    assertThat(gradX[1]).isZero();
    assertThat(gradX[0]).isNegative();
    map.vjp(new double[0], new double[0], new double[0], 1);
  }

  /** Rows with strides give what single rows give. */
  @Test
  void manyRows() {
    Random random = new Random(5);
    double[] y = new double[2 * 5];
    double[] gradY = bell(random, 2 * 6);
    for (int row = 0; row < 2; row++) {
      Sparsemax.sparsemax(bell(random, 4), 0, y, 5 * row, 4);
    }
    double[] gradX = new double[1 + 2 * 7];
    double[] single = new double[4];
    Sparsemax.vjpFromOutputRows(y, 0, 5, gradY, 0, 6, gradX, 1, 7, 2, 4, 0.5);
    for (int row = 0; row < 2; row++) {
      Sparsemax.vjpFromOutput(y, 5 * row, gradY, 6 * row, single, 0, 4, 0.5);
      assertThat(Arrays.copyOfRange(gradX, 1 + 7 * row, 5 + 7 * row)).isEqualTo(single);
    }
    Entmax15.vjpFromOutputRows(y, 0, 5, gradY, 0, 6, gradX, 1, 7, 2, 4, 0.5);
    for (int row = 0; row < 2; row++) {
      Entmax15.vjpFromOutput(y, 5 * row, gradY, 6 * row, single, 0, 4, 0.5);
      assertThat(Arrays.copyOfRange(gradX, 1 + 7 * row, 5 + 7 * row)).isEqualTo(single);
    }
    GumbelSoftmax.vjpFromOutputRows(y, 0, 5, gradY, 0, 6, gradX, 1, 7, 2, 4, 0.5);
    for (int row = 0; row < 2; row++) {
      GumbelSoftmax.vjpFromOutput(y, 5 * row, gradY, 6 * row, single, 0, 4, 0.5);
      assertThat(Arrays.copyOfRange(gradX, 1 + 7 * row, 5 + 7 * row)).isEqualTo(single);
    }
    assertThat(gradX[0]).isZero();
    assertThat(gradX[5]).isZero();
  }

  private static double[] bell(Random random, int n) {
    double[] x = new double[n];
    Arrays.setAll(x, i -> random.nextGaussian());
    return x;
  }

  private static DoubleDouble sum(double[] x) {
    DoubleDouble sum = DoubleDouble.ZERO;
    for (double element : x) {
      sum = sum.plus(DoubleDouble.of(element));
    }
    return sum;
  }

  private static float[] floats(double[] x) {
    float[] floats = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    return floats;
  }
}
