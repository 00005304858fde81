package io.github.softlane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import io.github.softlane.Logits;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The everyday calls give what single rows of the kernel give, bit for bit. */
class LogitsTest {
  private static final int ROWS = 5;
  private static final int N = 37;
  private static final int STRIDE = 41;

  private final Kernel kernel = Kernels.best();
  private final float[] x = new float[3 + ROWS * STRIDE];
  private final double[] z = new double[x.length];

  LogitsTest() {
    Random random = new Random(11);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextDouble() * 30 - 15);
      z[i] = random.nextDouble() * 30 - 15;
    }
  }

  @Test
  void wholeArraysOfFloat() {
    float[] softmax = new float[x.length];
    float[] logSoftmax = new float[x.length];
    kernel.softmax(x, 0, softmax, 0, x.length);
    kernel.logSoftmax(x, 0, logSoftmax, 0, x.length);

    float[] y = new float[x.length];
    Logits.softmax(x, y);
    assertThat(y).isEqualTo(softmax);
    Logits.softmax(x, y, 1);
    assertThat(y).isEqualTo(softmax);
    Logits.logSoftmax(x, y);
    assertThat(y).isEqualTo(logSoftmax);
    Logits.logSoftmax(x, y, 1);
    assertThat(y).isEqualTo(logSoftmax);
    float[] inPlace = x.clone();
    Logits.softmax(inPlace);
    assertThat(inPlace).isEqualTo(softmax);
    inPlace = x.clone();
    Logits.logSoftmax(inPlace);
    assertThat(inPlace).isEqualTo(logSoftmax);
    assertThat(Logits.logSumExp(x)).isEqualTo(kernel.logSumExp(x, 0, x.length));
    assertThat(Logits.logSumExp(x, 1)).isEqualTo(kernel.logSumExp(x, 0, x.length));
  }

  @Test
  void wholeArraysOfDouble() {
    double[] softmax = new double[z.length];
    double[] logSoftmax = new double[z.length];
    kernel.softmax(z, 0, softmax, 0, z.length);
    kernel.logSoftmax(z, 0, logSoftmax, 0, z.length);

    double[] y = new double[z.length];
    Logits.softmax(z, y);
    assertThat(y).isEqualTo(softmax);
    Logits.softmax(z, y, 1);
    assertThat(y).isEqualTo(softmax);
    Logits.logSoftmax(z, y);
    assertThat(y).isEqualTo(logSoftmax);
    Logits.logSoftmax(z, y, 1);
    assertThat(y).isEqualTo(logSoftmax);
    double[] inPlace = z.clone();
    Logits.softmax(inPlace);
    assertThat(inPlace).isEqualTo(softmax);
    inPlace = z.clone();
    Logits.logSoftmax(inPlace);
    assertThat(inPlace).isEqualTo(logSoftmax);
    assertThat(Logits.logSumExp(z)).isEqualTo(kernel.logSumExp(z, 0, z.length));
    assertThat(Logits.logSumExp(z, 1)).isEqualTo(kernel.logSumExp(z, 0, z.length));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.7, 0, 1e-40, Double.POSITIVE_INFINITY})
  void rowsOfFloatAreSingleRows(double t) {
    float[] softmax = filled(x.length);
    float[] logSoftmax = filled(x.length);
    float[] logSumExp = filled(ROWS + 2);
    float[] dense = filled(ROWS * N);
    for (int row = 0; row < ROWS; row++) {
      int offset = 3 + row * STRIDE;
      Logits.softmax(x, offset, softmax, offset, N, t);
      Logits.softmax(x, offset, dense, row * N, N, t);
      Logits.logSoftmax(x, offset, logSoftmax, offset, N, t);
      logSumExp[row + 1] = Logits.logSumExp(x, offset, N, t);
    }

    float[] y = filled(x.length);
    Logits.softmaxRows(x, 3, STRIDE, y, 3, STRIDE, ROWS, N, t);
    assertThat(y).isEqualTo(softmax);
    y = filled(ROWS * N);
    Logits.softmaxRows(x, 3, STRIDE, y, 0, N, ROWS, N, t);
    assertThat(y).isEqualTo(dense);
    y = filled(x.length);
    Logits.logSoftmaxRows(x, 3, STRIDE, y, 3, STRIDE, ROWS, N, t);
    assertThat(y).isEqualTo(logSoftmax);
    y = filled(ROWS + 2);
    Logits.logSumExpRows(x, 3, STRIDE, y, 1, ROWS, N, t);
    assertThat(y).isEqualTo(logSumExp);

    float[] inPlace = x.clone();
    Logits.softmaxRows(inPlace, 3, STRIDE, inPlace, 3, STRIDE, ROWS, N, t);
    for (int i = 0; i < x.length; i++) {
      boolean gap = i < 3 || (i - 3) % STRIDE >= N;
      assertThat(inPlace[i]).isEqualTo(gap ? x[i] : softmax[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.7, 0, 1e-310, Double.POSITIVE_INFINITY})
  void rowsOfDoubleAreSingleRows(double t) {
    double[] softmax = filledOfDouble(z.length);
    double[] logSoftmax = filledOfDouble(z.length);
    double[] logSumExp = filledOfDouble(ROWS + 2);
    double[] dense = filledOfDouble(ROWS * N);
    for (int row = 0; row < ROWS; row++) {
      int offset = 3 + row * STRIDE;
      Logits.softmax(z, offset, softmax, offset, N, t);
      Logits.softmax(z, offset, dense, row * N, N, t);
      Logits.logSoftmax(z, offset, logSoftmax, offset, N, t);
      logSumExp[row + 1] = Logits.logSumExp(z, offset, N, t);
    }

    double[] y = filledOfDouble(z.length);
    Logits.softmaxRows(z, 3, STRIDE, y, 3, STRIDE, ROWS, N, t);
    assertThat(y).isEqualTo(softmax);
    y = filledOfDouble(ROWS * N);
    Logits.softmaxRows(z, 3, STRIDE, y, 0, N, ROWS, N, t);
    assertThat(y).isEqualTo(dense);
    y = filledOfDouble(z.length);
    Logits.logSoftmaxRows(z, 3, STRIDE, y, 3, STRIDE, ROWS, N, t);
    assertThat(y).isEqualTo(logSoftmax);
    y = filledOfDouble(ROWS + 2);
    Logits.logSumExpRows(z, 3, STRIDE, y, 1, ROWS, N, t);
    assertThat(y).isEqualTo(logSumExp);

    double[] inPlace = z.clone();
    Logits.softmaxRows(inPlace, 3, STRIDE, inPlace, 3, STRIDE, ROWS, N, t);
    for (int i = 0; i < z.length; i++) {
      boolean gap = i < 3 || (i - 3) % STRIDE >= N;
      assertThat(inPlace[i]).isEqualTo(gap ? z[i] : softmax[i]);
    }
  }

  @Test
  void oneRowAtTemperatureOneIsThatOfTheKernel() {
    float[] expected = new float[N];
    float[] actual = new float[N];
    kernel.softmax(x, 5, expected, 0, N);
    Logits.softmax(x, 5, actual, 0, N, 1);
    assertThat(actual).isEqualTo(expected);
    kernel.logSoftmax(x, 5, expected, 0, N);
    Logits.logSoftmax(x, 5, actual, 0, N, 1);
    assertThat(actual).isEqualTo(expected);
    assertThat(Logits.logSumExp(x, 5, N, 1)).isEqualTo(kernel.logSumExp(x, 5, N));
    assertThat(Logits.logSumExp(z, 5, N, 1)).isEqualTo(kernel.logSumExp(z, 5, N));
  }

  @Test
  void emptyArraysAndNoRows() {
    float[] none = {};
    double[] noDoubles = {};
    Logits.softmax(none);
    Logits.logSoftmax(none, none, 0.5);
    Logits.softmax(noDoubles);
    Logits.logSoftmax(noDoubles, noDoubles, 0.5);
    assertThat(Logits.logSumExp(none)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Logits.logSumExp(none, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Logits.logSumExp(noDoubles)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Logits.logSumExp(noDoubles, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    float[] before = x.clone();
    Logits.softmaxRows(x, x.length, 1, x, 0, 1, 0, 9, 1);
    Logits.softmaxRows(x, 7, 0, x, 3, 0, 9, 0, 1);
    Logits.logSumExpRows(x, 0, 0, x, 3, 0, 9, 1);
    assertThat(x).isEqualTo(before);
    float[] y = filled(6);
    Logits.logSumExpRows(x, 0, 0, y, 1, 4, 0, 1);
    float minus = Float.NEGATIVE_INFINITY;
    assertThat(y).containsExactly(-7, minus, minus, minus, minus, -7);
    double[] w = filledOfDouble(6);
    Logits.logSumExpRows(z, 0, 0, w, 1, 4, 0, 1);
    double less = Double.NEGATIVE_INFINITY;
    assertThat(w).containsExactly(-7, less, less, less, less, -7);
  }

  /** A stride matters from the second row on only. */
  @Test
  void theStrideOfOneRowIsFree() {
    float[] expected = new float[N];
    kernel.softmax(x, 3, expected, 0, N);
    float[] y = new float[N];
    Logits.softmaxRows(x, 3, 0, y, 0, -9, 1, N, 1);
    assertThat(y).isEqualTo(expected);
    float[] inPlace = x.clone();
    Logits.softmaxRows(inPlace, 3, 0, inPlace, 3, 5, 1, N, 1);
    assertThat(Arrays.copyOfRange(inPlace, 3, 3 + N)).isEqualTo(expected);
  }

  @Test
  void resultsBesideTheRowsInOneArray() {
    float[] expected = new float[2];
    Logits.logSumExpRows(x, 8, 8, expected, 0, 2, 8, 1);
    for (int yOffset : new int[] {0, 6, 24, 30}) {
      float[] array = x.clone();
      Logits.logSumExpRows(array, 8, 8, array, yOffset, 2, 8, 1);
      assertThat(Arrays.copyOfRange(array, yOffset, yOffset + 2)).isEqualTo(expected);
    }
    double[] expectedOfDouble = new double[2];
    Logits.logSumExpRows(z, 8, 8, expectedOfDouble, 0, 2, 8, 1);
    for (int yOffset : new int[] {0, 6, 24, 30}) {
      double[] array = z.clone();
      Logits.logSumExpRows(array, 8, 8, array, yOffset, 2, 8, 1);
      assertThat(Arrays.copyOfRange(array, yOffset, yOffset + 2)).isEqualTo(expectedOfDouble);
    }
  }

  @Test
  void argmaxTakesTheFirstOfATie() {
    float[] zeros = {-1, -0f, 0, -0f, -5};
    assertThat(Logits.argmax(zeros)).isEqualTo(1);
    assertThat(Logits.argmax(zeros, 2, 3)).isZero();
    assertThat(Logits.argmax(new float[] {3, 7, 7, 7})).isEqualTo(1);
    assertThat(Logits.argmax(new float[] {2})).isZero();
    double[] doubleZeros = {-1, -0.0, 0, -0.0, -5};
    assertThat(Logits.argmax(doubleZeros)).isEqualTo(1);
    assertThat(Logits.argmax(doubleZeros, 2, 3)).isZero();
    assertThat(Logits.argmax(new double[] {3, 7, 7, 7})).isEqualTo(1);
  }

  @Test
  void argmaxOfInfinities() {
    float minus = Float.NEGATIVE_INFINITY;
    float plus = Float.POSITIVE_INFINITY;
    assertThat(Logits.argmax(new float[] {minus, minus})).isZero();
    assertThat(Logits.argmax(new float[] {minus, -Float.MAX_VALUE})).isEqualTo(1);
    assertThat(Logits.argmax(new float[] {Float.MAX_VALUE, plus, plus})).isEqualTo(1);
    double less = Double.NEGATIVE_INFINITY;
    assertThat(Logits.argmax(new double[] {less, less})).isZero();
    assertThat(Logits.argmax(new double[] {less, -Double.MAX_VALUE})).isEqualTo(1);
  }

  @Test
  void argmaxTakesTheFirstNan() {
    float nan = Float.intBitsToFloat(0xff800001);
    assertThat(Logits.argmax(new float[] {1, nan, Float.POSITIVE_INFINITY, nan})).isEqualTo(1);
    assertThat(Logits.argmax(new float[] {nan})).isZero();
    double doubleNan = Double.longBitsToDouble(0x7ff0000000000001L);
    assertThat(Logits.argmax(new double[] {1, doubleNan, Double.NaN})).isEqualTo(1);
  }

  @Test
  void argmaxAtEveryPlace() {
    for (int n = 1; n < 150; n++) {
      for (int place : new int[] {0, n / 2, n - 1}) {
        float[] row = new float[n + 20];
        double[] doubleRow = new double[n + 20];
        Arrays.fill(row, 99);
        Arrays.fill(doubleRow, 99);
        Arrays.fill(row, 7, 7 + n, -3);
        Arrays.fill(doubleRow, 7, 7 + n, -3);
        row[7 + place] = -2.5f;
        doubleRow[7 + place] = -2.5;
        assertThat(Logits.argmax(row, 7, n)).isEqualTo(place);
        assertThat(Logits.argmax(doubleRow, 7, n)).isEqualTo(place);
      }
    }
  }

  private static float[] filled(int length) {
    float[] array = new float[length];
    Arrays.fill(array, -7);
    return array;
  }

  private static double[] filledOfDouble(int length) {
    double[] array = new double[length];
    Arrays.fill(array, -7);
    return array;
  }
}
