package io.github.softlane.internal.arithmetic;

/**
 * The sequence of operations that defines {@code exp((x - max) / T)} for {@code float}, and its
 * constants for one temperature.
 *
 * <p>With T = T' 2^j and T' in [1, 2), an element goes through
 *
 * <pre>
 *   d = fma(x, 2^-j, shift)         shift is 0, or minus the scaled maximum of a far-off row; exact
 *   k = rint(8 d log2(e) / T')      by the addition of a magic number
 *   r = d - k T' ln(2) / 8          in two steps, the constant in two parts; the first step is exact
 *   e = C 2^(k/8 - K + BIAS) (1 + f)
 *   f = r / T' + r^2 h(r)           the fraction
 * </pre>
 *
 * <p>K is the power of two next to a maximum, that of the row's first block or of a later one far
 * above it: an integer, so that it comes in without the rounding of {@code x - max}, which costs
 * other softmaxes |x - max| 2^-24 of relative accuracy. 8 K and the bias are folded into the magic
 * number: the low bits of the sum, shifted into the exponent field, are the power of two, and the
 * three bits of the eighths come to lie in the fraction below it ({@link #power}). An element that
 * lies {@link #DEPTH} powers below the maximum or deeper is raised to the {@linkplain #floor floor}
 * first, where all these bits are 0 and e is exactly 0.
 *
 * <p>Eighths of powers keep |r| below 0.0434 T'. So f is small, its rounding nothing beside that of
 * e, and h short: three terms, the minimax polynomial of that degree, its coefficients divided by
 * powers of T'.
 *
 * <p>The bias keeps every intermediate of a probability normal, down to the smallest subnormal.
 */
public final class FloatExp {
  /** Every power of two is kept 2^BIAS times too large until the end. */
  public static final int BIAS = 65;

  /** 2^-BIAS. */
  public static final float UNBIAS = 0x1p-65f;

  /** Elements so many powers of two below the maximum are 0: BIAS + 127, the exponent field's 0. */
  public static final int DEPTH = BIAS + 127;

  /** The position of the exponent field. */
  private static final int EXPONENT_SHIFT = 23;

  /** Steps to a power of two. */
  public static final int STEPS = 8;

  /** Brings a number of steps to where its powers of two are the exponent field. */
  public static final int STEP_SHIFT = EXPONENT_SHIFT - Integer.numberOfTrailingZeros(STEPS);

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

  /**
   * The factor that all e have in common, and that no quotient of them knows. The powers C 2^(i/8)
   * have to be floats, as the sum takes them for exact, and with this C none of the eight is more
   * than 0.077 of 2^-24 away from one. Source: {@code ExpSteps}.
   */
  static final double C = 0x1.feb052p-1;

  /** log C. */
  public static final double LOG_C = -0x1.501c3a66fbef9p-9;

  /** {@code C 2^(i/8) / (1 + i/8)}, such that 1 + i/8 times it is next to C 2^(i/8). */
  private static final float[] STEP_FACTORS = {
    0x1.feb052p-1f, 0x1.ef07f8p-1f, 0x1.e5da0cp-1f, 0x1.e1a8cp-1f,
    0x1.e17b62p-1f, 0x1.e4abacp-1f, 0x1.eac8cep-1f, 0x1.f3861ep-1f
  };

  /** Coefficients of h; largest relative error of e^r 1.7e-10. Source: {@code ExpCoefficients}. */
  static final float H0 = 0.5f;

  static final float H1 = 0x1.555c7ap-3f;
  static final float H2 = 0x1.55483cp-5f;

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

  /** 8 log2(e) / T'. */
  public final float stepsOfE;

  /** -T' ln(2) / 8, its first 24 bits. */
  public final float minusStepHi;

  /** -T' ln(2) / 8, the next 24 bits. */
  public final float minusStepLo;

  /** 1 / T'. */
  public final float inverse;

  /** 1 / T', its first 24 bits. */
  public final float inverseHi;

  /** 1 / T', the next 24 bits, but above 0, so that -inf / T' is -inf in two parts as well. */
  public final float inverseLoAboveZero;

  /** Coefficients of h for this temperature. */
  public final float h0;

  /** Coefficient of r in h. */
  public final float h1;

  /** Coefficient of r^2 in h. */
  public final float h2;

  /** T' in [1, 2). */
  private final double mantissa;

  private FloatExp(double temperature) {
    int exponent = Math.getExponent(temperature);
    double m = Math.scalb(temperature, -exponent);
    this.temperature = temperature;
    this.mantissa = m;
    this.scale = Math.scalb(1f, -exponent);
    this.log2e = (float) (LOG2E / m);
    this.stepsOfE = STEPS * log2e;
    double step = m * LN2 / STEPS;
    float stepHi = (float) step;
    this.minusStepHi = -stepHi;
    this.minusStepLo = (float) (stepHi - step);
    double inverse = 1.0 / m;
    float nearest = (float) inverse;
    this.inverse = nearest;
    this.inverseHi = nearest > inverse ? Math.nextDown(nearest) : nearest;
    this.inverseLoAboveZero = Math.max((float) (inverse - inverseHi), NOT_ZERO);
    this.h0 = (float) (H0 / power(m, 2));
    this.h1 = (float) (H1 / power(m, 3));
    this.h2 = (float) (H2 / power(m, 4));
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
    return MAGIC + STEPS * (DEPTH - maxPower);
  }

  /** The value that elements below it are raised to; its e is exactly 0. */
  public float floor(float maxPower) {
    return (float) ((maxPower - DEPTH) * (mantissa * LN2));
  }

  /** {@code shiftedMax / T' - K ln 2}, and log C, of a maximum, in double. */
  public double remainder(float shiftedMax, float maxPower) {
    return shiftedMax / mantissa - (maxPower * LN2 - LOG_C);
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

  /**
   * {@code C 2^(k/8 - K + BIAS)} from the sum of k and the magic number. Where its low bits are in
   * place they are a float as they stand, 2^q (1 + i/8) for k/8 - K + BIAS = q + i/8, and 0 for the
   * floor; a factor for each i is left to multiply by.
   */
  public static float power(float magicSum) {
    int steps = Float.floatToRawIntBits(magicSum);
    return Float.intBitsToFloat(steps << STEP_SHIFT) * stepFactor(steps);
  }

  /** What is multiplied by for the step of this number; steps of whole powers apart share it. */
  public static float stepFactor(int steps) {
    return STEP_FACTORS[steps & (STEPS - 1)];
  }

  /** f: the fraction of e beside its power, {@code e^(r / T') - 1}. */
  public float fraction(float d, float k) {
    float r = reduced(d, k);
    return Fused.fma(h(r), r * r, r * inverse);
  }

  /** {@link #fraction} of {@link #UNIT}, without the product that changes nothing there. */
  public static float unitFraction(float d, float k) {
    float r = UNIT.reduced(d, k);
    return Fused.fma(UNIT.h(r), r * r, r);
  }

  /** r. The first step is exact, as its result is a small multiple of an ulp of d. */
  private float reduced(float d, float k) {
    return Fused.fma(k, minusStepLo, Fused.fma(k, minusStepHi, d));
  }

  private float h(float r) {
    return Fused.fma(Fused.fma(h2, r, h1), r, h0);
  }

  /** e as the sum takes it, in units of 2^maxPower, of an element not below the floor. */
  public double significand(float shifted, float maxPower) {
    float magic = magic(maxPower);
    float magicSum = Fused.fma(shifted, stepsOfE, magic);
    double power = power(magicSum);
    return (power + power * fraction(shifted, magicSum - magic)) * UNBIAS;
  }
}
