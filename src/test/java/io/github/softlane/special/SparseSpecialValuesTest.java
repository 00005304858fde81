package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.BinaryCrossEntropy;
import io.github.softlane.Entmax15;
import io.github.softlane.Hardmax;
import io.github.softlane.Reduction;
import io.github.softlane.Sigmoid;
import io.github.softlane.Sparsemax;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.ToIntBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Special values of the sparse alternatives to softmax and of the logistic functions. */
class SparseSpecialValuesTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final int[] LENGTHS = {1, 2, 33};

  private static final ToIntBiFunction<float[], float[]> SPARSEMAX = Sparsemax::sparsemax;
  private static final ToIntBiFunction<float[], float[]> ENTMAX15 = Entmax15::entmax15;
  private static final ToIntBiFunction<double[], double[]> WIDE_SPARSEMAX = Sparsemax::sparsemax;
  private static final ToIntBiFunction<double[], double[]> WIDE_ENTMAX15 = Entmax15::entmax15;

  /** NaN of any payload and +inf, at every place, and rows of -inf only. */
  @Test
  void rowsOfNaN() {
    for (int n : LENGTHS) {
      for (int at = 0; at < n; at++) {
        for (int bits : new int[] {0x7fc00000, 0xffc00001, 0x7f800001, 0x7fc00005, 0x7f800000}) {
          float[] x = new float[n];
          Arrays.fill(x, -INF);
          x[at] = Float.intBitsToFloat(bits);
          allNaN(SPARSEMAX, x);
          allNaN(ENTMAX15, x);
          Arrays.fill(x, 1);
          x[at] = Float.intBitsToFloat(bits);
          allNaN(SPARSEMAX, x);
          allNaN(ENTMAX15, x);
          double[] z = new double[n];
          z[at] = x[at];
          allWideNaN(WIDE_SPARSEMAX, z);
          allWideNaN(WIDE_ENTMAX15, z);
          float[] hard = new float[n];
          Hardmax.hardmax(x, hard);
          double[] wideHard = new double[n];
          Hardmax.hardmax(z, wideHard);
          float[] expected = new float[n];
          if (bits == 0x7f800000) {
            expected[at] = 1;
          } else {
            Arrays.fill(expected, NAN);
          }
          assertThat(hard).isEqualTo(expected);
          for (int i = 0; i < n; i++) {
            assertThat((float) wideHard[i]).isEqualTo(Float.valueOf(expected[i]));
          }
        }
      }
      float[] masked = new float[n];
      Arrays.fill(masked, -INF);
      allNaN(SPARSEMAX, masked);
      allNaN(ENTMAX15, masked);
      double[] wideMasked = new double[n];
      Arrays.fill(wideMasked, -INF);
      allWideNaN(WIDE_SPARSEMAX, wideMasked);
      allWideNaN(WIDE_ENTMAX15, wideMasked);
      Hardmax.hardmax(masked);
      assertThat(masked[0]).isEqualTo(1);
      assertThat(masked[n - 1]).isEqualTo(n == 1 ? 1 : 0);
    }
  }

  private static void allNaN(ToIntBiFunction<float[], float[]> map, float[] x) {
    float[] y = new float[x.length];
    assertThat(map.applyAsInt(x, y)).isZero();
    for (float element : y) {
      assertThat(Float.floatToRawIntBits(element)).isEqualTo(0x7fc00000);
    }
    assertThat(Sparsemax.supportSize(y)).isZero();
    assertThat(Sparsemax.threshold(x)).isNaN();
    assertThat(Entmax15.threshold(x)).isNaN();
  }

  private static void allWideNaN(ToIntBiFunction<double[], double[]> map, double[] x) {
    double[] y = new double[x.length];
    assertThat(map.applyAsInt(x, y)).isZero();
    for (double element : y) {
      assertThat(Double.doubleToRawLongBits(element)).isEqualTo(0x7ff8000000000000L);
    }
    assertThat(Entmax15.supportSize(y)).isZero();
    assertThat(Sparsemax.threshold(x)).isNaN();
    assertThat(Entmax15.threshold(x)).isNaN();
  }

  /** A masked entry is exactly +0 and changes nothing; one entry alone has all of it. */
  @Test
  void maskedEntries() {
    for (int n : LENGTHS) {
      for (int at = 0; at < n; at++) {
        float[] x = new float[n];
        Arrays.fill(x, -INF);
        x[at] = -3;
        float[] expected = new float[n];
        expected[at] = 1;
        float[] y = new float[n];
        assertThat(Sparsemax.sparsemax(x, y)).isEqualTo(1);
        assertThat(y).isEqualTo(expected);
        assertThat(Entmax15.entmax15(x, y)).isEqualTo(1);
        assertThat(y).isEqualTo(expected);
      }
    }
    double[] plain = {0.3, -0.1, 0.2};
    double[] masked = {-INF, 0.3, -0.1, -INF, -INF, 0.2};
    for (BiConsumer<double[], double[]> map :
        Arrays.<BiConsumer<double[], double[]>>asList(Sparsemax::sparsemax, Entmax15::entmax15)) {
      double[] y = new double[3];
      double[] w = new double[6];
      map.accept(plain, y);
      map.accept(masked, w);
      assertThat(w).containsExactly(0, y[0], y[1], 0, 0, y[2]);
    }
  }

  /** Ties share alike, -0 and +0 tie, and a constant row gives 1/n. */
  @Test
  void ties() {
    float[] y = new float[4];
    assertThat(Sparsemax.sparsemax(new float[] {-0f, 0, -5, 0}, y)).isEqualTo(3);
    assertThat(y).containsExactly(1 / 3f, 1 / 3f, 0, 1 / 3f);
    assertThat(Entmax15.entmax15(new float[] {-0f, 0, -5, 0}, y)).isEqualTo(3);
    assertThat(y).containsExactly(1 / 3f, 1 / 3f, 0, 1 / 3f);
    Hardmax.hardmax(new float[] {-0f, 0, -5, 0}, y);
    assertThat(y).containsExactly(1, 0, 0, 0);
    for (int n : LENGTHS) {
      float[] x = new float[n];
      Arrays.fill(x, 1e30f);
      float[] expected = new float[n];
      Arrays.fill(expected, 1f / n);
      float[] z = new float[n];
      assertThat(Sparsemax.sparsemax(x, z)).isEqualTo(n);
      assertThat(z).isEqualTo(expected);
      assertThat(Entmax15.entmax15(x, z)).isEqualTo(n);
      assertThat(z).isEqualTo(expected);
      double[] w = new double[n];
      Arrays.fill(w, -7);
      assertThat(Sparsemax.sparsemax(w)).isEqualTo(n);
      assertThat(w[n - 1]).isEqualTo(1.0 / n);
    }
  }

  /** An element exactly one temperature below the maximum is just outside of the support. */
  @Test
  void edgeOfTheSupport() {
    float[] y = new float[2];
    assertThat(Sparsemax.sparsemax(new float[] {1, 0}, y)).isEqualTo(1);
    assertThat(y).containsExactly(1, 0);
    assertThat(Sparsemax.sparsemax(new float[] {1, 0x1p-24f}, y)).isEqualTo(2);
    assertThat(y).containsExactly(1, 0x1p-25f);
    assertThat(Sparsemax.sparsemax(new float[] {8, 5}, y, 3)).isEqualTo(1);
    assertThat(Entmax15.entmax15(new float[] {2, 0}, y)).isEqualTo(1);
    assertThat(y).containsExactly(1, 0);
    assertThat(Entmax15.entmax15(new float[] {8, 2}, y, 3)).isEqualTo(1);
    assertThat(Sparsemax.threshold(new float[] {1, 2, 3})).isEqualTo(2);
    assertThat(Sparsemax.threshold(new double[] {8, 5}, 0, 2, 2)).isEqualTo(3);
    assertThat(Entmax15.threshold(new double[] {2, 0})).isEqualTo(0);
  }

  /** T = 0 is the first maximum, T = +inf uniform over what is not masked. */
  @Test
  void limitsOfTheTemperature() {
    float[] x = {1, 3, -INF, 3};
    float[] y = new float[4];
    assertThat(Sparsemax.sparsemax(x, y, 0)).isEqualTo(1);
    assertThat(y).containsExactly(0, 1, 0, 0);
    assertThat(Entmax15.entmax15(x, y, 0)).isEqualTo(1);
    assertThat(y).containsExactly(0, 1, 0, 0);
    assertThat(Sparsemax.sparsemax(x, y, INF)).isEqualTo(3);
    assertThat(y).containsExactly(1 / 3f, 1 / 3f, 0, 1 / 3f);
    assertThat(Entmax15.entmax15(x, y, INF)).isEqualTo(3);
    assertThat(y).containsExactly(1 / 3f, 1 / 3f, 0, 1 / 3f);
    double[] extremes = {-Double.MAX_VALUE, Double.MAX_VALUE, 0};
    double[] w = new double[3];
    for (double t : new double[] {Double.MIN_VALUE, 1, Double.MAX_VALUE}) {
      assertThat(Sparsemax.sparsemax(extremes, w, t)).isEqualTo(1);
      assertThat(w).containsExactly(0, 1, 0);
    }
    Entmax15.entmax15(extremes, w, Double.MAX_VALUE);
    assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-15));
    Sparsemax.sparsemax(new double[] {1, 1, 1 - 0x1p-53}, w, Double.MIN_VALUE);
    assertThat(w).containsExactly(0.5, 0.5, 0);
  }

  @Test
  void emptyRows() {
    assertThat(Sparsemax.sparsemax(new float[0])).isZero();
    assertThat(Entmax15.entmax15(new double[0])).isZero();
    assertThat(Sparsemax.supportSize(new float[0])).isZero();
    Hardmax.hardmax(new float[0]);
    Sigmoid.sigmoid(new float[0]);
    Sparsemax.sparsemaxRows(new float[0], 0, 0, new float[0], 0, 0, 3, 0);
  }

  @Test
  void logisticFunctions() {
    float[] x = {-INF, INF, NAN, 0, -0f, -Float.MAX_VALUE, Float.MAX_VALUE, -104, 104};
    float[] y = new float[x.length];
    Sigmoid.sigmoid(x, y);
    assertThat(y).containsExactly(0, 1, NAN, 0.5f, 0.5f, 0, 1, 0, 1);
    assertThat(Float.floatToRawIntBits(y[0])).isZero();
    assertThat(Float.floatToRawIntBits(y[5])).isZero();
    Sigmoid.logSigmoid(x, y);
    float log2 = (float) -StrictMath.log(2);
    assertThat(y).containsExactly(-INF, 0, NAN, log2, log2, -Float.MAX_VALUE, 0, -104, y[8]);
    assertThat(Float.floatToRawIntBits(y[1])).isZero();
    assertThat(Float.floatToRawIntBits(y[6])).isZero();
    assertThat(y[8]).isZero();
    double[] z = {-INF, INF, NAN, 0, -Double.MAX_VALUE, Double.MAX_VALUE, -745, -745.2, 745};
    double[] w = z.clone();
    Sigmoid.sigmoid(w);
    assertThat(w).containsExactly(0, 1, NAN, 0.5, 0, 1, Double.MIN_VALUE, 0, 1);
    Sigmoid.logSigmoid(z, w);
    assertThat(w)
        .containsExactly(
            -INF,
            0,
            NAN,
            -StrictMath.log(2),
            -Double.MAX_VALUE,
            0,
            -745,
            -745.2,
            -Double.MIN_VALUE);
    for (int i = 0; i < z.length; i++) {
      assertThat(Sigmoid.logSigmoid(z[i])).isEqualTo(Double.valueOf(w[i]));
    }
  }

  /** NaN results are the canonical NaN. */
  @ParameterizedTest
  @ValueSource(ints = {0x7fc00001, 0xffc00000, 0x7f800001})
  void logisticFunctionsOfNaN(int bits) {
    float x = Float.intBitsToFloat(bits);
    assertThat(Sigmoid.sigmoid(x)).isNaN();
    assertThat(Sigmoid.logSigmoid(x)).isNaN();
    assertThat(Float.floatToRawIntBits(Sigmoid.sigmoid(x))).isEqualTo(0x7fc00000);
    assertThat(Float.floatToRawIntBits(Sigmoid.logSigmoid(x))).isEqualTo(0x7fc00000);
  }

  /** Rows, ranges and in place give what single numbers give. */
  @Test
  void logisticRows() {
    float[] x = {9, 1, -2, 9, 3, -4, 9};
    float[] y = x.clone();
    Sigmoid.sigmoidRows(y, 1, 3, y, 1, 3, 2, 2);
    float[] z = new float[7];
    Sigmoid.logSigmoidRows(x, 1, 3, z, 0, 4, 2, 2);
    for (int i : new int[] {1, 2, 4, 5}) {
      assertThat(y[i]).isEqualTo(Sigmoid.sigmoid(x[i]));
    }
    for (int i : new int[] {0, 3, 6}) {
      assertThat(y[i]).isEqualTo(9);
    }
    assertThat(z)
        .containsExactly(
            Sigmoid.logSigmoid(1f),
            Sigmoid.logSigmoid(-2f),
            0,
            0,
            Sigmoid.logSigmoid(3f),
            Sigmoid.logSigmoid(-4f),
            0);
    double[] w = {9, 1, -2, 9};
    Sigmoid.sigmoid(w, 1, w, 1, 2);
    assertThat(w).containsExactly(9, Sigmoid.sigmoid(1.0), Sigmoid.sigmoid(-2.0), 9);
    double[] v = {1, -2, 9, 3, -4, 9};
    Sigmoid.logSigmoidRows(v, 0, 3, v, 0, 3, 2, 2);
    assertThat(v)
        .containsExactly(
            Sigmoid.logSigmoid(1.0),
            Sigmoid.logSigmoid(-2.0),
            9,
            Sigmoid.logSigmoid(3.0),
            Sigmoid.logSigmoid(-4.0),
            9);
  }

  @Test
  void binaryCrossEntropy() {
    double[] x = {INF, -INF, INF, -INF, INF, -INF, NAN, 0};
    double[] targets = {1, 0, 0, 1, 0.25, 0.25, 0, NAN};
    double[] losses = new double[8];
    BinaryCrossEntropy loss = BinaryCrossEntropy.of(Reduction.SUM);
    loss.losses(x, targets, losses);
    assertThat(losses).containsExactly(0, 0, INF, INF, INF, INF, NAN, NAN);
    double[] gradient = new double[8];
    assertThat(loss.lossAndGradient(x, targets, gradient)).isNaN();
    assertThat(gradient).containsExactly(0, 0, 1, -1, 0.75, -0.25, NAN, NAN);
    assertThat(loss.loss(new float[] {INF, 1}, new float[] {0, 1})).isEqualTo(INF);
    // A target outside of [0, 1] follows the formula: (1 - t) x + log(1 + exp(-x)).
    assertThat(loss.loss(new double[] {3}, new double[] {2}))
        .isCloseTo(-3 + StrictMath.log1p(StrictMath.exp(-3)), within(1e-15));
  }
}
