package io.github.softlane.internal.passes;

/**
 * Sums over a range of an array, one element after the other, with what each addition rounds off
 * summed beside it.
 *
 * <p>Ranges are valid and arguments unchecked. NaN and infinities go through as in any sum.
 */
public final class DoubleSums {
  private DoubleSums() {}

  /** The sum of all elements. */
  public static double of(double[] g, int gOffset, int n) {
    return except(g, gOffset, n, n);
  }

  /** The sum of all elements but the one at the index, from 0. */
  public static double except(double[] g, int gOffset, int n, int index) {
    double sum = 0;
    double lost = 0;
    for (int i = 0; i < n; i++) {
      // One loop for both parts of the range, since the sums of the two may cancel.
      double term = i == index ? 0 : g[gOffset + i];
      double next = sum + term;
      double part = next - sum;
      lost += (sum - (next - part)) + (term - part);
      sum = next;
    }
    return rounded(sum, lost);
  }

  /** The sum of {@code p * (g - base)}. */
  public static double weighted(
      double[] p, int pOffset, double[] g, int gOffset, int n, double base) {
    double sum = 0;
    double lost = 0;
    int j = gOffset;
    for (int i = pOffset; i < pOffset + n; i++) {
      double term = p[i] * (g[j] - base);
      double next = sum + term;
      double part = next - sum;
      lost += (sum - (next - part)) + (term - part);
      sum = next;
      j++;
    }
    return rounded(sum, lost);
  }

  /** Beside an infinite sum what was lost is NaN. */
  private static double rounded(double sum, double lost) {
    return Math.abs(sum) < Double.POSITIVE_INFINITY ? sum + lost : sum;
  }
}
