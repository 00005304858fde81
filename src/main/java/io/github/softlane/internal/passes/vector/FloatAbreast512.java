package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.FloatVector;

/**
 * Short rows side by side: as many as a vector of 512 bits has lanes, each in a lane of its own
 * after a transposition. What a row costs beside its elements, the exchanges between lanes for its
 * maximum and its sum, the division, the waiting for them, is then paid once for all these rows.
 *
 * <p>The transposed rows take the place of the results, so that this needs no other memory. A
 * log-sum-exp has no such place, and is not done here.
 */
final class FloatAbreast512 {
  private static final int LANES = FloatVector.SPECIES_512.length();

  /** Rows of so many elements are transposed in squares of eight. */
  private static final int EIGHT = 8;

  /**
   * Longer rows stay in vectors of their own ({@link FloatGroups512}): the two transpositions take
   * more than is spared. Side by side here, in such groups, and each on its own, ns an element, AMD
   * EPYC of family 26: softmax of rows of 8 0.83, -, 1.52; of 16 0.73, 0.76, 1.61; of 32 0.53,
   * 0.59, 0.81; of 48 0.47, 0.47, 0.67; of 64 0.46, 0.40, 0.57; of 128 0.42, 0.33, 0.47. In vectors
   * of 256 bits, on the same processor: of 48 0.75, -, 0.85; of 64 0.75, 0.69, 0.87; of 128 -,
   * 0.52, 0.72.
   */
  private static final int LONGEST = 48;

  private FloatAbreast512() {}

  /** Whether such rows are done here, where there are enough of them. */
  static boolean takes(RowOperation operation, int xStride, int yStride, int n) {
    // Two rows of eight to a vector of sixteen lanes.
    boolean eight = n == EIGHT && (LANES == EIGHT || xStride == n);
    return LANES >= EIGHT
        && operation != RowOperation.LOG_SUM_EXP
        && yStride == n
        && n <= LONGEST
        && (n % FloatLanes.COUNT == 0 || eight);
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
