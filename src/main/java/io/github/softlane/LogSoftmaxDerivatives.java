package io.github.softlane;

import io.github.softlane.internal.rows.DoubleDerivatives;
import io.github.softlane.internal.rows.FloatDerivatives;

/**
 * First derivatives of log-softmax, from logits or from the log-probabilities that the forward call
 * gave.
 *
 * <p>With {@code p = softmax(x / T)} the Jacobian is {@code (I - 1 p') / T}: row i is the unit
 * vector i less p. The backward call multiplies a gradient by it from the left (vjp), the forward
 * call a direction from the right (jvp). It is the Jacobian of softmax divided by p row by row
 * (Goodfellow, Bengio, Courville, <i>Deep Learning</i>, 2016, section 6.2.2.3). T is that of the
 * forward call, and the factor 1/T, the inner derivative of x / T, is part of the result.
 *
 * <p><b>Accuracy.</b> With u = 2^-24 ({@code float}) or 2^-53 ({@code double}), the error of the
 * backward calls is at most {@code 8 u (|g[i]| (1 - p[i]) + p[i] |sum_{j != i} g[j]|) / T}, which
 * stays small at a p[i] near 1, where the two large terms of the formula cancel; that of the
 * forward call at most {@code 8 u (|v[i] - v[w]| + sum_j p[j] |v[j] - v[w]|) / T}, w being the
 * index of the largest probability; that of an entry of the Jacobian 8 u of the entry. To this
 * comes what numbers below the smallest normal one lose, and {@code n u^2 p[i] sum_j |g[j]| / T}
 * where the sum of g cancels. From kept log-probabilities p is as accurate as they are: their
 * rounding, u |logP[i]|, is a relative error of p[i]. The largest errors found are 2.9 u ({@code
 * float}) and 4.7 u ({@code double}) backward, 2.9 u and 5.9 u forward, 2.9 u and 3.7 u in
 * Jacobians, over 100,000 random rows of up to 5000 entries and a search that moved rows of two to
 * four entries towards larger errors.
 *
 * <p><b>Temperature.</b> 0 or more, +inf allowed; negative or NaN is an {@link
 * IllegalArgumentException}. At T = +inf every derivative is 0. At T = 0 the result is the limit
 * for T to 0, of a tie for the maximum the first winning: an infinity with the sign of the value
 * before the division by T, or 0 where that is 0.
 *
 * <p><b>Special values.</b> A row of logits with a NaN, a {@code +inf}, or only {@code -inf} gives
 * NaN in its whole result. A {@code -inf} beside finite values has probability 0, and the formula
 * holds for it as well. A gradient or direction that is NaN or infinite goes through the formula as
 * in IEEE arithmetic, where 0 times infinity and the difference of two infinities are NaN. Nothing
 * is written for an empty row.
 *
 * <p>In-place rules, allocation and errors are those of {@link SoftmaxDerivatives}; the output is
 * never the gradient or direction.
 */
public final class LogSoftmaxDerivatives {
  private LogSoftmaxDerivatives() {}

