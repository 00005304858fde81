package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.passes.DoublePasses;
import java.util.Arrays;

/**
 * The row algorithms for {@code double} at the temperatures that have no constants of their own: 0,
 * +inf, and those whose reciprocal is not a normal {@code double}.
 *
 * <p>T = 0 is the limit of small temperatures with the first maximum winning every tie; T = +inf
 * gives every element that is not -inf the same share. NaN and +inf in a row give what they give at
 * T = 1.
 */
public final class DoubleLimitRows {
  private DoubleLimitRows() {}

  /** Softmax of a row of at least one element. */
  public static void softmax(
      DoublePasses passes,
      double temperature,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double max = passes.max(x, xOffset, n);
    if (Double.isInfinite(max) || passes.firstNaN(x, xOffset, n) < n) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
    } else if (temperature == 0) {
      int winner = passes.firstAtLeast(x, xOffset, n, max);
      Arrays.fill(y, yOffset, yOffset + n, 0);
      y[yOffset + winner] = 1;
    } else if (Double.isInfinite(temperature)) {
      double share = (1.0 / unmasked(x, xOffset, n));
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = x[xOffset + i] == Double.NEGATIVE_INFINITY ? 0 : share;
      }
    } else {
      WideRows.softmax(temperature, max, x, xOffset, y, yOffset, n);
    }
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      DoublePasses passes,
      double temperature,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double max = passes.max(x, xOffset, n);
    if (Double.isInfinite(max) || passes.firstNaN(x, xOffset, n) < n) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
    } else if (temperature == 0) {
      int winner = passes.firstAtLeast(x, xOffset, n, max);
      Arrays.fill(y, yOffset, yOffset + n, Double.NEGATIVE_INFINITY);
      y[yOffset + winner] = 0;
    } else if (Double.isInfinite(temperature)) {
      double share = -Log.log(unmasked(x, xOffset, n), 0);
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = x[xOffset + i] == Double.NEGATIVE_INFINITY ? x[xOffset + i] : share;
      }
    } else {
      WideRows.logSoftmax(temperature, max, x, xOffset, y, yOffset, n);
    }
  }

  /**
   * Log-sum-exp of a row of at least one element. At T = 0 it is the limit of max/T: an infinity of
   * the maximum's sign, or 0.
   */
  public static double logSumExp(
      DoublePasses passes, double temperature, double[] x, int xOffset, int n) {
    double max = passes.max(x, xOffset, n);
    if (passes.firstNaN(x, xOffset, n) < n) {
      return Double.NaN;
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    if (temperature == 0) {
      return max == 0 ? 0 : max * Double.POSITIVE_INFINITY;
    }
    if (Double.isInfinite(temperature)) {
      return Log.log(unmasked(x, xOffset, n), 0);
    }
    double quotient = max / temperature;
    return (quotient + WideRows.logOverMax(temperature, max, x, xOffset, n));
  }

  private static int unmasked(double[] x, int xOffset, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += x[xOffset + i] == Double.NEGATIVE_INFINITY ? 0 : 1;
    }
    return count;
  }
}
