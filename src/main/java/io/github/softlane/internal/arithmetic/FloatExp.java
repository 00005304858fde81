package io.github.softlane.internal.arithmetic;

/**
 * The sequence of operations that defines {@code exp((x - max) / T)} for {@code float}, and its
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
 * |x - max| 2^-24 of relative accuracy. K and the bias are folded into the magic number: the low
 * bits of the sum, shifted into the exponent field, are the power of two. An element that lies
 * {@link #DEPTH} powers below the maximum or deeper is raised to the {@linkplain #floor floor}
 * first, where the exponent field is 0 and e exactly 0.
 *
 * <p>The bias keeps every intermediate of a probability normal, down to the smallest subnormal. h
 * is the minimax polynomial of its degree, its coefficients divided by powers of T'. The sum takes
 * the terms of f one by one, so that it knows e better than the stored e, which is rounded.
 */
public final class FloatExp {
  /**
   * Every power of two is kept 2^BIAS times too large until the end. An odd number: {@link #DEPTH}
   * is then even, and d log2(e) / T' half-way between integers rounds to the same k as K did.
   */
  public static final int BIAS = 65;

  /** 2^-BIAS. */
  public static final float UNBIAS = 0x1p-65f;

  /** Elements so many powers of two below the maximum are 0: BIAS + 127, the exponent field's 0. */
  public static final int DEPTH = BIAS + 127;

  /** The position of the exponent field. */
  public static final int EXPONENT_SHIFT = 23;

  /** 1.5 * 2^23: added to a number below 2^22 it leaves its nearest integer in the low bits. */
  public static final float MAGIC = 0x1.8p23f;

  /**
   * A row whose first maximum is more than so many powers of two from 1 is shifted by it. From here
   * on the difference to the maximum is exact for every element that counts (x lies in [max/2, 2
   * max]).
   */
  private static final float FAR = 1024f;

  /** In a block so far below the row's maximum no grid is so fine as to be subnormal. */
  private static final int LOWEST_UNIT = -100;

  /** Too small to change any result, too large to be a slow subnormal. */
  private static final float NOT_ZERO = 0x1p-100f;

  /** Coefficients of h; largest relative error of e^r 3.1e-9. Source: {@code ExpCoefficients}. */
  static final float H0 = 0x1.fffffcp-2f;

  static final float H1 = 0x1.55549p-3f;
  static final float H2 = 0x1.5558f4p-5f;
  static final float H3 = 0x1.123a6ap-7f;
  static final float H4 = 0x1.6a234cp-10f;

  /** ln 2 in two parts. */
  public static final double LN2 = 0x1.62e42fefa39efp-1;

  /** 1 / ln 2. */
  private static final double LOG2E = 0x1.71547652b82fep0;

  /** The constants for T = 1. */
  public static final FloatExp UNIT = new FloatExp(1.0);

  /** T as the caller gave it. */
  public final double temperature;

  /** 2^-j: the power of two of 1/T, exact. */
  public final float scale;

  /** log2(e) / T'. */
  public final float log2e;

  /** -T' ln 2, its first 24 bits. */
  public final float minusLn2Hi;

  /** -T' ln 2, the next 24 bits. */
  public final float minusLn2Lo;

  /** {@link #minusLn2Lo} / T'. */
  public final float minusLn2LoScaled;

  /** 1 / T', its first 24 bits. */
  public final float inverseHi;

  /** 1 / T', the next 24 bits. */
  public final float inverseLo;

  /** The same, but above 0, so that -inf / T' is -inf in two parts as well. */
  public final float inverseLoAboveZero;

  /** Coefficients of h for this temperature. */
  public final float h0;

  /** Coefficient of r in h. */
  public final float h1;

  /** Coefficient of r^2 in h. */
  public final float h2;

  /** Coefficient of r^3 in h. */
  public final float h3;

  /** Coefficient of r^4 in h. */
  public final float h4;

  /** T' in [1, 2). */
  private final double mantissa;

