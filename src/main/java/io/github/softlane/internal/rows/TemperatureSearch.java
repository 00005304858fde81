package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.InverseTemperature;

/**
 * The search for the temperature at which the mean loss of labelled rows is least.
 *
 * <p>The loss is a convex function of beta = 1/T, so that its slope rises from {@code mean over the
 * classes - label} at beta = 0 to {@code maximum - label}, each a mean over the rows. Where the
 * slope has a zero, Newton's steps look for it. One that leaves the bracket of what is known, or
 * does not halve the slope, is replaced by a bisection, and so is every step after the first
 * {@value #NEWTON_STEPS}. A bisection halves the distance in the bits of a double, which is nearly
 * that in log T, so that no more than 63 are needed wherever the zero lies. Until the bracket has
 * two ends, beta moves by powers of two that double each time.
 *
 * <p>Logits are taken in units of a power of two near their widest range, so that no sum leaves the
 * range of a double.
 */
public final class TemperatureSearch {
  /** After so many steps, more than any loss was seen to take, only bisection is left. */
  private static final int NEWTON_STEPS = 60;

  /** Relative change of beta that ends the search; what is left after Newton's step is far less. */
  private static final double TOLERANCE = 0x1p-44;

  /** A slope at beta = 0 within this of its terms cannot be told from 0. */
  private static final double NO_SLOPE = 0x1p-46;

  private static final int FIRST_STRETCH = 2;
  private static final int LONGEST_STRETCH = 512;

  /** Where T = 1 is so far from the scale of the logits, the search begins nearer to that. */
  private static final double FARTHEST_START = 0x1p10;

  private TemperatureSearch() {}

  /**
   * Where the least loss was found.
   *
   * @param temperature 0 or +inf where the loss falls towards that; NaN when it is the same
   *     everywhere
   * @param iterations evaluations of slope and curvature over all rows
   */
  public record Found(double temperature, int iterations) {}

  /** Searches at least one row, all of them with a finite loss at T = 1. */
  public static Found search(LabelledRows rows) {
    double range = rows.range();
    if (range == 0) {
      return new Found(Double.NaN, 0);
    }
    if (rows.labelsAreLargest()) {
      return new Found(0, 0);
    }
    // That of +inf is one more than the largest, and so is that of the range.
    int exponent = -Math.getExponent(range);
    double[] sums = new double[SlopeSums.COUNT];
    rows.sumSlopes(InverseTemperature.of(0, exponent), sums);
    if (SlopeSums.slope(sums) >= -NO_SLOPE * sums[SlopeSums.MAGNITUDE]) {
      return new Found(Double.POSITIVE_INFINITY, 1);
    }
    return zero(rows, exponent, sums);
  }

  private static Found zero(LabelledRows rows, int exponent, double[] sums) {
    double below = 0;
    double above = Double.POSITIVE_INFINITY;
    double last = Double.POSITIVE_INFINITY;
    int stretch = FIRST_STRETCH;
    double beta = Math.scalb(1.0, -exponent);
    beta = Math.max(1 / FARTHEST_START, Math.min(FARTHEST_START, beta));
    // The slope at 0 was the first.
    int iterations = 1;
    while (true) {
      rows.sumSlopes(InverseTemperature.of(beta, exponent), sums);
      iterations++;
      double slope = SlopeSums.slope(sums);
      below = slope <= 0 ? beta : below;
      above = slope >= 0 ? beta : above;
      double newton = beta - slope / sums[SlopeSums.CURVATURE];
      if (Math.abs(newton - beta) <= TOLERANCE * beta) {
        return new Found(temperature(newton, exponent), iterations);
      }
      boolean halved = Math.abs(slope) <= 0.5 * last && iterations <= NEWTON_STEPS;
      boolean bracketed = below > 0 && above < Double.POSITIVE_INFINITY;
      double low = bracketed ? below : Math.max(below, Math.scalb(beta, -stretch));
      double high = bracketed ? above : Math.min(above, Math.scalb(beta, stretch));
      double next;
      if (halved && newton > low && newton < high) {
        next = newton;
      } else if (bracketed) {
        next = middle(below, above);
      } else {
        next = Math.min(slope < 0 ? high : low, Double.MAX_VALUE);
        stretch = Math.min(2 * stretch, LONGEST_STRETCH);
      }
      if (slope == 0 || Math.abs(next - beta) <= TOLERANCE * beta) {
        return new Found(temperature(slope == 0 ? beta : next, exponent), iterations);
      }
      last = Math.abs(slope);
      beta = next;
    }
  }

  /** Between two positive numbers, in the order of their bits. */
  private static double middle(double low, double high) {
    long bits = Double.doubleToRawLongBits(low);
    return Double.longBitsToDouble(bits + (Double.doubleToRawLongBits(high) - bits) / 2);
  }

  private static double temperature(double beta, int exponent) {
    double temperature = Math.scalb(1 / beta, -exponent);
    return Math.max(Double.MIN_VALUE, Math.min(Double.MAX_VALUE, temperature));
  }
}
