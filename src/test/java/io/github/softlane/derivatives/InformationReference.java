package io.github.softlane.derivatives;

import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.DoubleReference;
import java.math.BigDecimal;

/**
 * Entropy and divergences in two doubles, by the textbook's formulas: with about 100 bits in every
 * term the sums may cancel. Probabilities below 2^-1010 count as 0.
 */
final class InformationReference {
  private static final double NOTHING = 0x1p-1010;
  private static final DoubleDouble HALF = DoubleDouble.of(0.5);
  private static final DoubleDouble LN2 = DoubleDouble.of(2).log();

  private InformationReference() {}

  static DoubleDouble entropy(double[] x, double temperature) {
    DoubleReference row = new DoubleReference(x, 0, x.length, temperature);
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int i = 0; i < x.length; i++) {
      DoubleDouble p = row.softmax(i).value();
      if (p.hi() > NOTHING) {
        sum = sum.minus(p.times(row.logSoftmax(i)));
      }
    }
    return sum;
  }

  /** Where every entry of p is one of q. */
  static DoubleDouble klDivergence(double[] xp, double[] xq, double temperature) {
    DoubleReference rowP = new DoubleReference(xp, 0, xp.length, temperature);
    DoubleReference rowQ = new DoubleReference(xq, 0, xq.length, temperature);
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int i = 0; i < xp.length; i++) {
      DoubleDouble p = rowP.softmax(i).value();
      if (p.hi() > NOTHING) {
        sum = sum.plus(p.times(rowP.logSoftmax(i).minus(rowQ.logSoftmax(i))));
      }
    }
    return sum;
  }

  static DoubleDouble jsDivergence(double[] xp, double[] xq, double temperature) {
    DoubleReference rowP = new DoubleReference(xp, 0, xp.length, temperature);
    DoubleReference rowQ = new DoubleReference(xq, 0, xq.length, temperature);
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int i = 0; i < xp.length; i++) {
      DoubleDouble p = rowP.softmax(i).value();
      DoubleDouble q = rowQ.softmax(i).value();
      sum = sum.plus(half(p, q)).plus(half(q, p));
    }
    return sum;
  }

  /** {@code p log(2 p / (p + q)) / 2}. */
  private static DoubleDouble half(DoubleDouble p, DoubleDouble q) {
    if (p.hi() < NOTHING) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble ratio = q.dividedBy(p);
    // log(1 + q / p), by way of the larger number where it is far above 1.
    DoubleDouble log = ratio.hi() > 0.5 ? DoubleDouble.ONE.plus(ratio).log() : ratio.log1p();
    return p.times(LN2.minus(log)).times(HALF);
  }

  static double error(double actual, DoubleDouble exact) {
    return new BigDecimal(actual).subtract(exact.exact()).abs().doubleValue();
  }
}
