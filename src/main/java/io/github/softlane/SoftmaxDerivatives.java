package io.github.softlane;

import io.github.softlane.internal.rows.DoubleDerivatives;
import io.github.softlane.internal.rows.FloatDerivatives;

/**
 * First derivatives of softmax, from logits or from the probabilities that the forward call gave.
 * {@link LogSoftmaxDerivatives} and {@link LogSumExpDerivatives} have those of its relatives.
 *
 * <p>With {@code p = softmax(x / T)} the Jacobian is {@code (diag(p) - p p') / T} (Bridle, 1990;
 * Goodfellow, Bengio, Courville, <i>Deep Learning</i>, 2016, section 6.2.2.3). It is symmetric, so
 * that the backward call, which multiplies a gradient by it (vjp), and the forward call, which
 * multiplies a direction (jvp), are one computation. T is that of the forward call, and the factor
 * 1/T, the inner derivative of x / T, is part of the result; a loss with a factor of its own, such
 * as T^2 in distillation, brings it in itself.
 *
 * <p><b>Accuracy.</b> With w the index of the largest probability and u = 2^-24 ({@code float}) or
 * 2^-53 ({@code double}), the error of a product is at most {@code 10 u p[i] (|g[i] - g[w]| + sum_j
 * p[j] |g[j] - g[w]|) / T}: no larger in a saturated row, and independent of a constant in g, of
 * which the exact result is independent too. For entries of a Jacobian it is 8 u of the entry,
 * including {@code 1 - p[i]} for p[i] near 1. To this comes what numbers below the smallest normal
 * one lose. The largest errors found are 4.2 u ({@code float}) and 6.9 u ({@code double}) for
 * products, 4.4 u and 5.5 u for entries of Jacobians, over 100,000 random rows of up to 5000
 * entries and a search that moved rows of two to four entries towards larger errors. In {@code
 * double} a difference of two entries of g or a product may overflow though the result would not.
 *
 * <p><b>Temperature.</b> 0 or more, +inf allowed; negative or NaN is an {@link
 * IllegalArgumentException}. At T = +inf every derivative is 0. At T = 0 too: that is the limit for
 * T to 0 where no two logits tie for the maximum, and of a tie the first wins here as everywhere.
 *
 * <p><b>Special values.</b> A row of logits with a NaN, a {@code +inf}, or only {@code -inf} gives
 * NaN in its whole result, and so do probabilities with a NaN. A {@code -inf} beside finite values
 * has probability 0 and gets the derivative 0. A gradient or direction that is NaN or infinite goes
 * through the formula as in IEEE arithmetic, where 0 times infinity is NaN: a NaN anywhere, or an
 * infinity at an entry of probability 0, gives NaN in the whole row, and an infinity elsewhere NaN
 * in its own place and at masked entries and an infinity in the others. Nothing is written for an
 * empty row.
 *
 * <p><b>In place.</b> The output may be the first input: same array, offset and stride. It may be
 * the gradient only in {@code vjpFromOutput}, since elsewhere the probabilities are made where the
 * result goes; all other overlaps are an {@link IllegalArgumentException}. No call needs another
 * row, takes a lock or owns a thread, and none allocates, save for the constants of a temperature
 * that is not 1.
 *
 * <p>All calls throw {@link NullPointerException} for a null array, {@link
 * IndexOutOfBoundsException} when an offset or length lies outside its array, and {@link
 * IllegalStateException} where {@link Kernels#best()} does; nothing is written then. Every backend
 * gives the same bits, and the calls from logits give those of {@link Logits#softmax(float[],
 * float[], double)} followed by the call from its output.
 */
public final class SoftmaxDerivatives {
  private SoftmaxDerivatives() {}

