package io.github.softlane;

import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.rows.DoubleHardmax;
import io.github.softlane.internal.rows.FloatHardmax;

/**
 * Hardmax: 1 at the first maximum of a row and 0 elsewhere, as ONNX Hardmax defines it.
 *
 * <p><b>Special values.</b> The lowest index wins a tie, -0 and +0 tie. {@code +inf} is a maximum
 * as any other, and in a row of {@code -inf} the first element is the first maximum: there softmax
 * at T = 0, otherwise the same, gives NaN. A NaN gives NaN in the whole row.
 *
 * <p>Its derivative is 0 wherever there is one. Ranges, in-place rules and errors are those of
 * {@link Kernel}. Nothing is allocated, and all backends give the same bits.
 */
public final class Hardmax {
  private Hardmax() {}

  /**
   * Hardmax of a whole array, in place.
   *
   * @param x the logits; receives 1 and 0
   */
  public static void hardmax(float[] x) {
    hardmax(x, x);
  }

  /**
   * Hardmax of a whole array.
   *
   * @param x the logits
   * @param y receives 1 at the first maximum and 0 elsewhere; as long as {@code x}, and may be
   *     {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void hardmax(float[] x, float[] y) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    hardmax(x, 0, y, 0, x.length);
  }

  /**
   * Hardmax of one row.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives 1 and 0
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   */
  public static void hardmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    if (n > 0) {
      FloatHardmax.hardmax(Kernels.selected().floats(), x, xOffset, y, yOffset, n);
    }
  }

  /**
   * Hardmax of many rows, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives 1 and 0; may be {@code x} with the same offset and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   */
  public static void hardmaxRows(
      float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows, int n) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1);
    if (n > 0) {
      FloatPasses passes = Kernels.selected().floats();
      for (int row = 0; row < rows; row++) {
        int xi = xOffset + row * xStride;
        int yi = yOffset + row * yStride;
        FloatHardmax.hardmax(passes, x, xi, y, yi, n);
      }
    }
  }

  /**
   * Hardmax of a whole array, in place.
   *
   * @param x the logits; receives 1 and 0
   */
  public static void hardmax(double[] x) {
    hardmax(x, x);
  }

  /**
   * Hardmax of a whole array.
   *
   * @param x the logits
   * @param y receives 1 at the first maximum and 0 elsewhere; as long as {@code x}, and may be
   *     {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void hardmax(double[] x, double[] y) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    hardmax(x, 0, y, 0, x.length);
  }

  /**
   * Hardmax of one row.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives 1 and 0
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   */
  public static void hardmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    if (n > 0) {
      DoubleHardmax.hardmax(Kernels.selected().doubles(), x, xOffset, y, yOffset, n);
    }
  }

  /**
   * Hardmax of many rows, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives 1 and 0; may be {@code x} with the same offset and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   */
  public static void hardmaxRows(
      double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride, int rows, int n) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1);
    if (n > 0) {
      DoublePasses passes = Kernels.selected().doubles();
      for (int row = 0; row < rows; row++) {
        int xi = xOffset + row * xStride;
        int yi = yOffset + row * yStride;
        DoubleHardmax.hardmax(passes, x, xi, y, yi, n);
      }
    }
  }
}
