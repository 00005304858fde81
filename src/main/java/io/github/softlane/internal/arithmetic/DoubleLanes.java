package io.github.softlane.internal.arithmetic;

/**
 * The order in which a row of {@code double} is summed, the same for every vector width.
 *
 * <p>A block of {@link #BLOCK} elements is summed in {@link #COUNT} virtual lanes: lane j takes the
 * elements i = j mod COUNT in ascending order. A lane has two accumulators. The first starts at
 * {@link #START}, so large that all its partial sums lie in one binade: each addition then rounds
 * to the same grid and the part it drops is found exactly with two subtractions. The second sums
 * those parts. A plain lane would lose every element below half an ulp of its largest one.
 *
 * <p>At the end of a block the first accumulators, multiples of one grid, add up exactly as
 * integers in any order; the second ones are added in the order of the lanes. Blocks are added in
 * their order, in two doubles, so that threads, which split at blocks, change nothing.
 */
public final class DoubleLanes {
  /** Virtual lanes: one 512-bit vector, two of 256 bits, four of 128, or eight doubles. */
  public static final int COUNT = 8;

  /** Elements of a block; 64 to a lane, so that a sum stays below 64 * 1.42 * 2^BIAS < START. */
  public static final int BLOCK = 512;

  /** Where the first accumulator of a lane starts: 2^(BIAS + 7). */
  public static final double START = 0x1p72;

  /** The bits of {@link #START}. */
  public static final long START_BITS = Double.doubleToRawLongBits(START);

  /** The grid of the first accumulators, an ulp of {@link #START}, with the bias taken off. */
  private static final double GRID = 0x1p-45;

  private static final long LOW_BITS = (1 << 12) - 1;

  private DoubleLanes() {}

  /**
   * The sum of a block, in units of 2^K, as a {@link WideSum}.
   *
   * @param grids the first accumulators' distance from START, in ulps, over all lanes
   * @param low the sum of the second accumulators in the order of the lanes
   */
  public static long fold(long grids, double low) {
    // Few enough low bits that both halves of the grids are doubles without rounding.
    double high = (grids & ~LOW_BITS) * GRID;
    double rest = (grids & LOW_BITS) * GRID + low * DoubleExp.UNBIAS;
    return WideSum.of(high, rest);
  }
}
