package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.DoubleLossSums;
import io.github.softlane.internal.passes.FloatLossGradients;
import io.github.softlane.internal.passes.FloatLossSums;
import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;

/**
 * Cross-entropy of one row of {@code float}, and its gradient with respect to the logits.
 *
 * <p>With q the target, a share for each class, and Q the sum of q, a row's loss and its gradient
 * are
 *
 * <pre>
 *   sum_i q[i] (max - x[i]) / T  +  Q log(sum_i exp((x[i] - max) / T))
 *   (Q p[i] - q[i]) / T
 * </pre>
 *
 * <p>All terms of the loss have one sign: nothing cancels. The row is read block by block as {@link
 * FloatRows} does, with e stored where the gradient will be; one pass then turns e into the
 * gradient.
 *
 * <p>Where the largest element holds most of the sum, the others are summed without it: in the
 * block where it lies, since the sums of other blocks do not know it. The loss of a target that is
 * this element is log1p of that rest, and its gradient p - 1 = -rest / sum.
 */
public final class FloatCrossEntropyRows {
  /** The rest of a row is summed on its own where it is below this share of the largest term. */
  private static final double DOMINATED = 0.25;

  /** The power of two of a factor is taken out between these, so that the rest stays near 1. */
  private static final int LEAST_POWER = -60;

  private static final int LARGEST_POWER = 120;

  /** 2^BIAS. */
  private static final double BIASED = 0x1p65;

  /** Sums of blocks far below it have lost low bits: their unit ends at 2^-100. */
  private static final double COARSE = 0x1p-60;

  private FloatCrossEntropyRows() {}

