package io.github.softlane.internal.passes;

import io.github.softlane.internal.arithmetic.InverseTemperature;
import io.github.softlane.internal.arithmetic.WideExp;

/**
 * Sums over a row of {@code float} of e = exp((x - max) / T) and of its products, in double and in
 * the order of the elements: the same bits on every backend.
 *
 * <p>What a sum loses in rounding is summed beside it. The element that is the maximum, whose e is
 * 1, is left out, so that the sum of a row that it dominates keeps its relative accuracy. Entries
 * of -inf, and those whose e is below 2^-1021, count as 0.
 */
public final class FloatMoments {
  /** Index of the sum of e over all elements but the maximum. */
  public static final int REST = 0;

  /** Index of the sum of e times the distance from the maximum. */
  public static final int FIRST = 1;

  /** Index of the sum of e times the square of the distance. */
  public static final int SECOND = 2;

  /** Index of the sum of e over all elements but the target. */
  public static final int OTHERS = 1;

  /** Index of the sum of the squares of e over all elements but the target. */
  public static final int SQUARES = 2;

  /** How many sums there are. */
  public static final int COUNT = 3;

  private FloatMoments() {}

  /** The sum of e over all elements but the maximum. */
  public static double rest(
      float[] x, int xOffset, int n, float max, int winner, InverseTemperature inverse) {
    double rest = 0;
    double restLo = 0;
    for (int i = 0; i < n; i++) {
      double e = i == winner ? 0 : exp(x[xOffset + i], max, inverse);
      double next = rest + e;
      restLo += lost(rest, e, next);
      rest = next;
    }
    return rest + restLo;
  }

  /**
   * Writes the sums at {@link #REST}, {@link #FIRST} and {@link #SECOND}.
   *
   * @param inverse also gives the unit of the distance
   */
  public static void moments(
      float[] x,
      int xOffset,
      int n,
      float max,
      int winner,
      InverseTemperature inverse,
      double[] sums) {
    double rest = 0;
    double restLo = 0;
    double first = 0;
    double firstLo = 0;
    double second = 0;
    for (int i = 0; i < n; i++) {
      double e = i == winner ? 0 : exp(x[xOffset + i], max, inverse);
      // A distance of -inf times 0 would be NaN.
      if (e > 0) {
        double next = rest + e;
        restLo += lost(rest, e, next);
        rest = next;
        double distance = inverse.distance(x[xOffset + i], max);
        double term = distance * e;
        next = first + term;
        firstLo += lost(first, term, next);
        first = next;
        second += distance * term;
      }
    }
    sums[REST] = rest + restLo;
    sums[FIRST] = first + firstLo;
    sums[SECOND] = second;
  }

  /** Writes the sums at {@link #REST}, {@link #OTHERS} and {@link #SQUARES}. */
  public static void squares(
      float[] x,
      int xOffset,
      int n,
      float max,
      int winner,
      int target,
      InverseTemperature inverse,
      double[] sums) {
    double rest = 0;
    double restLo = 0;
    double others = 0;
    double othersLo = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double e = exp(x[xOffset + i], max, inverse);
      double unlessWinner = i == winner ? 0 : e;
      double next = rest + unlessWinner;
      restLo += lost(rest, unlessWinner, next);
      rest = next;
      double unlessTarget = i == target ? 0 : e;
      next = others + unlessTarget;
      othersLo += lost(others, unlessTarget, next);
      others = next;
      squares += unlessTarget * unlessTarget;
    }
    sums[REST] = rest + restLo;
    sums[OTHERS] = others + othersLo;
    sums[SQUARES] = squares;
  }

  private static double exp(double x, double max, InverseTemperature inverse) {
    double distance = inverse.distance(x, max);
    double quotient = inverse.quotient(distance);
    // Not so for NaN, which an entry of -inf gives at T = +inf.
    return quotient >= WideExp.LOWEST
        ? WideExp.exp(quotient, inverse.quotientLo(x, max, distance, quotient))
        : 0;
  }

  /** What the sum of a and b lost in rounding (Knuth's two-sum). */
  private static double lost(double a, double b, double sum) {
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }
}
