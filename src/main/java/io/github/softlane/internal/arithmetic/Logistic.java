package io.github.softlane.internal.arithmetic;

/**
 * The logistic function and its logarithm, for one number.
 *
 * <p>Both rest on {@code e = exp(-|z|)}, at most 1, by the operations of {@link DoubleExp}. Its two
 * last additions are kept with their errors, so that e is known to more than a double and a result
 * is rounded little more than once. For {@code float} the results are rounded once again, which no
 * bound in ULP of a {@code float} notices.
 */
public final class Logistic {
  /** exp of less is below half the smallest subnormal double. */
  private static final double LOWEST = -746;

  private static final DoubleExp EXP = DoubleExp.UNIT;
  private static final double MAGIC = EXP.magic(0);

  private Logistic() {}

  /** {@code 1 / (1 + exp(-z))}. */
  public static double sigmoid(double z) {
    if (Double.isNaN(z)) {
      return Double.NaN;
    }
    double d = Math.max(-Math.abs(z), LOWEST);
    double magicSum = Fused.fma(d, EXP.log2e, MAGIC);
    double k = magicSum - MAGIC;
    double power = DoubleExp.power(magicSum);
    double reduced = EXP.reduced(d, k);
    double rest = EXP.rest(k, reduced);
    // e over its power of two, and over 1 + e: both in two parts.
    double fraction = reduced + rest;
    double e = 1.0 + fraction;
    double eLo = (fraction - (e - 1.0)) + ((reduced - fraction) + rest);
    double scaled = e * power * DoubleExp.UNBIAS;
    double whole = 1.0 + scaled;
    double wholeLo = (scaled - (whole - 1.0)) + eLo * power * DoubleExp.UNBIAS;
    if (z < 0) {
      // Scaled last: before it every number is normal.
      return quotient(e, eLo, whole, wholeLo) * power * DoubleExp.UNBIAS;
    }
    return quotient(1.0, 0, whole, wholeLo);
  }

  /** {@code log(1 + exp(z))}: minus the logarithm of the logistic function of -z; never -0. */
  public static double softplus(double z) {
    if (Double.isNaN(z)) {
      return Double.NaN;
    }
    if (Double.isInfinite(z)) {
      return Math.max(z, 0);
    }
    double d = Math.max(-Math.abs(z), LOWEST);
    double magicSum = Fused.fma(d, EXP.log2e, MAGIC);
    double k = magicSum - MAGIC;
    double power = DoubleExp.power(magicSum);
    double reduced = EXP.reduced(d, k);
    double rest = EXP.rest(k, reduced);
    double fraction = reduced + rest;
    double e = 1.0 + fraction;
    double eLo = (fraction - (e - 1.0)) + ((reduced - fraction) + rest);
    double scaled = e * power * DoubleExp.UNBIAS;
    double whole = 1.0 + scaled;
    double wholeLo = (scaled - (whole - 1.0)) + eLo * power * DoubleExp.UNBIAS;
    return Log.logPlus(whole, wholeLo, Math.max(z, 0), 0);
  }

  /** {@code (a + aLo) / (b + bLo)}, rounded twice, the second time almost without effect. */
  private static double quotient(double a, double aLo, double b, double bLo) {
    double first = a / b;
    double left = Fused.fma(-first, b, a) + (aLo - first * bLo);
    return first + left / b;
  }
}
