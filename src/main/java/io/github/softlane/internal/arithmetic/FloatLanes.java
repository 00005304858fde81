package io.github.softlane.internal.arithmetic;

/**
 * The order in which a row of {@code float} is summed, the same for every vector width.
 *
 * <p>A block of {@link #BLOCK} elements is summed in {@link #COUNT} virtual lanes: lane j takes the
 * elements i = j mod COUNT in ascending order. An element comes in two parts. The first is its
 * nearest or next multiple of a grid, found by an addition to {@link #START}, so large that the sum
 * has this grid; the bits of such sums count its multiples, and are added as integers. The second
 * is the rest, exact but for one rounding far below; a lane adds these from {@link #FINE_START} on,
 * so large that all partial sums lie in one binade and are multiples of a grid of their own. A
 * plain lane would lose every element below half an ulp of its largest one.
 *
 * <p>Both starts are in units of the block's own largest element, so that what the rests lose is
 * small beside the block's sum, wherever the row's maximum lies. At the end of a block the lanes
 * are added as integers, which no order can change. Fewer elements than there are lanes, at the end
 * of a row, are a sum of their own. Sums are added in double in their order, so that threads, which
 * split at blocks, change nothing.
 */
public final class FloatLanes {
  /** Virtual lanes: one 512-bit vector, two of 256 bits, four of 128, or sixteen floats. */
  public static final int COUNT = 16;

  /** Elements of a block, 128 to a lane; it and what is stored of it fit the nearest cache. */
  public static final int BLOCK = 2048;

  /** What finds the multiples: 2^(BIAS + 1), above every e, so that sums stay in its binade. */
  public static final float START = 0x1p66f;

  /**
   * Where the rests start: 128 of them, each at most three halves of an ulp of START, for three
   * roundings, stay within its binade.
   */
  public static final float FINE_START = 0x1.8p52f;

  /** The grid of the first parts, an ulp of {@link #START}, with the bias taken off. */
  public static final double GRID = 0x1p-22;

  /** The same of {@link #FINE_START}. */
  public static final double FINE_GRID = 0x1p-36;

  private FloatLanes() {}

  /**
   * The sum of all lanes, in units of the block's largest power of two.
   *
   * @param grids the multiples of the grid, over all lanes
   * @param fineGrids the rests' distance from their start, in its ulps, over all lanes
   */
  public static double fold(long grids, int fineGrids) {
    return grids * GRID + fineGrids * FINE_GRID;
  }
}
