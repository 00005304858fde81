package io.github.softlane;

import io.github.softlane.internal.rows.DoubleDerivatives;
import io.github.softlane.internal.rows.FloatDerivatives;

/**
 * First and second derivatives of log-sum-exp.
 *
 * <p>Of the function that {@link Logits#logSumExp(float[], double)} computes, {@code L(x) =
 * log(sum_j exp(x[j] / T))}: with {@code p = softmax(x / T)} its gradient is {@code p / T} and its
 * Hessian {@code (diag(p) - p p') / T^2}, the covariance of a draw from p (Boyd, Vandenberghe,
 * <i>Convex Optimization</i>, 2004, section 3.1.5). The derivatives of {@code T L(x)}, the smooth
 * maximum, are T times these: softmax itself, and {@link SoftmaxDerivatives#jvp(float[], float[],
 * float[], double)}.
 *
 * <p><b>Accuracy.</b> With u = 2^-24 ({@code float}) or 2^-53 ({@code double}), the error of an
 * entry of the gradient is at most 8 u of it, and that of the product at most {@code 10 u p[i]
 * (|v[i] - v[w]| + sum_j p[j] |v[j] - v[w]|) / T^2}, w being the index of the largest probability,
 * also in a saturated row. To this comes what numbers below the smallest normal one lose. The
 * largest errors found are 2.9 u ({@code float}) and 3.7 u ({@code double}) for the gradient, 4.2 u
 * and 7.6 u for the product, over 100,000 random rows of up to 5000 entries and a search that moved
 * rows of two to four entries towards larger errors.
 *
 * <p><b>Temperature.</b> 0 or more, +inf allowed; negative or NaN is an {@link
 * IllegalArgumentException}. At T = +inf both are 0. At T = 0 the gradient is {@code +inf} at the
 * first maximum and 0 elsewhere, and the product 0.
 *
 * <p>Special values, in-place rules, allocation and errors are those of {@link SoftmaxDerivatives}.
 */
public final class LogSumExpDerivatives {
  private LogSumExpDerivatives() {}

