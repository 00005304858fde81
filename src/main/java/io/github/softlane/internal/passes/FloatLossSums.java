package io.github.softlane.internal.passes;

/**
 * Weighted sums over a range of an array, in double: four lanes, element i to lane i mod 4, and the
 * lanes in a fixed order, so that every backend gives the same bits.
 *
 * <p>Weights or targets that are null are all 1. A product of both that is 0 leaves its element
 * out, infinite or not.
 */
public final class FloatLossSums {
  private FloatLossSums() {}

  /** The sum of {@code x * weight}. */
  public static double total(float[] x, int xOffset, double[] weights, int wOffset, int n) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      int wi = wOffset + i;
      sum0 += x[xOffset + i] * weight(weights, wi);
      sum1 += x[xOffset + i + 1] * weight(weights, wi + 1);
      sum2 += x[xOffset + i + 2] * weight(weights, wi + 2);
      sum3 += x[xOffset + i + 3] * weight(weights, wi + 3);
    }
    for (; i < n; i++) {
      sum0 += x[xOffset + i] * weight(weights, wOffset + i);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** The sum of {@code (max - x) * target * weight}, for a finite maximum and x not above it. */
  public static double distance(
      float[] x,
      int xOffset,
      float[] targets,
      int tOffset,
      double[] weights,
      int wOffset,
      int n,
      double max) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      int xi = xOffset + i;
      int ti = tOffset + i;
      int wi = wOffset + i;
      sum0 += term(max - x[xi], target(targets, ti) * weight(weights, wi));
      sum1 += term(max - x[xi + 1], target(targets, ti + 1) * weight(weights, wi + 1));
      sum2 += term(max - x[xi + 2], target(targets, ti + 2) * weight(weights, wi + 2));
      sum3 += term(max - x[xi + 3], target(targets, ti + 3) * weight(weights, wi + 3));
    }
    for (; i < n; i++) {
      double share = target(targets, tOffset + i) * weight(weights, wOffset + i);
      sum0 += term(max - x[xOffset + i], share);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private static double weight(double[] weights, int i) {
    return weights == null ? 1 : weights[i];
  }

  private static double target(float[] targets, int i) {
    return targets == null ? 1 : targets[i];
  }

  private static double term(double distance, double share) {
    return share == 0 ? 0 : share * distance;
  }
}
