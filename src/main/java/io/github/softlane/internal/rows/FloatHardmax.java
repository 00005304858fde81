package io.github.softlane.internal.rows;

import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;

/** Hardmax of one row of {@code float}. */
public final class FloatHardmax {
  private FloatHardmax() {}

  /** Hardmax of a row of at least one element: 1 at the first maximum and 0 elsewhere. */
  public static void hardmax(
      FloatPasses passes, float[] x, int xOffset, float[] y, int yOffset, int n) {
    float max = passes.max(x, xOffset, n);
    if (Float.isNaN(max)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    Arrays.fill(y, yOffset, yOffset + n, 0);
    y[yOffset + winner] = 1;
  }
}
