package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.FloatLog;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import java.util.Arrays;

/**
 * The row algorithms for {@code float}, for a temperature that {@link FloatExp#covers}.
 *
 * <p>A row is read once, block by block: the maximum of a block, and while it is still in the
 * nearest cache the sum of its e. All e are in units of one power of two, the reference, which is
 * that of the first block; a power of two is exact, so that the reference changes no bit of a
 * result. Only when a later block lies so far above it that e might overflow does the reference
 * move, and what was stored before moves with it. {@link FloatLongRow} shares one row among
 * threads, with the decisions and the end of a row from here.
 */
public final class FloatRows {
  /** A block may lie so many powers of two above the reference; an e is then below 2^90. */
  private static final float HEADROOM = 24;

  /** So many above, and nothing before it counts beside the block: twice HEADROOM and more. */
  private static final float BEYOND = FloatExp.DEPTH + 2 * HEADROOM;

  private FloatRows() {}

  /** Softmax of a row of at least one element. */
  public static void softmax(
      FloatPasses passes, FloatExp exp, float[] x, int xOffset, float[] y, int yOffset, int n) {
    if (!inOneGo(RowOperation.SOFTMAX, passes, exp, x, xOffset, y, yOffset, n)) {
      run(RowOperation.SOFTMAX, passes, exp, x, xOffset, y, yOffset, n);
    }
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      FloatPasses passes, FloatExp exp, float[] x, int xOffset, float[] y, int yOffset, int n) {
    if (!inOneGo(RowOperation.LOG_SOFTMAX, passes, exp, x, xOffset, y, yOffset, n)) {
      run(RowOperation.LOG_SOFTMAX, passes, exp, x, xOffset, y, yOffset, n);
    }
  }

  /** Log-sum-exp of a row of at least one element. */
  public static float logSumExp(FloatPasses passes, FloatExp exp, float[] x, int xOffset, int n) {
    return run(RowOperation.LOG_SUM_EXP, passes, exp, x, xOffset, null, 0, n);
  }

  /** Whether the passes may do such a row in one go. */
  static boolean isShort(FloatExp exp, int n) {
    return exp == FloatExp.UNIT && n > 1 && n <= FloatPasses.SHORT;
  }

  private static boolean inOneGo(
      RowOperation operation,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    return isShort(exp, n) && passes.shortRows(operation, x, xOffset, n, y, yOffset, n, 1, n) == 1;
  }

  /** Sums e over the row and ends it; the result of a log-sum-exp, else 0. */
  static float run(
      RowOperation operation,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float[] stored = operation == RowOperation.SOFTMAX ? y : null;
    float max = Float.NEGATIVE_INFINITY;
    float shift = 0;
    float power = Float.NaN;
    double sum = 0;
    int length;
    for (int i = 0; i < n; i += length) {
      length = Math.min(FloatLanes.BLOCK, n - i);
      float blockMax = passes.max(x, xOffset + i, length);
      float scaledMax = exp.scaled(blockMax);
      if (!(scaledMax < Float.POSITIVE_INFINITY)) {
        return leave(operation, passes, exp, x, xOffset, y, yOffset, n, i);
      }
      max = Math.max(max, blockMax);
      float blockPower = exp.maxPower(scaledMax + shift);
      if (vanishes(scaledMax, blockPower, power)) {
        // Before the first reference nothing is written: the row may have to leave.
        zero(stored, yOffset + i, Float.isNaN(power) ? 0 : length);
        continue;
      }
      if (needsReference(blockPower, power)) {
        if (keepsShift(blockPower, power)) {
          int powers = (int) (blockPower - power);
          if (stored != null) {
            float half = Math.scalb(1f, -(powers / 2));
            passes.scale(y, yOffset, i, half, 0, Math.scalb(1f, powers / 2 - powers));
          }
          sum = Math.scalb(sum, -powers);
          power = blockPower;
        } else {
          zero(stored, yOffset, i);
          sum = 0;
          shift = exp.shift(scaledMax);
          power = exp.maxPower(scaledMax + shift);
          blockPower = power;
        }
      }
      int xi = xOffset + i;
      sum += sumBlock(passes, exp, shift, power, blockPower, x, xi, stored, yOffset + i, length);
    }
    if (exp.scaled(max) == Float.NEGATIVE_INFINITY) {
      return leave(operation, passes, exp, x, xOffset, y, yOffset, n, 0);
    }
    return end(operation, null, passes, exp, max, shift, power, sum, x, xOffset, y, yOffset, n);
  }