  private FloatExp(double temperature) {
    int exponent = Math.getExponent(temperature);
    double m = Math.scalb(temperature, -exponent);
    this.temperature = temperature;
    this.mantissa = m;
    this.scale = Math.scalb(1f, -exponent);
    this.log2e = (float) (LOG2E / m);
    double ln2 = m * LN2;
    float ln2Hi = (float) ln2;
    this.minusLn2Hi = -ln2Hi;
    this.minusLn2Lo = (float) (ln2Hi - ln2);
    this.minusLn2LoScaled = (float) ((ln2Hi - ln2) / m);
    double inverse = 1.0 / m;
    float nearest = (float) inverse;
    this.inverseHi = nearest > inverse ? Math.nextDown(nearest) : nearest;
    this.inverseLo = (float) (inverse - inverseHi);
    this.inverseLoAboveZero = Math.max(inverseLo, NOT_ZERO);
    this.h0 = (float) (H0 / power(m, 2));
    this.h1 = (float) (H1 / power(m, 3));
    this.h2 = (float) (H2 / power(m, 4));
    this.h3 = (float) (H3 / power(m, 5));
    this.h4 = (float) (H4 / power(m, 6));
  }

  /** The constants for a temperature for which {@link #covers} holds. */
  public static FloatExp of(double temperature) {
    return temperature == 1.0 ? UNIT : new FloatExp(temperature);
  }

  /** Whether 2^-j is a normal float, so that this arithmetic can serve the temperature. */
  public static boolean covers(double temperature) {
    int exponent = Math.getExponent(temperature);
    return exponent >= -Float.MAX_EXPONENT && exponent <= -Float.MIN_EXPONENT;
  }

  /** {@code max / T'} scaled, or an infinity when the scaling overflows. */
  public float scaled(float max) {
    // Adding 0 turns -0 into +0: a row that mixes both has one maximum.
    return max * scale + 0f;
  }

  /** The first step of the reduction of one element. */
  public float shifted(float x, float shift) {
    return Fused.fma(x, scale, shift);
  }

  /** What a row whose first scaled maximum is this adds to every element: minus it, or 0. */
  public float shift(float scaledMax) {
    return Math.abs(scaledMax) * log2e > FAR ? -scaledMax : 0f;
  }

  /** The power of two of a maximum: K, or that of a block. */
  public float maxPower(float shiftedMax) {
    return Fused.fma(shiftedMax, log2e, MAGIC) - MAGIC;
  }

  /** The magic number of a row: rounds to an integer and brings in K and the bias. */
  public float magic(float maxPower) {
    return MAGIC + (DEPTH - maxPower);
  }

  /** The value that elements below it are raised to; its e is exactly 0. */
  public float floor(float maxPower) {
    return (float) ((maxPower - DEPTH) * (mantissa * LN2));
  }

  /** r / T' of a maximum in double: {@code shiftedMax / T' - K ln 2}. */
  public double remainder(float shiftedMax, float maxPower) {
    return shiftedMax / mantissa - maxPower * LN2;
  }

  /**
   * The power of two of a block's largest element over that of the row's reference, as a number;
   * not less than a number beside which a block counts for nothing.
   *
   * @param powers the difference of their {@link #maxPower}s
   */
  public float unit(float powers) {
    int exponent = (int) Math.max(powers, LOWEST_UNIT) + Float.MAX_EXPONENT;
    return Float.intBitsToFloat(exponent << EXPONENT_SHIFT);
  }

  private static double power(double base, int exponent) {
    double power = base;
    for (int i = 1; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  /** 2^(k - K + BIAS) from the sum of k and the magic number. */
  public static float power(float magicSum) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(magicSum) << EXPONENT_SHIFT);
  }

  /**
   * d - k T' ln 2 after the first of its two steps: exact, as it is a small multiple of an ulp of
   * d.
   */
  public float reduced(float d, float k) {
    return Fused.fma(k, minusLn2Hi, d);
  }

  /** f beyond its first term: the rest of the reduction, and r^2 h(r). */
  public float rest(float k, float reduced) {
    float r = Fused.fma(k, minusLn2Lo, reduced);
    float square = r * r;
    float h01 = Fused.fma(h1, r, h0);
    float h23 = Fused.fma(h3, r, h2);
    float h = Fused.fma(Fused.fma(h4, square, h23), square, h01);
    float small = Fused.fma(r, inverseLo, k * minusLn2LoScaled);
    return Fused.fma(square, h, small);
  }

  /** f: the fraction of e beside its power of two, {@code e^(r / T') - 1}, rounded. */
  public float fraction(float reduced, float rest) {
    return Fused.fma(reduced, inverseHi, rest);
  }

  /** 1 + f in double, as the sum takes it. */
  public double significand(float reduced, float rest) {
    return 1.0 + ((double) reduced * inverseHi + rest);
  }
}
