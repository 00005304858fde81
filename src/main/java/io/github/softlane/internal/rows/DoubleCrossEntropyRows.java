package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoubleLossGradients;
import io.github.softlane.internal.passes.DoubleLossSums;
import io.github.softlane.internal.passes.DoublePasses;
import java.util.Arrays;

/**
 * Cross-entropy of one row of {@code double}, and its gradient with respect to the logits.
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
 * DoubleRows} does, with e stored where the gradient will be; one pass then turns e into the
 * gradient.
 *
 * <p>Where the largest element holds most of the sum, the others are summed without it: in the
 * block where it lies, since the sums of other blocks do not know it. The loss of a target that is
 * this element is log1p of that rest, and its gradient p - 1 = -rest / sum.
 */
public final class DoubleCrossEntropyRows {
  /** The rest of a row is summed on its own where it is below this share of the largest term. */
  private static final double DOMINATED = 0.25;

  /** The power of two of a factor is taken out between these, so that the rest stays near 1. */
  private static final int LEAST_POWER = -900;

  private static final int LARGEST_POWER = 1000;

  /** 2^BIAS. */
  private static final double BIASED = 0x1p65;

  /** Sums of blocks below it have lost low bits: they end at 2^-146. */
  private static final double COARSE = 0x1p-60;

