package io.github.softlane.derivatives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Information;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cell of what entropy and divergences say about special values and temperatures. */
class InformationSpecialValuesTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double LN2 = Math.log(2);
  private static final double[] PLAIN = {1, 2, 3};

  /** Equal, NaN to NaN. */
  private static void assertSame(double found, double expected) {
    assertThat(Double.valueOf(found)).isEqualTo(Double.valueOf(expected));
  }

  private static double entropy(double[] x, double t) {
    double wide = Information.entropy(x, t);
    assertSame(Information.entropy(Derivative.floats(x), t), (float) wide);
    float[] rows = Derivative.floats(x);
    float[] results = {-1, -1};
    Information.entropyRows(rows, 0, x.length, results, 1, 1, x.length, t);
    assertSame(results[0], -1);
    assertSame(results[1], (float) wide);
    return wide;
  }

  private static double kl(double[] p, double[] q, double t) {
    double wide = Information.klDivergence(p, q, t);
    float[] floatP = Derivative.floats(p);
    float[] floatQ = Derivative.floats(q);
    assertSame(Information.klDivergence(floatP, floatQ, t), (float) wide);
    double[] results = {-1, -1};
    Information.klDivergenceRows(p, 0, p.length, q, 0, q.length, results, 1, 1, p.length, t);
    assertSame(results[0], -1);
    assertSame(results[1], wide);
    return wide;
  }

  private static double js(double[] p, double[] q, double t) {
    double wide = Information.jsDivergence(p, q, t);
    float[] floatP = Derivative.floats(p);
    float[] floatQ = Derivative.floats(q);
    assertSame(Information.jsDivergence(floatP, floatQ, t), (float) wide);
    assertSame(Information.jsDivergence(q, p, t), wide);
    double[] results = {-1, -1};
    Information.jsDivergenceRows(p, 0, p.length, q, 0, q.length, results, 1, 1, p.length, t);
    assertSame(results[0], -1);
    assertSame(results[1], wide);
    return wide;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0, INF, 1e-310, 1e308})
  void rowsWithoutADistribution(double t) {
    double[][] rows = {{NAN, 1, 2}, {1, 2, NAN}, {INF, 1, 2}, {1, INF, INF}, {-INF, -INF, -INF}};
    for (double[] row : rows) {
      assertThat(entropy(row, t)).isNaN();
      assertThat(kl(row, PLAIN, t)).isNaN();
      assertThat(kl(PLAIN, row, t)).isNaN();
      assertThat(js(row, PLAIN, t)).isNaN();
    }
  }

  @Test
  void emptyRows() {
    assertThat(Information.entropy(new double[0])).isNaN();
    assertThat(Information.entropy(new float[0])).isNaN();
    assertThat(Information.klDivergence(new float[0], new float[0])).isNaN();
    assertThat(Information.jsDivergence(new double[0], new double[0])).isNaN();
    float[] y = new float[2];
    Information.entropyRows(new float[0], 0, 0, y, 0, 2, 0, 1);
    assertSame(y[0], Double.NaN);
    assertSame(y[1], Double.NaN);
  }

  @Test
  void entropyOfMaskedAndConstantRows() {
    assertThat(entropy(new double[] {4}, 1)).isZero();
    assertThat(entropy(new double[] {4, -INF}, 1)).isZero();
    assertThat(entropy(new double[] {2, 2, 2}, 0.3)).isEqualTo(Math.log(3));
    assertThat(entropy(new double[] {2, -INF, 2}, 7)).isEqualTo(LN2);
    assertThat(entropy(new double[] {-0.0, 0.0}, 1)).isEqualTo(LN2);
    float max = Float.MAX_VALUE;
    assertThat(entropy(new double[] {max, -max, max}, 1)).isEqualTo(LN2);
  }

  @Test
  void differencesThatOverflow() {
    double max = Double.MAX_VALUE;
    double[] x = {max, -max};
    assertThat(Information.entropy(x)).isZero();
    double z = 2 * (max / 1e308);
    double exact = Math.log1p(Math.exp(-z)) + z * Math.exp(-z) / (1 + Math.exp(-z));
    assertThat(Information.entropy(x, 1e308)).isCloseTo(exact, within(1e-15));
    double[] y = {-max, max};
    assertThat(Information.klDivergence(x, y)).isEqualTo(INF);
    assertThat(Information.klDivergence(x, y, 1e308))
        .isCloseTo(z * Math.tanh(z / 2), within(1e-14));
    assertThat(Information.jsDivergence(x, y)).isEqualTo(LN2);
    assertThat(Information.klDivergence(x, x)).isZero();
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.api.Assertions.within(offset);
  }

  @Test
  void limitsOfTheTemperature() {
    double[] p = {1, 3, 3};
    double[] q = {3, 1, 2};
    double[] r = {0, 5, 5};
    assertThat(entropy(p, 0)).isZero();
    assertThat(kl(p, q, 0)).isEqualTo(INF);
    assertThat(kl(p, r, 0)).isZero();
    assertThat(js(p, q, 0)).isEqualTo(LN2);
    assertThat(js(p, r, 0)).isZero();
    double[] masked = {1, 2, -INF};
    assertThat(entropy(p, INF)).isEqualTo(Math.log(3));
    assertThat(entropy(masked, INF)).isEqualTo(LN2);
    assertThat(kl(p, q, INF)).isZero();
    assertThat(kl(masked, q, INF)).isCloseTo(Math.log(1.5), within(1e-15));
    assertThat(kl(q, masked, INF)).isEqualTo(INF);
  }

  @Test
  void divergencesOfMaskedRows() {
    double[] p = {1, -INF, 1};
    double[] q = {1, 1, -INF};
    double[] both = {1, 1, 1};
    assertThat(kl(p, q, 1)).isEqualTo(INF);
    assertThat(kl(p, both, 1)).isCloseTo(Math.log(1.5), within(1e-15));
    assertThat(kl(p, p, 1)).isZero();
    double[] first = {1, -INF};
    double[] second = {-INF, 1};
    assertThat(js(first, second, 1)).isEqualTo(LN2);
    assertThat(js(p, q, 1)).isCloseTo(LN2 / 2, within(1e-15));
    // Masked in q, and only too small for the type in p.
    assertThat(kl(new double[] {0, -5000}, new double[] {0, -INF}, 1)).isEqualTo(INF);
    // Only too small for the type in q.
    assertThat(kl(new double[] {0, 0}, new double[] {0, -5000}, 1))
        .isCloseTo(2500 - LN2, within(1e-12));
  }

  /** A row and itself, and itself with a constant added. */
  @Test
  void sameDistributions() {
    double[] moved = {33, 34, 35};
    assertThat(kl(PLAIN, PLAIN, 0.7)).isZero();
    assertThat(js(PLAIN, PLAIN, 0.7)).isZero();
    assertThat(kl(PLAIN, moved, 0.7)).isZero();
    assertThat(js(PLAIN, moved, 0.7)).isZero();
  }
}
