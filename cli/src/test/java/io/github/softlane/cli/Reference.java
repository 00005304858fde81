package io.github.softlane.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** True values, far more exact than any type the command works on. */
final class Reference {
  private static final MathContext DIGITS = new MathContext(50);
  private static final int HALVINGS = 12;

  private Reference() {}

  /** x / T of each logit. */
  static BigDecimal[] scaled(double[] logits, double temperature) {
    BigDecimal divisor = new BigDecimal(temperature);
    BigDecimal[] scaled = new BigDecimal[logits.length];
    for (int i = 0; i < logits.length; i++) {
      scaled[i] = new BigDecimal(logits[i]).divide(divisor, DIGITS);
    }
    return scaled;
  }

  static BigDecimal logSumExp(BigDecimal[] x) {
    BigDecimal max = x[0];
    for (BigDecimal value : x) {
      max = max.max(value);
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal value : x) {
      sum = sum.add(exp(value.subtract(max)), DIGITS);
    }
    return max.add(log(sum), DIGITS);
  }

  static BigDecimal exp(BigDecimal x) {
    BigDecimal small = x.divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** Two of Halley's steps from the double, each of which triples the digits. */
  private static BigDecimal log(BigDecimal x) {
    BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      BigDecimal e = exp(y);
      BigDecimal ratio = x.subtract(e).divide(x.add(e), DIGITS);
      y = y.add(ratio.multiply(BigDecimal.TWO), DIGITS);
    }
    return y;
  }
}
