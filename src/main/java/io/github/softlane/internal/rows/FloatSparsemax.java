package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.FloatRuns;
import io.github.softlane.internal.passes.FloatSupport;
import java.util.Arrays;

/**
 * Sparsemax of one row of {@code float}: {@code y = max(d - tau, 0)} with {@code d = (x - max) /
 * T}, and tau such that the sum is 1.
 *
 * <p>For any set S of elements, {@code (sum over S of d - 1) / |S|} is at most tau, and equal to it
 * where S is the support. So S begins with the elements above max - T, outside of which nothing can
 * be, and loses those at or below that bound, round by round, until it loses none (Michelot 1986).
 * The row thins out in its place ({@link FloatRuns}); nothing is sorted.
 *
 * <p>Sums keep the errors of their additions. What the rounding of tau leaves of the sum of y is
 * found in the end and taken off.
 */
public final class FloatSparsemax {
  private FloatSparsemax() {}

  /** Sparsemax of a row of at least one element; how many results are not 0, 0 if all are NaN. */
  public static int sparsemax(
      FloatPasses passes,
      double temperature,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return 0;
    }
    if (temperature == 0 || Double.isInfinite(temperature)) {
      FloatLimitRows.softmax(passes, temperature, x, xOffset, y, yOffset, n);
      return FloatSupport.size(y, yOffset, n);
    }
    // One number lower: the difference was rounded.
    float bound = Math.nextDown((float) (max - temperature));
    FloatRuns.keep(passes, x, xOffset, y, yOffset, n, bound);
    double tau = threshold(y, yOffset, n, max, temperature, true);
    double excess = excess(y, yOffset, n, max, temperature, tau);
    int support = 0;
    int i = 0;
    while (i < n) {
      float element = y[yOffset + i];
      if (Float.isNaN(element)) {
        int length = FloatRuns.length(element);
        Arrays.fill(y, yOffset + i, yOffset + i + length, 0);
        i += length;
      } else {
        float result = (float) share(element, max, temperature, tau, excess);
        y[yOffset + i] = result;
        support += result > 0 ? 1 : 0;
        i++;
      }
    }
    return support;
  }

  /**
   * The threshold in units of {@code x / T} for a row of at least one element, a finite temperature
   * above 0, and a finite maximum; NaN for other maxima.
   */
  public static double threshold(
      FloatPasses passes, double temperature, float[] x, int xOffset, int n) {
    float max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double tau = threshold(x, xOffset, n, max, temperature, false);
    double excess = excess(x, xOffset, n, max, temperature, tau);
    return max / temperature + (tau + excess);
  }

  /**
   * The threshold below the maximum, within a few roundings.
   *
   * @param thin whether elements outside the support are dropped from the row
   */
  private static double threshold(
      float[] y, int yOffset, int n, float max, double temperature, boolean thin) {
    double tau = -1;
    int before = 0;
    while (true) {
      double sum = -1;
      double error = 0;
      int count = 0;
      int dropped = 0;
      int i = 0;
      while (i < n) {
        float element = y[yOffset + i];
        if (Float.isNaN(element)) {
          i += FloatRuns.length(element);
          continue;
        }
        double d = ((double) element - max) / temperature;
        if (d > tau) {
          double next = sum + d;
          double part = next - sum;
          error += (sum - (next - part)) + (d - part);
          sum = next;
          count++;
          if (thin) {
            FloatRuns.drop(y, yOffset + dropped, yOffset + i);
            dropped = i + 1;
          }
        }
        i++;
      }
      if (thin) {
        FloatRuns.drop(y, yOffset + dropped, yOffset + n);
      }
      if (count == before) {
        return tau;
      }
      before = count;
      // Never back: elements that were dropped do not return.
      tau = Math.max(tau, (sum + error) / count);
    }
  }

  /** What is to be added to tau for the sum of the results to be 1. */
  private static double excess(
      float[] y, int yOffset, int n, float max, double temperature, double tau) {
    double sum = -1;
    double error = 0;
    int count = 0;
    int i = 0;
    while (i < n) {
      float element = y[yOffset + i];
      if (Float.isNaN(element)) {
        i += FloatRuns.length(element);
        continue;
      }
      double d = ((double) element - max) / temperature;
      if (d > tau) {
        double u = d - tau;
        double next = sum + u;
        double part = next - sum;
        error += (sum - (next - part)) + (u - part);
        error += lost(element, max, temperature, d, tau, u);
        sum = next;
        count++;
      }
      i++;
    }
    return (sum + error) / count;
  }

  private static double share(
      float element, float max, double temperature, double tau, double excess) {
    double d = ((double) element - max) / temperature;
    double u = d - tau;
    return Math.max(u + (lost(element, max, temperature, d, tau, u) - excess), 0);
  }

  /** What the roundings of d and of {@code u = d - tau} lost. */
  private static double lost(
      float element, float max, double temperature, double d, double tau, double u) {
    double difference = (double) element - max;
    double part = difference - element;
    double differenceLo = (element - (difference - part)) - (max + part);
    double quotientLo = (Fused.fma(-d, temperature, difference) + differenceLo) / temperature;
    return (d - (u + tau)) + quotientLo;
  }
}
