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

  /** ln 2. */
  public static final double LN2 = 0x1.62e42fefa39efp-1;

  private static final double LN2_LO = 0x1.ef35793c7673p-45;

  /** Above this mantissa the next power of two is nearer. */
  private static final double MIDDLE = 1.4140625;

  /** Bits of a double below its exponent. */
  public static final int FRACTION_BITS = 52;

  /** The bits of a double that hold its exponent. */
  public static final long EXPONENT_FIELD = 0x7ffL << FRACTION_BITS;

  /** The bits of 1. */
  public static final long ONE_BITS = Double.doubleToRawLongBits(1);

  /**
   * Added to the bits of a number, it carries into the exponent if the mantissa is above MIDDLE.
   */
  public static final long ABOVE_MIDDLE =
      Double.doubleToRawLongBits(2) - Double.doubleToRawLongBits(MIDDLE) - 1;

  /** Twice the coefficients of artanh(u) = u + u^3/3 + u^5/5 + ..., from that of u^3 on. */
  public static final double A0 = 2.0 / 3;

  /** That of u^5. */
  public static final double A1 = 2.0 / 5;

  /** That of u^7. */
  public static final double A2 = 2.0 / 7;

  /** That of u^9. */
  public static final double A3 = 2.0 / 9;

  /** That of u^11. */
  public static final double A4 = 2.0 / 11;

  /** That of u^13. */
  public static final double A5 = 2.0 / 13;

  /** That of u^15. */
  public static final double A6 = 2.0 / 15;

  /** That of u^17. */
  public static final double A7 = 2.0 / 17;

  /** That of u^19. */
  public static final double A8 = 2.0 / 19;

  /** That of u^21. */
  public static final double A9 = 2.0 / 21;

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

  /**
   * {@code log(s) + add} to within 2^-50 of 1 or of the addend, whichever is larger: all that a
   * {@code float} can show, in operations that vectors have too.
   *
   * @param s in [0.5, 2^32]
   * @param add the addend, finite
   */
  public static double nearLogPlus(double s, double add) {
    long bits = Double.doubleToRawLongBits(s);
    long carried = bits + ABOVE_MIDDLE;
    int power = (int) (carried >> FRACTION_BITS) - Double.MAX_EXPONENT;
    double m = Double.longBitsToDouble(bits - (carried & EXPONENT_FIELD) + ONE_BITS);
    return nearLogOfRatioPlus(m - 1, 1, Fused.fma(power, LN2, add));
  }

  /**
   * {@code log(1 + part / whole) + add} to within 2^-50 of the logarithm or of the addend,
   * whichever is larger: {@code 2 artanh(u)} with {@code u = part / (2 whole + part)}, by its
   * series.
   *
   * @param part between -0.3 and 0.42 of the whole
   * @param whole above 0
   * @param add the addend, finite
   */
  public static double nearLogOfRatioPlus(double part, double whole, double add) {
    double u = part / (whole + whole + part);
    double square = u * u;
    double fourth = square * square;
    double a01 = Fused.fma(square, A1, A0);
    double a23 = Fused.fma(square, A3, A2);
    double a45 = Fused.fma(square, A5, A4);
    double a67 = Fused.fma(square, A7, A6);
    double a89 = Fused.fma(square, A9, A8);
    double a03 = Fused.fma(fourth, a23, a01);
    double a47 = Fused.fma(fourth, a67, a45);
    double eighth = fourth * fourth;
    double series = Fused.fma(eighth, Fused.fma(eighth, a89, a47), a03);
    return add + Fused.fma(u * square, series, u + u);
  }

  /** What the sum of a and b lost in rounding (Knuth's two-sum). */
  private static double error(double a, double b, double sum) {
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }
}
