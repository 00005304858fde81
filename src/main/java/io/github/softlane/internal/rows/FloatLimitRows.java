package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;

/**
 * The row algorithms for {@code float} at the temperatures that have no constants of their own: 0,
 * +inf, and those whose reciprocal is not a normal {@code float}.
 *
 * <p>T = 0 is the limit of small temperatures with the first maximum winning every tie; T = +inf
 * gives every element that is not -inf the same share. NaN and +inf in a row give what they give at
 * T = 1.
 */
public final class FloatLimitRows {
  private FloatLimitRows() {}

  /** Softmax of a row of at least one element. */
  public static void softmax(
      FloatPasses passes,
      double temperature,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float max = passes.max(x, xOffset, n);
    if (Float.isInfinite(max) || passes.firstNaN(x, xOffset, n) < n) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
    } else if (temperature == 0) {
      int winner = passes.firstAtLeast(x, xOffset, n, max);
      Arrays.fill(y, yOffset, yOffset + n, 0);
      y[yOffset + winner] = 1;
    } else if (Double.isInfinite(temperature)) {
      float share = (float) (1.0 / unmasked(x, xOffset, n));
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = x[xOffset + i] == Float.NEGATIVE_INFINITY ? 0 : share;
      }
    } else {
      WideRows.softmax(temperature, max, x, xOffset, y, yOffset, n);
    }
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      FloatPasses passes,
      double temperature,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float max = passes.max(x, xOffset, n);
    if (Float.isInfinite(max) || passes.firstNaN(x, xOffset, n) < n) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
    } else if (temperature == 0) {
      int winner = passes.firstAtLeast(x, xOffset, n, max);
      Arrays.fill(y, yOffset, yOffset + n, Float.NEGATIVE_INFINITY);
      y[yOffset + winner] = 0;
    } else if (Double.isInfinite(temperature)) {
      float share = (float) -Log.log(unmasked(x, xOffset, n), 0);
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = x[xOffset + i] == Float.NEGATIVE_INFINITY ? x[xOffset + i] : share;
      }
    } else {
      WideRows.logSoftmax(temperature, max, x, xOffset, y, yOffset, n);
    }
  }

  /**
   * Log-sum-exp of a row of at least one element. At T = 0 it is the limit of max/T: an infinity of
   * the maximum's sign, or 0.
   */
  public static float logSumExp(
      FloatPasses passes, double temperature, float[] x, int xOffset, int n) {
    float max = passes.max(x, xOffset, n);
    if (passes.firstNaN(x, xOffset, n) < n) {
      return Float.NaN;
    }
    if (Float.isInfinite(max)) {
      return max;
    }
    if (temperature == 0) {
      return max == 0 ? 0 : max * Float.POSITIVE_INFINITY;
    }
    if (Double.isInfinite(temperature)) {
      return (float) Log.log(unmasked(x, xOffset, n), 0);
    }
    double quotient = max / temperature;
    return (float) (quotient + WideRows.logOverMax(temperature, max, x, xOffset, n));
  }

  private static int unmasked(float[] x, int xOffset, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += x[xOffset + i] == Float.NEGATIVE_INFINITY ? 0 : 1;
    }
    return count;
  }
}