  /**
   * Gradient of log-sum-exp of a whole array: {@code gradX[i] = softmax(x)[i]}.
   *
   * @param x the logits
   * @param gradX receives the gradient; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void gradient(float[] x, float[] gradX) {
    gradient(x, gradX, 1);
  }

  /**
   * Gradient of log-sum-exp of a whole array at a temperature: {@code gradX[i] = softmax(x / T)[i]
   * / T}.
   *
   * @param x the logits
   * @param gradX receives the gradient; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void gradient(float[] x, float[] gradX, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "x", n);
    gradient(x, 0, gradX, 0, n, temperature);
  }

  /**
   * Gradient of log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param gradX the array that receives the gradient
   * @param gradXOffset index of its first entry
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void gradient(
      float[] x, int xOffset, float[] gradX, int gradXOffset, int n, double temperature) {
    Operands.checkGradient(x, xOffset, gradX, gradXOffset, n, temperature);
    if (n > 0) {
      FloatDerivatives.logSumExpGradient(
          Kernels.selected().floats(), x, xOffset, n, gradX, gradXOffset, n, 1, n, temperature);
    }
  }

  /**
   * Gradient of log-sum-exp of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param gradX the array that receives the gradients; may be {@code x} with the same offset and
   *     stride
   * @param gradXOffset index of the first entry of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void gradientRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkGradientRows(
        x, xOffset, xStride, gradX, gradXOffset, gradXStride, rows, n, temperature);
    if (n > 0) {
      FloatDerivatives.logSumExpGradient(
          Kernels.selected().floats(),
          x,
          xOffset,
          xStride,
          gradX,
          gradXOffset,
          gradXStride,
          rows,
          n,
          temperature);
    }
  }

  /**
   * Hessian-vector product of log-sum-exp of a whole array: {@code out[i] = p[i] (v[i] - sum_j p[j]
   * v[j])} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param v the vector
   * @param out receives the product; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void hvp(float[] x, float[] v, float[] out) {
    hvp(x, v, out, 1);
  }

  /**
   * Hessian-vector product of log-sum-exp of a whole array at a temperature: {@code out[i] = p[i]
   * (v[i] - sum_j p[j] v[j]) / T^2} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param v the vector
   * @param out receives the product; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void hvp(float[] x, float[] v, float[] out, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("v", Arguments.length("v", v), "x", n);
    Arguments.checkSameLength("out", Arguments.length("out", out), "x", n);
    hvp(x, 0, v, 0, out, 0, n, temperature);
  }

  /**
   * Hessian-vector product of log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param v the array that holds the vector
   * @param vOffset index of the first of them
   * @param out the array that receives the product
   * @param outOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void hvp(
      float[] x,
      int xOffset,
      float[] v,
      int vOffset,
      float[] out,
      int outOffset,
      int n,
      double temperature) {
    Operands.check("x", x, xOffset, "v", v, vOffset, false, "out", out, outOffset, n, temperature);
    if (n > 0) {
      FloatDerivatives.softmaxProduct(
          Kernels.selected().floats(),
          2,
          x,
          xOffset,
          n,
          v,
          vOffset,
          n,
          out,
          outOffset,
          n,
          1,
          n,
          temperature);
    }
  }

  /**
   * Hessian-vector product of log-sum-exp of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param v the array that holds the vector
   * @param vOffset index of the first one of the first row
   * @param vStride distance from one row to the next, at least n
   * @param out the array that receives the product; may be {@code x} with the same offset and
   *     stride
   * @param outOffset index of the first one of the first row
   * @param outStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void hvpRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] v,
      int vOffset,
      int vStride,
      float[] out,
      int outOffset,
      int outStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkRows(
        "x",
        x,
        xOffset,
        xStride,
        "v",
        v,
        vOffset,
        vStride,
        false,
        "out",
        out,
        outOffset,
        outStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      FloatDerivatives.softmaxProduct(
          Kernels.selected().floats(),
          2,
          x,
          xOffset,
          xStride,
          v,
          vOffset,
          vStride,
          out,
          outOffset,
          outStride,
          rows,
          n,
          temperature);
    }
  }

  /**
   * Gradient of log-sum-exp of a whole array: {@code gradX[i] = softmax(x)[i]}.
   *
   * @param x the logits
   * @param gradX receives the gradient; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void gradient(double[] x, double[] gradX) {
    gradient(x, gradX, 1);
  }

  /**
   * Gradient of log-sum-exp of a whole array at a temperature: {@code gradX[i] = softmax(x / T)[i]
   * / T}.
   *
   * @param x the logits
   * @param gradX receives the gradient; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void gradient(double[] x, double[] gradX, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "x", n);
    gradient(x, 0, gradX, 0, n, temperature);
  }

  /**
   * Gradient of log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param gradX the array that receives the gradient
   * @param gradXOffset index of its first entry
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void gradient(
      double[] x, int xOffset, double[] gradX, int gradXOffset, int n, double temperature) {
    Operands.checkGradient(x, xOffset, gradX, gradXOffset, n, temperature);
    if (n > 0) {
      DoubleDerivatives.logSumExpGradient(
          Kernels.selected().doubles(), x, xOffset, n, gradX, gradXOffset, n, 1, n, temperature);
    }
  }

  /**
   * Gradient of log-sum-exp of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param gradX the array that receives the gradients; may be {@code x} with the same offset and
   *     stride
   * @param gradXOffset index of the first entry of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void gradientRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkGradientRows(
        x, xOffset, xStride, gradX, gradXOffset, gradXStride, rows, n, temperature);
    if (n > 0) {
      DoubleDerivatives.logSumExpGradient(
          Kernels.selected().doubles(),
          x,
          xOffset,
          xStride,
          gradX,
          gradXOffset,
          gradXStride,
          rows,
          n,
          temperature);
    }
  }

  /**
   * Hessian-vector product of log-sum-exp of a whole array: {@code out[i] = p[i] (v[i] - sum_j p[j]
   * v[j])} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param v the vector
   * @param out receives the product; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void hvp(double[] x, double[] v, double[] out) {
    hvp(x, v, out, 1);
  }

  /**
   * Hessian-vector product of log-sum-exp of a whole array at a temperature: {@code out[i] = p[i]
   * (v[i] - sum_j p[j] v[j]) / T^2} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param v the vector
   * @param out receives the product; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void hvp(double[] x, double[] v, double[] out, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("v", Arguments.length("v", v), "x", n);
    Arguments.checkSameLength("out", Arguments.length("out", out), "x", n);
    hvp(x, 0, v, 0, out, 0, n, temperature);
  }

  /**
   * Hessian-vector product of log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param v the array that holds the vector
   * @param vOffset index of the first of them
   * @param out the array that receives the product
   * @param outOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void hvp(
      double[] x,
      int xOffset,
      double[] v,
      int vOffset,
      double[] out,
      int outOffset,
      int n,
      double temperature) {
    Operands.check("x", x, xOffset, "v", v, vOffset, false, "out", out, outOffset, n, temperature);
    if (n > 0) {
      DoubleDerivatives.softmaxProduct(
          Kernels.selected().doubles(),
          2,
          x,
          xOffset,
          n,
          v,
          vOffset,
          n,
          out,
          outOffset,
          n,
          1,
          n,
          temperature);
    }
  }

  /**
   * Hessian-vector product of log-sum-exp of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param v the array that holds the vector
   * @param vOffset index of the first one of the first row
   * @param vStride distance from one row to the next, at least n
   * @param out the array that receives the product; may be {@code x} with the same offset and
   *     stride
   * @param outOffset index of the first one of the first row
   * @param outStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void hvpRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] v,
      int vOffset,
      int vStride,
      double[] out,
      int outOffset,
      int outStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkRows(
        "x",
        x,
        xOffset,
        xStride,
        "v",
        v,
        vOffset,
        vStride,
        false,
        "out",
        out,
        outOffset,
        outStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      DoubleDerivatives.softmaxProduct(
          Kernels.selected().doubles(),
          2,
          x,
          xOffset,
          xStride,
          v,
          vOffset,
          vStride,
          out,
          outOffset,
          outStride,
          rows,
          n,
          temperature);
    }
  }
}
