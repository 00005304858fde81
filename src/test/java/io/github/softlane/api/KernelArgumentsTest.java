package io.github.softlane.api;

import static io.github.softlane.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kernel refuses, and that it says so before it writes anything. */
class KernelArgumentsTest {
  private static final int LENGTH = 40;
  private static final int MAX = Integer.MAX_VALUE;

  private final Refusals.Arrays arrays = new Refusals.Arrays(LENGTH);

  static List<Kernel> kernels() {
    return Kernels.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void nullArrays(Kernel kernel) {
    Class<NullPointerException> npe = NullPointerException.class;
    assertRefused(npe, () -> kernel.softmax(null, 0, arrays.y, 0, 1), arrays, "x is null");
    assertRefused(npe, () -> kernel.softmax(arrays.x, 0, null, 0, 1), arrays, "y is null");
    assertRefused(npe, () -> kernel.logSoftmax(null, 0, arrays.y, 0, 1), arrays, "x is null");
    assertRefused(npe, () -> kernel.logSoftmax(arrays.x, 0, null, 0, 1), arrays, "y is null");
    assertRefused(npe, () -> kernel.logSumExp((float[]) null, 0, 1), arrays, "x is null");
    assertRefused(npe, () -> kernel.softmax(null, 0, arrays.w, 0, 1), arrays, "x is null");
    assertRefused(npe, () -> kernel.softmax(arrays.z, 0, null, 0, 1), arrays, "y is null");
    assertRefused(npe, () -> kernel.logSoftmax(null, 0, arrays.w, 0, 1), arrays, "x is null");
    assertRefused(npe, () -> kernel.logSoftmax(arrays.z, 0, null, 0, 1), arrays, "y is null");
    assertRefused(npe, () -> kernel.logSumExp((double[]) null, 0, 1), arrays, "x is null");
    // Also where nothing would be read.
    assertRefused(npe, () -> kernel.softmax(null, 0, arrays.y, 0, 0), arrays, "x is null");
    assertRefused(npe, () -> kernel.softmax(arrays.x, 0, null, 0, 0), arrays, "y is null");
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void negativeLength(Kernel kernel) {
    for (int n : new int[] {-1, Integer.MIN_VALUE}) {
      assertAllRefused(kernel, IllegalArgumentException.class, 0, 0, n, "n is " + n, "0 or more");
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void rangesOutsideX(Kernel kernel) {
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    int[][] ranges = {
      {-1, 1}, {Integer.MIN_VALUE, 1}, {0, LENGTH + 1}, {1, LENGTH}, {LENGTH, 1}, {LENGTH + 1, 0},
      {MAX, 1}, {1, MAX}, {MAX, MAX}, {MAX - 5, 10}, {-1, 0}, {Integer.MIN_VALUE, MAX}
    };
    for (int[] range : ranges) {
      String[] words = {"xOffset is " + range[0], "n is " + range[1], "x has " + LENGTH};
      assertAllRefused(kernel, outside, range[0], 0, range[1], words);
      assertRefused(outside, () -> kernel.logSumExp(arrays.x, range[0], range[1]), arrays, words);
      assertRefused(outside, () -> kernel.logSumExp(arrays.z, range[0], range[1]), arrays, words);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void rangesOutsideY(Kernel kernel) {
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    int[][] ranges = {{-1, 1}, {1, LENGTH}, {LENGTH, 1}, {LENGTH + 1, 0}, {MAX, 1}, {MAX - 5, 10}};
    for (int[] range : ranges) {
      String[] words = {"yOffset is " + range[0], "n is " + range[1], "y has " + LENGTH};
      assertAllRefused(kernel, outside, 0, range[0], range[1], words);
    }
    // A y that is shorter than x.
    float[] shortY = new float[3];
    assertRefused(
        outside, () -> kernel.softmax(arrays.x, 0, shortY, 0, 4), arrays, "y has 3 elements");
    assertThat(shortY).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void partialOverlap(Kernel kernel) {
    Class<IllegalArgumentException> iae = IllegalArgumentException.class;
    int[][] offsets = {{0, 1}, {1, 0}, {0, 9}, {9, 0}, {30, 21}};
    for (int[] pair : offsets) {
      int xo = pair[0];
      int yo = pair[1];
      String[] words = {"10 elements from xOffset " + xo, "yOffset " + yo, "overlap"};
      assertRefused(iae, () -> kernel.softmax(arrays.x, xo, arrays.x, yo, 10), arrays, words);
      assertRefused(iae, () -> kernel.logSoftmax(arrays.x, xo, arrays.x, yo, 10), arrays, words);
      assertRefused(iae, () -> kernel.softmax(arrays.z, xo, arrays.z, yo, 10), arrays, words);
      assertRefused(iae, () -> kernel.logSoftmax(arrays.z, xo, arrays.z, yo, 10), arrays, words);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void rowsOfOneArrayThatOnlyTouch(Kernel kernel) {
    float[] expected = new float[10];
    kernel.softmax(arrays.x, 10, expected, 0, 10);
    float[] array = arrays.x.clone();
    kernel.softmax(array, 10, array, 0, 10);
    assertThat(java.util.Arrays.copyOf(array, 10)).isEqualTo(expected);
    array = arrays.x.clone();
    kernel.softmax(array, 10, array, 20, 10);
    assertThat(java.util.Arrays.copyOfRange(array, 20, 30)).isEqualTo(expected);
    array = arrays.x.clone();
    kernel.softmax(array, 10, array, 10, 10);
    assertThat(java.util.Arrays.copyOfRange(array, 10, 20)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void emptyRowsAnywhereInTheArray(Kernel kernel) {
    Refusals.Arrays before = arrays.copy();
    for (int offset : new int[] {0, 1, LENGTH}) {
      kernel.softmax(arrays.x, offset, arrays.y, LENGTH - offset, 0);
      kernel.logSoftmax(arrays.x, offset, arrays.x, 0, 0);
      kernel.softmax(arrays.z, offset, arrays.w, LENGTH - offset, 0);
      kernel.logSoftmax(arrays.z, offset, arrays.z, 0, 0);
      assertThat(kernel.logSumExp(arrays.x, offset, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
      assertThat(kernel.logSumExp(arrays.z, offset, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
    before.assertEqualTo(arrays);
  }

  private void assertAllRefused(
      Kernel kernel,
      Class<? extends Throwable> type,
      int xOffset,
      int yOffset,
      int n,
      String... words) {
    assertRefused(
        type, () -> kernel.softmax(arrays.x, xOffset, arrays.y, yOffset, n), arrays, words);
    assertRefused(
        type, () -> kernel.logSoftmax(arrays.x, xOffset, arrays.y, yOffset, n), arrays, words);
    assertRefused(
        type, () -> kernel.softmax(arrays.z, xOffset, arrays.w, yOffset, n), arrays, words);
    assertRefused(
        type, () -> kernel.logSoftmax(arrays.z, xOffset, arrays.w, yOffset, n), arrays, words);
    if (n < 0) {
      assertRefused(type, () -> kernel.logSumExp(arrays.x, xOffset, n), arrays, words);
      assertRefused(type, () -> kernel.logSumExp(arrays.z, xOffset, n), arrays, words);
    }
  }
}
