package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoublePasses;
import java.util.Arrays;

/**
 * The row algorithms for {@code double}, for a temperature that {@link DoubleExp#covers}.
 *
 * <p>Each takes the maximum, sums e block by block, and ends the row. Rows that hold no finite
 * maximum, or whose scaled maximum overflows, leave by a door of their own before anything is
 * written.
 */
public final class DoubleRows {
  /** A sum within this of n times its largest term may be that of a constant row. */
  private static final double NEARLY_CONSTANT = 1 - 0x1p-16;

  /** Below this share of the largest term the rest of a row is summed on its own. */
  private static final double DOMINATED = 0x1p-20;

  /** The same for log-sum-exp where the maximum is 0, so that the result is that rest. */
  private static final double DOMINATED_AT_ZERO = 0.25;

  private DoubleRows() {}

  /** Softmax of a row of at least one element. */
  public static void softmax(
      DoublePasses passes, DoubleExp exp, double[] x, int xOffset, double[] y, int yOffset, int n) {
    double max = passes.max(x, xOffset, n);
    if (Double.isInfinite(max)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    double scaledMax = exp.scaled(max);
    if (Double.isInfinite(scaledMax)) {
      WideRows.softmax(exp.temperature, max, x, xOffset, y, yOffset, n);
      return;
    }
    double shift = exp.shift(scaledMax);
    double shiftedMax = scaledMax + shift;
    double power = exp.maxPower(shiftedMax);
    long wide = sum(passes, exp, shift, power, x, xOffset, y, yOffset, n);
    double sum = WideSum.hi(wide);
    double sumLo = WideSum.lo(wide);
    if (Double.isNaN(sum)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    double reduced = exp.reduced(shiftedMax, power);
    double head = exp.head(reduced);
    double tail = exp.tail(power, reduced, head);
    double largest = head + tail;
    if (sum >= n * largest * NEARLY_CONSTANT
        && passes.firstOtherThan(y, yOffset, n, y[yOffset]) == n) {
      Arrays.fill(y, yOffset, yOffset + n, (1.0 / n));
      return;
    }
    double rest = ((sum - head) - tail) + sumLo;
    int winner = n;
    if (rest < largest * DOMINATED) {
      // The stored e of the largest element may have been rounded past the whole sum.
      winner = passes.firstAtLeast(y, yOffset, n, 0.5 * head / DoubleExp.UNBIAS);
    }
    double inverse = 1.0 / sum;
    double inverseLo = (Fused.fma(-inverse, sum, 1.0) - inverse * sumLo) * inverse;
    passes.scale(y, yOffset, n, inverse, inverseLo);
    if (winner < n) {
      y[yOffset + winner] = Math.min(1.0, 1.0 - rest / sum);
    }
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      DoublePasses passes, DoubleExp exp, double[] x, int xOffset, double[] y, int yOffset, int n) {
    double max = passes.max(x, xOffset, n);
    if (Double.isInfinite(max)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    double scaledMax = exp.scaled(max);
    if (Double.isInfinite(scaledMax)) {
      WideRows.logSoftmax(exp.temperature, max, x, xOffset, y, yOffset, n);
      return;
    }
    double log = logOverMax(passes, exp, max, scaledMax, DOMINATED, x, xOffset, n, 0, 0);
    if (Double.isNaN(log)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    passes.logProbs(x, xOffset, y, yOffset, n, exp, -scaledMax, Math.max(0, log));
  }

  /** Log-sum-exp of a row of at least one element. */
  public static double logSumExp(
      DoublePasses passes, DoubleExp exp, double[] x, int xOffset, int n) {
    double max = passes.max(x, xOffset, n);
    if (Double.isInfinite(max)) {
      return passes.firstNaN(x, xOffset, n) < n ? Double.NaN : max;
    }
    double quotient = max / exp.temperature;
    double scaledMax = exp.scaled(max);
    if (Double.isInfinite(scaledMax)) {
      return (quotient + WideRows.logOverMax(exp.temperature, max, x, xOffset, n));
    }
    double dominated = max == 0 ? DOMINATED_AT_ZERO : DOMINATED;
    double quotientLo = Fused.fma(-quotient, exp.temperature, max) / exp.temperature;
    return logOverMax(passes, exp, max, scaledMax, dominated, x, xOffset, n, quotient, quotientLo);
  }

  /**
   * {@code log(sum exp((x - max) / T)) + add}; NaN when the row holds a NaN.
   *
   * @param dominated the share of the largest term below which the rest is summed on its own, so
   *     that the logarithm keeps its relative accuracy
   * @param add brought in before the rounding, in two parts
   */
  private static double logOverMax(
      DoublePasses passes,
      DoubleExp exp,
      double max,
      double scaledMax,
      double dominated,
      double[] x,
      int xOffset,
      int n,
      double add,
      double addLo) {
    double shift = exp.shift(scaledMax);
    double shiftedMax = scaledMax + shift;
    double power = exp.maxPower(shiftedMax);
    long wide = sum(passes, exp, shift, power, x, xOffset, null, 0, n);
    double sum = WideSum.hi(wide);
    double sumLo = WideSum.lo(wide);
    if (Double.isNaN(sum)) {
      return sum;
    }
    double reduced = exp.reduced(shiftedMax, power);
    double head = exp.head(reduced);
    double tail = exp.tail(power, reduced, head);
    double largest = head + tail;
    if (sum >= n * largest * NEARLY_CONSTANT && passes.firstOtherThan(x, xOffset, n, max) == n) {
      return Log.logPlus(n, 0, add, addLo);
    }
    if (((sum - head) - tail) + sumLo < largest * dominated) {
      double ratio = restOverMax(passes, exp, shift, power, max, x, xOffset, n) / largest;
      double one = 1.0 + ratio;
      return Log.logPlus(one, ratio - (one - 1.0), add, addLo);
    }
    double remainder = exp.remainderHi(shiftedMax, power);
    double over = add - remainder;
    double part = over - add;
    double error = (add - (over - part)) - (remainder + part);
    double overLo = error + addLo - exp.remainderLo(shiftedMax, power);
    return Log.logPlus(sum, sumLo, over, overLo);
  }

  /** The sum of all e but that of the first maximum, in units of 2^power. */
  private static double restOverMax(
      DoublePasses passes,
      DoubleExp exp,
      double shift,
      double power,
      double max,
      double[] x,
      int xOffset,
      int n) {
    int before = passes.firstAtLeast(x, xOffset, n, max);
    int after = n - before - 1;
    int afterOffset = xOffset + before + 1;
    double second = Math.max(passes.max(x, xOffset, before), passes.max(x, afterOffset, after));
    double shiftedSecond = exp.shifted(second, shift);
    if (shiftedSecond < exp.floor(power)) {
      return 0;
    }
    // A reference of its own: beside the maximum's the rest would lose its low bits.
    double secondPower = exp.maxPower(shiftedSecond);
    double rest =
        WideSum.rounded(sum(passes, exp, shift, secondPower, x, xOffset, null, 0, before));
    rest += WideSum.rounded(sum(passes, exp, shift, secondPower, x, afterOffset, null, 0, after));
    return Math.scalb(rest, (int) (secondPower - power));
  }

  /**
   * The sum of e over a row, in units of 2^power, as a {@link WideSum}; stores every e in y unless
   * y is null.
   */
  private static long sum(
      DoublePasses passes,
      DoubleExp exp,
      double shift,
      double power,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double magic = exp.magic(power);
    double floor = exp.floor(power);
    double sum = 0;
    double error = 0;
    int whole = n - n % DoubleLanes.COUNT;
    int i = 0;
    while (i < n) {
      int length = i < whole ? Math.min(DoubleLanes.BLOCK, whole - i) : n - i;
      int xi = xOffset + i;
      int yi = yOffset + i;
      long block =
          i < whole
              ? passes.sumExp(x, xi, y, yi, length, exp, shift, magic, floor)
              : passes.sumTail(x, xi, y, yi, length, exp, shift, magic, floor);
      double hi = WideSum.hi(block);
      double next = sum + hi;
      double part = next - sum;
      error += (sum - (next - part)) + (hi - part) + WideSum.lo(block);
      sum = next;
      i += length;
    }
    return WideSum.of(sum, error);
  }
}
