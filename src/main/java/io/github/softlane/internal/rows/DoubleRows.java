package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.RowOperation;
import java.util.Arrays;

/**
 * The row algorithms for {@code double}, for a temperature that {@link DoubleExp#covers}.
 *
 * <p>A row is read once, block by block: the maximum of a block, and while it is still in the
 * nearest cache the sum of its e. All e are in units of one power of two, the reference, which is
 * that of the first block; a power of two is exact, so that the reference changes no bit of a
 * result. Only when a later block lies so far above it that e might overflow does the reference
 * move, and what was stored before moves with it. {@link DoubleLongRow} shares one row among
 * threads, with the decisions and the end of a row from here.
 */
public final class DoubleRows {
  /** A block may lie so many powers of two above the reference; an e is then below 2^90. */
  private static final double HEADROOM = 24;

  /** So many above, and nothing before it counts beside the block: twice HEADROOM and more. */
  private static final double BEYOND = DoubleExp.DEPTH + 2 * HEADROOM;

  private DoubleRows() {}

  /** Softmax of a row of at least one element. */
  public static void softmax(
      DoublePasses passes, DoubleExp exp, double[] x, int xOffset, double[] y, int yOffset, int n) {
    run(RowOperation.SOFTMAX, passes, exp, x, xOffset, y, yOffset, n);
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      DoublePasses passes, DoubleExp exp, double[] x, int xOffset, double[] y, int yOffset, int n) {
    run(RowOperation.LOG_SOFTMAX, passes, exp, x, xOffset, y, yOffset, n);
  }

  /** Log-sum-exp of a row of at least one element. */
  public static double logSumExp(
      DoublePasses passes, DoubleExp exp, double[] x, int xOffset, int n) {
    return run(RowOperation.LOG_SUM_EXP, passes, exp, x, xOffset, null, 0, n);
  }

  /** Sums e over the row and ends it; the result of a log-sum-exp, else 0. */
  static double run(
      RowOperation operation,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double[] stored = operation == RowOperation.SOFTMAX ? y : null;
    double max = Double.NEGATIVE_INFINITY;
    double shift = 0;
    double power = Double.NaN;
    double sum = 0;
    double sumLo = 0;
    int length;
    for (int i = 0; i < n; i += length) {
      length = Math.min(DoubleLanes.BLOCK, n - i);
      double blockMax = passes.max(x, xOffset + i, length);
      double scaledMax = exp.scaled(blockMax);
      if (!(scaledMax < Double.POSITIVE_INFINITY)) {
        return leave(operation, passes, exp, x, xOffset, y, yOffset, n, i);
      }
      max = Math.max(max, blockMax);
      double blockPower = exp.maxPower(scaledMax + shift);
      if (vanishes(scaledMax, blockPower, power)) {
        // Before the first reference nothing is written: the row may have to leave.
        zero(stored, yOffset + i, Double.isNaN(power) ? 0 : length);
        continue;
      }
      if (needsReference(blockPower, power)) {
        if (keepsShift(blockPower, power)) {
          int powers = (int) (blockPower - power);
          if (stored != null) {
            double half = Math.scalb(1.0, -(powers / 2));
            passes.scale(y, yOffset, i, half, 0, Math.scalb(1.0, powers / 2 - powers));
          }
          sum = Math.scalb(sum, -powers);
          sumLo = Math.scalb(sumLo, -powers);
          power = blockPower;
        } else {
          zero(stored, yOffset, i);
          sum = 0;
          sumLo = 0;
          shift = exp.shift(scaledMax);
          power = exp.maxPower(scaledMax + shift);
          blockPower = power;
        }
      }
      int xi = xOffset + i;
      long block =
          sumBlock(passes, exp, shift, power, blockPower, x, xi, stored, yOffset + i, length);
      double next = sum + WideSum.hi(block);
      sumLo += lost(sum, block, next);
      sum = next;
    }
    if (exp.scaled(max) == Double.NEGATIVE_INFINITY) {
      return leave(operation, passes, exp, x, xOffset, y, yOffset, n, 0);
    }
    return end(
        operation, null, passes, exp, max, shift, power, sum, sumLo, x, xOffset, y, yOffset, n);
  }

