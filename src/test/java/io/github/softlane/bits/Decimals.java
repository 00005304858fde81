package io.github.softlane.bits;

import java.math.BigDecimal;
import java.math.MathContext;

/** Logarithms to more digits than any double shows. */
public final class Decimals {
  private static final MathContext DIGITS = new MathContext(60);

  /** ln 2 by its own series, for the reduction of all other arguments. */
  private static final BigDecimal LN2 = areaTangent(BigDecimal.TWO);

  private Decimals() {}

  /** The natural logarithm of a positive number, to 50 digits. */
  public static BigDecimal ln(BigDecimal value) {
    int power = Math.getExponent(value.doubleValue());
    BigDecimal mantissa =
        power >= 0
            ? value.divide(BigDecimal.TWO.pow(power), DIGITS)
            : value.multiply(BigDecimal.TWO.pow(-power));
    if (mantissa.doubleValue() > 1.4) {
      mantissa = mantissa.divide(BigDecimal.TWO, DIGITS);
      power++;
    }
    return areaTangent(mantissa).add(LN2.multiply(BigDecimal.valueOf(power)));
  }

  /** The distance of a double to the true value, in units in the last place of the double. */
  public static double ulps(double actual, BigDecimal expected) {
    BigDecimal ulp = new BigDecimal(Math.ulp(expected.doubleValue()));
    return new BigDecimal(actual).subtract(expected).divide(ulp, DIGITS).abs().doubleValue();
  }

  /** ln v = 2 artanh((v - 1) / (v + 1)). */
  private static BigDecimal areaTangent(BigDecimal v) {
    BigDecimal ratio = v.subtract(BigDecimal.ONE).divide(v.add(BigDecimal.ONE), DIGITS);
    BigDecimal square = ratio.multiply(ratio, DIGITS);
    BigDecimal power = ratio;
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal least = ratio.abs().movePointLeft(62);
    for (int i = 1; power.abs().compareTo(least) > 0; i += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
      power = power.multiply(square, DIGITS);
    }
    return sum.multiply(BigDecimal.TWO);
  }
}
