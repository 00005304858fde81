package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.FloatVector;

/**
 * The ways in which vectors of 512 bits do short rows from their first loop to their last: side by
 * side, in groups with their ends side by side, several in one vector, or one after the other.
 */
final class FloatInOneGo512 {
  private static final int LANES = FloatVector.SPECIES_512.length();

  private FloatInOneGo512() {}

  /** See {@link io.github.softlane.internal.passes.FloatPasses#shortRows}. */
  static int run(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    if (ShortRange.isBelow(rows, 1)) {
      // A call of the warm-up counts for these too.
      FloatAbreast512.run(operation, x, xOffset, 0, y, yOffset, 0);
      FloatGroups512.run(operation, x, xOffset, 0, y, yOffset, 0, 0);
    }
    int done = 0;
    boolean abreast = FloatAbreast512.takes(operation, xStride, yStride, n);
    boolean groups = FloatGroups512.takes(operation, xStride, yStride, n);
    for (; (abreast || groups) && rows - done >= LANES; done += LANES) {
      int xi = xOffset + done * xStride;
      int yi = yOffset + done * yStride;
      boolean all =
          abreast
              ? FloatAbreast512.run(operation, x, xi, xStride, y, yi, n)
              : FloatGroups512.run(operation, x, xi, xStride, y, yi, yStride, n);
      if (!all) {
        int some = oneByOne(operation, x, xi, xStride, y, yi, yStride, LANES, n);
        if (some < LANES) {
          return done + some;
        }
      }
    }
    int xi = xOffset + done * xStride;
    int yi = yOffset + done * yStride;
    return done + oneByOne(operation, x, xi, xStride, y, yi, yStride, rows - done, n);
  }

  private static int oneByOne(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    if (n <= LANES && operation == RowOperation.SOFTMAX) {
      return FloatVectorRows512.run(x, xOffset, xStride, y, yOffset, yStride, rows, n);
    }
    if (n <= LANES) {
      return FloatVectorLogs512.run(operation, x, xOffset, xStride, y, yOffset, yStride, rows, n);
    }
    return FloatShortRows512.takes(operation, n)
        ? FloatShortRows512.run(operation, x, xOffset, xStride, y, yOffset, yStride, rows, n)
        : 0;
  }
}
