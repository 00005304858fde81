package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.WideExp;
import io.github.softlane.internal.passes.FloatPasses;

/**
 * Entropy of the softmax of a row of {@code float}, and divergences of the softmaxes of two.
 *
 * <p>Plain loops in double, the same for every backend: the sums need each exponential together
 * with its exponent, the vector passes can only store the exponentials, and there is no row to
 * store them in. All terms of a sum have the same sign, so that nothing cancels, and what an
 * addition rounds off is summed beside it.
 */
public final class FloatInformation {
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private FloatInformation() {}

  /**
   * {@code -sum p log p}, for a row of at least one element: with z = (x - max) / T the sum of
   * {@code log sum exp(z)} and the mean of -z.
   */
  public static double entropy(
      FloatPasses passes, float[] x, int xOffset, int n, double temperature) {
    double max = passes.max(x, xOffset, n);
    if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    if (temperature == 0) {
      return 0;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, (float) max);
    double range = range(temperature);
    double divisor = divisor(temperature);
    double b = -max * range;
    double sum = 0;
    double sumLo = 0;
    double moment = 0;
    double momentLo = 0;
    for (int i = 0; i < n; i++) {
      double a = x[xOffset + i] * range;
      double difference = a + b;
      double z = difference / divisor;
      // Not so for a masked element, where it may be NaN. The winner's 1 comes in at the end.
      if (z >= WideExp.LOWEST && i != winner) {
        double error = error(a, b, difference);
        double e = WideExp.exp(z, quotientLo(difference, error, divisor, z));
        double next = sum + e;
        sumLo += error(sum, e, next);
        sum = next;
        double term = e * -z;
        next = moment + term;
        momentLo += error(moment, term, next);
        moment = next;
      }
    }
    double whole = 1 + sum;
    double wholeLo = error(1, sum, whole) + sumLo;
    double mean = moment / whole;
    double meanLo = (Fused.fma(-mean, whole, moment) + momentLo - mean * wholeLo) / whole;
    return Log.logPlus(whole, wholeLo, mean, meanLo);
  }