  private DoubleCrossEntropyRows() {}

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
      DoublePasses passes,
      LossOptions options,
      double divisor,
      double[] x,
      int xOffset,
      int target,
      double[] soft,
      int softOffset,
      double[] gradient,
      int gradientOffset,
      int n) {
    DoubleExp exp = options.doubles;
    double goal = target < 0 ? 0 : x[xOffset + target];
    boolean spreads = options.smoothing > 0 || soft != null;
    double keep = 1 - options.smoothing;
    double spread = options.smoothing / n;
    // What q gives to the elements read so far, and their distance to the maximum so far.
    double shares = 0;
    double distance = 0;
    double max = Double.NEGATIVE_INFINITY;
    double shift = 0;
    double power = Double.NaN;
    double sum = 0;
    double sumLo = 0;
    // The block of the maximum, its sum, and that of all other blocks.
    int winnerBlock = 0;
    double winnerSum = 0;
    double winnerLo = 0;
    double others = 0;
    double othersLo = 0;
    int length;
    for (int i = 0; i < n; i += length) {
      length = Math.min(DoubleLanes.BLOCK, n - i);
      int xi = xOffset + i;
      double blockMax = passes.max(x, xi, length);
      double scaledMax = exp == null ? Double.NaN : exp.scaled(blockMax);
      if (!(scaledMax < Double.POSITIVE_INFINITY)) {
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
        double next = Math.max(max, blockMax);
        distance += moved(shares, base(next) - base(max));
        int si = softOffset + i;
        distance += blockDistance(options, keep, spread, x, xi, soft, si, i, length, base(next));
        shares += blockShares(options, keep, spread, soft, si, i, length);
      }
      boolean wins = blockMax > max;
      max = Math.max(max, blockMax);
      double blockPower = exp.maxPower(scaledMax + shift);
      if (DoubleRows.vanishes(scaledMax, blockPower, power)) {
        // Before the first reference nothing is written: the row may have to leave.
        DoubleRows.zero(gradient, gradientOffset + i, Double.isNaN(power) ? 0 : length);
        continue;
      }
      if (DoubleRows.needsReference(blockPower, power)) {
        if (DoubleRows.keepsShift(blockPower, power)) {
          int powers = (int) (blockPower - power);
          if (gradient != null) {
            double half = Math.scalb(1.0, -(powers / 2));
            passes.scale(
                gradient, gradientOffset, i, half, 0, Math.scalb(1.0, powers / 2 - powers));
          }
          sum = Math.scalb(sum, -powers);
          sumLo = Math.scalb(sumLo, -powers);
          winnerSum = Math.scalb(winnerSum, -powers);
          winnerLo = Math.scalb(winnerLo, -powers);
          others = Math.scalb(others, -powers);
          othersLo = Math.scalb(othersLo, -powers);
          power = blockPower;
        } else {
          DoubleRows.zero(gradient, gradientOffset, i);
          sum = 0;
          sumLo = 0;
          winnerSum = 0;
          winnerLo = 0;
          others = 0;
          othersLo = 0;
          shift = exp.shift(scaledMax);
          power = exp.maxPower(scaledMax + shift);
          blockPower = power;
        }
      }
      int gi = gradientOffset + i;
      long block =
          DoubleRows.sumBlock(passes, exp, shift, power, blockPower, x, xi, gradient, gi, length);
      double next = sum + WideSum.hi(block);
      sumLo += DoubleRows.lost(sum, block, next);
      sum = next;
      double other = wins ? winnerSum : WideSum.hi(block);
      othersLo += error(others, other) + (wins ? winnerLo : WideSum.lo(block));
      others += other;
      winnerSum = wins ? WideSum.hi(block) : winnerSum;
      winnerLo = wins ? WideSum.lo(block) : winnerLo;
      winnerBlock = wins ? i : winnerBlock;
    }
    if (exp.scaled(max) == Double.NEGATIVE_INFINITY) {
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
          Double.NEGATIVE_INFINITY,
          0,
          0);
    }
    double shiftedMax = exp.scaled(max) + shift;
    double maxPower = exp.maxPower(shiftedMax);
    double unit = exp.unit(power - maxPower);
    double total = sum * unit;
    double totalLo = sumLo * unit;
    double fraction = fraction(exp, shiftedMax, maxPower);
    double largest = 1.0 + fraction;
    double rest = ((total - 1.0) - fraction) + totalLo;
    boolean dominated = rest < largest * DOMINATED;
    // The same with the bias, so that it is no subnormal before the gradient's factor comes in.
    double biased = rest * BIASED;
    int winner = -1;
    if (dominated) {
      int block = Math.min(DoubleLanes.BLOCK, n - winnerBlock);
      if (gradient == null) {
        int xi = xOffset + winnerBlock;
        rest = DoubleRows.restOverMax(passes, exp, shift, maxPower, max, x, xi, block);
        rest += (others + othersLo) * unit;
        if (rest < COARSE) {
          rest = DoubleRows.restOverMax(passes, exp, shift, maxPower, max, x, xOffset, n);
        }
      } else {
        int gi = gradientOffset + winnerBlock;
        double half = Math.scalb(0.5 * largest, (int) (maxPower - power) + DoubleExp.BIAS);
        winner = winnerBlock + passes.firstAtLeast(gradient, gi, block, half);
        double near = without(gradient, gradientOffset, winnerBlock, winnerBlock + block, winner);
        double far = others * BIASED;
        biased = ((far + near) + (error(far, near) + othersLo * BIASED)) * unit;
        if (biased < COARSE * BIASED) {
          biased = without(gradient, gradientOffset, 0, n, winner) * unit;
        }
        rest = biased * DoubleExp.UNBIAS;
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
      distance += hot == 0 ? 0 : hot * (max - goal);
    }
    double add = spreads ? 0 : quotient(options.temperature, max, goal);
    double addLo = spreads ? 0 : quotientLo(options.temperature, max, goal, add);
    double log = add;
    if (add < Double.POSITIVE_INFINITY) {
      if (constant) {
        log = Log.logPlus(n, 0, add, addLo);
      } else if (dominated) {
        double ratio = rest / largest;
        double one = 1.0 + ratio;
        log = Log.logPlus(one, ratio - (one - 1.0), add, addLo);
      } else {
        double remainder = exp.remainderHi(shiftedMax, maxPower);
        addLo += error(add, -remainder) - exp.remainderLo(shiftedMax, maxPower);
        log = Log.logPlus(total, totalLo, add - remainder, addLo);
      }
    }
    double loss = moved(shares, log) + (spreads ? distance / options.temperature : 0);
    if (gradient == null) {
      return loss;
    }
    if (!(divisor > 0)) {
      Arrays.fill(gradient, gradientOffset, gradientOffset + n, Double.NaN);
      return loss;
    }

    double all = Math.min(divisor * options.temperature, Double.MAX_VALUE);
    double factor = shares / all;
    double factorLo = quotientError(shares, factor, divisor, options.temperature, all);
    int exponent = Math.max(LEAST_POWER, Math.min(Math.getExponent(factor), LARGEST_POWER));
    double near = Math.min(Math.scalb(factor, -exponent), Double.MAX_VALUE);
    double nearLo = Math.scalb(factorLo, -exponent);
    double inverse = 1.0 / sum;
    double inverseLo = (Fused.fma(-inverse, sum, 1.0) - inverse * sumLo) * inverse;
    double hi = near * inverse;
    double lo = Fused.fma(near, inverse, -hi) + Fused.fma(near, inverseLo, nearLo * inverse);
    double scale = Math.scalb(DoubleExp.UNBIAS, exponent);
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
      double slope = (shares - q) / all - lessShare(factor, factorLo, biased, total, totalLo);
      gradient[gradientOffset + winner] = slope;
    }
    if (target >= 0 && target != winner) {
      double q = share(options, keep, spread, target, soft, softOffset, target);
      rest = lessE(exp, goal, shift, maxPower, total, totalLo);
      biased = rest * BIASED;
      double slope =
          spreads && rest > 0.5 * total
              ? Fused.fma(stored, hi, stored * lo) * scale - q / all
              : (shares - q) / all - lessShare(factor, factorLo, biased, total, totalLo);
      gradient[gradientOffset + target] = slope;
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
      DoublePasses passes,
      LossOptions options,
      double divisor,
      double[] x,
      int xOffset,
      int target,
      double[] soft,
      int softOffset,
      double[] gradient,
      int gradientOffset,
      int n,
      int i,
      double goal,
      double maxBefore,
      double sharesBefore,
      double distanceBefore) {
    int xi = xOffset + i;
    int length = n - i;
    double max = passes.max(x, xi, length);
    double temperature = options.temperature;
    double rest =
        Math.abs(max) < Double.POSITIVE_INFINITY
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
      Arrays.fill(gradient, gradientOffset, gradientOffset + n, Double.NaN);
      return loss;
    }
    int winner = i + passes.firstAtLeast(x, xi, length, max);
    Arrays.fill(gradient, gradientOffset, gradientOffset + i, 0);
    WideRows.softmax(temperature, max, x, xi, gradient, gradientOffset + i, length);
    for (int j = 0; j < n; j++) {
      double q = share(options, keep, spread, target, soft, softOffset, j);
      double p = gradient[gradientOffset + j];
      double slope = j == winner ? (shares - q) - shares * (rest / (1.0 + rest)) : shares * p - q;
      gradient[gradientOffset + j] = slope == 0 ? 0 : slope / temperature / divisor;
    }
    return loss;
  }

  /** A row with a NaN, with +inf or with nothing but -inf: all is NaN. */
  private static double undefined(double[] gradient, int gradientOffset, int n) {
    if (gradient != null) {
      Arrays.fill(gradient, gradientOffset, gradientOffset + n, Double.NaN);
    }
    return Double.NaN;
  }

  /** What distances are taken to: the maximum, or 0 before there is one. */
  private static double base(double max) {
    return max == Double.NEGATIVE_INFINITY ? 0 : max;
  }

  /** The sum of what is stored in a part of a row, but for one element there. */
  private static double without(double[] y, int yOffset, int from, int to, int index) {
    double before = DoubleLossSums.total(y, yOffset + from, null, 0, index - from);
    return before + DoubleLossSums.total(y, yOffset + index + 1, null, 0, to - index - 1);
  }

  /** The product, 0 where the first is 0. */
  private static double moved(double shares, double distance) {
    return shares == 0 ? 0 : shares * distance;
  }

  /** {@code (max - x) / T}. */
  private static double quotient(double temperature, double max, double x) {
    return -WideRows.quotient(temperature, max, x);
  }

  /** What the quotient leaves out. */
  private static double quotientLo(double temperature, double max, double x, double quotient) {
    // A quarter of both where their difference may overflow though its quotient does not.
    double range = temperature > 1 ? 0.25 : 1;
    double difference = max * range - x * range;
    double lost = error(max * range, -x * range);
    double divisor = temperature * range;
    double lo = (Fused.fma(-quotient, divisor, difference) + lost) / divisor;
    return Double.isNaN(lo) ? 0 : lo;
  }

  /** What {@code shares / (divisor * temperature)} leaves out; 0 where it is out of range. */
  private static double quotientError(
      double shares, double factor, double divisor, double temperature, double all) {
    double allLo = Fused.fma(divisor, temperature, -all);
    double lo = (Fused.fma(-factor, all, shares) - factor * allLo) / all;
    return Math.abs(lo) < Math.abs(factor) ? lo : 0;
  }

  /** {@code factor * rest / total} of a rest with the bias, rounded once but for lower parts. */
  private static double lessShare(
      double factor, double factorLo, double biased, double total, double totalLo) {
    // The bias stays in where the rest is small, so that it is no subnormal.
    double rest = biased < 1 ? biased : biased * DoubleExp.UNBIAS;
    double share = rest / total;
    double shareLo = Fused.fma(-share, total, rest) / total - share * (totalLo / total);
    double less = Fused.fma(factor, share, Fused.fma(factor, shareLo, factorLo * share));
    return biased < 1 ? less * DoubleExp.UNBIAS : less;
  }

  /** The sum of {@code q (max - x)} over a block, but for what a class alone gets of q. */
  private static double blockDistance(
      LossOptions options,
      double keep,
      double spread,
      double[] x,
      int xOffset,
      double[] soft,
      int softOffset,
      int first,
      int n,
      double max) {
    double[] weights = options.weights;
    double distance = 0;
    if (spread > 0) {
      distance = spread * DoubleLossSums.distance(x, xOffset, null, 0, weights, first, n, max);
    }
    if (soft != null && keep > 0) {
      distance +=
          keep * DoubleLossSums.distance(x, xOffset, soft, softOffset, weights, first, n, max);
    }
    return distance;
  }

  /** The sum of q over a block, but for what a class alone gets. */
  private static double blockShares(
      LossOptions options,
      double keep,
      double spread,
      double[] soft,
      int softOffset,
      int first,
      int n) {
    double[] weights = options.weights;
    double shares = 0;
    if (spread > 0) {
      shares = spread * (weights == null ? n : DoubleLossSums.total(weights, first, null, 0, n));
    }
    if (soft != null && keep > 0) {
      shares += keep * DoubleLossSums.total(soft, softOffset, weights, first, n);
    }
    return shares;
  }

  /** q of one class. */
  private static double share(
      LossOptions options,
      double keep,
      double spread,
      int target,
      double[] soft,
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
      double[] soft,
      int softOffset,
      double[] y,
      int yOffset,
      int n,
      double hi,
      double lo,
      double unit) {
    double[] weights = options.weights;
    if (soft == null && weights == null) {
      DoubleLossGradients.less(y, yOffset, n, hi, lo, unit, spread);
    } else if (soft == null) {
      DoubleLossGradients.less(y, yOffset, n, hi, lo, unit, spread, weights);
    } else if (weights == null) {
      DoubleLossGradients.less(y, yOffset, n, hi, lo, unit, spread, soft, softOffset, keep);
    } else {
      DoubleLossGradients.less(
          y, yOffset, n, hi, lo, unit, spread, soft, softOffset, keep, weights);
    }
  }

  /** e of a maximum beside its power of two, less 1, as the sum took it. */
  private static double fraction(DoubleExp exp, double shifted, double power) {
    double reduced = exp.reduced(shifted, power);
    return exp.fraction(reduced, exp.rest(power, reduced));
  }

  /** The sum less e of one element, in units of 2^maxPower. */
  private static double lessE(
      DoubleExp exp, double x, double shift, double maxPower, double total, double totalLo) {
    double shifted = exp.shifted(x, shift);
    if (shifted < exp.floor(maxPower)) {
      return total + totalLo;
    }
    double power = exp.maxPower(shifted);
    double unit = Math.scalb(1.0, (int) (power - maxPower));
    double lessUnit = total - unit;
    double lost = error(total, -unit) + totalLo;
    return (lessUnit - unit * fraction(exp, shifted, power)) + lost;
  }

  /** What the sum of a and b loses in rounding. */
  private static double error(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }
}
