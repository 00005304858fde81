package io.github.softlane;

import java.util.Arrays;

/**
 * Everyday calls over logits, served by {@link Kernels#best()}: whole arrays, rows with a stride,
 * temperature, arg-max.
 *
 * <p><b>Temperature.</b> Every call with a temperature T gives the result for {@code x / T} without
 * computing that quotient: 1/T is folded into the constants, and the accuracy is that of T = 1. A T
 * of {@code +inf} gives the uniform distribution over the entries that are not {@code -inf}; T = 0
 * gives probability 1 to the first maximum and 0 to the others, and a log-sum-exp of infinity with
 * the sign of the maximum, or 0. A negative T or NaN is an {@link IllegalArgumentException}.
 *
 * <p>Ranges, in-place rules, special values and errors are those of {@link Kernel}. All calls throw
 * {@link IllegalStateException} where {@link Kernels#best()} does.
 */
public final class Logits {
  private Logits() {}

  /**
   * Softmax of a whole array, in place: {@code y[i] = exp(x[i]) / sum_j exp(x[j])}.
   *
   * @param x the logits; receives the probabilities
   */
  public static void softmax(float[] x) {
    softmax(x, x);
  }

  /**
   * Softmax of a whole array: {@code y[i] = exp(x[i]) / sum_j exp(x[j])}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void softmax(float[] x, float[] y) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    Kernels.selected().softmax(x, 0, y, 0, x.length);
  }

  /**
   * Softmax of a whole array at a temperature: {@code y[i] = exp(x[i] / T) / sum_j exp(x[j] / T)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void softmax(float[] x, float[] y, double temperature) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    softmax(x, 0, y, 0, x.length, temperature);
  }

  /**
   * Softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void softmax(
      float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    Arguments.checkTemperature(temperature);
    if (n > 0) {
      Kernels.selected().softmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }
  }

  /**
   * Softmax of many rows at a temperature, each on its own.
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
  public static void softmaxRows(
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
      Kernels.selected()
          .softmaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    }
  }

  /**
   * Log-softmax of a whole array, in place: {@code y[i] = x[i] - log(sum_j exp(x[j]))}.
   *
   * @param x the logits; receives the log-probabilities
   */
  public static void logSoftmax(float[] x) {
    logSoftmax(x, x);
  }

  /**
   * Log-softmax of a whole array: {@code y[i] = x[i] - log(sum_j exp(x[j]))}.
   *
   * @param x the logits
   * @param y receives the log-probabilities; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void logSoftmax(float[] x, float[] y) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    Kernels.selected().logSoftmax(x, 0, y, 0, x.length);
  }

  /**
   * Log-softmax of a whole array at a temperature: {@code y[i] = x[i] / T - log(sum_j exp(x[j] /
   * T))}.
   *
   * @param x the logits
   * @param y receives the log-probabilities; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void logSoftmax(float[] x, float[] y, double temperature) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    logSoftmax(x, 0, y, 0, x.length, temperature);
  }

  /**
   * Log-softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the log-probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void logSoftmax(
      float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    Arguments.checkTemperature(temperature);
    if (n > 0) {
      Kernels.selected().logSoftmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }
  }

  /**
   * Log-softmax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the log-probabilities; may be {@code x} with the same offset
   *     and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void logSoftmaxRows(
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
      Kernels.selected()
          .logSoftmaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    }
  }

  /**
   * Log-sum-exp of a whole array: {@code log(sum_j exp(x[j]))}.
   *
   * @param x the logits
   * @return the log-sum-exp, -inf for an empty array
   */
  public static float logSumExp(float[] x) {
    return Kernels.selected().logSumExp(x, 0, Arguments.length("x", x));
  }

  /**
   * Log-sum-exp of a whole array at a temperature: {@code log(sum_j exp(x[j] / T))}.
   *
   * @param x the logits
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the log-sum-exp, -inf for an empty array
   */
  public static float logSumExp(float[] x, double temperature) {
    return logSumExp(x, 0, Arguments.length("x", x), temperature);
  }

  /**
   * Log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the log-sum-exp, -inf for an empty row
   */
  public static float logSumExp(float[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkTemperature(temperature);
    return n == 0
        ? Float.NEGATIVE_INFINITY
        : Kernels.selected().logSumExp(x, xOffset, n, temperature);
  }

  /**
   * Log-sum-exp of many rows at a temperature, one result each.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param y the array that receives one value a row; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void logSumExpRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkResults(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    if (n > 0) {
      Kernels.selected().logSumExpRows(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    } else {
      Arrays.fill(y, yOffset, yOffset + rows, Float.NEGATIVE_INFINITY);
    }
  }

  /**
   * The index of the largest logit of a whole array; the lowest one of a tie, -0 and +0 tying. A
   * NaN counts as larger than all others, and the first NaN wins.
   *
   * @param x the logits, at least one
   * @return the index, from 0
   * @throws IllegalArgumentException when the array is empty
   */
  public static int argmax(float[] x) {
    return argmax(x, 0, Arguments.length("x", x));
  }

  /**
   * The index of the largest logit of one row, as for {@link #argmax(float[])}.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 1 or more
   * @return the index within the row, from 0
   * @throws IllegalArgumentException when n is 0
   */
  public static int argmax(float[] x, int xOffset, int n) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkNotEmpty(n);
    return Kernels.selected().argmax(x, xOffset, n);
  }