  /**
   * The loss of a row, not divided.
   *
   * @param divisor what the gradient is divided by, 0 or more; 0 makes it NaN
   * @param target the class, or -1 where the targets are soft
   * @param soft the array of the soft targets, or null
   * @param gradient receives the gradient; null when only the loss is wanted; may be x
   * @param n at least 1
   */
  public static double row(
      FloatPasses passes,
      LossOptions options,
      double divisor,
      float[] x,
      int xOffset,
      int target,
      float[] soft,
      int softOffset,
      float[] gradient,
      int gradientOffset,
      int n) {
    FloatExp exp = options.floats;
    float goal = target < 0 ? 0 : x[xOffset + target];
    boolean spreads = options.smoothing > 0 || soft != null;
    double keep = 1 - options.smoothing;
    double spread = options.smoothing / n;
    // What q gives to the elements read so far, and their distance to the maximum so far.
    double shares = 0;
    double distance = 0;
    float max = Float.NEGATIVE_INFINITY;
    float shift = 0;
    float power = Float.NaN;
    double sum = 0;
    // The block of the maximum, its sum, and that of all other blocks.
    int winnerBlock = 0;
    double winnerSum = 0;
    double others = 0;
    int length;
    for (int i = 0; i < n; i += length) {
      length = Math.min(FloatLanes.BLOCK, n - i);
      int xi = xOffset + i;
      float blockMax = passes.max(x, xi, length);
      float scaledMax = exp == null ? Float.NaN : exp.scaled(blockMax);
      if (!(scaledMax < Float.POSITIVE_INFINITY)) {
        return leave(
            passes,
            options,
            divisor,
            x,
            xOffset,
            target,
            soft,
            softOffset,
            gradient,
            gradientOffset,
            n,
            i,
            goal,
            max,
            shares,
            distance);
      }
      if (spreads) {
        float next = Math.max(max, blockMax);
        distance += moved(shares, base(next) - base(max));
        int si = softOffset + i;
        distance += blockDistance(options, keep, spread, x, xi, soft, si, i, length, base(next));
        shares += blockShares(options, keep, spread, soft, si, i, length);
      }
      boolean wins = blockMax > max;
      max = Math.max(max, blockMax);
      float blockPower = exp.maxPower(scaledMax + shift);
      if (FloatRows.vanishes(scaledMax, blockPower, power)) {
        // Before the first reference nothing is written: the row may have to leave.
        FloatRows.zero(gradient, gradientOffset + i, Float.isNaN(power) ? 0 : length);
        continue;
      }
      if (FloatRows.needsReference(blockPower, power)) {
        if (FloatRows.keepsShift(blockPower, power)) {
          int powers = (int) (blockPower - power);
          if (gradient != null) {
            float half = Math.scalb(1f, -(powers / 2));
            passes.scale(gradient, gradientOffset, i, half, 0, Math.scalb(1f, powers / 2 - powers));
          }
          sum = Math.scalb(sum, -powers);
          winnerSum = Math.scalb(winnerSum, -powers);
          others = Math.scalb(others, -powers);
          power = blockPower;
        } else {
          FloatRows.zero(gradient, gradientOffset, i);
          sum = 0;
          winnerSum = 0;
          others = 0;
          shift = exp.shift(scaledMax);
          power = exp.maxPower(scaledMax + shift);
          blockPower = power;
        }
      }
      int gi = gradientOffset + i;
      double block =
          FloatRows.sumBlock(passes, exp, shift, power, blockPower, x, xi, gradient, gi, length);
      sum += block;
      others += wins ? winnerSum : block;
      winnerSum = wins ? block : winnerSum;
      winnerBlock = wins ? i : winnerBlock;
    }
    if (exp.scaled(max) == Float.NEGATIVE_INFINITY) {
      return leave(
          passes,
          options,
          divisor,
          x,
          xOffset,
          target,
          soft,
          softOffset,
          gradient,
          gradientOffset,
          n,
          0,
          goal,
          Float.NEGATIVE_INFINITY,
          0,
          0);
    }
    float shiftedMax = exp.scaled(max) + shift;
    float maxPower = exp.maxPower(shiftedMax);
    double unit = exp.unit(power - maxPower);
    double total = sum * unit;
    double largest = exp.significand(shiftedMax, maxPower);
    double rest = total - largest;
    boolean dominated = rest < largest * DOMINATED;
    // The same with the bias, so that it is no subnormal before the gradient's factor comes in.
    double biased = rest * BIASED;
    int winner = -1;
    if (dominated) {
      int block = Math.min(FloatLanes.BLOCK, n - winnerBlock);
      if (gradient == null) {
        int xi = xOffset + winnerBlock;
        rest = FloatRows.restOverMax(passes, exp, shift, maxPower, max, x, xi, block);
        rest += others * unit;
        if (rest < COARSE) {
          rest = FloatRows.restOverMax(passes, exp, shift, maxPower, max, x, xOffset, n);
        }
      } else {
        int gi = gradientOffset + winnerBlock;
        float half = (float) Math.scalb(0.5 * largest, (int) (maxPower - power) + FloatExp.BIAS);
        winner = winnerBlock + passes.firstAtLeast(gradient, gi, block, half);
        double near = without(gradient, gradientOffset, winnerBlock, winnerBlock + block, winner);
        biased = (others * BIASED + near) * unit;
        if (biased < COARSE * BIASED) {
          biased = without(gradient, gradientOffset, 0, n, winner) * unit;
        }
        rest = biased * FloatExp.UNBIAS;
      }
    }
    boolean constant =
        total >= n * largest * SumLimits.NEARLY_CONSTANT
            && (gradient == null
                ? passes.firstOtherThan(x, xOffset, n, max) == n
                : passes.firstOtherThan(gradient, gradientOffset, n, gradient[gradientOffset])
                    == n);
    double hot = target < 0 ? 0 : keep * options.weight(target);
    if (!spreads) {
      shares = hot;
    } else if (target >= 0) {
      shares += hot;
      distance += hot == 0 ? 0 : hot * ((double) max - goal);
    }
    double add = spreads ? 0 : quotient(options.temperature, max, goal);
    double log = add;
    if (add < Double.POSITIVE_INFINITY) {
      if (constant) {
        log = Log.logPlus(n, 0, add, 0);
      } else if (dominated) {
        double ratio = rest / largest;
        double one = 1.0 + ratio;
        log = Log.logPlus(one, ratio - (one - 1.0), add, 0);
      } else {
        log = Log.logPlus(total, 0, add - exp.remainder(shiftedMax, maxPower), 0);
      }
    }
    double loss = moved(shares, log) + (spreads ? distance / options.temperature : 0);
    if (gradient == null) {
      return loss;
    }
    if (!(divisor > 0)) {
      Arrays.fill(gradient, gradientOffset, gradientOffset + n, Float.NaN);
      return loss;
    }

    double all = divisor * options.temperature;
    double factor = shares / all;
    int exponent = Math.max(LEAST_POWER, Math.min(Math.getExponent(factor), LARGEST_POWER));
    double inverse = Math.min(Math.scalb(factor, -exponent) / sum, Float.MAX_VALUE);
    float hi = (float) inverse;
    float lo = (float) (inverse - hi);
    float scale = Math.scalb(FloatExp.UNBIAS, exponent);
    double stored = target < 0 ? 0 : gradient[gradientOffset + target];
    if (spreads) {
      less(
          options,
          keep / all,
          spread / all,
          soft,
          softOffset,
          gradient,
          gradientOffset,
          n,
          hi,
          lo,
          scale);
    } else {
      passes.scale(gradient, gradientOffset, n, hi, lo, scale);
    }
    // p near 1 as 1 less the share of all others.
    if (winner >= 0) {
      double q = share(options, keep, spread, target, soft, softOffset, winner);
      double slope = (shares - q) / all - lessShare(factor, biased, total);
      gradient[gradientOffset + winner] = (float) slope;
    }
    if (target >= 0 && target != winner) {
      double q = share(options, keep, spread, target, soft, softOffset, target);
      rest = total - e(exp, goal, shift, maxPower);
      biased = rest * BIASED;
      double slope =
          spreads && rest > 0.5 * total
              ? Fused.fma(stored, hi, stored * lo) * scale - q / all
              : (shares - q) / all - lessShare(factor, biased, total);
      gradient[gradientOffset + target] = (float) slope;
    }
    return loss;
  }

