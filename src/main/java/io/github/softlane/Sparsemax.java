package io.github.softlane;

import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.DoubleSupport;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.FloatSupport;
import io.github.softlane.internal.rows.DoubleSparsemax;
import io.github.softlane.internal.rows.FloatSparsemax;

/**
 * Sparsemax (Martins and Astudillo 2016): the Euclidean projection of the logits onto the
 * probability simplex. Unlike softmax it gives exact zeros.
 *
 * <p><b>Formula.</b> {@code y[i] = max(x[i] / T - tau, 0)} with the one {@code tau} for which the y
 * have the sum 1. The <i>support</i> is where y is above 0; with k elements in it, {@code tau =
 * (sum over it of x[i] / T - 1) / k}. The support is found exactly and without sorting: it lies
 * above max - T, and shrinks from there (Michelot 1986).
 *
 * <p><b>Derivative.</b> The Jacobian is {@code (diag(s) - s s^T / k) / T} with {@code s} 1 on the
 * support and 0 elsewhere. It is symmetric, so that {@link #vjpFromOutput(float[], float[],
 * float[]) vjp} is the Jacobian-vector product too. At T = 0 and T = +inf it is 0.
 *
 * <p><b>Special values.</b> As in softmax: a NaN, a {@code +inf}, or {@code -inf} only, give NaN in
 * the whole row and a support of size 0; {@code -inf} beside finite values gives exactly +0. Equal
 * logits get equal probabilities. An empty row has a support of size 0.
 *
 * <p><b>Accuracy.</b> Computed in double, with sums that keep the errors of their additions, and
 * rounded once: within 0.51 ULP, or in absolute terms within 2^-50 for {@code float} and 2^-100 for
 * {@code double} where that is larger. The largest error found in 4000 rows of all kinds, up to 200
 * elements, at ten temperatures was 0.5000 ULP for both types.
 *
 * <p>Temperature is as in {@link Logits}, ranges, in-place rules and errors are those of {@link
 * Kernel}. Nothing is allocated: the output row is the workspace. All backends give the same bits.
 */
public final class Sparsemax {
  private Sparsemax() {}

  /**
   * Sparsemax of a whole array, in place: {@code y[i] = max(x[i] - tau, 0)}.
   *
   * @param x the logits; receives the probabilities
   * @return the size of the support: how many results are above 0
   */
  public static int sparsemax(float[] x) {
    return sparsemax(x, x);
  }

  /**
   * Sparsemax of a whole array: {@code y[i] = max(x[i] - tau, 0)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @return the size of the support: how many results are above 0
   * @throws IllegalArgumentException when the lengths differ
   */
  public static int sparsemax(float[] x, float[] y) {
    return sparsemax(x, y, 1);
  }