  /**
   * Softmax of a whole array, in place: {@code y[i] = exp(x[i]) / sum_j exp(x[j])}.
   *
   * @param x the logits; receives the probabilities
   */
  public static void softmax(double[] x) {
    softmax(x, x);
  }

  /**
   * Softmax of a whole array: {@code y[i] = exp(x[i]) / sum_j exp(x[j])}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void softmax(double[] x, double[] y) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    Kernels.selected().softmax(x, 0, y, 0, x.length);
  }

  /**
   * Softmax of a whole array at a temperature: {@code y[i] = exp(x[i] / T) / sum_j exp(x[j] / T)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void softmax(double[] x, double[] y, double temperature) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    softmax(x, 0, y, 0, x.length, temperature);
  }

  /**
   * Softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void softmax(
      double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    Arguments.checkTemperature(temperature);
    if (n > 0) {
      Kernels.selected().softmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }
  }

  /**
   * Softmax of many rows at a temperature, each on its own.
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
  public static void softmaxRows(
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
      Kernels.selected()
          .softmaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    }
  }

  /**
   * Log-softmax of a whole array, in place: {@code y[i] = x[i] - log(sum_j exp(x[j]))}.
   *
   * @param x the logits; receives the log-probabilities
   */
  public static void logSoftmax(double[] x) {
    logSoftmax(x, x);
  }

  /**
   * Log-softmax of a whole array: {@code y[i] = x[i] - log(sum_j exp(x[j]))}.
   *
   * @param x the logits
   * @param y receives the log-probabilities; as long as {@code x}, and may be {@code x} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void logSoftmax(double[] x, double[] y) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    Kernels.selected().logSoftmax(x, 0, y, 0, x.length);
  }

  /**
   * Log-softmax of a whole array at a temperature: {@code y[i] = x[i] / T - log(sum_j exp(x[j] /
   * T))}.
   *
   * @param x the logits
   * @param y receives the log-probabilities; as long as {@code x}, and may be {@code x} itself
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void logSoftmax(double[] x, double[] y, double temperature) {
    checkSameLength(Arguments.length("x", x), Arguments.length("y", y));
    logSoftmax(x, 0, y, 0, x.length, temperature);
  }

  /**
   * Log-softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the log-probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void logSoftmax(
      double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    Arguments.checkTemperature(temperature);
    if (n > 0) {
      Kernels.selected().logSoftmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }
  }

  /**
   * Log-softmax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the log-probabilities; may be {@code x} with the same offset
   *     and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void logSoftmaxRows(
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
      Kernels.selected()
          .logSoftmaxRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    }
  }

  /**
   * Log-sum-exp of a whole array: {@code log(sum_j exp(x[j]))}.
   *
   * @param x the logits
   * @return the log-sum-exp, -inf for an empty array
   */
  public static double logSumExp(double[] x) {
    return Kernels.selected().logSumExp(x, 0, Arguments.length("x", x));
  }

  /**
   * Log-sum-exp of a whole array at a temperature: {@code log(sum_j exp(x[j] / T))}.
   *
   * @param x the logits
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the log-sum-exp, -inf for an empty array
   */
  public static double logSumExp(double[] x, double temperature) {
    return logSumExp(x, 0, Arguments.length("x", x), temperature);
  }

  /**
   * Log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the log-sum-exp, -inf for an empty row
   */
  public static double logSumExp(double[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkTemperature(temperature);
    return n == 0
        ? Double.NEGATIVE_INFINITY
        : Kernels.selected().logSumExp(x, xOffset, n, temperature);
  }

  /**
   * Log-sum-exp of many rows at a temperature, one result each.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param y the array that receives one value a row; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void logSumExpRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkResults(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    if (n > 0) {
      Kernels.selected().logSumExpRows(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    } else {
      Arrays.fill(y, yOffset, yOffset + rows, Double.NEGATIVE_INFINITY);
    }
  }

  /**
   * The index of the largest logit of a whole array; the lowest one of a tie, -0 and +0 tying. A
   * NaN counts as larger than all others, and the first NaN wins.
   *
   * @param x the logits, at least one
   * @return the index, from 0
   * @throws IllegalArgumentException when the array is empty
   */
  public static int argmax(double[] x) {
    return argmax(x, 0, Arguments.length("x", x));
  }

  /**
   * The index of the largest logit of one row, as for {@link #argmax(double[])}.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 1 or more
   * @return the index within the row, from 0
   * @throws IllegalArgumentException when n is 0
   */
  public static int argmax(double[] x, int xOffset, int n) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkNotEmpty(n);
    return Kernels.selected().argmax(x, xOffset, n);
  }

  private static void checkSameLength(int xLength, int yLength) {
    if (xLength != yLength) {
      throw new IllegalArgumentException(
          "y has " + yLength + " elements, must have as many as x: " + xLength);
    }
  }
}
