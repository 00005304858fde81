package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.DoubleRuns;
import io.github.softlane.internal.passes.DoubleSupport;
import java.util.Arrays;

/**
 * 1.5-entmax of one row of {@code double}: {@code y = max(d - tau, 0)^2} with {@code d = (x - max)
 * / 2T}, and tau such that the sum is 1.
 *
 * <p>The sum falls with tau and is convex, so that Newton's steps from below never pass the true
 * tau. They begin at -1, outside of which nothing can be, and after each the elements at or below
 * tau are dropped. Where all elements that are left lie above the root of their own quadratic
 * equation, they are the support and that root is tau. The row thins out in its place ({@link
 * DoubleRuns}); nothing is sorted.
 *
 * <p>Sums keep the errors of their additions. What the rounding of tau leaves of the sum of y is
 * found in the end and taken off.
 */
public final class DoubleEntmax15 {
  private DoubleEntmax15() {}

  /** 1.5-entmax of a row of at least one element; how many results are not 0, 0 if all are NaN. */
  public static int entmax15(
      DoublePasses passes,
      double temperature,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return 0;
    }
    if (temperature == 0 || Double.isInfinite(temperature)) {
      DoubleLimitRows.softmax(passes, temperature, x, xOffset, y, yOffset, n);
      return DoubleSupport.size(y, yOffset, n);
    }
    // One number lower: the difference was rounded.
    double bound = Math.nextDown((max - 2 * temperature));
    DoubleRuns.keep(passes, x, xOffset, y, yOffset, n, bound);
    double tau = threshold(y, yOffset, n, max, temperature, true);
    double excess = excess(y, yOffset, n, max, temperature, tau);
    int support = 0;
    int i = 0;
    while (i < n) {
      double element = y[yOffset + i];
      if (Double.isNaN(element)) {
        int length = DoubleRuns.length(element);
        Arrays.fill(y, yOffset + i, yOffset + i + length, 0);
        i += length;
      } else {
        double result = share(element, max, temperature, tau, excess);
        y[yOffset + i] = result;
        support += result > 0 ? 1 : 0;
        i++;
      }
    }
    return support;
  }

  /**
   * The threshold in units of {@code x / 2T} for a row of at least one element, a finite
   * temperature above 0, and a finite maximum; NaN for other maxima.
   */
  public static double threshold(
      DoublePasses passes, double temperature, double[] x, int xOffset, int n) {
    double max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double tau = threshold(x, xOffset, n, max, temperature, false);
    double excess = excess(x, xOffset, n, max, temperature, tau);
    return max * 0.5 / temperature + (tau + excess);
  }

  /**
   * The threshold below the maximum, within a few roundings.
   *
   * @param thin whether elements outside the support are dropped from the row
   */
  private static double threshold(
      double[] y, int yOffset, int n, double max, double temperature, boolean thin) {
    double tau = -1;
    while (true) {
      double sum = 0;
      double squares = -1;
      double squaresError = 0;
      double least = Double.POSITIVE_INFINITY;
      int count = 0;
      int dropped = 0;
      int i = 0;
      while (i < n) {
        double element = y[yOffset + i];
        if (Double.isNaN(element)) {
          i += DoubleRuns.length(element);
          continue;
        }
        double u = (element - max) * 0.5 / temperature - tau;
        if (u > 0) {
          sum += u;
          double square = u * u;
          double next = squares + square;
          double part = next - squares;
          squaresError += (squares - (next - part)) + (square - part);
          squares = next;
          least = Math.min(least, u);
          count++;
          if (thin) {
            DoubleRuns.drop(y, yOffset + dropped, yOffset + i);
            dropped = i + 1;
          }
        }
        i++;
      }
      if (thin) {
        DoubleRuns.drop(y, yOffset + dropped, yOffset + n);
      }
      double mean = sum / count;
      double excess = (squares + squaresError) / count;
      double discriminant = Fused.fma(mean, mean, -excess);
      double root = excess / (mean + Math.sqrt(Math.max(discriminant, 0)));
      if (discriminant >= 0 && root < least) {
        return tau + root;
      }
      double next = tau + excess / (2 * mean);
      if (!(next > tau)) {
        return tau;
      }
      tau = next;
    }
  }

  /** What is to be added to tau for the sum of the results to be 1. */
  private static double excess(
      double[] y, int yOffset, int n, double max, double temperature, double tau) {
    double sum = 0;
    double squares = -1;
    double error = 0;
    int i = 0;
    while (i < n) {
      double element = y[yOffset + i];
      if (Double.isNaN(element)) {
        i += DoubleRuns.length(element);
        continue;
      }
      double d = (element - max) * 0.5 / temperature;
      double u = d - tau;
      if (u > 0) {
        double square = u * u;
        double next = squares + square;
        double part = next - squares;
        error += (squares - (next - part)) + (square - part);
        error += Fused.fma(u, u, -square) + 2 * u * lost(element, max, temperature, d, tau, u);
        squares = next;
        sum += u;
      }
      i++;
    }
    return (squares + error) / (2 * sum);
  }

  private static double share(
      double element, double max, double temperature, double tau, double excess) {
    double d = (element - max) * 0.5 / temperature;
    double u = d - tau;
    double correction = lost(element, max, temperature, d, tau, u) - excess;
    return u + correction > 0 ? Fused.fma(u, u, (2 * u + correction) * correction) : 0;
  }

  /** What the roundings of d and of {@code u = d - tau} lost. */
  private static double lost(
      double element, double max, double temperature, double d, double tau, double u) {
    double difference = element - max;
    double part = difference - element;
    double differenceLo = (element - (difference - part)) - (max + part);
    double half = difference * 0.5;
    double quotientLo = (Fused.fma(-d, temperature, half) + differenceLo * 0.5) / temperature;
    return (d - (u + tau)) + quotientLo;
  }
}
