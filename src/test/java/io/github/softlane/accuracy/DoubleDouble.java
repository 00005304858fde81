package io.github.softlane.accuracy;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * An unevaluated sum of two doubles, good to about 100 bits: the reference for results in double.
 *
 * @param hi the value, rounded
 * @param lo what the rounding left
 */
public record DoubleDouble(double hi, double lo) {
  /** Enough digits to convert without loss. */
  public static final MathContext DIGITS = new MathContext(60);

  public static final DoubleDouble ZERO = new DoubleDouble(0, 0);
  public static final DoubleDouble ONE = new DoubleDouble(1, 0);

  private static final BigDecimal LN2_DIGITS =
      new BigDecimal("0.69314718055994530941723212145817656807550013436025525412068000949");
  private static final DoubleDouble LN2 = of(LN2_DIGITS);

  /** What LN2 lacks, which times a power of two up to 1100 would be seen. */
  private static final double LN2_REST = LN2_DIGITS.subtract(LN2.exact()).doubleValue();

  /** exp takes the argument 2^-HALVINGS of its own and squares so many times. */
  private static final int HALVINGS = 8;

  /** (2^-9 ln 2)^TERMS / TERMS! is below 2^-106. */
  private static final int TERMS = 9;

  /** Below this log1p is the sum of its series. */
  private static final double SMALL = 0x1p-10;

  /** SMALL^SERIES is below 2^-106. */
  private static final int SERIES = 11;

  /** 1/i. */
  private static final DoubleDouble[] RECIPROCALS = new DoubleDouble[SERIES + 1];

  static {
    for (int i = 1; i < RECIPROCALS.length; i++) {
      RECIPROCALS[i] = ONE.dividedBy(of(i));
    }
  }

  public static DoubleDouble of(double value) {
    return new DoubleDouble(value, 0);
  }

  public static DoubleDouble of(BigDecimal value) {
    double hi = value.doubleValue();
    return new DoubleDouble(hi, value.subtract(new BigDecimal(hi)).doubleValue());
  }

  /** {@code a - b}, exact. */
  public static DoubleDouble difference(double a, double b) {
    return sum(a, -b);
  }

  private static DoubleDouble sum(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
  }

  /** The sum of two numbers of which the first is the larger. */
  private static DoubleDouble ordered(double a, double b) {
    double sum = a + b;
    return new DoubleDouble(sum, b - (sum - a));
  }

  public DoubleDouble plus(DoubleDouble other) {
    DoubleDouble high = sum(hi, other.hi);
    DoubleDouble low = sum(lo, other.lo);
    DoubleDouble first = ordered(high.hi, high.lo + low.hi);
    return ordered(first.hi, first.lo + low.lo);
  }

  public DoubleDouble minus(DoubleDouble other) {
    return plus(new DoubleDouble(-other.hi, -other.lo));
  }

  public DoubleDouble times(DoubleDouble other) {
    double product = hi * other.hi;
    double error = Math.fma(hi, other.hi, -product);
    return ordered(product, error + (hi * other.lo + lo * other.hi));
  }

  public DoubleDouble times(double factor) {
    return times(of(factor));
  }

  public DoubleDouble dividedBy(DoubleDouble other) {
    double first = hi / other.hi;
    DoubleDouble rest = minus(other.times(first));
    double second = rest.hi / other.hi;
    rest = rest.minus(other.times(second));
    double third = rest.hi / other.hi;
    DoubleDouble quotient = ordered(first, second);
    return ordered(quotient.hi, quotient.lo + third);
  }

  /** Exact while no part becomes subnormal. */
  public DoubleDouble scaled(int power) {
    return new DoubleDouble(Math.scalb(hi, power), Math.scalb(lo, power));
  }

  /** e to this number times 2^-power, with the power of two that keeps it near 1. */
  public Scaled exp() {
    int power = (int) Math.rint(hi / LN2.hi);
    DoubleDouble r = minus(LN2.times(power)).minus(of(power * LN2_REST)).scaled(-HALVINGS);
    DoubleDouble sum = ZERO;
    for (int i = TERMS; i >= 1; i--) {
      sum = ONE.plus(sum).times(r).times(RECIPROCALS[i]);
    }
    for (int i = 0; i < HALVINGS; i++) {
      // (1 + s)^2 - 1, so that the squares keep the low bits of s.
      sum = sum.times(2).plus(sum.times(sum));
    }
    return new Scaled(ONE.plus(sum), power);
  }

  /** A value as {@code fraction * 2^power}. */
  public record Scaled(DoubleDouble fraction, int power) {
    /** The value itself, when it and its low part are no subnormals. */
    public DoubleDouble value() {
      return fraction.scaled(power);
    }
  }

  /** The natural logarithm of a positive, normal number. */
  public DoubleDouble log() {
    int power = Math.getExponent(hi);
    DoubleDouble fraction = scaled(-power);
    if (fraction.hi > 1.5) {
      power++;
      fraction = fraction.scaled(-1);
    }
    DoubleDouble log = fraction.minus(ONE).log1p();
    return log.plus(LN2.times(power)).plus(of(power * LN2_REST));
  }

  /** The natural logarithm of 1 plus this number, which lies in (-0.5, 1]; relatively accurate. */
  public DoubleDouble log1p() {
    if (Math.abs(hi) < SMALL) {
      DoubleDouble sum = ZERO;
      for (int i = SERIES; i >= 1; i--) {
        sum = RECIPROCALS[i].minus(sum.times(this));
      }
      return sum.times(this);
    }
    // One Newton step doubles the digits of a first guess; its own error is that of the series.
    DoubleDouble guess = of(Math.log1p(hi));
    DoubleDouble ratio = ONE.plus(this).times(of(-guess.hi).exp().value());
    return guess.plus(ratio.minus(ONE).log1p());
  }

  /** The exact value, for comparisons; not for infinities and NaN. */
  public BigDecimal exact() {
    return new BigDecimal(hi).add(new BigDecimal(lo));
  }
}
