package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.InverseTemperature;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.passes.FloatMoments;
import io.github.softlane.internal.passes.FloatPasses;

/**
 * How likely the class that a row of {@code float} logits is labelled with is under the softmax of
 * the row, in double.
 */
public final class FloatLikelihood {
  private FloatLikelihood() {}

  /**
   * {@code -log softmax(x / T)[target]}: NaN when the softmax is, +inf when the target's share is
   * 0.
   */
  public static double loss(
      FloatPasses passes, InverseTemperature inverse, float[] x, int xOffset, int n, int target) {
    float max = passes.max(x, xOffset, n);
    return loss(rest(passes, inverse, x, xOffset, n), inverse, x[xOffset + target], max);
  }

  /** The sum of e over all elements but the maximum; NaN when the softmax is. */
  public static double rest(
      FloatPasses passes, InverseTemperature inverse, float[] x, int xOffset, int n) {
    float max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    return FloatMoments.rest(x, xOffset, n, max, winner, inverse);
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
      FloatPasses passes,
      InverseTemperature inverse,
      float[] x,
      int xOffset,
      int n,
      int target,
      double[] measures) {
    float max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
      RowMeasures.undefined(measures);
      return;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    if (inverse == null) {
      RowMeasures.certain(measures, winner == target);
      return;
    }
    FloatMoments.squares(x, xOffset, n, max, winner, target, inverse, measures);
    double loss = loss(measures[FloatMoments.REST], inverse, x[xOffset + target], max);
    RowMeasures.of(
        measures,
        loss,
        measures[FloatMoments.REST],
        measures[FloatMoments.OTHERS],
        measures[FloatMoments.SQUARES],
        winner == target);
  }

  /**
   * Adds a row to the slope and the curvature of the loss over 1/T, in the units of the distance:
   * {@code E[x] - x_target} and {@code Var[x]} under the softmax, see {@link SlopeSums}.
   *
   * @param sums room for the sums of the row
   */
  public static void addSlope(
      FloatPasses passes,
      InverseTemperature inverse,
      float[] x,
      int xOffset,
      int n,
      int target,
      double[] sums,
      double[] slope) {
    float max = passes.max(x, xOffset, n);
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    FloatMoments.moments(x, xOffset, n, max, winner, inverse, sums);
    double sum = 1.0 + sums[FloatMoments.REST];
    double mean = sums[FloatMoments.FIRST] / sum;
    double variance = sums[FloatMoments.SECOND] / sum - mean * mean;
    SlopeSums.add(slope, mean, inverse.distance(x[xOffset + target], max), variance);
  }
}
