package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;

/**
 * The row algorithms for {@code float}, for a temperature that {@link FloatExp#covers}.
 *
 * <p>Each takes the maximum, sums e block by block, and ends the row. Rows that hold no finite
 * maximum, or whose scaled maximum overflows, leave by a door of their own before anything is
 * written.
 */
public final class FloatRows {
  /** A sum within this of n times its largest term may be that of a constant row. */
  private static final double NEARLY_CONSTANT = 1 - 0x1p-16;

  /** Below this share of the largest term the rest of a row is summed on its own. */
  private static final double DOMINATED = 0x1p-20;

  /** The same for log-sum-exp where the maximum is 0, so that the result is that rest. */
  private static final double DOMINATED_AT_ZERO = 0.25;

  private FloatRows() {}

  /** Softmax of a row of at least one element. */
  public static void softmax(
      FloatPasses passes, FloatExp exp, float[] x, int xOffset, float[] y, int yOffset, int n) {
    float max = passes.max(x, xOffset, n);
    if (Float.isInfinite(max)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    float scaledMax = exp.scaled(max);
    if (Float.isInfinite(scaledMax)) {
      WideRows.softmax(exp.temperature, max, x, xOffset, y, yOffset, n);
      return;
    }
    float shift = exp.shift(scaledMax);
    float shiftedMax = scaledMax + shift;
    float power = exp.maxPower(shiftedMax);
    double sum = sum(passes, exp, shift, power, x, xOffset, y, yOffset, n);
    if (Double.isNaN(sum)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    float reduced = exp.reduced(shiftedMax, power);
    float head = exp.head(reduced);
    float tail = exp.tail(power, reduced, head);
    double largest = (double) head + tail;
    if (sum >= n * largest * NEARLY_CONSTANT
        && passes.firstOtherThan(y, yOffset, n, y[yOffset]) == n) {
      Arrays.fill(y, yOffset, yOffset + n, (float) (1.0 / n));
      return;
    }
    double rest = (sum - head) - tail;
    int winner = n;
    if (rest < largest * DOMINATED) {
      // The stored e of the largest element may have been rounded past the whole sum.
      winner = passes.firstAtLeast(y, yOffset, n, 0.5f * head / FloatExp.UNBIAS);
    }
    double inverse = 1.0 / sum;
    float inverseHi = (float) inverse;
    passes.scale(y, yOffset, n, inverseHi, (float) (inverse - inverseHi));
    if (winner < n) {
      y[yOffset + winner] = (float) Math.min(1.0, 1.0 - rest / sum);
    }
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      FloatPasses passes, FloatExp exp, float[] x, int xOffset, float[] y, int yOffset, int n) {
    float max = passes.max(x, xOffset, n);
    if (Float.isInfinite(max)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    float scaledMax = exp.scaled(max);
    if (Float.isInfinite(scaledMax)) {
      WideRows.logSoftmax(exp.temperature, max, x, xOffset, y, yOffset, n);
      return;
    }
    double log = logOverMax(passes, exp, max, scaledMax, DOMINATED, x, xOffset, n, 0);
    if (Double.isNaN(log)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    passes.logProbs(x, xOffset, y, yOffset, n, exp, -scaledMax, (float) Math.max(0, log));
  }

  /** Log-sum-exp of a row of at least one element. */
  public static float logSumExp(FloatPasses passes, FloatExp exp, float[] x, int xOffset, int n) {
    float max = passes.max(x, xOffset, n);
    if (Float.isInfinite(max)) {
      return passes.firstNaN(x, xOffset, n) < n ? Float.NaN : max;
    }
    double quotient = max / exp.temperature;
    float scaledMax = exp.scaled(max);
    if (Float.isInfinite(scaledMax)) {
      return (float) (quotient + WideRows.logOverMax(exp.temperature, max, x, xOffset, n));
    }
    double dominated = max == 0 ? DOMINATED_AT_ZERO : DOMINATED;
    return (float) logOverMax(passes, exp, max, scaledMax, dominated, x, xOffset, n, quotient);
  }

  /**
   * {@code log(sum exp((x - max) / T)) + add}; NaN when the row holds a NaN.
   *
   * @param dominated the share of the largest term below which the rest is summed on its own, so
   *     that the logarithm keeps its relative accuracy
   * @param add brought in before the rounding
   */
  private static double logOverMax(
      FloatPasses passes,
      FloatExp exp,
      float max,
      float scaledMax,
      double dominated,
      float[] x,
      int xOffset,
      int n,
      double add) {
    float shift = exp.shift(scaledMax);
    float shiftedMax = scaledMax + shift;
    float power = exp.maxPower(shiftedMax);
    double sum = sum(passes, exp, shift, power, x, xOffset, null, 0, n);
    if (Double.isNaN(sum)) {
      return Double.NaN;
    }
    float reduced = exp.reduced(shiftedMax, power);
    float head = exp.head(reduced);
    float tail = exp.tail(power, reduced, head);
    double largest = (double) head + tail;
    if (sum >= n * largest * NEARLY_CONSTANT && passes.firstOtherThan(x, xOffset, n, max) == n) {
      return Log.logPlus(n, 0, add, 0);
    }
    if ((sum - head) - tail < largest * dominated) {
      double ratio = restOverMax(passes, exp, shift, power, max, x, xOffset, n) / largest;
      double one = 1.0 + ratio;
      return Log.logPlus(one, ratio - (one - 1.0), add, 0);
    }
    return Log.logPlus(sum, 0, add - exp.remainder(shiftedMax, power), 0);
  }

  /** The sum of all e but that of the first maximum, in units of 2^power. */
  private static double restOverMax(
      FloatPasses passes,
      FloatExp exp,
      float shift,
      float power,
      float max,
      float[] x,
      int xOffset,
      int n) {
    int before = passes.firstAtLeast(x, xOffset, n, max);
    int after = n - before - 1;
    int afterOffset = xOffset + before + 1;
    float second = Math.max(passes.max(x, xOffset, before), passes.max(x, afterOffset, after));
    float shiftedSecond = exp.shifted(second, shift);
    if (shiftedSecond < exp.floor(power)) {
      return 0;
    }
    // A reference of its own: beside the maximum's the rest would lose its low bits.
    float secondPower = exp.maxPower(shiftedSecond);
    double rest = sum(passes, exp, shift, secondPower, x, xOffset, null, 0, before);
    rest += sum(passes, exp, shift, secondPower, x, afterOffset, null, 0, after);
    return Math.scalb(rest, (int) (secondPower - power));
  }

  /** The sum of e over a row, in units of 2^power; stores every e in y unless y is null. */
  private static double sum(
      FloatPasses passes,
      FloatExp exp,
      float shift,
      float power,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float magic = exp.magic(power);
    float floor = exp.floor(power);
    double sum = 0;
    int whole = n - n % FloatLanes.COUNT;
    int i = 0;
    while (i < n) {
      int length = i < whole ? Math.min(FloatLanes.BLOCK, whole - i) : n - i;
      int xi = xOffset + i;
      int yi = yOffset + i;
      double block =
          i < whole
              ? passes.sumExp(x, xi, y, yi, length, exp, shift, magic, floor)
              : passes.sumTail(x, xi, y, yi, length, exp, shift, magic, floor);
      sum += block;
      i += length;
    }
    return sum;
  }
}
