package io.github.softlane.internal.passes;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.WideSum;

/**
 * The loops over a range of an array that every row algorithm is made of.
 *
 * <p>Each implementation gives the same bits. Ranges are valid and arguments unchecked: the API has
 * done that. A pass knows no row and no special value beyond what its own text says.
 */
public interface DoublePasses {
  /** The name of the backend that these passes make. */
  String name();

  /** The largest element, never -0; -inf when there is none, NaN when an element is NaN. */
  double max(double[] x, int xOffset, int n);

  /**
   * The sum of e over a block, in units of 2^K, as a {@link WideSum}.
   *
   * <p>The block has at most {@code DoubleLanes.BLOCK} elements, none of them NaN or +inf.
   *
   * @param y receives every e, 2^BIAS times too large; null when only the sum is wanted
   * @param exp the constants of the temperature
   * @param shift see {@link DoubleExp#shift}
   * @param magic see {@link DoubleExp#magic}
   * @param floor see {@link DoubleExp#floor}
   * @param unit the power of two of the block's largest element, see {@link DoubleExp#unit}
   */
  long sumExp(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor,
      double unit);

  /**
   * {@code y = y * (hi + lo) * unit}, in place. The unit, a power of two, comes last: before it
   * every product is a normal number, so a result in the smallest binade loses nothing to
   * underflow.
   */
  void scale(double[] y, int yOffset, int n, double hi, double lo, double unit);

  /**
   * {@code y = (x - max) / T - c}, where minusMax is minus the maximum after {@link
   * DoubleExp#scaled}.
   */
  void logProbs(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double minusMax,
      double c);

  /** The index, from 0, of the first element that is at least the value, or n. */
  int firstAtLeast(double[] x, int xOffset, int n, double value);

  /** The index, from 0, of the first element that differs from the value (NaN differs), or n. */
  int firstOtherThan(double[] x, int xOffset, int n, double value);

  /** The index, from 0, of the first NaN, or n. */
  int firstNaN(double[] x, int xOffset, int n);
}
