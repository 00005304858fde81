package io.github.softlane.internal.arithmetic;

/**
 * How a row of {@code float} is summed, the same for every vector width.
 *
 * <p>The e of a block of {@link #BLOCK} elements come in two parts each. The first is a multiple of
 * a grid next to e, found by an addition to {@link #START}, so large that the sum has this grid;
 * the bits of such sums count its multiples. The second is e less the first part, and six multiples
 * more: START lies so far above {@link #GRID_START}, which is subtracted, so that the second parts
 * all lie around {@link #FINE_START}, in one binade, and their bits count multiples of a grid of
 * their own. Both counts are added as integers, which no order can change. A plain sum would lose
 * every element below half an ulp of it.
 *
 * <p>The starts are in units of the block's own largest element, so that what the grids lose is
 * small beside the block's sum, wherever the row's maximum lies. Elements at the end of a row that
 * fill no vector of {@link #COUNT} are a sum of their own. Sums are added in double in their order,
 * so that threads, which split at blocks, change nothing.
 */
public final class FloatLanes {
  /** Lanes of a 512-bit vector: what is left of a row beside multiples of it has its own sum. */
  public static final int COUNT = 16;

  /**
   * Elements of a block: its maximum is found first, and its multiples fit 32 bits in each lane, of
   * four lanes or more. The block is short enough that what the processor reads ahead of the
   * maximum is still useful when the next block begins.
   */
  public static final int BLOCK = 2048;

  /**
   * Below the sums that find the multiples: 2^(BIAS + 1), above every e, so that these stay in its
   * binade.
   */
  public static final float GRID_START = 0x1p66f;

  /** What finds the multiples: six ulps above {@link #GRID_START}. */
  public static final float START = 0x1.00000cp66f;

  /**
   * What the second part of 0 is: GRID_START less START. For two roundings those of other e are at
   * most one ulp of START from it.
   */
  public static final float FINE_START = -0x1.8p45f;

  /** The grid of the first parts, an ulp of {@link #START}, with the bias taken off. */
  public static final double GRID = 0x1p-22;

  /** The same of {@link #FINE_START}; below 0, as the bits of negative numbers fall. */
  public static final double FINE_GRID = -0x1p-43;

  /**
   * Finds both parts at once where an element is a double: its ulp is the fine grid, on which the
   * second part is rounded, first the power and then the rest of e. The first part, a multiple of
   * it, only moves the range that is rounded. 1.5 times a power of two, so that all sums stay in
   * its binade.
   */
  public static final double WIDE_START = 0x1.8p74;

  private FloatLanes() {}

  /**
   * The sum of a block, in units of its largest power of two.
   *
   * @param grids the multiples of the grid, over all elements
   * @param fineGrids the distances of the second parts' bits from those of their start
   */
  public static double fold(long grids, long fineGrids) {
    return grids * GRID + fineGrids * FINE_GRID;
  }

  /**
   * The same from the sums with {@link #WIDE_START}.
   *
   * @param fineGrids the distances of their bits from those of the start
   */
  public static double fold(long fineGrids) {
    return fineGrids * -FINE_GRID;
  }

  /**
   * The sum of up to 16 integers of 32 bits, which may need more, from two sums in 32 bits. The
   * lower halves of all lanes add less than 2^32 to the upper ones, so that what the second sum has
   * lost is in the first.
   *
   * @param high the sum of the upper halves, signed or not
   * @param low the sum of the whole integers, without what overflowed
   */
  public static long sumOfLanes(int high, int low) {
    long upper = (long) high << 16;
    return upper + Integer.toUnsignedLong(low - (int) upper);
  }
}