  /**
   * {@code sum p log(p / q)}, for rows of at least one element: with t = log(p / q) the sum of
   * {@code p (exp(-t) - 1 + t)}, since p and q have the same sum. No term of it is negative.
   */
  public static double klDivergence(
      FloatPasses passes,
      float[] xp,
      int xpOffset,
      float[] xq,
      int xqOffset,
      int n,
      double temperature) {
    double maxP = passes.max(xp, xpOffset, n);
    double maxQ = passes.max(xq, xqOffset, n);
    if (!(Math.abs(maxP) < Double.POSITIVE_INFINITY && Math.abs(maxQ) < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    if (temperature == 0) {
      return sameWinner(passes, xp, xpOffset, maxP, xq, xqOffset, maxQ, n)
          ? 0
          : Double.POSITIVE_INFINITY;
    }
    double range = range(temperature);
    double divisor = divisor(temperature);
    double sumP = sum(xp, xpOffset, n, maxP, range, divisor);
    double sumQ = sum(xq, xqOffset, n, maxQ, range, divisor);
    double logs = Log.log(sumP, 0) - Log.log(sumQ, 0);
    double bp = -maxP * range;
    double bq = -maxQ * range;
    double sum = 0;
    double sumLo = 0;
    for (int i = 0; i < n; i++) {
      double ap = xp[xpOffset + i] * range;
      double aq = xq[xqOffset + i] * range;
      double dp = ap + bp;
      double dq = aq + bq;
      double errorP = error(ap, bp, dp);
      double errorQ = error(aq, bq, dq);
      boolean inP = xp[xpOffset + i] > Float.NEGATIVE_INFINITY;
      boolean inQ = xq[xqOffset + i] > Float.NEGATIVE_INFINITY;
      if (inP && !inQ) {
        return Double.POSITIVE_INFINITY;
      }
      double p = inP ? exp(dp, errorP, divisor) / sumP : 0;
      double q = inQ ? exp(dq, errorQ, divisor) / sumQ : 0;
      double term = q;
      if (p > 0) {
        double t = ((dp - dq) + (errorP - errorQ)) / divisor - logs;
        term = Math.abs(t) <= WideExp.NEAR ? p * WideExp.excess(t) : Fused.fma(p, t - 1, q);
        if (!(term < Double.POSITIVE_INFINITY)) {
          return Double.POSITIVE_INFINITY;
        }
      }
      double next = sum + term;
      sumLo += error(sum, term, next);
      sum = next;
    }
    return sum + sumLo;
  }

  /**
   * {@code sum p log(p / m) / 2 + sum q log(q / m) / 2} with {@code m = (p + q) / 2}, for rows of
   * at least one element: term by term, so that no term is negative.
   */
  public static double jsDivergence(
      FloatPasses passes,
      float[] xp,
      int xpOffset,
      float[] xq,
      int xqOffset,
      int n,
      double temperature) {
    double maxP = passes.max(xp, xpOffset, n);
    double maxQ = passes.max(xq, xqOffset, n);
    if (!(Math.abs(maxP) < Double.POSITIVE_INFINITY && Math.abs(maxQ) < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    if (temperature == 0) {
      return sameWinner(passes, xp, xpOffset, maxP, xq, xqOffset, maxQ, n) ? 0 : LN2;
    }
    double range = range(temperature);
    double divisor = divisor(temperature);
    double sumP = sum(xp, xpOffset, n, maxP, range, divisor);
    double sumQ = sum(xq, xqOffset, n, maxQ, range, divisor);
    double logs = Log.log(sumP, 0) - Log.log(sumQ, 0);
    double bp = -maxP * range;
    double bq = -maxQ * range;
    double sum = 0;
    double sumLo = 0;
    for (int i = 0; i < n; i++) {
      double ap = xp[xpOffset + i] * range;
      double aq = xq[xqOffset + i] * range;
      double dp = ap + bp;
      double dq = aq + bq;
      double errorP = error(ap, bp, dp);
      double errorQ = error(aq, bq, dq);
      double p = exp(dp, errorP, divisor) / sumP;
      double q = exp(dq, errorQ, divisor) / sumQ;
      double both = p + q;
      double term = both * LN2;
      if (p > 0 && q > 0) {
        double t = ((dp - dq) + (errorP - errorQ)) / divisor - logs;
        double far = Math.abs(t);
        if (far <= WideExp.NEAR) {
          term = both * WideExp.divergence(far);
        } else {
          double ratio = WideExp.exp(-far, 0);
          double log = Log.log(1 + ratio, error(1, ratio, 1 + ratio));
          term = both * (LN2 - log) - Math.min(p, q) * far;
        }
      }
      double next = sum + term;
      sumLo += error(sum, term, next);
      sum = next;
    }
    return Math.min(LN2, 0.5 * (sum + sumLo));
  }

  /** The sum of {@code exp((x - max) / T)}, rounded. */
  private static double sum(
      float[] x, int xOffset, int n, double max, double range, double divisor) {
    double b = -max * range;
    double sum = 0;
    double sumLo = 0;
    for (int i = 0; i < n; i++) {
      double a = x[xOffset + i] * range;
      double difference = a + b;
      double e = exp(difference, error(a, b, difference), divisor);
      double next = sum + e;
      sumLo += error(sum, e, next);
      sum = next;
    }
    return sum + sumLo;
  }

  /** The exponential of a quotient whose dividend comes in two parts; 0 for -inf and NaN. */
  private static double exp(double difference, double error, double divisor) {
    double z = difference / divisor;
    return z >= WideExp.LOWEST ? WideExp.exp(z, quotientLo(difference, error, divisor, z)) : 0;
  }

  /** What a quotient leaves over. */
  private static double quotientLo(
      double difference, double error, double divisor, double quotient) {
    return (Fused.fma(-quotient, divisor, difference) + error) / divisor;
  }

  private static boolean sameWinner(
      FloatPasses passes,
      float[] xp,
      int xpOffset,
      double maxP,
      float[] xq,
      int xqOffset,
      double maxQ,
      int n) {
    return passes.firstAtLeast(xp, xpOffset, n, (float) maxP)
        == passes.firstAtLeast(xq, xqOffset, n, (float) maxQ);
  }

  /**
   * What logits and temperature are multiplied by: less than 1 where a difference of two logits may
   * overflow though its quotient does not, and 0 where all quotients are 0.
   */
  private static double range(double temperature) {
    if (temperature == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return temperature > 1 ? 0.25 : 1;
  }

  private static double divisor(double temperature) {
    return temperature == Double.POSITIVE_INFINITY ? 1 : temperature * range(temperature);
  }

  /** What the sum of a and b lost in rounding (Knuth's two-sum). */
  private static double error(double a, double b, double sum) {
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }
}
