package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.passes.DoubleGradients;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.DoubleSums;
import java.util.Arrays;

/**
 * The derivatives of softmax, log-softmax and log-sum-exp for {@code double}, at any temperature.
 *
 * <p>The probabilities are written where the result goes, and become it in place: no other row is
 * needed. What multiplies a probability near 1 is taken relative to its own entry, the winner's, so
 * that nothing cancels in a saturated row.
 */
public final class DoubleDerivatives {
  /** Elements whose probabilities are made at a time: they are still in the nearest cache then. */
  private static final int GROUP = 4096;

  /** Rows that softmax takes side by side. */
  private static final int SIDE_BY_SIDE = 4;

  private DoubleDerivatives() {}

  /**
   * Softmax's Jacobian times a vector, {@code p (g - sum p g) / T}, for rows of at least one
   * element.
   *
   * @param order how often to divide by T: 1, or 2 for the Hessian of log-sum-exp
   */
  public static void softmaxProduct(
      DoublePasses passes,
      int order,
      double[] x,
      int xOffset,
      int xStride,
      double[] g,
      int gOffset,
      int gStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    DoubleExp exp = exp(temperature);
    int group = group(n);
    int count;
    for (int row = 0; row < rows; row += count) {
      count = Math.min(group, rows - row);
      int xi = xOffset + row * xStride;
      int gi = gOffset + row * gStride;
      int yi = yOffset + row * yStride;
      softmax(passes, exp, temperature, x, xi, xStride, y, yi, yStride, count, n);
      for (int i = 0; i < count; i++) {
        int yr = yi + i * yStride;
        fromOutput(passes, order, y, yr, g, gi + i * gStride, y, yr, n, temperature);
      }
    }
  }

  /** The same from probabilities. */
  public static void softmaxProductFromOutput(
      DoublePasses passes,
      double[] p,
      int pOffset,
      int pStride,
      double[] g,
      int gOffset,
      int gStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    for (int row = 0; row < rows; row++) {
      int pi = pOffset + row * pStride;
      int gi = gOffset + row * gStride;
      fromOutput(passes, 1, p, pi, g, gi, y, yOffset + row * yStride, n, temperature);
    }
  }

  private static void fromOutput(
      DoublePasses passes,
      int order,
      double[] p,
      int pOffset,
      double[] g,
      int gOffset,
      double[] y,
      int yOffset,
      int n,
      double temperature) {
    int winner = winner(passes, p, pOffset, n);
    if (winner == n) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    double base = base(g[gOffset + winner]);
    double mean = DoubleSums.weighted(p, pOffset, g, gOffset, n, base);
    double factor = factor(temperature);
    double factor2 = order == 2 ? factor : 1;
    DoubleGradients.centred(p, pOffset, g, gOffset, y, yOffset, n, base, mean, factor, factor2);
    for (int i = 0; i < order; i++) {
      divide(y, yOffset, n, temperature);
    }
    clean(mean, y, yOffset, n);
  }

  /**
   * A vector times log-softmax's Jacobian, {@code (g - p sum g) / T}, for rows of at least one
   * element.
   *
   * @param divisor the temperature to divide by; that of the softmax, unless x are
   *     log-probabilities
   */
  public static void logSoftmaxVjp(
      DoublePasses passes,
      double divisor,
      double[] x,
      int xOffset,
      int xStride,
      double[] g,
      int gOffset,
      int gStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    DoubleExp exp = exp(temperature);
    int group = group(n);
    int count;
    for (int row = 0; row < rows; row += count) {
      count = Math.min(group, rows - row);
      int xi = xOffset + row * xStride;
      int gi = gOffset + row * gStride;
      int yi = yOffset + row * yStride;
      softmax(passes, exp, temperature, x, xi, xStride, y, yi, yStride, count, n);
      for (int i = 0; i < count; i++) {
        lessShare(passes, divisor, g, gi + i * gStride, y, yi + i * yStride, n);
      }
    }
  }

  /** From the probabilities in y. */
  private static void lessShare(
      DoublePasses passes,
      double divisor,
      double[] g,
      int gOffset,
      double[] y,
      int yOffset,
      int n) {
    int winner = winner(passes, y, yOffset, n);
    if (winner == n) {
      return;
    }
    double sum = DoubleSums.of(g, gOffset, n);
    double factor = factor(divisor);
    double p = y[yOffset + winner];
    boolean saturated = p > 0.5 && Math.abs(sum) < Double.POSITIVE_INFINITY;
    double gradient = 0;
    if (saturated) {
      // g - p sum g with the two large terms, g and p g, already subtracted.
      double rest = rest(y, yOffset, n, winner);
      double others = DoubleSums.except(g, gOffset, n, winner);
      gradient = Fused.fma(g[gOffset + winner], rest, -(p * others)) * factor;
    }
    DoubleGradients.lessShare(y, yOffset, g, gOffset, y, yOffset, n, sum, factor);
    if (saturated) {
      y[yOffset + winner] = gradient;
    }
    divide(y, yOffset, n, divisor);
    clean(sum, y, yOffset, n);
  }

  /**
   * Log-softmax's Jacobian times a vector, {@code (v - sum p v) / T}, for rows of at least one
   * element.
   */
  public static void logSoftmaxJvp(
      DoublePasses passes,
      double[] x,
      int xOffset,
      int xStride,
      double[] v,
      int vOffset,
      int vStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    DoubleExp exp = exp(temperature);
    int group = group(n);
    int count;
    for (int row = 0; row < rows; row += count) {
      count = Math.min(group, rows - row);
      int xi = xOffset + row * xStride;
      int vi = vOffset + row * vStride;
      int yi = yOffset + row * yStride;
      softmax(passes, exp, temperature, x, xi, xStride, y, yi, yStride, count, n);
      for (int i = 0; i < count; i++) {
        lessMean(passes, temperature, v, vi + i * vStride, y, yi + i * yStride, n);
      }
    }
  }

