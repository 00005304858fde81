package io.github.softlane.internal.arithmetic;

/**
 * The logarithm of a sum, with more than double precision inside, and an addend brought in before
 * the one rounding.
 *
 * <p>{@code Math.log} may differ from one platform to the next, and {@code StrictMath.log} rounds
 * before the maximum of the row can be added. Here {@code s = 2^k m}, m in about [0.7, 1.42], is
 * divided by a table entry near m, and the logarithm of the quotient 1 + z, |z| below 2^-6, is a
 * series whose first two terms are kept in two doubles:
 *
 * <pre>
 *   log s = k ln 2 - log(inverse) + z - z^2/2 + z^3 (1/3 - z/4 + ...)
 * </pre>
 *
 * <p>At s near 1 the entry is 1, so the result keeps its relative accuracy down to log(1 + tiny).
 */
public final class Log {
  /** ln 2 in two parts, the first short enough that its product with an exponent is exact. */
  private static final double LN2_HI = 0x1.62e42fefa38p-1;

  private static final double LN2_LO = 0x1.ef35793c7673p-45;

  /** Above this mantissa the next power of two is nearer. */
  private static final double MIDDLE = 1.4140625;

  static final int FRACTION_BITS = 52;

  /**
   * Added to the bits of a number, it carries into the exponent if the mantissa is above MIDDLE.
   */
  static final long ABOVE_MIDDLE =
      Double.doubleToRawLongBits(2) - Double.doubleToRawLongBits(MIDDLE) - 1;

  private Log() {}

  /** {@code log(hi + lo)} to within 0.51 ULP, for a positive, finite sum of two doubles. */
  public static double log(double hi, double lo) {
    return logPlus(hi, lo, 0, 0);
  }

  /**
   * {@code log(hi + lo) + (addHi + addLo)}, rounded once: within 0.51 ULP unless the two terms
   * cancel, and then within 2^-60 of the larger one.
   *
   * @param hi the sum, in [2^-1000, 2^1000]
   * @param lo its second part, much smaller than the first
   * @param addHi the addend, finite
   * @param addLo its second part
   */
  public static double logPlus(double hi, double lo, double addHi, double addLo) {
    // The exponent of the nearest power of two: what is added carries into it above MIDDLE.
    long bits = Double.doubleToRawLongBits(hi);
    int power = (int) ((bits + ABOVE_MIDDLE) >> FRACTION_BITS) - Double.MAX_EXPONENT;
    double down = Double.longBitsToDouble((long) (Double.MAX_EXPONENT - power) << FRACTION_BITS);
    double m = hi * down;
    int entry = (int) (m * LogTable.STEPS + 0.5) - LogTable.FIRST;
    double inverse = LogTable.INVERSE[entry];

    // z = (m + lo) * inverse - 1 in two parts; the subtraction is exact.
    double product = m * inverse;
    double productLo = Fused.fma(m, inverse, -product) + lo * down * inverse;
    double zHead = product - 1.0;
    double z = zHead + productLo;
    double zLo = (zHead - z) + productLo;

    double square = z * z;
    double squareLo = Fused.fma(z, z, -square) + 2 * z * zLo;
    double s34 = Fused.fma(-z, 1.0 / 4, 1.0 / 3);
    double s56 = Fused.fma(-z, 1.0 / 6, 1.0 / 5);
    double s78 = Fused.fma(-z, 1.0 / 8, 1.0 / 7);
    double s911 = Fused.fma(square, 1.0 / 11, Fused.fma(-z, 1.0 / 10, 1.0 / 9));
    double s711 = Fused.fma(square, s911, s78);
    double series = Fused.fma(square, Fused.fma(square, s711, s56), s34);
    double low = series * z * square - 0.5 * squareLo + zLo;

    // Largest terms first, each addition with its error kept.
    double sum = addHi;
    double error = addLo;
    double term = power * LN2_HI;
    double next = sum + term;
    error += error(sum, term, next) + power * LN2_LO;
    sum = next;
    term = LogTable.LOG_HI[entry];
    next = sum + term;
    error += error(sum, term, next) + LogTable.LOG_LO[entry];
    sum = next;
    next = sum + z;
    error += error(sum, z, next);
    sum = next;
    term = -0.5 * square;
    next = sum + term;
    error += error(sum, term, next) + low;
    return next + error;
  }

  /** What the sum of a and b lost in rounding (Knuth's two-sum). */
  private static double error(double a, double b, double sum) {
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }
}
