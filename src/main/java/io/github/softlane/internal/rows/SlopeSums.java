package io.github.softlane.internal.rows;

/** Slope and curvature of a loss summed over rows: the indices of the sums in an array. */
public final class SlopeSums {
  /** The sum of the slopes. */
  public static final int SLOPE = 0;

  /** What it lost in rounding. */
  static final int SLOPE_LO = 1;

  /** The sum of the curvatures. */
  public static final int CURVATURE = 2;

  /** The sum of the terms of the slopes without their signs: what its rounding is small beside. */
  public static final int MAGNITUDE = 3;

  /** How many sums there are. */
  public static final int COUNT = 4;

  private SlopeSums() {}

  /** Adds {@code mean - target} and a variance. */
  static void add(double[] sums, double mean, double target, double variance) {
    double slope = mean - target;
    double sum = sums[SLOPE];
    double next = sum + slope;
    double part = next - sum;
    sums[SLOPE_LO] += (sum - (next - part)) + (slope - part);
    sums[SLOPE] = next;
    sums[CURVATURE] += variance;
    sums[MAGNITUDE] += Math.abs(mean) + Math.abs(target);
  }

  /** The sum of the slopes, rounded once. */
  public static double slope(double[] sums) {
    return sums[SLOPE] + sums[SLOPE_LO];
  }
}
