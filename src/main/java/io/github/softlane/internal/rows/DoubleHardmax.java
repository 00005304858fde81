package io.github.softlane.internal.rows;

import io.github.softlane.internal.passes.DoublePasses;
import java.util.Arrays;

/** Hardmax of one row of {@code double}. */
public final class DoubleHardmax {
  private DoubleHardmax() {}

  /** Hardmax of a row of at least one element: 1 at the first maximum and 0 elsewhere. */
  public static void hardmax(
      DoublePasses passes, double[] x, int xOffset, double[] y, int yOffset, int n) {
    double max = passes.max(x, xOffset, n);
    if (Double.isNaN(max)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    Arrays.fill(y, yOffset, yOffset + n, 0);
    y[yOffset + winner] = 1;
  }
}