  /** From the probabilities in y. */
  private static void lessMean(
      DoublePasses passes,
      double temperature,
      double[] v,
      int vOffset,
      double[] y,
      int yOffset,
      int n) {
    int winner = winner(passes, y, yOffset, n);
    if (winner == n) {
      return;
    }
    double base = base(v[vOffset + winner]);
    double mean = DoubleSums.weighted(y, yOffset, v, vOffset, n, base);
    DoubleGradients.difference(v, vOffset, y, yOffset, n, base, mean, factor(temperature));
    divide(y, yOffset, n, temperature);
    clean(mean, y, yOffset, n);
  }

  /** The gradient of log-sum-exp, {@code p / T}, for rows of at least one element. */
  public static void logSumExpGradient(
      DoublePasses passes,
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    softmax(
        passes, exp(temperature), temperature, x, xOffset, xStride, y, yOffset, yStride, rows, n);
    if (temperature != 1) {
      for (int row = 0; row < rows; row++) {
        int yi = yOffset + row * yStride;
        DoubleGradients.scaled(y, yi, n, factor(temperature));
        divide(y, yi, n, temperature);
      }
    }
  }

  /** {@code (diag(p) - p p') / T}, row by row, for a row of at least one element. */
  public static void softmaxJacobian(
      DoublePasses passes, double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
    // The last row of the matrix holds the probabilities until its turn comes.
    int pOffset = yOffset + (n - 1) * n;
    softmax(passes, exp(t), t, x, xOffset, n, y, pOffset, n, 1, n);
    int winner = winner(passes, y, pOffset, n);
    if (winner == n) {
      Arrays.fill(y, yOffset, yOffset + n * n, Double.NaN);
      return;
    }
    double rest = rest(y, pOffset, n, winner);
    double factor = factor(t);
    for (int i = 0; i < n; i++) {
      int yi = yOffset + i * n;
      double p = y[pOffset + i];
      DoubleGradients.negated(y, pOffset, y, yi, n, p, factor);
      y[yi + i] = (p * (i == winner ? rest : 1 - p) * factor);
    }
    divide(y, yOffset, n * n, t);
  }

  /** {@code (I - 1 p') / T}, row by row, for a row of at least one element. */
  public static void logSoftmaxJacobian(
      DoublePasses passes, double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
    int pOffset = yOffset + (n - 1) * n;
    softmax(passes, exp(t), t, x, xOffset, n, y, pOffset, n, 1, n);
    int winner = winner(passes, y, pOffset, n);
    if (winner == n) {
      Arrays.fill(y, yOffset, yOffset + n * n, Double.NaN);
      return;
    }
    double rest = rest(y, pOffset, n, winner);
    double factor = factor(t);
    for (int i = 0; i < n; i++) {
      int yi = yOffset + i * n;
      double p = y[pOffset + i];
      DoubleGradients.negated(y, pOffset, y, yi, n, 1, factor);
      y[yi + i] = ((i == winner ? rest : 1 - p) * factor);
    }
    divide(y, yOffset, n * n, t);
  }

  /** How many rows at a time. */
  private static int group(int n) {
    return Math.max(SIDE_BY_SIDE, GROUP / n);
  }

  /** The constants of a temperature; null where the limit rows serve it. */
  private static DoubleExp exp(double temperature) {
    return DoubleExp.covers(temperature) ? DoubleExp.of(temperature) : null;
  }

  private static void softmax(
      DoublePasses passes,
      DoubleExp exp,
      double temperature,
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    if (exp != null) {
      DoubleManyRows.softmax(passes, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int yi = yOffset + row * yStride;
      DoubleLimitRows.softmax(passes, temperature, x, xOffset + row * xStride, y, yi, n);
    }
  }

  /** The index of the first largest probability; n when one is NaN. */
  private static int winner(DoublePasses passes, double[] p, int pOffset, int n) {
    return passes.firstAtLeast(p, pOffset, n, passes.max(p, pOffset, n));
  }

  /**
   * What the others are taken relative to. An infinity would hide them: with 0 in its place they
   * get what the formula gives.
   */
  private static double base(double g) {
    return Math.abs(g) < Double.POSITIVE_INFINITY ? g : 0;
  }

  /** 1 less the largest probability. */
  private static double rest(double[] p, int pOffset, int n, int winner) {
    double largest = p[pOffset + winner];
    return largest > 0.5 ? DoubleSums.except(p, pOffset, n, winner) : 1 - largest;
  }

  /** 1/T, or 1 where that overflows and {@link #divide} follows. */
  private static double factor(double temperature) {
    double inverse = 1 / temperature;
    return inverse < Double.POSITIVE_INFINITY ? inverse : 1;
  }

  /** The division by a temperature that has no finite reciprocal; 0 stays 0, as in the limit. */
  private static void divide(double[] y, int yOffset, int n, double temperature) {
    if (1 / temperature == Double.POSITIVE_INFINITY) {
      DoubleGradients.divided(y, yOffset, n, temperature);
    }
  }

  /** A sum that is not finite is the only source of NaN beside probabilities. */
  private static void clean(double sum, double[] y, int yOffset, int n) {
    if (!(Math.abs(sum) < Double.POSITIVE_INFINITY)) {
      DoubleGradients.canonical(y, yOffset, n);
    }
  }
}
