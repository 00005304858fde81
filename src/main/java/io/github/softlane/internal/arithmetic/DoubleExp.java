package io.github.softlane.internal.arithmetic;

/**
 * The sequence of operations that defines {@code exp((x - max) / T)} for {@code double}, and its
 * constants for one temperature.
 *
 * <p>With T = T' 2^j and T' in [1, 2), an element goes through
 *
 * <pre>
 *   d = fma(x, 2^-j, shift)         shift is 0, or minus the scaled maximum of a far-off row; exact
 *   k = rint(d log2(e) / T')        by the addition of a magic number
 *   r = d - k T' ln 2               in two steps, T' ln 2 in two parts; the first step is exact
 *   e = 2^(k - K + BIAS) (1 + f)
 *   f = r / T' + r^2 h(r)           the fraction
 * </pre>
 *
 * <p>K is the k of a maximum, that of the row's first block or of a later one far above it: an
 * integer, so that it comes in without the rounding of {@code x - max}, which costs other softmaxes
 * |x - max| 2^-53 of relative accuracy. K and the bias are folded into the magic number: the low
 * bits of the sum, shifted into the exponent field, are the power of two. An element that lies
 * {@link #DEPTH} powers below the maximum or deeper is raised to the {@linkplain #floor floor}
 * first, where the exponent field is 0 and e exactly 0.
 *
 * <p>The bias keeps every intermediate of a probability normal, down to the smallest subnormal. h
 * is the minimax polynomial of its degree, its coefficients divided by powers of T'. The sum takes
 * the terms of f one by one, so that it knows e better than the stored e, which is rounded.
 */
public final class DoubleExp {
  /**
   * Every power of two is kept 2^BIAS times too large until the end. An odd number: {@link #DEPTH}
   * is then even, and d log2(e) / T' half-way between integers rounds to the same k as K did.
   */
  public static final int BIAS = 65;

  /** 2^-BIAS. */
  public static final double UNBIAS = 0x1p-65;

  /**
   * Elements so many powers of two below the maximum are 0: BIAS + 1023, the exponent field's 0.
   */
  public static final int DEPTH = BIAS + 1023;

  /** The position of the exponent field. */
  public static final int EXPONENT_SHIFT = 52;

  /** 1.5 * 2^52: added to a number below 2^51 it leaves its nearest integer in the low bits. */
  private static final double MAGIC = 0x1.8p52;

  /**
   * A row whose first maximum is more than so many powers of two from 1 is shifted by it. From here
   * on the difference to the maximum is exact for every element that counts (x lies in [max/2, 2
   * max]).
   */
  private static final double FAR = 4096;

  /** In a block so far below the row's maximum no grid is so fine as to be subnormal. */
  private static final int LOWEST_UNIT = -900;

  /** Too small to change any result, too large to be a slow subnormal. */
  private static final double NOT_ZERO = 0x1p-900;

  /** Coefficients of h; largest relative error of e^r 3.7e-18. Source: {@code ExpCoefficients}. */
  static final double H0 = 0x1.000000000000ap-1;

  static final double H1 = 0x1.55555555554f9p-3;
  static final double H2 = 0x1.55555555507f1p-5;
  static final double H3 = 0x1.1111111127e84p-7;
  static final double H4 = 0x1.6c16c1844af4ap-10;
  static final double H5 = 0x1.a01a0129b3b65p-13;
  static final double H6 = 0x1.a01999adeabcap-16;
  static final double H7 = 0x1.71df262e4381fp-19;
  static final double H8 = 0x1.28adce58ec238p-22;
  static final double H9 = 0x1.ad7efededed61p-26;

  /** ln 2 in two parts. */
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private static final double LN2_LO = 0x1.abc9e3b39803fp-56;

  /** 1 / ln 2. */
  private static final double LOG2E = 0x1.71547652b82fep0;

  /** The constants for T = 1. */
  public static final DoubleExp UNIT = new DoubleExp(1.0);

