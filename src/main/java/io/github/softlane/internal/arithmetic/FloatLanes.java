package io.github.softlane.internal.arithmetic;

/**
 * The order in which a row of {@code float} is summed, the same for every vector width.
 *
 * <p>A block of {@link #BLOCK} elements is summed in {@link #COUNT} virtual lanes: lane j takes the
 * elements i = j mod COUNT in ascending order. A lane has two accumulators. The first starts at
 * {@link #START}, so large that all its partial sums lie in one binade: each addition then rounds
 * to the same grid, and the part it drops is found exactly with two subtractions. The second sums
 * those parts in the same way from {@link #FINE_START} on. A plain lane would lose every element
 * below half an ulp of its largest one.
 *
 * <p>Both starts are in units of the block's own largest element, so that what the second
 * accumulators round off is small beside the block's sum, wherever the row's maximum lies. At the
 * end of a block the accumulators are multiples of a grid each, and are added as integers, which no
 * order can change. Fewer elements than there are lanes, at the end of a row, are added in double
 * one by one. Blocks are added in double in their order, so that threads, which split at blocks,
 * change nothing.
 */
public final class FloatLanes {
  /** Virtual lanes: one 512-bit vector, two of 256 bits, four of 128, or sixteen floats. */
  public static final int COUNT = 16;

  /** Elements of a block; 32 to a lane, so that a sum stays below 32 * 1.42 * 2^BIAS < START. */
  public static final int BLOCK = 512;

  /** Where the first accumulator of a lane starts: 2^(BIAS + 6). */
  public static final float START = 0x1p71f;

  /** Where the second one starts: the 32 parts, each at most half an ulp of START, stay within. */
  public static final float FINE_START = 0x1.8p54f;

  /** The grid of the first accumulators, an ulp of {@link #START}, with the bias taken off. */
  private static final double GRID = 0x1p-17;

  /** The same of the second ones. */
  private static final double FINE_GRID = 0x1p-34;

  private FloatLanes() {}

  /**
   * The sum of all lanes, in units of the block's largest power of two.
   *
   * @param grids the first accumulators' distance from their start, in ulps, over all lanes
   * @param fineGrids the same of the second ones
   */
  public static double fold(int grids, int fineGrids) {
    return grids * GRID + fineGrids * FINE_GRID;
  }
}
