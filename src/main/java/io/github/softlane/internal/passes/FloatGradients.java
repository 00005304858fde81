package io.github.softlane.internal.passes;

import static io.github.softlane.internal.arithmetic.Fused.fma;

/**
 * The loops that write a derivative, element by element and each rounded to the type at its end,
 * with the sums of the row already known.
 *
 * <p>The probabilities may lie where the results go. Ranges are valid and arguments unchecked.
 */
public final class FloatGradients {
  private FloatGradients() {}

  /** {@code y = p * ((g - base) - mean) * factor * factor2}. */
  public static void centred(
      float[] p,
      int pOffset,
      float[] g,
      int gOffset,
      float[] y,
      int yOffset,
      int n,
      double base,
      double mean,
      double factor,
      double factor2) {
    for (int i = 0; i < n; i++) {
      double difference = (g[gOffset + i] - base) - mean;
      y[yOffset + i] = (float) (p[pOffset + i] * difference * factor * factor2);
    }
  }

  /** {@code y = ((v - base) - mean) * factor}. */
  public static void difference(
      float[] v,
      int vOffset,
      float[] y,
      int yOffset,
      int n,
      double base,
      double mean,
      double factor) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (float) (((v[vOffset + i] - base) - mean) * factor);
    }
  }

  /** {@code y = (g - p * sum) * factor}. */
  public static void lessShare(
      float[] p,
      int pOffset,
      float[] g,
      int gOffset,
      float[] y,
      int yOffset,
      int n,
      double sum,
      double factor) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (float) (fma(-p[pOffset + i], sum, g[gOffset + i]) * factor);
    }
  }

  /** {@code y = -p * share * factor}, +0 where it is 0. */
  public static void negated(
      float[] p, int pOffset, float[] y, int yOffset, int n, double share, double factor) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (float) (0 - p[pOffset + i] * share * factor);
    }
  }

  /** {@code y = y * factor}, in place. */
  public static void scaled(float[] y, int yOffset, int n, double factor) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = (float) (y[i] * factor);
    }
  }

  /** {@code y = y / divisor}, in place, and 0 where y is 0 whatever the divisor. */
  public static void divided(float[] y, int yOffset, int n, double divisor) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = y[i] == 0 ? 0 : (float) (y[i] / divisor);
    }
  }

  /** Gives every NaN, in place, the bits that do not depend on how it came about. */
  public static void canonical(float[] y, int yOffset, int n) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = Float.isNaN(y[i]) ? Float.NaN : y[i];
    }
  }
}