  /** T as the caller gave it. */
  public final double temperature;

  /** 2^-j: the power of two of 1/T, exact. */
  public final double scale;

  /** log2(e) / T'. */
  public final double log2e;

  /** -T' ln 2, its first 53 bits. */
  public final double minusLn2Hi;

  /** -T' ln 2, the next 53 bits. */
  public final double minusLn2Lo;

  /** {@link #minusLn2Lo} / T'. */
  public final double minusLn2LoScaled;

  /** 1 / T', its first 53 bits. */
  public final double inverseHi;

  /** 1 / T', the next 53 bits. */
  public final double inverseLo;

  /** The same, but above 0, so that -inf / T' is -inf in two parts as well. */
  public final double inverseLoAboveZero;

  /** Coefficients of h for this temperature. */
  public final double h0;

  /** Coefficient of r in h. */
  public final double h1;

  /** Coefficient of r^2 in h. */
  public final double h2;

  /** Coefficient of r^3 in h. */
  public final double h3;

  /** Coefficient of r^4 in h. */
  public final double h4;

  /** Coefficient of r^5 in h. */
  public final double h5;

  /** Coefficient of r^6 in h. */
  public final double h6;

  /** Coefficient of r^7 in h. */
  public final double h7;

  /** Coefficient of r^8 in h. */
  public final double h8;

  /** Coefficient of r^9 in h. */
  public final double h9;

  /** T' in [1, 2). */
  private final double mantissa;

  private DoubleExp(double temperature) {
    int exponent = Math.getExponent(temperature);
    double m = Math.scalb(temperature, -exponent);
    this.temperature = temperature;
    this.mantissa = m;
    this.scale = Math.scalb(1.0, -exponent);
    this.log2e = (LOG2E / m);
    double ln2Hi = m * LN2;
    double ln2Lo = Math.fma(m, LN2, -ln2Hi) + m * LN2_LO;
    this.minusLn2Hi = -ln2Hi;
    this.minusLn2Lo = -ln2Lo;
    this.minusLn2LoScaled = -ln2Lo / m;
    double nearest = 1.0 / m;
    double over = Math.fma(nearest, m, -1.0);
    this.inverseHi = over > 0 ? Math.nextDown(nearest) : nearest;
    this.inverseLo = Math.fma(-inverseHi, m, 1.0) / m;
    this.inverseLoAboveZero = Math.max(inverseLo, NOT_ZERO);
    this.h0 = H0 / power(m, 2);
    this.h1 = H1 / power(m, 3);
    this.h2 = H2 / power(m, 4);
    this.h3 = H3 / power(m, 5);
    this.h4 = H4 / power(m, 6);
    this.h5 = H5 / power(m, 7);
    this.h6 = H6 / power(m, 8);
    this.h7 = H7 / power(m, 9);
    this.h8 = H8 / power(m, 10);
    this.h9 = H9 / power(m, 11);
  }

  /** The constants for a temperature for which {@link #covers} holds. */
  public static DoubleExp of(double temperature) {
    return temperature == 1.0 ? UNIT : new DoubleExp(temperature);
  }

  /** Whether 2^-j is a normal double, so that this arithmetic can serve the temperature. */
  public static boolean covers(double temperature) {
    int exponent = Math.getExponent(temperature);
    return exponent >= Double.MIN_EXPONENT && exponent <= -Double.MIN_EXPONENT;
  }

  /** {@code max / T'} scaled, or an infinity when the scaling overflows. */
  public double scaled(double max) {
    // Adding 0 turns -0 into +0: a row that mixes both has one maximum.
    return max * scale + 0;
  }

  /** The first step of the reduction of one element. */
  public double shifted(double x, double shift) {
    return Fused.fma(x, scale, shift);
  }

  /** What a row whose first scaled maximum is this adds to every element: minus it, or 0. */
  public double shift(double scaledMax) {
    return Math.abs(scaledMax) * log2e > FAR ? -scaledMax : 0;
  }

