package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.InverseTemperature;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.passes.DoubleMoments;
import io.github.softlane.internal.passes.DoublePasses;

/**
 * How likely the class that a row of {@code double} logits is labelled with is under the softmax of
 * the row, in double.
 */
public final class DoubleLikelihood {
  private DoubleLikelihood() {}

  /**
   * {@code -log softmax(x / T)[target]}: NaN when the softmax is, +inf when the target's share is
   * 0.
   */
  public static double loss(
      DoublePasses passes, InverseTemperature inverse, double[] x, int xOffset, int n, int target) {
    double max = passes.max(x, xOffset, n);
    return loss(rest(passes, inverse, x, xOffset, n), inverse, x[xOffset + target], max);
  }

  /** The sum of e over all elements but the maximum; NaN when the softmax is. */
  public static double rest(
      DoublePasses passes, InverseTemperature inverse, double[] x, int xOffset, int n) {
    double max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    return DoubleMoments.rest(x, xOffset, n, max, winner, inverse);
  }

  /** The same of an element x, from {@link #rest} and the maximum. */
  public static double loss(double rest, InverseTemperature inverse, double x, double max) {
    if (Double.isNaN(rest)) {
      return rest;
    }
    if (x == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = inverse.distance(x, max);
    double quotient = inverse.quotient(distance);
    if (quotient == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double quotientLo = inverse.quotientLo(x, max, distance, quotient);
    double sum = 1.0 + rest;
    double part = sum - 1.0;
    double sumLo = (1.0 - (sum - part)) + (rest - part);
    return Log.logPlus(sum, sumLo, -quotient, -quotientLo);
  }

  /**
   * Measures one row.
   *
   * @param inverse null for the limit T = 0, where the first maximum has all of the probability
   * @param measures receives the figures, at the indices of {@link RowMeasures}
   */
  public static void measure(
      DoublePasses passes,
      InverseTemperature inverse,
      double[] x,
      int xOffset,
      int n,
      int target,
      double[] measures) {
    double max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) {
      RowMeasures.undefined(measures);
      return;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    if (inverse == null) {
      RowMeasures.certain(measures, winner == target);
      return;
    }
    DoubleMoments.squares(x, xOffset, n, max, winner, target, inverse, measures);
    double loss = loss(measures[DoubleMoments.REST], inverse, x[xOffset + target], max);
    RowMeasures.of(
        measures,
        loss,
        measures[DoubleMoments.REST],
        measures[DoubleMoments.OTHERS],
        measures[DoubleMoments.SQUARES],
        winner == target);
  }

  /**
   * Adds a row to the slope and the curvature of the loss over 1/T, in the units of the distance:
   * {@code E[x] - x_target} and {@code Var[x]} under the softmax, see {@link SlopeSums}.
   *
   * @param sums room for the sums of the row
   */
  public static void addSlope(
      DoublePasses passes,
      InverseTemperature inverse,
      double[] x,
      int xOffset,
      int n,
      int target,
      double[] sums,
      double[] slope) {
    double max = passes.max(x, xOffset, n);
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    DoubleMoments.moments(x, xOffset, n, max, winner, inverse, sums);
    double sum = 1.0 + sums[DoubleMoments.REST];
    double mean = sums[DoubleMoments.FIRST] / sum;
    double variance = sums[DoubleMoments.SECOND] / sum - mean * mean;
    SlopeSums.add(slope, mean, inverse.distance(x[xOffset + target], max), variance);
  }
}