  /**
   * Ends a row that holds a NaN, that has no finite maximum, whose scaled maximum overflows, or
   * whose temperature has no constants.
   *
   * @param i where the block begins that showed it; nothing before it counts, and it may be
   *     overwritten
   */
  private static double leave(
      FloatPasses passes,
      LossOptions options,
      double divisor,
      float[] x,
      int xOffset,
      int target,
      float[] soft,
      int softOffset,
      float[] gradient,
      int gradientOffset,
      int n,
      int i,
      float goal,
      float maxBefore,
      double sharesBefore,
      double distanceBefore) {
    int xi = xOffset + i;
    int length = n - i;
    float max = passes.max(x, xi, length);
    double temperature = options.temperature;
    double rest =
        Math.abs(max) < Float.POSITIVE_INFINITY
            ? WideRows.restOverMax(temperature, max, x, xi, length)
            : Double.NaN;
    if (Double.isNaN(rest)) {
      return undefined(gradient, gradientOffset, n);
    }
    double log = WideRows.logOverMax(temperature, max, x, xi, length);
    double keep = 1 - options.smoothing;
    double spread = options.smoothing / n;
    double hot = target < 0 ? 0 : keep * options.weight(target);
    double shares = hot;
    double loss = moved(hot, log + quotient(temperature, max, goal));
    if (options.smoothing > 0 || soft != null) {
      int si = softOffset + i;
      double distance = distanceBefore + moved(sharesBefore, base(max) - base(maxBefore));
      distance += blockDistance(options, keep, spread, x, xi, soft, si, i, length, max);
      double even = sharesBefore + blockShares(options, keep, spread, soft, si, i, length);
      shares += even;
      loss += moved(even, log) + distance / temperature;
    }
    if (gradient == null) {
      return loss;
    }
    if (!(divisor > 0)) {
      Arrays.fill(gradient, gradientOffset, gradientOffset + n, Float.NaN);
      return loss;
    }
    int winner = i + passes.firstAtLeast(x, xi, length, max);
    Arrays.fill(gradient, gradientOffset, gradientOffset + i, 0);
    WideRows.softmax(temperature, max, x, xi, gradient, gradientOffset + i, length);
    for (int j = 0; j < n; j++) {
      double q = share(options, keep, spread, target, soft, softOffset, j);
      double p = gradient[gradientOffset + j];
      double slope = j == winner ? (shares - q) - shares * (rest / (1.0 + rest)) : shares * p - q;
      gradient[gradientOffset + j] = (float) (slope == 0 ? 0 : slope / temperature / divisor);
    }
    return loss;
  }

