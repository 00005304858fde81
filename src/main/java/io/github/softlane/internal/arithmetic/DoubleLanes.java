package io.github.softlane.internal.arithmetic;

/**
 * How a row of {@code double} is summed, the same for every vector width.
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
 * fill no vector of {@link #COUNT} are a sum of their own. Sums are added in two doubles in their
 * order, so that threads, which split at blocks, change nothing.
 */
public final class DoubleLanes {
  /** Lanes of a 512-bit vector: what is left of a row beside multiples of it has its own sum. */
  public static final int COUNT = 8;

  /**
   * Elements of a block: its maximum is found first, and its multiples fit a long. The block is
   * short enough that what the processor reads ahead of the maximum is still useful when the next
   * block begins.
   */
  public static final int BLOCK = 1024;

  /**
   * Below the sums that find the multiples: 2^(BIAS + 1), above every e, so that these stay in its
   * binade.
   */
  public static final double GRID_START = 0x1p66;

  /** What finds the multiples: six ulps above {@link #GRID_START}. */
  public static final double START = 0x1.0000000000006p66;

  /**
   * What the second part of 0 is: GRID_START less START. For three roundings those of other e are
   * at most three halves of an ulp of START from it.
   */
  public static final double FINE_START = -0x1.8p16;

  /** The grid of the first parts, an ulp of {@link #START}, with the bias taken off. */
  static final double GRID = 0x1p-51;

  /** The same of {@link #FINE_START}; below 0, as the bits of negative numbers fall. */
  static final double FINE_GRID = -0x1p-101;

  private static final long LOW_BITS = (1 << 12) - 1;

  private DoubleLanes() {}

  /**
   * The first 53 bits of the sum of a block, in units of its largest power of two.
   *
   * @param grids the multiples of the grid, over all elements
   */
  public static double foldHi(long grids) {
    // Few enough low bits that both parts of the grids are doubles without rounding.
    return (grids & ~LOW_BITS) * GRID;
  }

  /**
   * What {@link #foldHi} leaves over.
   *
   * @param grids the multiples of the grid, over all elements
   * @param fineGrids the distances of the second parts' bits from those of their start
   */
  public static double foldLo(long grids, long fineGrids) {
    return (grids & LOW_BITS) * GRID + fineGrids * FINE_GRID;
  }
}
