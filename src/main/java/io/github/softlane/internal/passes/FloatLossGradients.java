package io.github.softlane.internal.passes;

import static io.github.softlane.internal.arithmetic.Fused.fma;

/**
 * The last pass of a cross-entropy whose target is not a single class: turns every stored e into
 * its share of the gradient, {@code e * (hi + lo) * unit - share}, in place, with one rounding to
 * the type.
 */
public final class FloatLossGradients {
  private FloatLossGradients() {}

  /** One share for all. */
  public static void less(
      float[] y, int yOffset, int n, double hi, double lo, double unit, double share) {
    for (int i = yOffset; i < yOffset + n; i++) {
      double e = y[i];
      y[i] = (float) (fma(e, hi, e * lo) * unit - share);
    }
  }

  /** A share times a weight. */
  public static void less(
      float[] y,
      int yOffset,
      int n,
      double hi,
      double lo,
      double unit,
      double share,
      double[] weights) {
    for (int i = 0; i < n; i++) {
      double e = y[yOffset + i];
      y[yOffset + i] = (float) (fma(e, hi, e * lo) * unit - share * weights[i]);
    }
  }

  /** A target times one share, and another. */
  public static void less(
      float[] y,
      int yOffset,
      int n,
      double hi,
      double lo,
      double unit,
      double share,
      float[] targets,
      int tOffset,
      double keep) {
    for (int i = 0; i < n; i++) {
      double e = y[yOffset + i];
      double target = targets[tOffset + i];
      y[yOffset + i] = (float) (fma(e, hi, e * lo) * unit - fma(target, keep, share));
    }
  }

  /** A target times one share, and another, both times a weight. */
  public static void less(
      float[] y,
      int yOffset,
      int n,
      double hi,
      double lo,
      double unit,
      double share,
      float[] targets,
      int tOffset,
      double keep,
      double[] weights) {
    for (int i = 0; i < n; i++) {
      double e = y[yOffset + i];
      double target = targets[tOffset + i];
      y[yOffset + i] = (float) (fma(e, hi, e * lo) * unit - fma(target, keep, share) * weights[i]);
    }
  }
}