  /**
   * Log-softmax backward (vector-Jacobian product) of a whole array: {@code gradX[i] = gradY[i] -
   * p[i] sum_j gradY[j]} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code x}, and may be {@code
   *     x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjp(float[] x, float[] gradY, float[] gradX) {
    vjp(x, gradY, gradX, 1);
  }

  /**
   * Log-softmax backward (vector-Jacobian product) of a whole array at a temperature: {@code
   * gradX[i] = (gradY[i] - p[i] sum_j gradY[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code x}, and may be {@code
   *     x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjp(float[] x, float[] gradY, float[] gradX, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "x", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "x", n);
    vjp(x, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * Log-softmax backward (vector-Jacobian product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first of them
   * @param gradX the array that receives those with respect to the logits
   * @param gradXOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjp(
      float[] x,
      int xOffset,
      float[] gradY,
      int gradYOffset,
      float[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    Operands.check(
        "x",
        x,
        xOffset,
        "gradY",
        gradY,
        gradYOffset,
        false,
        "gradX",
        gradX,
        gradXOffset,
        n,
        temperature);
    if (n > 0) {
      FloatDerivatives.logSoftmaxVjp(
          Kernels.selected().floats(),
          temperature,
          x,
          xOffset,
          n,
          gradY,
          gradYOffset,
          n,
          gradX,
          gradXOffset,
          n,
          1,
          n,
          temperature);
    }
  }

  /**
   * Log-softmax backward (vector-Jacobian product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first one of the first row
   * @param gradYStride distance from one row to the next, at least n
   * @param gradX the array that receives those with respect to the logits; may be {@code x} with
   *     the same offset and stride
   * @param gradXOffset index of the first one of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] gradY,
      int gradYOffset,
      int gradYStride,
      float[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkRows(
        "x",
        x,
        xOffset,
        xStride,
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        false,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      FloatDerivatives.logSoftmaxVjp(
          Kernels.selected().floats(),
          temperature,
          x,
          xOffset,
          xStride,
          gradY,
          gradYOffset,
          gradYStride,
          gradX,
          gradXOffset,
          gradXStride,
          rows,
          n,
          temperature);
    }
  }

  /**
   * Log-softmax backward from kept log-probabilities of a whole array: {@code gradX[i] = gradY[i] -
   * p[i] sum_j gradY[j]} with {@code p = exp(logP)}.
   *
   * @param logP the log-probabilities that a log-softmax at T gave
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code logP}, and may be
   *     {@code logP} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjpFromOutput(float[] logP, float[] gradY, float[] gradX) {
    vjpFromOutput(logP, gradY, gradX, 1);
  }

  /**
   * Log-softmax backward from kept log-probabilities of a whole array at a temperature: {@code
   * gradX[i] = (gradY[i] - p[i] sum_j gradY[j]) / T} with {@code p = exp(logP)}.
   *
   * @param logP the log-probabilities that a log-softmax at T gave
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code logP}, and may be
   *     {@code logP} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(float[] logP, float[] gradY, float[] gradX, double temperature) {
    int n = Arguments.length("logP", logP);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "logP", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "logP", n);
    vjpFromOutput(logP, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * Log-softmax backward from kept log-probabilities of one row at a temperature.
   *
   * @param logP the array that holds the log-probabilities that a log-softmax at T gave
   * @param logPOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first of them
   * @param gradX the array that receives those with respect to the logits
   * @param gradXOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutput(
      float[] logP,
      int logPOffset,
      float[] gradY,
      int gradYOffset,
      float[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    Operands.check(
        "logP",
        logP,
        logPOffset,
        "gradY",
        gradY,
        gradYOffset,
        false,
        "gradX",
        gradX,
        gradXOffset,
        n,
        temperature);
    if (n > 0) {
      FloatDerivatives.logSoftmaxVjp(
          Kernels.selected().floats(),
          temperature,
          logP,
          logPOffset,
          n,
          gradY,
          gradYOffset,
          n,
          gradX,
          gradXOffset,
          n,
          1,
          n,
          1);
    }
  }

  /**
   * Log-softmax backward from kept log-probabilities of many rows at a temperature, each on its
   * own.
   *
   * @param logP the array that holds the log-probabilities that a log-softmax at T gave; row r
   *     starts at {@code logPOffset + r * logPStride}
   * @param logPOffset index of the first one of the first row
   * @param logPStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first one of the first row
   * @param gradYStride distance from one row to the next, at least n
   * @param gradX the array that receives those with respect to the logits; may be {@code logP} with
   *     the same offset and stride
   * @param gradXOffset index of the first one of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutputRows(
      float[] logP,
      int logPOffset,
      int logPStride,
      float[] gradY,
      int gradYOffset,
      int gradYStride,
      float[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkRows(
        "logP",
        logP,
        logPOffset,
        logPStride,
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        false,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      FloatDerivatives.logSoftmaxVjp(
          Kernels.selected().floats(),
          temperature,
          logP,
          logPOffset,
          logPStride,
          gradY,
          gradYOffset,
          gradYStride,
          gradX,
          gradXOffset,
          gradXStride,
          rows,
          n,
          1);
    }
  }

  /**
   * Log-softmax forward (Jacobian-vector product) of a whole array: {@code out[i] = v[i] - sum_j
   * p[j] v[j]} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the log-probabilities; as long as {@code x}, and may be
   *     {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void jvp(float[] x, float[] v, float[] out) {
    jvp(x, v, out, 1);
  }

  /**
   * Log-softmax forward (Jacobian-vector product) of a whole array at a temperature: {@code out[i]
   * = (v[i] - sum_j p[j] v[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the log-probabilities; as long as {@code x}, and may be
   *     {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void jvp(float[] x, float[] v, float[] out, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("v", Arguments.length("v", v), "x", n);
    Arguments.checkSameLength("out", Arguments.length("out", out), "x", n);
    jvp(x, 0, v, 0, out, 0, n, temperature);
  }

  /**
   * Log-softmax forward (Jacobian-vector product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first of them
   * @param out the array that receives the change of the log-probabilities
   * @param outOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jvp(
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
      FloatDerivatives.logSoftmaxJvp(
          Kernels.selected().floats(),
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
   * Log-softmax forward (Jacobian-vector product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first one of the first row
   * @param vStride distance from one row to the next, at least n
   * @param out the array that receives the change of the log-probabilities; may be {@code x} with
   *     the same offset and stride
   * @param outOffset index of the first one of the first row
   * @param outStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jvpRows(
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
      FloatDerivatives.logSoftmaxJvp(
          Kernels.selected().floats(),
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
   * Jacobian of log-softmax of a whole array: {@code 1 - p[i]} on the diagonal and {@code -p[j]}
   * beside it, with {@code p = softmax(x)}.
   *
   * @param x the logits, n of them
   * @param jacobian receives the n times n entries, row by row; row i holds the derivatives of
   *     result i
   * @throws IllegalArgumentException when the length of {@code jacobian} is not n times n
   */
  public static void jacobian(float[] x, float[] jacobian) {
    jacobian(x, jacobian, 1);
  }

