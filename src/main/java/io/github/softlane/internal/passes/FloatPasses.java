package io.github.softlane.internal.passes;

import io.github.softlane.internal.arithmetic.FloatExp;

/**
 * The loops over a range of an array that every row algorithm is made of.
 *
 * <p>Each implementation gives the same bits. Ranges are valid and arguments unchecked: the API has
 * done that. A pass knows no row and no special value beyond what its own text says.
 */
public interface FloatPasses {
  /** The longest row that may be done in one go: its sum of grids fits an int. */
  int SHORT = 256;

  /** The name of the backend that these passes make. */
  String name();

  /** The largest element, never -0; -inf when there is none, NaN when an element is NaN. */
  float max(float[] x, int xOffset, int n);

  /**
   * The sum of e over a block, in units of 2^K.
   *
   * <p>The block has at most {@code FloatLanes.BLOCK} elements, none of them NaN or +inf.
   *
   * @param y receives every e, 2^BIAS times too large; null when only the sum is wanted
   * @param exp the constants of the temperature
   * @param shift see {@link FloatExp#shift}
   * @param magic see {@link FloatExp#magic}
   * @param floor see {@link FloatExp#floor}
   * @param unit the power of two of the block's largest element, see {@link FloatExp#unit}
   */
  double sumExp(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor,
      float unit);

  /**
   * {@code y = y * (hi + lo) * unit}, in place. The unit, a power of two, comes last: before it
   * every product is a normal number, so a result in the smallest binade loses nothing to
   * underflow.
   */
  void scale(float[] y, int yOffset, int n, float hi, float lo, float unit);

  /**
   * {@code y = (x - max) / T - c}, where minusMax is minus the maximum after {@link
   * FloatExp#scaled}.
   */
  void logProbs(
      float[] x, int xOffset, float[] y, int yOffset, int n, FloatExp exp, float minusMax, float c);

  /**
   * These passes without {@link #shortRows}, which then does none: the methods for it are large,
   * and longer rows need not wait for their compilation.
   */
  FloatPasses withoutShortRows();

  /**
   * Short rows at T = 1, of 2 to {@link #SHORT} elements, each from its first loop to its last.
   *
   * @param y receives a row for each row; of log-sum-exp one element for each row, at its stride
   * @return how many rows were done, from the first on. The others are as they were where y is x,
   *     and else not to be relied on. The pass may stop before any row, and does before one that is
   *     not an everyday one.
   */
  int shortRows(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n);

  /** The index, from 0, of the first element that is at least the value, or n. */
  int firstAtLeast(float[] x, int xOffset, int n, float value);

  /** The index, from 0, of the first element that differs from the value (NaN differs), or n. */
  int firstOtherThan(float[] x, int xOffset, int n, float value);

  /** The index, from 0, of the first NaN, or n. */
  int firstNaN(float[] x, int xOffset, int n);
}