  /** Whether a block holds nothing that counts beside the reference, or only -inf. */
  static boolean vanishes(float scaledMax, float blockPower, float power) {
    return scaledMax == Float.NEGATIVE_INFINITY || blockPower < power - FloatExp.DEPTH;
  }

  /** Whether a block needs another reference than the one before it, which is NaN at first. */
  static boolean needsReference(float blockPower, float power) {
    return !(blockPower <= power + HEADROOM);
  }

  /** Whether a block is not so far above the reference that nothing before it counts. */
  static boolean keepsShift(float blockPower, float power) {
    return blockPower <= power + BEYOND;
  }

  /** The sum of e over a block, in units of the reference. */
  static double sumBlock(
      FloatPasses passes,
      FloatExp exp,
      float shift,
      float power,
      float blockPower,
      float[] x,
      int xOffset,
      float[] stored,
      int yOffset,
      int length) {
    return passes.sumExp(
        x,
        xOffset,
        stored,
        yOffset,
        length,
        exp,
        shift,
        exp.magic(power),
        exp.floor(power),
        exp.unit(blockPower - power));
  }

  /**
   * Ends a row whose sum is known; the result of a log-sum-exp, else 0.
   *
   * @param workers share the last pass; null when the caller does it alone
   * @param power the reference
   * @param sum the sum of all e, in its units
   */
  static float end(
      RowOperation operation,
      Workers workers,
      FloatPasses passes,
      FloatExp exp,
      float max,
      float shift,
      float power,
      double sum,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float scaledMax = exp.scaled(max);
    switch (operation) {
      case SOFTMAX ->
          probabilities(workers, passes, exp, scaledMax + shift, power, sum, y, yOffset, n);
      case LOG_SOFTMAX -> {
        double log =
            logOverMax(passes, exp, max, shift, power, sum, SumLimits.DOMINATED, x, xOffset, n, 0);
        float c = (float) Math.max(0, log);
        if (workers == null) {
          passes.logProbs(x, xOffset, y, yOffset, n, exp, -scaledMax, c);
        } else {
          FloatLongRow.logProbs(workers, passes, x, xOffset, y, yOffset, n, exp, -scaledMax, c);
        }
      }
      case LOG_SUM_EXP -> {
        double dominated = max == 0 ? SumLimits.DOMINATED_AT_ZERO : SumLimits.DOMINATED;
        double quotient = max / exp.temperature;
        return (float)
            logOverMax(passes, exp, max, shift, power, sum, dominated, x, xOffset, n, quotient);
      }
    }
    return 0;
  }

  /**
   * Ends a row that holds a NaN, that has no finite maximum, or whose scaled maximum overflows.
   *
   * @param i where the block begins that showed it. Beside a maximum there that overflows, nothing
   *     before it counts; softmax may have written there already.
   */
  private static float leave(
      RowOperation operation,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      int i) {
    float max = passes.max(x, xOffset + i, n - i);
    boolean finite = Math.abs(max) < Float.POSITIVE_INFINITY;
    double temperature = exp.temperature;
    switch (operation) {
      case SOFTMAX -> {
        Arrays.fill(y, yOffset, yOffset + (finite ? i : n), finite ? 0 : Float.NaN);
        if (finite) {
          WideRows.softmax(temperature, max, x, xOffset + i, y, yOffset + i, n - i);
        }
      }
      case LOG_SOFTMAX -> {
        if (finite) {
          WideRows.logSoftmax(temperature, max, x, xOffset, y, yOffset, n);
        } else {
          Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
        }
      }
      case LOG_SUM_EXP -> {
        return finite
            ? (float)
                (max / temperature + WideRows.logOverMax(temperature, max, x, xOffset + i, n - i))
            : max;
      }
    }
    return 0;
  }

