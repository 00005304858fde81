package io.github.softlane;

import io.github.softlane.internal.arithmetic.InverseTemperature;
import io.github.softlane.internal.rows.DoubleLabelledRows;
import io.github.softlane.internal.rows.FloatLabelledRows;
import io.github.softlane.internal.rows.LabelledRows;
import io.github.softlane.internal.rows.TemperatureSearch;

/**
 * Temperature scaling (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks",
 * ICML 2017): the one temperature T that makes the mean negative log-likelihood
 *
 * <pre>
 *   L(T) = mean over rows of  -log softmax(x / T)[t]
 * </pre>
 *
 * of held-out rows of logits x with labels t least. Dividing by a temperature leaves the order of
 * the classes as it is, and so the accuracy, and makes the probabilities honest.
 *
 * <p><b>How.</b> L is a convex function of beta = 1/T. Its slope is the mean of {@code E[x] - x[t]}
 * and its curvature that of {@code Var[x]}, both under the softmax at T. Newton's steps, kept
 * within a bracket and replaced by bisection on log T where they do not help, find the zero of the
 * slope for every input, mostly in 5 to 10 passes over the rows. T is within a relative 1e-12 of
 * the optimum where the curvature there is not far below the square of the logits' range; a flatter
 * optimum is as exact as its slope can be computed. Everything is summed in double and in a fixed
 * order: the bits are the same on every backend.
 *
 * <p><b>Where there is no such T</b> the result says so, see {@link Optimum}; which case it is, is
 * decided from the rows, not by the search running away.
 *
 * @param temperature the optimum: a positive number, 0, {@code +inf}, or 1 for {@link Optimum#ANY}
 * @param optimum where the optimum lies
 * @param lossBefore L at T = 1, in nats
 * @param lossAfter L at the optimum, or its limit there
 * @param iterations passes over all rows in which slope and curvature were computed, 0 or more
 */
public record TemperatureScaling(
    double temperature, Optimum optimum, double lossBefore, double lossAfter, int iterations) {

  /** Where the loss is least. */
  public enum Optimum {
    /** At one positive, finite temperature. */
    FINITE,

    /**
     * As T goes to 0: in every row the label has the largest logit, alone or in a tie, so that the
     * loss falls the sharper the softmax is. It falls to the mean of log(number of tied maxima).
     */
    ZERO,

    /**
     * As T goes to infinity: the labels' logits are on average no higher than the mean logits of
     * their rows, so that the logits are of no more use than chance and the uniform distribution is
     * best. Also where they are higher by no more than rounding.
     */
    INFINITE,

    /** Everywhere: all rows are constant (apart from entries of -inf), and T changes nothing. */
    ANY
  }

  /**
   * Fits the temperature to rows that fill an array.
   *
   * @param x the logits, one row for each label
   * @param targets the label of each row, from 0 to n - 1; at least one
   * @param n length of a row, 1 or more
   * @return the optimum
   * @throws IllegalArgumentException when the length of {@code x} is not that of {@code targets}
   *     times n, and as the other call
   */
  public static TemperatureScaling fit(float[] x, int[] targets, int n) {
    int rows = Arguments.length("targets", targets);
    Arguments.checkWhole(Arguments.length("x", x), rows, n);
    return fit(x, 0, n, targets, 0, rows, n);
  }

  /**
   * Fits the temperature to rows of an array.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param targets the array that holds the labels, each from 0 to n - 1
   * @param targetsOffset index of the label of the first row
   * @param rows number of rows, 1 or more
   * @param n length of a row, 1 or more
   * @return the optimum
   * @throws IllegalArgumentException when there are no rows, when a label is no class, or when the
   *     loss of a row is not finite at any temperature, as it holds a NaN, a {@code +inf} or only
   *     {@code -inf}, or a {@code -inf} at its label; the message names the row
   */
  public static TemperatureScaling fit(
      float[] x, int xOffset, int xStride, int[] targets, int targetsOffset, int rows, int n) {
    Arguments.checkLabelledRows(x, xOffset, xStride, targets, targetsOffset, rows, n);
    return fit(
        new FloatLabelledRows(
            Kernels.selected().floats(), x, xOffset, xStride, targets, targetsOffset, rows, n));
  }

  /**
   * Fits the temperature to rows that fill an array.
   *
   * @param x the logits, one row for each label
   * @param targets the label of each row, from 0 to n - 1; at least one
   * @param n length of a row, 1 or more
   * @return the optimum
   * @throws IllegalArgumentException when the length of {@code x} is not that of {@code targets}
   *     times n, and as the other call
   */
  public static TemperatureScaling fit(double[] x, int[] targets, int n) {
    int rows = Arguments.length("targets", targets);
    Arguments.checkWhole(Arguments.length("x", x), rows, n);
    return fit(x, 0, n, targets, 0, rows, n);
  }

  /**
   * Fits the temperature to rows of an array.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param targets the array that holds the labels, each from 0 to n - 1
   * @param targetsOffset index of the label of the first row
   * @param rows number of rows, 1 or more
   * @param n length of a row, 1 or more
   * @return the optimum
   * @throws IllegalArgumentException when there are no rows, when a label is no class, or when the
   *     loss of a row is not finite at any temperature, as it holds a NaN, a {@code +inf} or only
   *     {@code -inf}, or a {@code -inf} at its label; the message names the row
   */
  public static TemperatureScaling fit(
      double[] x, int xOffset, int xStride, int[] targets, int targetsOffset, int rows, int n) {
    Arguments.checkLabelledRows(x, xOffset, xStride, targets, targetsOffset, rows, n);
    return fit(
        new DoubleLabelledRows(
            Kernels.selected().doubles(), x, xOffset, xStride, targets, targetsOffset, rows, n));
  }

  /** Arguments checked by the caller, but for the rows' losses. */
  static TemperatureScaling fit(LabelledRows rows) {
    checkLosses(rows);
    TemperatureSearch.Found found = TemperatureSearch.search(rows);
    double before = rows.meanLoss(InverseTemperature.of(1));
    double temperature = found.temperature();
    if (Double.isNaN(temperature)) {
      return new TemperatureScaling(1, Optimum.ANY, before, before, found.iterations());
    }
    double after =
        temperature == 0
            ? rows.meanLossOfTies()
            : rows.meanLoss(InverseTemperature.of(temperature));
    return new TemperatureScaling(
        temperature, optimum(temperature), before, after, found.iterations());
  }

  private static Optimum optimum(double temperature) {
    if (temperature == 0) {
      return Optimum.ZERO;
    }
    return Double.isInfinite(temperature) ? Optimum.INFINITE : Optimum.FINITE;
  }

  private static void checkLosses(LabelledRows rows) {
    if (rows.rows() == 0) {
      throw new IllegalArgumentException("rows is 0, must be 1 or more: there is nothing to fit");
    }
    int undefined = rows.firstUndefined();
    if (undefined < rows.rows()) {
      throw new IllegalArgumentException(
          "row "
              + undefined
              + " holds a NaN or +inf, or only -inf: it has no softmax at any temperature");
    }
    int masked = rows.firstMasked();
    if (masked < rows.rows()) {
      throw new IllegalArgumentException(
          "row " + masked + " has -inf at its target: the likelihood is 0 at every temperature");
    }
  }
}
