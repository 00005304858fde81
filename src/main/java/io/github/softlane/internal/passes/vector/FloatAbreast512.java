package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.FloatVector;

/**
 * Short rows side by side: as many as a vector of 512 bits has lanes, each in a lane of its own
 * after a transposition. What a row costs beside its elements, the exchanges between lanes for its
 * maximum and its sum, the division, the waiting for them, is then paid once for all these rows.
 *
 * <p>The transposed rows take the place of the results, so that this needs no other memory: softmax
 * only, as a log-sum-exp has no such place.
 */
final class FloatAbreast512 {
  private static final int LANES = FloatVector.SPECIES_512.length();

  /** Rows of so many elements are transposed in squares of eight. */
  private static final int EIGHT = 8;

  /**
   * Of longer rows the two transpositions take as much as is spared. Vectors of 256 bits, ns an
   * element, side by side and one after the other: rows of 8 3.4 and 5.3, of 16 2.5 and 4.4, of 32
   * 1.8 and 2.9, of 64 1.6 and 1.9, of 128 1.5 and 1.5 (AMD EPYC, family 25). Of 512 bits: rows of
   * 8 0.83 and 1.52, of 16 0.70 and 1.61, of 32 0.53 and 0.81, of 64 0.44 and 0.57, of 128 0.41 and
   * 0.47, of 256 0.38 and 0.38; log-softmax 0.40 and 0.49 for 128 (AMD EPYC, family 26).
   */
  private static final int LONGEST = 8 * LANES;

  private FloatAbreast512() {}

  /** Whether such rows are done here, where there are enough of them. */
  static boolean takes(RowOperation operation, int xStride, int yStride, int n) {
    boolean squares = n % LANES == 0 && (n <= FloatLanes.COUNT || n % FloatLanes.COUNT == 0);
    // Two rows to a vector of sixteen lanes.
    boolean pairs = 2 * n == LANES && n == EIGHT && xStride == n;
    return LANES >= EIGHT
        && operation != RowOperation.LOG_SUM_EXP
        && yStride == n
        && n <= LONGEST
        && (squares || pairs);
  }

  /**
   * Does as many rows as there are lanes, or none when one of them is not an everyday one.
   *
   * @param y may be x with the same offset and stride
   * @return whether they were done; if not, and x is y, the logits are as they were
   */
  static boolean run(
      RowOperation operation, float[] x, int xOffset, int xStride, float[] y, int yOffset, int n) {
    transpose(x, xOffset, xStride, y, yOffset, n);
    boolean done = FloatColumns512.run(operation, y, yOffset, n);
    transpose(y, yOffset, n, y, yOffset, n);
    return done;
  }

  private static void transpose(
      float[] x, int xOffset, int xStride, float[] y, int yOffset, int n) {
    if (ShortRange.isBelow(n, 1)) {
      // A call of the warm-up counts for both.
      FloatSquares512.transpose(x, xOffset, xStride, y, yOffset, 0);
      FloatSixteens512.transpose(x, xOffset, xStride, y, yOffset, 0);
    } else if (LANES == EIGHT) {
      FloatSquares512.transpose(x, xOffset, xStride, y, yOffset, n);
    } else if (n == EIGHT) {
      // Eight vectors of two rows: the first of each pair in the lower lanes.
      FloatSquares512.transpose(x, xOffset, LANES, y, yOffset, LANES);
    } else {
      FloatSixteens512.transpose(x, xOffset, xStride, y, yOffset, n);
    }
  }
}