  /** Turns the stored e of a row into its probabilities. */
  private static void probabilities(
      Workers workers,
      FloatPasses passes,
      FloatExp exp,
      float shiftedMax,
      float reference,
      double referenceSum,
      float[] y,
      int yOffset,
      int n) {
    float power = exp.maxPower(shiftedMax);
    double sum = referenceSum * exp.unit(reference - power);
    double largest = exp.significand(shiftedMax, power);
    if (sum >= n * largest * SumLimits.NEARLY_CONSTANT
        && passes.firstOtherThan(y, yOffset, n, y[yOffset]) == n) {
      Arrays.fill(y, yOffset, yOffset + n, (float) (1.0 / n));
      return;
    }
    double rest = sum - largest;
    int winner = n;
    if (rest < largest * SumLimits.DOMINATED) {
      // The stored e of the largest element may have been rounded past the whole sum.
      float half = (float) Math.scalb(0.5 * largest, (int) (power - reference) + FloatExp.BIAS);
      winner = passes.firstAtLeast(y, yOffset, n, half);
    }
    double inverse = 1.0 / referenceSum;
    float inverseHi = (float) inverse;
    float inverseLo = (float) (inverse - inverseHi);
    if (workers == null) {
      passes.scale(y, yOffset, n, inverseHi, inverseLo, FloatExp.UNBIAS);
    } else {
      FloatLongRow.scale(workers, passes, y, yOffset, n, inverseHi, inverseLo, FloatExp.UNBIAS);
    }
    if (winner < n) {
      // A product, as vectors of short rows have the reciprocal.
      y[yOffset + winner] = (float) Math.min(1.0, 1.0 - rest * (1.0 / sum));
    }
  }

  /**
   * {@code log(sum exp((x - max) / T)) + add}.
   *
   * @param dominated the share of the largest term below which the rest is summed on its own, so
   *     that the logarithm keeps its relative accuracy
   * @param add brought in before the rounding
   */
  private static double logOverMax(
      FloatPasses passes,
      FloatExp exp,
      float max,
      float shift,
      float reference,
      double referenceSum,
      double dominated,
      float[] x,
      int xOffset,
      int n,
      double add) {
    float shiftedMax = exp.scaled(max) + shift;
    float power = exp.maxPower(shiftedMax);
    double sum = referenceSum * exp.unit(reference - power);
    double largest = exp.significand(shiftedMax, power);
    if (sum >= n * largest * SumLimits.NEARLY_CONSTANT
        && passes.firstOtherThan(x, xOffset, n, max) == n) {
      return Log.logPlus(n, 0, add, 0);
    }
    if (sum - largest < largest * dominated) {
      double rest = restOverMax(passes, exp, shift, power, max, x, xOffset, n);
      return FloatLog.logOfRatioPlus(rest, largest, add);
    }
    return FloatLog.logPlus(sum, add - exp.remainder(shiftedMax, power));
  }

  /** The sum of all e but that of the first maximum, in units of 2^power. */
  static double restOverMax(
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
    double rest = sum(passes, exp, shift, secondPower, x, xOffset, before);
    rest += sum(passes, exp, shift, secondPower, x, afterOffset, after);
    return Math.scalb(rest, (int) (secondPower - power));
  }

  /**
   * The sum of e over elements that do not exceed 2^(power + 1), in units of 2^power. What fits one
   * block is summed in these units; of more each block in its own, as ever.
   */
  private static double sum(
      FloatPasses passes, FloatExp exp, float shift, float power, float[] x, int xOffset, int n) {
    float magic = exp.magic(power);
    float floor = exp.floor(power);
    double sum = 0;
    int length;
    for (int i = 0; i < n; i += length) {
      int xi = xOffset + i;
      length = Math.min(FloatLanes.BLOCK, n - i);
      float unit =
          length == n ? 1 : exp.unit(blockPower(passes, exp, shift, x, xi, length) - power);
      sum += passes.sumExp(x, xi, null, 0, length, exp, shift, magic, floor, unit);
    }
    return sum;
  }

  private static float blockPower(
      FloatPasses passes, FloatExp exp, float shift, float[] x, int xOffset, int n) {
    return exp.maxPower(exp.shifted(passes.max(x, xOffset, n), shift));
  }

  static void zero(float[] stored, int offset, int n) {
    if (stored != null) {
      Arrays.fill(stored, offset, offset + n, 0f);
    }
  }
}