  /**
   * Jacobian of log-softmax of a whole array at a temperature: {@code (1 - p[i]) / T} on the
   * diagonal and {@code -p[j] / T} beside it, with {@code p = softmax(x / T)}.
   *
   * @param x the logits, n of them
   * @param jacobian receives the n times n entries, row by row; row i holds the derivatives of
   *     result i
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the length of {@code jacobian} is not n times n, or the
   *     temperature is negative or NaN
   */
  public static void jacobian(float[] x, float[] jacobian, double temperature) {
    int n = Arguments.length("x", x);
    Operands.checkSquare(n, Arguments.length("jacobian", jacobian));
    jacobian(x, 0, jacobian, 0, n, temperature);
  }

  /**
   * Jacobian of log-softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param jacobian the array that receives the entries, row by row without gaps; no part of it may
   *     be part of the row
   * @param jacobianOffset index of the first of n times n entries
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jacobian(
      float[] x, int xOffset, float[] jacobian, int jacobianOffset, int n, double temperature) {
    Operands.checkJacobian(x, xOffset, jacobian, jacobianOffset, n, temperature);
    if (n > 0) {
      FloatDerivatives.logSoftmaxJacobian(
          Kernels.selected().floats(), x, xOffset, jacobian, jacobianOffset, n, temperature);
    }
  }

  /**
   * Log-softmax backward (vector-Jacobian product) of a whole array: {@code gradX[i] = gradY[i] -
   * p[i] sum_j gradY[j]} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code x}, and may be {@code
   *     x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjp(double[] x, double[] gradY, double[] gradX) {
    vjp(x, gradY, gradX, 1);
  }

  /**
   * Log-softmax backward (vector-Jacobian product) of a whole array at a temperature: {@code
   * gradX[i] = (gradY[i] - p[i] sum_j gradY[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code x}, and may be {@code
   *     x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjp(double[] x, double[] gradY, double[] gradX, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "x", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "x", n);
    vjp(x, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * Log-softmax backward (vector-Jacobian product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first of them
   * @param gradX the array that receives those with respect to the logits
   * @param gradXOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjp(
      double[] x,
      int xOffset,
      double[] gradY,
      int gradYOffset,
      double[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    Operands.check(
        "x",
        x,
        xOffset,
        "gradY",
        gradY,
        gradYOffset,
        false,
        "gradX",
        gradX,
        gradXOffset,
        n,
        temperature);
    if (n > 0) {
      DoubleDerivatives.logSoftmaxVjp(
          Kernels.selected().doubles(),
          temperature,
          x,
          xOffset,
          n,
          gradY,
          gradYOffset,
          n,
          gradX,
          gradXOffset,
          n,
          1,
          n,
          temperature);
    }
  }

  /**
   * Log-softmax backward (vector-Jacobian product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first one of the first row
   * @param gradYStride distance from one row to the next, at least n
   * @param gradX the array that receives those with respect to the logits; may be {@code x} with
   *     the same offset and stride
   * @param gradXOffset index of the first one of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] gradY,
      int gradYOffset,
      int gradYStride,
      double[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkRows(
        "x",
        x,
        xOffset,
        xStride,
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        false,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      DoubleDerivatives.logSoftmaxVjp(
          Kernels.selected().doubles(),
          temperature,
          x,
          xOffset,
          xStride,
          gradY,
          gradYOffset,
          gradYStride,
          gradX,
          gradXOffset,
          gradXStride,
          rows,
          n,
          temperature);
    }
  }

  /**
   * Log-softmax backward from kept log-probabilities of a whole array: {@code gradX[i] = gradY[i] -
   * p[i] sum_j gradY[j]} with {@code p = exp(logP)}.
   *
   * @param logP the log-probabilities that a log-softmax at T gave
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code logP}, and may be
   *     {@code logP} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjpFromOutput(double[] logP, double[] gradY, double[] gradX) {
    vjpFromOutput(logP, gradY, gradX, 1);
  }

  /**
   * Log-softmax backward from kept log-probabilities of a whole array at a temperature: {@code
   * gradX[i] = (gradY[i] - p[i] sum_j gradY[j]) / T} with {@code p = exp(logP)}.
   *
   * @param logP the log-probabilities that a log-softmax at T gave
   * @param gradY the gradients with respect to the log-probabilities
   * @param gradX receives those with respect to the logits; as long as {@code logP}, and may be
   *     {@code logP} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(
      double[] logP, double[] gradY, double[] gradX, double temperature) {
    int n = Arguments.length("logP", logP);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "logP", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "logP", n);
    vjpFromOutput(logP, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * Log-softmax backward from kept log-probabilities of one row at a temperature.
   *
   * @param logP the array that holds the log-probabilities that a log-softmax at T gave
   * @param logPOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first of them
   * @param gradX the array that receives those with respect to the logits
   * @param gradXOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutput(
      double[] logP,
      int logPOffset,
      double[] gradY,
      int gradYOffset,
      double[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    Operands.check(
        "logP",
        logP,
        logPOffset,
        "gradY",
        gradY,
        gradYOffset,
        false,
        "gradX",
        gradX,
        gradXOffset,
        n,
        temperature);
    if (n > 0) {
      DoubleDerivatives.logSoftmaxVjp(
          Kernels.selected().doubles(),
          temperature,
          logP,
          logPOffset,
          n,
          gradY,
          gradYOffset,
          n,
          gradX,
          gradXOffset,
          n,
          1,
          n,
          1);
    }
  }

  /**
   * Log-softmax backward from kept log-probabilities of many rows at a temperature, each on its
   * own.
   *
   * @param logP the array that holds the log-probabilities that a log-softmax at T gave; row r
   *     starts at {@code logPOffset + r * logPStride}
   * @param logPOffset index of the first one of the first row
   * @param logPStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the log-probabilities
   * @param gradYOffset index of the first one of the first row
   * @param gradYStride distance from one row to the next, at least n
   * @param gradX the array that receives those with respect to the logits; may be {@code logP} with
   *     the same offset and stride
   * @param gradXOffset index of the first one of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutputRows(
      double[] logP,
      int logPOffset,
      int logPStride,
      double[] gradY,
      int gradYOffset,
      int gradYStride,
      double[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Operands.checkRows(
        "logP",
        logP,
        logPOffset,
        logPStride,
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        false,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      DoubleDerivatives.logSoftmaxVjp(
          Kernels.selected().doubles(),
          temperature,
          logP,
          logPOffset,
          logPStride,
          gradY,
          gradYOffset,
          gradYStride,
          gradX,
          gradXOffset,
          gradXStride,
          rows,
          n,
          1);
    }
  }

  /**
   * Log-softmax forward (Jacobian-vector product) of a whole array: {@code out[i] = v[i] - sum_j
   * p[j] v[j]} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the log-probabilities; as long as {@code x}, and may be
   *     {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void jvp(double[] x, double[] v, double[] out) {
    jvp(x, v, out, 1);
  }

  /**
   * Log-softmax forward (Jacobian-vector product) of a whole array at a temperature: {@code out[i]
   * = (v[i] - sum_j p[j] v[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the log-probabilities; as long as {@code x}, and may be
   *     {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void jvp(double[] x, double[] v, double[] out, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("v", Arguments.length("v", v), "x", n);
    Arguments.checkSameLength("out", Arguments.length("out", out), "x", n);
    jvp(x, 0, v, 0, out, 0, n, temperature);
  }

  /**
   * Log-softmax forward (Jacobian-vector product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first of them
   * @param out the array that receives the change of the log-probabilities
   * @param outOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jvp(
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
      DoubleDerivatives.logSoftmaxJvp(
          Kernels.selected().doubles(),
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
   * Log-softmax forward (Jacobian-vector product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first one of the first row
   * @param vStride distance from one row to the next, at least n
   * @param out the array that receives the change of the log-probabilities; may be {@code x} with
   *     the same offset and stride
   * @param outOffset index of the first one of the first row
   * @param outStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jvpRows(
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
      DoubleDerivatives.logSoftmaxJvp(
          Kernels.selected().doubles(),
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
   * Jacobian of log-softmax of a whole array: {@code 1 - p[i]} on the diagonal and {@code -p[j]}
   * beside it, with {@code p = softmax(x)}.
   *
   * @param x the logits, n of them
   * @param jacobian receives the n times n entries, row by row; row i holds the derivatives of
   *     result i
   * @throws IllegalArgumentException when the length of {@code jacobian} is not n times n
   */
  public static void jacobian(double[] x, double[] jacobian) {
    jacobian(x, jacobian, 1);
  }

