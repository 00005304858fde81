package io.github.softlane.api;

import static io.github.softlane.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Logits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Logits} refuses, and that it says so before it writes anything. */
class LogitsArgumentsTest {
  private static final int LENGTH = 40;
  private static final int MAX = Integer.MAX_VALUE;
  private static final Class<NullPointerException> NPE = NullPointerException.class;
  private static final Class<IllegalArgumentException> IAE = IllegalArgumentException.class;
  private static final Class<IndexOutOfBoundsException> OUTSIDE = IndexOutOfBoundsException.class;

  private final Refusals.Arrays arrays = new Refusals.Arrays(LENGTH);
  private final float[] x = arrays.x;
  private final float[] y = arrays.y;
  private final double[] z = arrays.z;
  private final double[] w = arrays.w;

  @Test
  void nullArraysOfFloat() {
    String noX = "x is null";
    String noY = "y is null";
    assertRefused(NPE, () -> Logits.softmax((float[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(null, y), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(x, null), arrays, noY);
    assertRefused(NPE, () -> Logits.softmax(null, y, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(x, null, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.softmax(null, 0, y, 0, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(x, 0, null, 0, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.softmaxRows(null, 0, 1, y, 0, 1, 1, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.softmaxRows(x, 0, 1, null, 0, 1, 1, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmax((float[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(null, y), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(x, null), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmax(null, y, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(x, null, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmax(null, 0, y, 0, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(x, 0, null, 0, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmaxRows(null, 0, 1, y, 0, 1, 1, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmaxRows(x, 0, 1, null, 0, 1, 1, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSumExp((float[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExp((float[]) null, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExp((float[]) null, 0, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExpRows(null, 0, 1, y, 0, 1, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExpRows(x, 0, 1, null, 0, 1, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.argmax((float[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.argmax((float[]) null, 0, 1), arrays, noX);
  }

  @Test
  void nullArraysOfDouble() {
    String noX = "x is null";
    String noY = "y is null";
    assertRefused(NPE, () -> Logits.softmax((double[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(null, w), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(z, null), arrays, noY);
    assertRefused(NPE, () -> Logits.softmax(null, w, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(z, null, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.softmax(null, 0, w, 0, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.softmax(z, 0, null, 0, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.softmaxRows(null, 0, 1, w, 0, 1, 1, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.softmaxRows(z, 0, 1, null, 0, 1, 1, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmax((double[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(null, w), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(z, null), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmax(null, w, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(z, null, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmax(null, 0, w, 0, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmax(z, 0, null, 0, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSoftmaxRows(null, 0, 1, w, 0, 1, 1, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSoftmaxRows(z, 0, 1, null, 0, 1, 1, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.logSumExp((double[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExp((double[]) null, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExp((double[]) null, 0, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExpRows(null, 0, 1, w, 0, 1, 1, 1), arrays, noX);
    assertRefused(NPE, () -> Logits.logSumExpRows(z, 0, 1, null, 0, 1, 1, 1), arrays, noY);
    assertRefused(NPE, () -> Logits.argmax((double[]) null), arrays, noX);
    assertRefused(NPE, () -> Logits.argmax((double[]) null, 0, 1), arrays, noX);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY})
  void temperatures(double t) {
    String word = "temperature is " + t;
    assertRefused(IAE, () -> Logits.softmax(x, y, t), arrays, word);
    assertRefused(IAE, () -> Logits.softmax(x, 0, y, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.softmax(x, 0, y, 0, 0, t), arrays, word);
    assertRefused(IAE, () -> Logits.softmaxRows(x, 0, 4, y, 0, 4, 2, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.softmaxRows(x, 0, 4, y, 0, 4, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSoftmax(x, y, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSoftmax(x, 0, y, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSoftmaxRows(x, 0, 4, y, 0, 4, 2, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExp(x, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExp(x, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExp(x, 0, 0, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExpRows(x, 0, 4, y, 0, 2, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExpRows(x, 0, 4, y, 0, 2, 0, t), arrays, word);
    assertRefused(IAE, () -> Logits.softmax(z, w, t), arrays, word);
    assertRefused(IAE, () -> Logits.softmax(z, 0, w, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.softmaxRows(z, 0, 4, w, 0, 4, 2, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSoftmax(z, w, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSoftmax(z, 0, w, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSoftmaxRows(z, 0, 4, w, 0, 4, 2, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExp(z, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExp(z, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Logits.logSumExpRows(z, 0, 4, w, 0, 2, 4, t), arrays, word);
  }

  @Test
  void lengthsThatDiffer() {
    float[] shortY = new float[LENGTH - 1];
    double[] shortW = new double[LENGTH + 1];
    String floats = "y has 39 elements, must have as many as x: 40";
    String doubles = "y has 41 elements, must have as many as x: 40";
    assertRefused(IAE, () -> Logits.softmax(x, shortY), arrays, floats);
    assertRefused(IAE, () -> Logits.softmax(x, shortY, 2), arrays, floats);
    assertRefused(IAE, () -> Logits.logSoftmax(x, shortY), arrays, floats);
    assertRefused(IAE, () -> Logits.logSoftmax(x, shortY, 2), arrays, floats);
    assertRefused(IAE, () -> Logits.softmax(z, shortW), arrays, doubles);
    assertRefused(IAE, () -> Logits.softmax(z, shortW, 2), arrays, doubles);
    assertRefused(IAE, () -> Logits.logSoftmax(z, shortW), arrays, doubles);
    assertRefused(IAE, () -> Logits.logSoftmax(z, shortW, 2), arrays, doubles);
    assertThat(shortY).containsOnly(0);
    assertThat(shortW).containsOnly(0);
  }

  @Test
  void oneRow() {
    assertRefused(IAE, () -> Logits.softmax(x, 0, y, 0, -1, 1), arrays, "n is -1");
    assertRefused(OUTSIDE, () -> Logits.softmax(x, -1, y, 0, 4, 1), arrays, "xOffset is -1");
    assertRefused(OUTSIDE, () -> Logits.softmax(x, 0, y, 37, 4, 1), arrays, "yOffset is 37");
    assertRefused(IAE, () -> Logits.softmax(x, 0, x, 3, 4, 1), arrays, "xOffset 0", "yOffset 3");
    assertRefused(
        OUTSIDE, () -> Logits.logSoftmax(x, MAX, y, 0, 4, 1), arrays, "xOffset is " + MAX);
    assertRefused(IAE, () -> Logits.logSoftmax(x, 3, x, 0, 4, 1), arrays, "xOffset 3", "yOffset 0");
    assertRefused(IAE, () -> Logits.logSumExp(x, 0, -1, 1), arrays, "n is -1");
    assertRefused(OUTSIDE, () -> Logits.logSumExp(x, 38, 3, 1), arrays, "xOffset is 38");
    assertRefused(IAE, () -> Logits.softmax(z, 0, w, 0, -1, 1), arrays, "n is -1");
    assertRefused(OUTSIDE, () -> Logits.softmax(z, -1, w, 0, 4, 1), arrays, "xOffset is -1");
    assertRefused(OUTSIDE, () -> Logits.softmax(z, 0, w, 37, 4, 1), arrays, "yOffset is 37");
    assertRefused(IAE, () -> Logits.softmax(z, 0, z, 3, 4, 1), arrays, "xOffset 0", "yOffset 3");
    assertRefused(
        OUTSIDE, () -> Logits.logSoftmax(z, MAX, w, 0, 4, 1), arrays, "xOffset is " + MAX);
    assertRefused(IAE, () -> Logits.logSoftmax(z, 3, z, 0, 4, 1), arrays, "xOffset 3", "yOffset 0");
    assertRefused(OUTSIDE, () -> Logits.logSumExp(z, 38, 3, 1), arrays, "xOffset is 38");
  }

  @Test
  void argmax() {
    assertRefused(IAE, () -> Logits.argmax(new float[0]), arrays, "n is 0", "1 or more");
    assertRefused(IAE, () -> Logits.argmax(x, 5, 0), arrays, "n is 0");
    assertRefused(IAE, () -> Logits.argmax(x, 5, -2), arrays, "n is -2");
    assertRefused(OUTSIDE, () -> Logits.argmax(x, 39, 2), arrays, "xOffset is 39", "x has 40");
    assertRefused(IAE, () -> Logits.argmax(new double[0]), arrays, "n is 0", "1 or more");
    assertRefused(IAE, () -> Logits.argmax(z, 5, 0), arrays, "n is 0");
    assertRefused(OUTSIDE, () -> Logits.argmax(z, 39, 2), arrays, "xOffset is 39", "x has 40");
  }

  /** The arguments of a call over rows: all four calls over rows of x and y take them. */
  private void assertRowsRefused(
      Class<? extends Throwable> type,
      int xOffset,
      int xStride,
      int yOffset,
      int yStride,
      int rows,
      int n,
      String... words) {
    assertRefused(
        type,
        () -> Logits.softmaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1),
        arrays,
        words);
    assertRefused(
        type,
        () -> Logits.logSoftmaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1),
        arrays,
        words);
    assertRefused(
        type,
        () -> Logits.softmaxRows(z, xOffset, xStride, w, yOffset, yStride, rows, n, 1),
        arrays,
        words);
    assertRefused(
        type,
        () -> Logits.logSoftmaxRows(z, xOffset, xStride, w, yOffset, yStride, rows, n, 1),
        arrays,
        words);
  }

  @Test
  void rows() {
    assertRowsRefused(IAE, 0, 4, 0, 4, -1, 4, "rows is -1");
    assertRowsRefused(IAE, 0, 4, 0, 4, 2, -3, "n is -3");
    assertRowsRefused(IAE, 0, 3, 0, 4, 2, 4, "xStride is 3", "n, which is 4");
    assertRowsRefused(IAE, 0, 4, 0, -4, 2, 4, "yStride is -4", "n, which is 4");
    assertRowsRefused(OUTSIDE, -1, 4, 0, 4, 2, 4, "xOffset is -1", "x has 40");
    assertRowsRefused(OUTSIDE, 33, 4, 0, 4, 2, 4, "xOffset is 33", "8 elements", "x has 40");
    assertRowsRefused(OUTSIDE, 0, 4, 0, 37, 2, 4, "yOffset is 0", "41 elements", "y has 40");
    assertRowsRefused(OUTSIDE, 41, 4, 0, 4, 0, 4, "xOffset is 41", "x has 40");
    assertRowsRefused(OUTSIDE, MAX, 4, 0, 4, 2, 4, "xOffset is " + MAX);
    assertRowsRefused(OUTSIDE, 0, MAX, 0, 4, MAX, 4, "x has 40");
    assertRowsRefused(OUTSIDE, 0, MAX, 0, 4, 2, 4, "x has 40");
    assertRowsRefused(OUTSIDE, 0, 4, 0, 1 << 30, 5, 4, "y has 40");
  }

  @Test
  void logSumExpRows() {
    assertRefused(IAE, () -> Logits.logSumExpRows(x, 0, 4, y, 0, -1, 4, 1), arrays, "rows is -1");
    assertRefused(IAE, () -> Logits.logSumExpRows(x, 0, 4, y, 0, 2, -3, 1), arrays, "n is -3");
    assertRefused(IAE, () -> Logits.logSumExpRows(x, 0, 3, y, 0, 2, 4, 1), arrays, "xStride is 3");
    assertRefused(
        OUTSIDE, () -> Logits.logSumExpRows(x, 0, 4, y, 39, 2, 4, 1), arrays, "yOffset is 39");
    assertRefused(
        OUTSIDE, () -> Logits.logSumExpRows(x, 33, 4, y, 0, 2, 4, 1), arrays, "xOffset is 33");
    assertRefused(
        OUTSIDE, () -> Logits.logSumExpRows(x, 0, 4, y, MAX, 2, 4, 1), arrays, "yOffset is " + MAX);
    assertRefused(IAE, () -> Logits.logSumExpRows(z, 0, 4, w, 0, -1, 4, 1), arrays, "rows is -1");
    assertRefused(IAE, () -> Logits.logSumExpRows(z, 0, 3, w, 0, 2, 4, 1), arrays, "xStride is 3");
    assertRefused(
        OUTSIDE, () -> Logits.logSumExpRows(z, 0, 4, w, 39, 2, 4, 1), arrays, "yOffset is 39");
    assertRefused(
        OUTSIDE, () -> Logits.logSumExpRows(z, 33, 4, w, 0, 2, 4, 1), arrays, "xOffset is 33");
  }

  @Test
  void resultsThatLieInTheRows() {
    for (int yOffset : new int[] {0, 5, 11, 19}) {
      String word = "overlap the 16 from xOffset 4";
      // Rows at 4..19, one result each; the results at 3 and 4 reach into the first.
      int results = yOffset == 0 ? 3 : yOffset;
      assertRefused(IAE, () -> Logits.logSumExpRows(x, 4, 8, x, results, 2, 8, 1), arrays, word);
      assertRefused(IAE, () -> Logits.logSumExpRows(z, 4, 8, z, results, 2, 8, 1), arrays, word);
    }
  }

  @Test
  void rowsThatOverlapEachOther() {
    String word = "must be the same rows or lie apart";
    int[][] pairs = {{0, 8, 1, 8}, {0, 8, 7, 8}, {7, 8, 0, 8}, {0, 8, 0, 9}, {0, 8, 15, 8}};
    for (int[] p : pairs) {
      assertRefused(
          IAE, () -> Logits.softmaxRows(x, p[0], p[1], x, p[2], p[3], 2, 8, 1), arrays, word);
      assertRefused(
          IAE, () -> Logits.logSoftmaxRows(x, p[0], p[1], x, p[2], p[3], 2, 8, 1), arrays, word);
      assertRefused(
          IAE, () -> Logits.softmaxRows(z, p[0], p[1], z, p[2], p[3], 2, 8, 1), arrays, word);
      assertRefused(
          IAE, () -> Logits.logSoftmaxRows(z, p[0], p[1], z, p[2], p[3], 2, 8, 1), arrays, word);
    }
  }
}