  /**
   * Softmax backward (vector-Jacobian product) of a whole array: {@code gradX[i] = p[i] (gradY[i] -
   * sum_j p[j] gradY[j])} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the probabilities
   * @param gradX receives those with respect to the logits; as long as {@code x}, and may be {@code
   *     x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjp(float[] x, float[] gradY, float[] gradX) {
    vjp(x, gradY, gradX, 1);
  }

  /**
   * Softmax backward (vector-Jacobian product) of a whole array at a temperature: {@code gradX[i] =
   * p[i] (gradY[i] - sum_j p[j] gradY[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the probabilities
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
   * Softmax backward (vector-Jacobian product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the probabilities
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
      FloatDerivatives.softmaxProduct(
          Kernels.selected().floats(),
          1,
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
   * Softmax backward (vector-Jacobian product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the probabilities
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
      FloatDerivatives.softmaxProduct(
          Kernels.selected().floats(),
          1,
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
   * Softmax backward from kept probabilities of a whole array: {@code gradX[i] = p[i] (gradY[i] -
   * sum_j p[j] gradY[j])}.
   *
   * @param p the probabilities that a softmax at T gave
   * @param gradY the gradients with respect to the probabilities
   * @param gradX receives those with respect to the logits; as long as {@code p}, and may be one of
   *     the others itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjpFromOutput(float[] p, float[] gradY, float[] gradX) {
    vjpFromOutput(p, gradY, gradX, 1);
  }

  /**
   * Softmax backward from kept probabilities of a whole array at a temperature: {@code gradX[i] =
   * p[i] (gradY[i] - sum_j p[j] gradY[j]) / T}.
   *
   * @param p the probabilities that a softmax at T gave
   * @param gradY the gradients with respect to the probabilities
   * @param gradX receives those with respect to the logits; as long as {@code p}, and may be one of
   *     the others itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(float[] p, float[] gradY, float[] gradX, double temperature) {
    int n = Arguments.length("p", p);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "p", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "p", n);
    vjpFromOutput(p, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * Softmax backward from kept probabilities of one row at a temperature.
   *
   * @param p the array that holds the probabilities that a softmax at T gave
   * @param pOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the probabilities
   * @param gradYOffset index of the first of them
   * @param gradX the array that receives those with respect to the logits
   * @param gradXOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutput(
      float[] p,
      int pOffset,
      float[] gradY,
      int gradYOffset,
      float[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    Operands.check(
        "p",
        p,
        pOffset,
        "gradY",
        gradY,
        gradYOffset,
        true,
        "gradX",
        gradX,
        gradXOffset,
        n,
        temperature);
    if (n > 0) {
      FloatDerivatives.softmaxProductFromOutput(
          Kernels.selected().floats(),
          p,
          pOffset,
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
   * Softmax backward from kept probabilities of many rows at a temperature, each on its own.
   *
   * @param p the array that holds the probabilities that a softmax at T gave; row r starts at
   *     {@code pOffset + r * pStride}
   * @param pOffset index of the first one of the first row
   * @param pStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the probabilities
   * @param gradYOffset index of the first one of the first row
   * @param gradYStride distance from one row to the next, at least n
   * @param gradX the array that receives those with respect to the logits; may be {@code p} or
   *     {@code gradY} with the same offset and stride
   * @param gradXOffset index of the first one of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutputRows(
      float[] p,
      int pOffset,
      int pStride,
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
        "p",
        p,
        pOffset,
        pStride,
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        true,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      FloatDerivatives.softmaxProductFromOutput(
          Kernels.selected().floats(),
          p,
          pOffset,
          pStride,
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
   * Softmax forward (Jacobian-vector product) of a whole array: {@code out[i] = p[i] (v[i] - sum_j
   * p[j] v[j])} with {@code p = softmax(x)}, the same as {@link #vjp(float[], float[], float[])},
   * since the Jacobian is symmetric.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the probabilities; as long as {@code x}, and may be {@code x}
   *     itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void jvp(float[] x, float[] v, float[] out) {
    jvp(x, v, out, 1);
  }

  /**
   * Softmax forward (Jacobian-vector product) of a whole array at a temperature: {@code out[i] =
   * p[i] (v[i] - sum_j p[j] v[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the probabilities; as long as {@code x}, and may be {@code x}
   *     itself
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
   * Softmax forward (Jacobian-vector product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first of them
   * @param out the array that receives the change of the probabilities
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
      FloatDerivatives.softmaxProduct(
          Kernels.selected().floats(),
          1,
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
   * Softmax forward (Jacobian-vector product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first one of the first row
   * @param vStride distance from one row to the next, at least n
   * @param out the array that receives the change of the probabilities; may be {@code x} with the
   *     same offset and stride
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
      FloatDerivatives.softmaxProduct(
          Kernels.selected().floats(),
          1,
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
   * Jacobian of softmax of a whole array: {@code p[i] (1 - p[i])} on the diagonal and {@code -p[i]
   * p[j]} beside it, with {@code p = softmax(x)}.
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
   * Jacobian of softmax of a whole array at a temperature: {@code p[i] (1 - p[i]) / T} on the
   * diagonal and {@code -p[i] p[j] / T} beside it, with {@code p = softmax(x / T)}.
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
   * Jacobian of softmax of one row at a temperature.
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
      FloatDerivatives.softmaxJacobian(
          Kernels.selected().floats(), x, xOffset, jacobian, jacobianOffset, n, temperature);
    }
  }

  /**
   * Softmax backward (vector-Jacobian product) of a whole array: {@code gradX[i] = p[i] (gradY[i] -
   * sum_j p[j] gradY[j])} with {@code p = softmax(x)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the probabilities
   * @param gradX receives those with respect to the logits; as long as {@code x}, and may be {@code
   *     x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjp(double[] x, double[] gradY, double[] gradX) {
    vjp(x, gradY, gradX, 1);
  }

  /**
   * Softmax backward (vector-Jacobian product) of a whole array at a temperature: {@code gradX[i] =
   * p[i] (gradY[i] - sum_j p[j] gradY[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param gradY the gradients with respect to the probabilities
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
   * Softmax backward (vector-Jacobian product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the probabilities
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
      DoubleDerivatives.softmaxProduct(
          Kernels.selected().doubles(),
          1,
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
   * Softmax backward (vector-Jacobian product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the probabilities
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
      DoubleDerivatives.softmaxProduct(
          Kernels.selected().doubles(),
          1,
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
   * Softmax backward from kept probabilities of a whole array: {@code gradX[i] = p[i] (gradY[i] -
   * sum_j p[j] gradY[j])}.
   *
   * @param p the probabilities that a softmax at T gave
   * @param gradY the gradients with respect to the probabilities
   * @param gradX receives those with respect to the logits; as long as {@code p}, and may be one of
   *     the others itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void vjpFromOutput(double[] p, double[] gradY, double[] gradX) {
    vjpFromOutput(p, gradY, gradX, 1);
  }

  /**
   * Softmax backward from kept probabilities of a whole array at a temperature: {@code gradX[i] =
   * p[i] (gradY[i] - sum_j p[j] gradY[j]) / T}.
   *
   * @param p the probabilities that a softmax at T gave
   * @param gradY the gradients with respect to the probabilities
   * @param gradX receives those with respect to the logits; as long as {@code p}, and may be one of
   *     the others itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(double[] p, double[] gradY, double[] gradX, double temperature) {
    int n = Arguments.length("p", p);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "p", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "p", n);
    vjpFromOutput(p, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * Softmax backward from kept probabilities of one row at a temperature.
   *
   * @param p the array that holds the probabilities that a softmax at T gave
   * @param pOffset index of the first of them
   * @param gradY the array that holds the gradients with respect to the probabilities
   * @param gradYOffset index of the first of them
   * @param gradX the array that receives those with respect to the logits
   * @param gradXOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutput(
      double[] p,
      int pOffset,
      double[] gradY,
      int gradYOffset,
      double[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    Operands.check(
        "p",
        p,
        pOffset,
        "gradY",
        gradY,
        gradYOffset,
        true,
        "gradX",
        gradX,
        gradXOffset,
        n,
        temperature);
    if (n > 0) {
      DoubleDerivatives.softmaxProductFromOutput(
          Kernels.selected().doubles(),
          p,
          pOffset,
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
   * Softmax backward from kept probabilities of many rows at a temperature, each on its own.
   *
   * @param p the array that holds the probabilities that a softmax at T gave; row r starts at
   *     {@code pOffset + r * pStride}
   * @param pOffset index of the first one of the first row
   * @param pStride distance from one row to the next, at least n
   * @param gradY the array that holds the gradients with respect to the probabilities
   * @param gradYOffset index of the first one of the first row
   * @param gradYStride distance from one row to the next, at least n
   * @param gradX the array that receives those with respect to the logits; may be {@code p} or
   *     {@code gradY} with the same offset and stride
   * @param gradXOffset index of the first one of the first row
   * @param gradXStride distance from one row to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void vjpFromOutputRows(
      double[] p,
      int pOffset,
      int pStride,
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
        "p",
        p,
        pOffset,
        pStride,
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        true,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n,
        temperature);
    if (n > 0) {
      DoubleDerivatives.softmaxProductFromOutput(
          Kernels.selected().doubles(),
          p,
          pOffset,
          pStride,
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
   * Softmax forward (Jacobian-vector product) of a whole array: {@code out[i] = p[i] (v[i] - sum_j
   * p[j] v[j])} with {@code p = softmax(x)}, the same as {@link #vjp(double[], double[],
   * double[])}, since the Jacobian is symmetric.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the probabilities; as long as {@code x}, and may be {@code x}
   *     itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void jvp(double[] x, double[] v, double[] out) {
    jvp(x, v, out, 1);
  }

  /**
   * Softmax forward (Jacobian-vector product) of a whole array at a temperature: {@code out[i] =
   * p[i] (v[i] - sum_j p[j] v[j]) / T} with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param v the direction in which the logits change
   * @param out receives the change of the probabilities; as long as {@code x}, and may be {@code x}
   *     itself
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
   * Softmax forward (Jacobian-vector product) of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first of them
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first of them
   * @param out the array that receives the change of the probabilities
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
      DoubleDerivatives.softmaxProduct(
          Kernels.selected().doubles(),
          1,
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
   * Softmax forward (Jacobian-vector product) of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first one of the first row
   * @param xStride distance from one row to the next, at least n
   * @param v the array that holds the direction in which the logits change
   * @param vOffset index of the first one of the first row
   * @param vStride distance from one row to the next, at least n
   * @param out the array that receives the change of the probabilities; may be {@code x} with the
   *     same offset and stride
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
      DoubleDerivatives.softmaxProduct(
          Kernels.selected().doubles(),
          1,
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
   * Jacobian of softmax of a whole array: {@code p[i] (1 - p[i])} on the diagonal and {@code -p[i]
   * p[j]} beside it, with {@code p = softmax(x)}.
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
   * Jacobian of softmax of a whole array at a temperature: {@code p[i] (1 - p[i]) / T} on the
   * diagonal and {@code -p[i] p[j] / T} beside it, with {@code p = softmax(x / T)}.
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
   * Jacobian of softmax of one row at a temperature.
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
      DoubleDerivatives.softmaxJacobian(
          Kernels.selected().doubles(), x, xOffset, jacobian, jacobianOffset, n, temperature);
    }
  }
}
