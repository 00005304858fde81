package io.github.softlane.internal.arithmetic;

/**
 * The order in which a row of {@code float} is summed, the same for every vector width.
 *
 * <p>A block of {@link #BLOCK} elements is summed in {@link #COUNT} virtual lanes: lane j takes the
 * elements i = j mod COUNT in ascending order. A lane has three accumulators. The first starts at
 * {@link #START}, so large that all its partial sums lie in one binade: each addition then rounds
 * to the same grid, and the part it drops is found exactly with two subtractions. The second sums
 * those parts in the same way from {@link #FINE_START} on, and the third sums what the second
 * drops. With one accumulator less, a row with one high peak and a million equal elements far below
 * it would lose 12 ULP, since equal additions round alike; a plain float lane would lose them
 * altogether.
 *
 * <p>At the end of a block the first and the second accumulators, multiples of a grid each, add up
 * exactly as integers in any order; the third ones are added in double in the order of the lanes.
 * Blocks are added in double in their order, so that threads, which split at blocks, change
 * nothing. The last elements of a row, fewer than there are lanes, are a block of their own.
 */
public final class FloatLanes {
  /** Virtual lanes: one 512-bit vector, two of 256 bits, four of 128, or sixteen floats. */
  public static final int COUNT = 16;

  /** Elements of a block; 64 to a lane, so that a sum stays below 64 * 1.42 * 2^BIAS < START. */
  public static final int BLOCK = 1024;

  /** Where the first accumulator of a lane starts: 2^(BIAS + 7). */
  public static final float START = 0x1p72f;

  /** The bits of {@link #START}. */
  public static final int START_BITS = Float.floatToRawIntBits(START);

  /** Where the second one starts: the 64 parts, each at most half an ulp of START, stay within. */
  public static final float FINE_START = 0x1.8p56f;

  /** The bits of {@link #FINE_START}. */
  public static final int FINE_START_BITS = Float.floatToRawIntBits(FINE_START);

  /** The grid of the first accumulators, an ulp of {@link #START}, with the bias taken off. */
  private static final double GRID = 0x1p-16;

  /** The same of the second ones. */
  private static final double FINE_GRID = 0x1p-32;

  private FloatLanes() {}

  /**
   * The sum of a block, in units of 2^K.
   *
   * @param grids the first accumulators' distance from START, in ulps, over all lanes
   * @param fineGrids the second accumulators' distance from FINE_START, likewise
   * @param low the sum of the third accumulators in the order of the lanes
   */
  public static double fold(int grids, int fineGrids, double low) {
    return grids * GRID + (fineGrids * FINE_GRID + low * FloatExp.UNBIAS);
  }
}