  /**
   * Jacobian of log-softmax of a whole array at a temperature: {@code (1 - p[i]) / T} on the
   * diagonal and {@code -p[j] / T} beside it, with {@code p = softmax(x / T)}.
   *
   * @param x the logits, n of them
   * @param jacobian receives the n times n entries, row by row; row i holds the derivatives of
   *     result i
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the length of {@code jacobian} is not n times n, or the
   *     temperature is negative or NaN
   */
  public static void jacobian(double[] x, double[] jacobian, double temperature) {
    int n = Arguments.length("x", x);
    Operands.checkSquare(n, Arguments.length("jacobian", jacobian));
    jacobian(x, 0, jacobian, 0, n, temperature);
  }

  /**
   * Jacobian of log-softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param jacobian the array that receives the entries, row by row without gaps; no part of it may
   *     be part of the row
   * @param jacobianOffset index of the first of n times n entries
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jacobian(
      double[] x, int xOffset, double[] jacobian, int jacobianOffset, int n, double temperature) {
    Operands.checkJacobian(x, xOffset, jacobian, jacobianOffset, n, temperature);
    if (n > 0) {
      DoubleDerivatives.logSoftmaxJacobian(
          Kernels.selected().doubles(), x, xOffset, jacobian, jacobianOffset, n, temperature);
    }
  }
}
