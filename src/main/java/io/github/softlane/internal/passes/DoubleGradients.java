package io.github.softlane.internal.passes;

import static io.github.softlane.internal.arithmetic.Fused.fma;

/**
 * The loops that write a derivative, element by element and each rounded to the type at its end,
 * with the sums of the row already known.
 *
 * <p>The probabilities may lie where the results go. Ranges are valid and arguments unchecked.
 */
public final class DoubleGradients {
  private DoubleGradients() {}

  /** {@code y = p * ((g - base) - mean) * factor * factor2}. */
  public static void centred(
      double[] p,
      int pOffset,
      double[] g,
      int gOffset,
      double[] y,
      int yOffset,
      int n,
      double base,
      double mean,
      double factor,
      double factor2) {
    for (int i = 0; i < n; i++) {
      double difference = (g[gOffset + i] - base) - mean;
      y[yOffset + i] = (p[pOffset + i] * difference * factor * factor2);
    }
  }

  /** {@code y = ((v - base) - mean) * factor}. */
  public static void difference(
      double[] v,
      int vOffset,
      double[] y,
      int yOffset,
      int n,
      double base,
      double mean,
      double factor) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (((v[vOffset + i] - base) - mean) * factor);
    }
  }

  /** {@code y = (g - p * sum) * factor}. */
  public static void lessShare(
      double[] p,
      int pOffset,
      double[] g,
      int gOffset,
      double[] y,
      int yOffset,
      int n,
      double sum,
      double factor) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (fma(-p[pOffset + i], sum, g[gOffset + i]) * factor);
    }
  }

  /** {@code y = -p * share * factor}, +0 where it is 0. */
  public static void negated(
      double[] p, int pOffset, double[] y, int yOffset, int n, double share, double factor) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (0 - p[pOffset + i] * share * factor);
    }
  }

  /** {@code y = y * factor}, in place. */
  public static void scaled(double[] y, int yOffset, int n, double factor) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = (y[i] * factor);
    }
  }

  /** {@code y = y / divisor}, in place, and 0 where y is 0 whatever the divisor. */
  public static void divided(double[] y, int yOffset, int n, double divisor) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = y[i] == 0 ? 0 : (y[i] / divisor);
    }
  }

  /** Gives every NaN, in place, the bits that do not depend on how it came about. */
  public static void canonical(double[] y, int yOffset, int n) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = Double.isNaN(y[i]) ? Double.NaN : y[i];
    }
  }
}