  /**
   * Sparsemax of a whole array at a temperature: {@code y[i] = max(x[i] / T - tau, 0)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the size of the support: how many results are above 0
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static int sparsemax(float[] x, float[] y, double temperature) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    return sparsemax(x, 0, y, 0, x.length, temperature);
  }

  /**
   * Sparsemax of one row.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @return the size of the support: how many results are above 0
   */
  public static int sparsemax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    return sparsemax(x, xOffset, y, yOffset, n, 1);
  }

  /**
   * Sparsemax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the size of the support: how many results are above 0
   */
  public static int sparsemax(
      float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    Arguments.checkTemperature(temperature);
    return n == 0
        ? 0
        : FloatSparsemax.sparsemax(
            Kernels.selected().floats(), temperature, x, xOffset, y, yOffset, n);
  }

  /**
   * Sparsemax of many rows, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   */
  public static void sparsemaxRows(
      float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows, int n) {
    sparsemaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1);
  }

  /**
   * Sparsemax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void sparsemaxRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    if (n > 0) {
      FloatPasses passes = Kernels.selected().floats();
      for (int row = 0; row < rows; row++) {
        int xi = xOffset + row * xStride;
        int yi = yOffset + row * yStride;
        FloatSparsemax.sparsemax(passes, temperature, x, xi, y, yi, n);
      }
    }
  }

  /**
   * The threshold of a whole array, as for {@link #threshold(float[], int, int, double)} at T = 1.
   *
   * @param x the logits, at least one
   * @return the threshold tau
   * @throws IllegalArgumentException when the array is empty
   */
  public static double threshold(float[] x) {
    return threshold(x, 0, Arguments.length("x", x), 1);
  }

  /**
   * The threshold tau of one row: {@code y[i] = max(x[i] / T - tau, 0)}.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 1 or more
   * @param temperature T: above 0 and finite
   * @return the threshold, rounded to double for both types; NaN where the probabilities are NaN
   * @throws IllegalArgumentException when n is 0, or the temperature is 0, negative, infinite or
   *     NaN
   */
  public static double threshold(float[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkNotEmpty(n);
    Arguments.checkPositiveTemperature(temperature);
    return FloatSparsemax.threshold(Kernels.selected().floats(), temperature, x, xOffset, n);
  }

  /**
   * The size of the support of a whole array of results: how many of them are above 0.
   *
   * @param y the probabilities
   * @return the number of them above 0
   */
  public static int supportSize(float[] y) {
    return FloatSupport.size(y, 0, Arguments.length("y", y));
  }

  /**
   * The size of the support of one row of results: how many of them are above 0.
   *
   * @param y the array that holds the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @return the number of them above 0
   */
  public static int supportSize(float[] y, int yOffset, int n) {
    Arguments.checkRows("y", y, yOffset, n, 1, n);
    return FloatSupport.size(y, yOffset, n);
  }

  /**
   * The vector-Jacobian product of a whole array at T = 1: {@code gradX[i] = gradY[i] - mean of
   * gradY over the support} on the support, {@code 0} elsewhere.
   *
   * @param y the probabilities, as the forward call gave them
   * @param gradY the gradient by them; as long as {@code y}
   * @param gradX receives the gradient by the logits; as long as {@code y}, and may be {@code y} or
   *     {@code gradY} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjpFromOutput(float[] y, float[] gradY, float[] gradX) {
    vjpFromOutput(y, gradY, gradX, 1);
  }

  /**
   * The vector-Jacobian product of a whole array: {@code gradX[i] = (gradY[i] - mean of gradY over
   * the support) / T} on the support, {@code 0} elsewhere.
   *
   * @param y the probabilities, as the forward call gave them
   * @param gradY the gradient by them; as long as {@code y}
   * @param gradX receives the gradient by the logits; as long as {@code y}, and may be {@code y} or
   *     {@code gradY} itself
   * @param temperature T of the forward call
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(float[] y, float[] gradY, float[] gradX, double temperature) {
    int n = Arguments.length("y", y);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "y", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "y", n);
    vjpFromOutput(y, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * The vector-Jacobian product of one row: {@code gradX[i] = (gradY[i] - mean of gradY over the
   * support) / T} on the support, {@code 0} elsewhere.
   *
   * @param y the array that holds the probabilities
   * @param yOffset index of the first of them
   * @param gradY the array that holds the gradient by the probabilities
   * @param gradYOffset index of the first of its elements
   * @param gradX the array that receives the gradient by the logits; may be {@code y} or {@code
   *     gradY} with the same offset
   * @param gradXOffset index of the first of its elements
   * @param n length of the row, 0 or more
   * @param temperature T of the forward call
   */
  public static void vjpFromOutput(
      float[] y,
      int yOffset,
      float[] gradY,
      int gradYOffset,
      float[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    vjpFromOutputRows(
        y, yOffset, n, gradY, gradYOffset, n, gradX, gradXOffset, n, 1, n, temperature);
  }

  /**
   * The vector-Jacobian products of many rows, each on its own.
   *
   * @param y the array that holds the probabilities; row r starts at {@code yOffset + r * yStride}
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param gradY the array that holds the gradients by the probabilities
   * @param gradYOffset index of the first of its elements
   * @param gradYStride distance from one row of {@code gradY} to the next, at least n
   * @param gradX the array that receives the gradients by the logits; may be {@code y} or {@code
   *     gradY} with the same offset and stride
   * @param gradXOffset index of the first of its elements
   * @param gradXStride distance from one row of {@code gradX} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T of the forward call
   */
  public static void vjpFromOutputRows(
      float[] y,
      int yOffset,
      int yStride,
      float[] gradY,
      int gradYOffset,
      int gradYStride,
      float[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("y", y, yOffset, yStride, rows, n);
    Arguments.checkRows("gradY", gradY, gradYOffset, gradYStride, rows, n);
    Arguments.checkRows("gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "y", y, yOffset, yStride, "gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n);
    Arguments.checkTemperature(temperature);
    for (int row = 0; row < rows; row++) {
      int yi = yOffset + row * yStride;
      int gradYi = gradYOffset + row * gradYStride;
      int gradXi = gradXOffset + row * gradXStride;
      FloatSupport.sparsemaxVjp(y, yi, gradY, gradYi, gradX, gradXi, n, temperature);
    }
  }

  /**
   * Sparsemax of a whole array, in place: {@code y[i] = max(x[i] - tau, 0)}.
   *
   * @param x the logits; receives the probabilities
   * @return the size of the support: how many results are above 0
   */
  public static int sparsemax(double[] x) {
    return sparsemax(x, x);
  }

  /**
   * Sparsemax of a whole array: {@code y[i] = max(x[i] - tau, 0)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @return the size of the support: how many results are above 0
   * @throws IllegalArgumentException when the lengths differ
   */
  public static int sparsemax(double[] x, double[] y) {
    return sparsemax(x, y, 1);
  }

  /**
   * Sparsemax of a whole array at a temperature: {@code y[i] = max(x[i] / T - tau, 0)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the size of the support: how many results are above 0
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static int sparsemax(double[] x, double[] y, double temperature) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    return sparsemax(x, 0, y, 0, x.length, temperature);
  }

  /**
   * Sparsemax of one row.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @return the size of the support: how many results are above 0
   */
  public static int sparsemax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    return sparsemax(x, xOffset, y, yOffset, n, 1);
  }

  /**
   * Sparsemax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the size of the support: how many results are above 0
   */
  public static int sparsemax(
      double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    Arguments.checkTemperature(temperature);
    return n == 0
        ? 0
        : DoubleSparsemax.sparsemax(
            Kernels.selected().doubles(), temperature, x, xOffset, y, yOffset, n);
  }

  /**
   * Sparsemax of many rows, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   */
  public static void sparsemaxRows(
      double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride, int rows, int n) {
    sparsemaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1);
  }

  /**
   * Sparsemax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void sparsemaxRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    if (n > 0) {
      DoublePasses passes = Kernels.selected().doubles();
      for (int row = 0; row < rows; row++) {
        int xi = xOffset + row * xStride;
        int yi = yOffset + row * yStride;
        DoubleSparsemax.sparsemax(passes, temperature, x, xi, y, yi, n);
      }
    }
  }

  /**
   * The threshold of a whole array, as for {@link #threshold(double[], int, int, double)} at T = 1.
   *
   * @param x the logits, at least one
   * @return the threshold tau
   * @throws IllegalArgumentException when the array is empty
   */
  public static double threshold(double[] x) {
    return threshold(x, 0, Arguments.length("x", x), 1);
  }

  /**
   * The threshold tau of one row: {@code y[i] = max(x[i] / T - tau, 0)}.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 1 or more
   * @param temperature T: above 0 and finite
   * @return the threshold, rounded to double for both types; NaN where the probabilities are NaN
   * @throws IllegalArgumentException when n is 0, or the temperature is 0, negative, infinite or
   *     NaN
   */
  public static double threshold(double[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkNotEmpty(n);
    Arguments.checkPositiveTemperature(temperature);
    return DoubleSparsemax.threshold(Kernels.selected().doubles(), temperature, x, xOffset, n);
  }

  /**
   * The size of the support of a whole array of results: how many of them are above 0.
   *
   * @param y the probabilities
   * @return the number of them above 0
   */
  public static int supportSize(double[] y) {
    return DoubleSupport.size(y, 0, Arguments.length("y", y));
  }

  /**
   * The size of the support of one row of results: how many of them are above 0.
   *
   * @param y the array that holds the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @return the number of them above 0
   */
  public static int supportSize(double[] y, int yOffset, int n) {
    Arguments.checkRows("y", y, yOffset, n, 1, n);
    return DoubleSupport.size(y, yOffset, n);
  }

  /**
   * The vector-Jacobian product of a whole array at T = 1: {@code gradX[i] = gradY[i] - mean of
   * gradY over the support} on the support, {@code 0} elsewhere.
   *
   * @param y the probabilities, as the forward call gave them
   * @param gradY the gradient by them; as long as {@code y}
   * @param gradX receives the gradient by the logits; as long as {@code y}, and may be {@code y} or
   *     {@code gradY} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjpFromOutput(double[] y, double[] gradY, double[] gradX) {
    vjpFromOutput(y, gradY, gradX, 1);
  }

  /**
   * The vector-Jacobian product of a whole array: {@code gradX[i] = (gradY[i] - mean of gradY over
   * the support) / T} on the support, {@code 0} elsewhere.
   *
   * @param y the probabilities, as the forward call gave them
   * @param gradY the gradient by them; as long as {@code y}
   * @param gradX receives the gradient by the logits; as long as {@code y}, and may be {@code y} or
   *     {@code gradY} itself
   * @param temperature T of the forward call
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(double[] y, double[] gradY, double[] gradX, double temperature) {
    int n = Arguments.length("y", y);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "y", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "y", n);
    vjpFromOutput(y, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * The vector-Jacobian product of one row: {@code gradX[i] = (gradY[i] - mean of gradY over the
   * support) / T} on the support, {@code 0} elsewhere.
   *
   * @param y the array that holds the probabilities
   * @param yOffset index of the first of them
   * @param gradY the array that holds the gradient by the probabilities
   * @param gradYOffset index of the first of its elements
   * @param gradX the array that receives the gradient by the logits; may be {@code y} or {@code
   *     gradY} with the same offset
   * @param gradXOffset index of the first of its elements
   * @param n length of the row, 0 or more
   * @param temperature T of the forward call
   */
  public static void vjpFromOutput(
      double[] y,
      int yOffset,
      double[] gradY,
      int gradYOffset,
      double[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    vjpFromOutputRows(
        y, yOffset, n, gradY, gradYOffset, n, gradX, gradXOffset, n, 1, n, temperature);
  }

  /**
   * The vector-Jacobian products of many rows, each on its own.
   *
   * @param y the array that holds the probabilities; row r starts at {@code yOffset + r * yStride}
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param gradY the array that holds the gradients by the probabilities
   * @param gradYOffset index of the first of its elements
   * @param gradYStride distance from one row of {@code gradY} to the next, at least n
   * @param gradX the array that receives the gradients by the logits; may be {@code y} or {@code
   *     gradY} with the same offset and stride
   * @param gradXOffset index of the first of its elements
   * @param gradXStride distance from one row of {@code gradX} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T of the forward call
   */
  public static void vjpFromOutputRows(
      double[] y,
      int yOffset,
      int yStride,
      double[] gradY,
      int gradYOffset,
      int gradYStride,
      double[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("y", y, yOffset, yStride, rows, n);
    Arguments.checkRows("gradY", gradY, gradYOffset, gradYStride, rows, n);
    Arguments.checkRows("gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "y", y, yOffset, yStride, "gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n);
    Arguments.checkTemperature(temperature);
    for (int row = 0; row < rows; row++) {
      int yi = yOffset + row * yStride;
      int gradYi = gradYOffset + row * gradYStride;
      int gradXi = gradXOffset + row * gradXStride;
      DoubleSupport.sparsemaxVjp(y, yi, gradY, gradYi, gradX, gradXi, n, temperature);
    }
  }
}
