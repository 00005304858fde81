package io.github.softlane.internal.passes;

/**
 * Weighted sums over a range of an array, with compensation: four lanes, element i to lane i mod 4,
 * and the lanes in a fixed order, so that every backend gives the same bits.
 *
 * <p>Weights or targets that are null are all 1. A product of both that is 0 leaves its element
 * out, infinite or not.
 */
public final class DoubleLossSums {
  private DoubleLossSums() {}

  /** The sum of {@code x * weight}. */
  public static double total(double[] x, int xOffset, double[] weights, int wOffset, int n) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double lost = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      int wi = wOffset + i;
      double term0 = x[xOffset + i] * weight(weights, wi);
      double term1 = x[xOffset + i + 1] * weight(weights, wi + 1);
      double term2 = x[xOffset + i + 2] * weight(weights, wi + 2);
      double term3 = x[xOffset + i + 3] * weight(weights, wi + 3);
      lost += (error(sum0, term0) + error(sum1, term1)) + (error(sum2, term2) + error(sum3, term3));
      sum0 += term0;
      sum1 += term1;
      sum2 += term2;
      sum3 += term3;
    }
    for (; i < n; i++) {
      double term = x[xOffset + i] * weight(weights, wOffset + i);
      lost += error(sum0, term);
      sum0 += term;
    }
    return folded(sum0, sum1, sum2, sum3, lost);
  }

  /** The sum of {@code (max - x) * target * weight}, for a finite maximum and x not above it. */
  public static double distance(
      double[] x,
      int xOffset,
      double[] targets,
      int tOffset,
      double[] weights,
      int wOffset,
      int n,
      double max) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double lost = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      int xi = xOffset + i;
      int ti = tOffset + i;
      int wi = wOffset + i;
      double term0 = term(max - x[xi], target(targets, ti) * weight(weights, wi));
      double term1 = term(max - x[xi + 1], target(targets, ti + 1) * weight(weights, wi + 1));
      double term2 = term(max - x[xi + 2], target(targets, ti + 2) * weight(weights, wi + 2));
      double term3 = term(max - x[xi + 3], target(targets, ti + 3) * weight(weights, wi + 3));
      lost += (error(sum0, term0) + error(sum1, term1)) + (error(sum2, term2) + error(sum3, term3));
      sum0 += term0;
      sum1 += term1;
      sum2 += term2;
      sum3 += term3;
    }
    for (; i < n; i++) {
      double share = target(targets, tOffset + i) * weight(weights, wOffset + i);
      double term = term(max - x[xOffset + i], share);
      lost += error(sum0, term);
      sum0 += term;
    }
    return folded(sum0, sum1, sum2, sum3, lost);
  }

  private static double weight(double[] weights, int i) {
    return weights == null ? 1 : weights[i];
  }

  private static double target(double[] targets, int i) {
    return targets == null ? 1 : targets[i];
  }

  private static double term(double distance, double share) {
    return share == 0 ? 0 : share * distance;
  }

  /** What the sum of a and b loses in rounding. */
  private static double error(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }

  private static double folded(double sum0, double sum1, double sum2, double sum3, double lost) {
    double first = sum0 + sum1;
    double second = sum2 + sum3;
    double all = first + second;
    double rest = lost + error(sum0, sum1) + error(sum2, sum3) + error(first, second);
    // The error of an infinite sum is NaN.
    return Double.isNaN(rest) ? all : all + rest;
  }
}