  /** Whether a block holds nothing that counts beside the reference, or only -inf. */
  static boolean vanishes(double scaledMax, double blockPower, double power) {
    return scaledMax == Double.NEGATIVE_INFINITY || blockPower < power - DoubleExp.DEPTH;
  }

  /** Whether a block needs another reference than the one before it, which is NaN at first. */
  static boolean needsReference(double blockPower, double power) {
    return !(blockPower <= power + HEADROOM);
  }

  /** Whether a block is not so far above the reference that nothing before it counts. */
  static boolean keepsShift(double blockPower, double power) {
    return blockPower <= power + BEYOND;
  }

  /** The sum of e over a block, in units of the reference. */
  static long sumBlock(
      DoublePasses passes,
      DoubleExp exp,
      double shift,
      double power,
      double blockPower,
      double[] x,
      int xOffset,
      double[] stored,
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

  /** What the sum of a row leaves out of a block, with the sum before and after it. */
  static double lost(double sum, long block, double next) {
    double part = next - sum;
    return (sum - (next - part)) + (WideSum.hi(block) - part) + WideSum.lo(block);
  }

  /**
   * Ends a row whose sum is known; the result of a log-sum-exp, else 0.
   *
   * @param workers share the last pass; null when the caller does it alone
   * @param power the reference
   * @param sum the sum of all e, in its units
   * @param sumLo what the sum leaves out
   */
  static double end(
      RowOperation operation,
      Workers workers,
      DoublePasses passes,
      DoubleExp exp,
      double max,
      double shift,
      double power,
      double sum,
      double sumLo,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double scaledMax = exp.scaled(max);
    switch (operation) {
      case SOFTMAX ->
          probabilities(workers, passes, exp, scaledMax + shift, power, sum, sumLo, y, yOffset, n);
      case LOG_SOFTMAX -> {
        double log =
            logOverMax(
                passes,
                exp,
                max,
                shift,
                power,
                sum,
                sumLo,
                SumLimits.DOMINATED,
                x,
                xOffset,
                n,
                0,
                0);
        double c = Math.max(0, log);
        if (workers == null) {
          passes.logProbs(x, xOffset, y, yOffset, n, exp, -scaledMax, c);
        } else {
          DoubleLongRow.logProbs(workers, passes, x, xOffset, y, yOffset, n, exp, -scaledMax, c);
        }
      }
      case LOG_SUM_EXP -> {
        double dominated = max == 0 ? SumLimits.DOMINATED_AT_ZERO : SumLimits.DOMINATED;
        double quotient = max / exp.temperature;
        double quotientLo = Fused.fma(-quotient, exp.temperature, max) / exp.temperature;
        return logOverMax(
            passes,
            exp,
            max,
            shift,
            power,
            sum,
            sumLo,
            dominated,
            x,
            xOffset,
            n,
            quotient,
            quotientLo);
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
  private static double leave(
      RowOperation operation,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      int i) {
    double max = passes.max(x, xOffset + i, n - i);
    boolean finite = Math.abs(max) < Double.POSITIVE_INFINITY;
    double temperature = exp.temperature;
    switch (operation) {
      case SOFTMAX -> {
        Arrays.fill(y, yOffset, yOffset + (finite ? i : n), finite ? 0 : Double.NaN);
        if (finite) {
          WideRows.softmax(temperature, max, x, xOffset + i, y, yOffset + i, n - i);
        }
      }
      case LOG_SOFTMAX -> {
        if (finite) {
          WideRows.logSoftmax(temperature, max, x, xOffset, y, yOffset, n);
        } else {
          Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
        }
      }
      case LOG_SUM_EXP -> {
        return finite
            ? max / temperature + WideRows.logOverMax(temperature, max, x, xOffset + i, n - i)
            : max;
      }
    }
    return 0;
  }

  /** Turns the stored e of a row into its probabilities. */
  private static void probabilities(
      Workers workers,
      DoublePasses passes,
      DoubleExp exp,
      double shiftedMax,
      double reference,
      double referenceSum,
      double referenceSumLo,
      double[] y,
      int yOffset,
      int n) {
    double power = exp.maxPower(shiftedMax);
    double sum = referenceSum * exp.unit(reference - power);
    double sumLo = referenceSumLo * exp.unit(reference - power);
    double reduced = exp.reduced(shiftedMax, power);
    double fraction = exp.fraction(reduced, exp.rest(power, reduced));
    double largest = 1.0 + fraction;
    if (sum >= n * largest * SumLimits.NEARLY_CONSTANT
        && passes.firstOtherThan(y, yOffset, n, y[yOffset]) == n) {
      Arrays.fill(y, yOffset, yOffset + n, 1.0 / n);
      return;
    }
    double rest = ((sum - 1.0) - fraction) + sumLo;
    int winner = n;
    if (rest < largest * SumLimits.DOMINATED) {
      // The stored e of the largest element may have been rounded past the whole sum.
      double half = Math.scalb(0.5 * largest, (int) (power - reference) + DoubleExp.BIAS);
      winner = passes.firstAtLeast(y, yOffset, n, half);
    }
    double inverse = 1.0 / referenceSum;
    double inverseLo =
        (Fused.fma(-inverse, referenceSum, 1.0) - inverse * referenceSumLo) * inverse;
    if (workers == null) {
      passes.scale(y, yOffset, n, inverse, inverseLo, DoubleExp.UNBIAS);
    } else {
      DoubleLongRow.scale(workers, passes, y, yOffset, n, inverse, inverseLo, DoubleExp.UNBIAS);
    }
    if (winner < n) {
      // A product, as vectors of short rows have the reciprocal.
      y[yOffset + winner] = Math.min(1.0, 1.0 - rest * (1.0 / sum));
    }
  }

  /**
   * {@code log(sum exp((x - max) / T)) + add}.
   *
   * @param dominated the share of the largest term below which the rest is summed on its own, so
   *     that the logarithm keeps its relative accuracy
   * @param add brought in before the rounding, in two parts
   */
  private static double logOverMax(
      DoublePasses passes,
      DoubleExp exp,
      double max,
      double shift,
      double reference,
      double referenceSum,
      double referenceSumLo,
      double dominated,
      double[] x,
      int xOffset,
      int n,
      double add,
      double addLo) {
    double shiftedMax = exp.scaled(max) + shift;
    double power = exp.maxPower(shiftedMax);
    double sum = referenceSum * exp.unit(reference - power);
    double sumLo = referenceSumLo * exp.unit(reference - power);
    double reduced = exp.reduced(shiftedMax, power);
    double fraction = exp.fraction(reduced, exp.rest(power, reduced));
    double largest = 1.0 + fraction;
    if (sum >= n * largest * SumLimits.NEARLY_CONSTANT
        && passes.firstOtherThan(x, xOffset, n, max) == n) {
      return Log.logPlus(n, 0, add, addLo);
    }
    if (((sum - 1.0) - fraction) + sumLo < largest * dominated) {
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
  static double restOverMax(
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
    double rest = sum(passes, exp, shift, secondPower, x, xOffset, before);
    rest += sum(passes, exp, shift, secondPower, x, afterOffset, after);
    return Math.scalb(rest, (int) (secondPower - power));
  }

  /**
   * The sum of e over elements that do not exceed 2^(power + 1), in units of 2^power. What fits one
   * block is summed in these units; of more each block in its own, as ever.
   */
  private static double sum(
      DoublePasses passes,
      DoubleExp exp,
      double shift,
      double power,
      double[] x,
      int xOffset,
      int n) {
    double magic = exp.magic(power);
    double floor = exp.floor(power);
    double sum = 0;
    int length;
    for (int i = 0; i < n; i += length) {
      int xi = xOffset + i;
      length = Math.min(DoubleLanes.BLOCK, n - i);
      double unit =
          length == n ? 1 : exp.unit(blockPower(passes, exp, shift, x, xi, length) - power);
      sum += WideSum.rounded(passes.sumExp(x, xi, null, 0, length, exp, shift, magic, floor, unit));
    }
    return sum;
  }

  private static double blockPower(
      DoublePasses passes, DoubleExp exp, double shift, double[] x, int xOffset, int n) {
    return exp.maxPower(exp.shifted(passes.max(x, xOffset, n), shift));
  }

  static void zero(double[] stored, int offset, int n) {
    if (stored != null) {
      Arrays.fill(stored, offset, offset + n, 0.0);
    }
  }
}
