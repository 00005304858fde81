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

  /** Lanes of the vectors in which rows side by side were measured, and found faster. */
  private static final int MEASURED = 8;

  /**
   * Of longer rows the two transpositions take as much as is spared. Vectors of 256 bits, ns an
   * element, side by side and one after the other: rows of 8 3.4 and 5.3, of 16 2.5 and 4.4, of 32
   * 1.8 and 2.9, of 64 1.6 and 1.9, of 128 1.5 and 1.5 (AMD EPYC, family 25).
   */
  private static final int LONGEST = 64;

  private FloatAbreast512() {}

  /**
   * Whether such rows are done here, where there are enough of them. Vectors of sixteen lanes could
   * do it too, with the same bits; whether it is faster there was not measured.
   */
  static boolean takes(RowOperation operation, int yStride, int n) {
    return LANES == MEASURED
        && operation == RowOperation.SOFTMAX
        && yStride == n
        && n % LANES == 0
        && n <= LONGEST
        && (n <= FloatLanes.COUNT || n % FloatLanes.COUNT == 0);
  }

  /**
   * Softmax of as many rows as there are lanes, or nothing when one of them is not an everyday one.
   *
   * @param y may be x with the same offset and stride
   * @return whether they were done; if not, and x is y, the logits are as they were
   */
  static boolean softmax(float[] x, int xOffset, int xStride, float[] y, int yOffset, int n) {
    FloatSquares512.transpose(x, xOffset, xStride, y, yOffset, n);
    boolean done = FloatColumns512.softmax(y, yOffset, n);
    FloatSquares512.transpose(y, yOffset, n, y, yOffset, n);
    return done;
  }
}
