package io.github.softlane.internal.arithmetic;

/**
 * The logarithm of the sum of a row of {@code float}, in double: all that a {@code float} can show,
 * without a table, so that vectors can follow it operation by operation.
 *
 * <p>{@code s = 2^k m} with m in about [0.7, 1.42], and {@code log m = 2 artanh((m - 1) / (m + 1))}
 * by the series of artanh. {@link Log} has the accuracy that {@code double} needs.
 */
public final class FloatLog {
  /** Bits of a double below its exponent. */
  public static final int FRACTION_BITS = Log.FRACTION_BITS;

  /** The bits of a double that hold its exponent. */
  public static final long EXPONENT_FIELD = 0x7ffL << FRACTION_BITS;

  /** The bits of 1. */
  public static final long ONE_BITS = Double.doubleToRawLongBits(1);

  /** Added to the bits of a number, it carries into the exponent if the mantissa is nearer 2. */
  public static final long ABOVE_MIDDLE = Log.ABOVE_MIDDLE;

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

  private FloatLog() {}

  /**
   * {@code log(s) + add} to within 2^-50 of 1 or of the addend, whichever is larger.
   *
   * @param s in [0.5, 2^32]
   * @param add the addend, finite
   */
  public static double logPlus(double s, double add) {
    long bits = Double.doubleToRawLongBits(s);
    long carried = bits + ABOVE_MIDDLE;
    int power = (int) (carried >> FRACTION_BITS) - Double.MAX_EXPONENT;
    double m = Double.longBitsToDouble(bits - (carried & EXPONENT_FIELD) + ONE_BITS);
    return logOfRatioPlus(m - 1, 1, Fused.fma(power, FloatExp.LN2, add));
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
  public static double logOfRatioPlus(double part, double whole, double add) {
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
}