  /** A row with a NaN, with +inf or with nothing but -inf: all is NaN. */
  private static double undefined(float[] gradient, int gradientOffset, int n) {
    if (gradient != null) {
      Arrays.fill(gradient, gradientOffset, gradientOffset + n, Float.NaN);
    }
    return Double.NaN;
  }

  /** {@code factor * rest / total} of a rest with the bias. */
  private static double lessShare(double factor, double biased, double total) {
    // The bias stays in where the rest is small, so that it is no subnormal.
    return biased < 1
        ? factor * (biased / total) * FloatExp.UNBIAS
        : factor * (biased * FloatExp.UNBIAS / total);
  }

  /** What distances are taken to: the maximum, or 0 before there is one. */
  private static double base(float max) {
    return max == Float.NEGATIVE_INFINITY ? 0 : max;
  }

  /** The sum of what is stored in a part of a row, but for one element there. */
  private static double without(float[] y, int yOffset, int from, int to, int index) {
    double before = FloatLossSums.total(y, yOffset + from, null, 0, index - from);
    return before + FloatLossSums.total(y, yOffset + index + 1, null, 0, to - index - 1);
  }

  /** The product, 0 where the first is 0. */
  private static double moved(double shares, double distance) {
    return shares == 0 ? 0 : shares * distance;
  }

  /** {@code (max - x) / T}. */
  private static double quotient(double temperature, float max, float x) {
    return -WideRows.quotient(temperature, max, x);
  }

  /** The sum of {@code q (max - x)} over a block, but for what a class alone gets of q. */
  private static double blockDistance(
      LossOptions options,
      double keep,
      double spread,
      float[] x,
      int xOffset,
      float[] soft,
      int softOffset,
      int first,
      int n,
      double max) {
    double[] weights = options.weights;
    double distance = 0;
    if (spread > 0) {
      distance = spread * FloatLossSums.distance(x, xOffset, null, 0, weights, first, n, max);
    }
    if (soft != null && keep > 0) {
      distance +=
          keep * FloatLossSums.distance(x, xOffset, soft, softOffset, weights, first, n, max);
    }
    return distance;
  }

  /** The sum of q over a block, but for what a class alone gets. */
  private static double blockShares(
      LossOptions options,
      double keep,
      double spread,
      float[] soft,
      int softOffset,
      int first,
      int n) {
    double[] weights = options.weights;
    double shares = 0;
    if (spread > 0) {
      shares = spread * (weights == null ? n : DoubleLossSums.total(weights, first, null, 0, n));
    }
    if (soft != null && keep > 0) {
      shares += keep * FloatLossSums.total(soft, softOffset, weights, first, n);
    }
    return shares;
  }

  /** q of one class. */
  private static double share(
      LossOptions options,
      double keep,
      double spread,
      int target,
      float[] soft,
      int softOffset,
      int index) {
    double own = soft != null ? soft[softOffset + index] : index == target ? 1 : 0;
    return options.weight(index) * (keep * own + spread);
  }

  /** Turns every stored e into its share of the gradient, but for what a class alone gets. */
  private static void less(
      LossOptions options,
      double keep,
      double spread,
      float[] soft,
      int softOffset,
      float[] y,
      int yOffset,
      int n,
      double hi,
      double lo,
      double unit) {
    double[] weights = options.weights;
    if (soft == null && weights == null) {
      FloatLossGradients.less(y, yOffset, n, hi, lo, unit, spread);
    } else if (soft == null) {
      FloatLossGradients.less(y, yOffset, n, hi, lo, unit, spread, weights);
    } else if (weights == null) {
      FloatLossGradients.less(y, yOffset, n, hi, lo, unit, spread, soft, softOffset, keep);
    } else {
      FloatLossGradients.less(y, yOffset, n, hi, lo, unit, spread, soft, softOffset, keep, weights);
    }
  }

  /** e of one element in units of 2^maxPower, as the sum took it. */
  private static double e(FloatExp exp, float x, float shift, float maxPower) {
    float shifted = exp.shifted(x, shift);
    return shifted < exp.floor(maxPower) ? 0 : exp.significand(shifted, maxPower);
  }
}
