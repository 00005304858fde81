package io.github.softlane.internal.passes;

/**
 * Sums over a range of an array, in double: eight lanes, element i in lane i mod 8, folded by a
 * fixed tree, and the elements that do not fill all lanes after them.
 *
 * <p>Ranges are valid and arguments unchecked. NaN and infinities go through as in any sum.
 */
public final class FloatSums {
  private static final int LANES = 8;

  private FloatSums() {}

  /** The sum of all elements. */
  public static double of(float[] g, int gOffset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = n - n % LANES;
    for (int i = gOffset; i < gOffset + whole; i += LANES) {
      s0 += g[i];
      s1 += g[i + 1];
      s2 += g[i + 2];
      s3 += g[i + 3];
      s4 += g[i + 4];
      s5 += g[i + 5];
      s6 += g[i + 6];
      s7 += g[i + 7];
    }
    double rest = 0;
    for (int i = gOffset + whole; i < gOffset + n; i++) {
      rest += g[i];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7)) + rest;
  }

  /** The sum of all elements but the one at the index, from 0. */
  public static double except(float[] g, int gOffset, int n, int index) {
    return of(g, gOffset, index) + of(g, gOffset + index + 1, n - index - 1);
  }

  /** The sum of {@code p * (g - base)}. */
  public static double weighted(
      float[] p, int pOffset, float[] g, int gOffset, int n, double base) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = n - n % LANES;
    int j = gOffset;
    for (int i = pOffset; i < pOffset + whole; i += LANES) {
      s0 += p[i] * (g[j] - base);
      s1 += p[i + 1] * (g[j + 1] - base);
      s2 += p[i + 2] * (g[j + 2] - base);
      s3 += p[i + 3] * (g[j + 3] - base);
      s4 += p[i + 4] * (g[j + 4] - base);
      s5 += p[i + 5] * (g[j + 5] - base);
      s6 += p[i + 6] * (g[j + 6] - base);
      s7 += p[i + 7] * (g[j + 7] - base);
      j += LANES;
    }
    double rest = 0;
    for (int i = pOffset + whole; i < pOffset + n; i++) {
      rest += p[i] * (g[j] - base);
      j++;
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7)) + rest;
  }
}