  /** The power of two of a maximum: K, or that of a block. */
  public double maxPower(double shiftedMax) {
    return Fused.fma(shiftedMax, log2e, MAGIC) - MAGIC;
  }

  /** The magic number of a row: rounds to an integer and brings in K and the bias. */
  public double magic(double maxPower) {
    return MAGIC + (DEPTH - maxPower);
  }

  /** The value that elements below it are raised to; its e is exactly 0. */
  public double floor(double maxPower) {
    return ((maxPower - DEPTH) * (mantissa * LN2));
  }

  /** r / T' of a maximum: {@code shiftedMax / T' - K ln 2}, rounded. */
  public double remainderHi(double shiftedMax, double maxPower) {
    double quotient = shiftedMax / mantissa;
    return (quotient - maxPower * LN2) + remainderError(shiftedMax, maxPower, quotient);
  }

  /** What {@link #remainderHi} left over. */
  public double remainderLo(double shiftedMax, double maxPower) {
    double quotient = shiftedMax / mantissa;
    double difference = quotient - maxPower * LN2;
    double error = remainderError(shiftedMax, maxPower, quotient);
    return error - ((difference + error) - difference);
  }

  /** The error of the quotient, of the product and of the second part of ln 2. */
  private double remainderError(double shiftedMax, double maxPower, double quotient) {
    double product = maxPower * LN2;
    return Fused.fma(-quotient, mantissa, shiftedMax) / mantissa
        - Fused.fma(maxPower, LN2, -product)
        - maxPower * LN2_LO;
  }

  /**
   * The power of two of a block's largest element over that of the row's reference, as a number;
   * not less than a number beside which a block counts for nothing.
   *
   * @param powers the difference of their {@link #maxPower}s
   */
  public double unit(double powers) {
    long exponent = (long) Math.max(powers, LOWEST_UNIT) + Double.MAX_EXPONENT;
    return Double.longBitsToDouble(exponent << EXPONENT_SHIFT);
  }

  private static double power(double base, int exponent) {
    double power = base;
    for (int i = 1; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  /** 2^(k - K + BIAS) from the sum of k and the magic number. */
  public static double power(double magicSum) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(magicSum) << EXPONENT_SHIFT);
  }

  /**
   * d - k T' ln 2 after the first of its two steps: exact, as it is a small multiple of an ulp of
   * d.
   */
  public double reduced(double d, double k) {
    return Fused.fma(k, minusLn2Hi, d);
  }

  /** f beyond its first term: the rest of the reduction, and r^2 h(r). */
  public double rest(double k, double reduced) {
    double r = Fused.fma(k, minusLn2Lo, reduced);
    double small = Fused.fma(r, inverseLo, k * minusLn2LoScaled);
    return Fused.fma(r * r, h(r), small);
  }

  /** {@link #rest} of {@link #UNIT}, without the part of 1/T' that is 0 there. */
  public static double unitRest(double k, double reduced) {
    double r = Fused.fma(k, UNIT.minusLn2Lo, reduced);
    return Fused.fma(r * r, UNIT.h(r), k * UNIT.minusLn2Lo);
  }

  private double h(double r) {
    double square = r * r;
    double quad = square * square;
    double h01 = Fused.fma(h1, r, h0);
    double h23 = Fused.fma(h3, r, h2);
    double h45 = Fused.fma(h5, r, h4);
    double h67 = Fused.fma(h7, r, h6);
    double h89 = Fused.fma(h9, r, h8);
    double h03 = Fused.fma(h23, square, h01);
    double h47 = Fused.fma(h67, square, h45);
    return Fused.fma(Fused.fma(h89, quad, h47), quad, h03);
  }

  /** f: the fraction of e beside its power of two, {@code e^(r / T') - 1}, rounded. */
  public double fraction(double reduced, double rest) {
    return Fused.fma(reduced, inverseHi, rest);
  }
}
