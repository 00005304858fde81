package io.github.softlane.jmh.contender;

/**
 * An unevaluated sum of two doubles: about 106 bits, enough to judge the last bit of a double.
 *
 * @param hi the nearest double
 * @param lo what is left, at most half an ULP of it
 */
record DoubleDouble(double hi, double lo) {
  static final DoubleDouble ZERO = new DoubleDouble(0, 0);

  /** ln 2 in three parts. The first has 32 bits, so that its product with an exponent is exact. */
  private static final double LN2_HI = 0x1.62e42feep-1;

  private static final double LN2_MID = 0x1.a39ef35793c76p-33;
  private static final double LN2_LO = 0x1.cc01f97b57a08p-87;

  /** The argument of the series is divided by 2 to the power of this. */
  private static final int HALVINGS = 8;

  /** With |r| below 0.35 / 256, the first term left out is below 2^-110. */
  private static final int TERMS = 9;

  static DoubleDouble of(double value) {
    return new DoubleDouble(value, 0);
  }

  /** {@code a - b} without error. */
  static DoubleDouble difference(double a, double b) {
    return sum(a, -b);
  }

  private static DoubleDouble sum(double a, double b) {
    double s = a + b;
    double part = s - a;
    return new DoubleDouble(s, (a - (s - part)) + (b - part));
  }

  private static DoubleDouble quickSum(double a, double b) {
    double s = a + b;
    return new DoubleDouble(s, b - (s - a));
  }

  DoubleDouble plus(DoubleDouble that) {
    DoubleDouble high = sum(hi, that.hi);
    DoubleDouble low = sum(lo, that.lo);
    DoubleDouble once = quickSum(high.hi, high.lo + low.hi);
    return quickSum(once.hi, once.lo + low.lo);
  }

  DoubleDouble minus(DoubleDouble that) {
    return plus(new DoubleDouble(-that.hi, -that.lo));
  }

  DoubleDouble times(DoubleDouble that) {
    double product = hi * that.hi;
    double error = Math.fma(hi, that.hi, -product);
    return quickSum(product, error + (hi * that.lo + lo * that.hi));
  }

  DoubleDouble dividedBy(DoubleDouble that) {
    double first = hi / that.hi;
    DoubleDouble rest = minus(that.times(of(first)));
    double second = rest.hi / that.hi;
    rest = rest.minus(that.times(of(second)));
    return quickSum(first, second).plus(of(rest.hi / that.hi));
  }

  /** For arguments down to the smallest normal result; below it, and for -inf, 0. */
  DoubleDouble exp() {
    if (hi < -708) {
      return ZERO;
    }
    double k = Math.rint(hi / LN2_HI);
    DoubleDouble r = plus(of(-k * LN2_HI)).minus(of(k).times(new DoubleDouble(LN2_MID, LN2_LO)));
    r = new DoubleDouble(Math.scalb(r.hi, -HALVINGS), Math.scalb(r.lo, -HALVINGS));
    DoubleDouble series = of(1);
    for (int term = TERMS; term > 0; term--) {
      series = of(1).plus(series.times(r).dividedBy(of(term)));
    }
    for (int i = 0; i < HALVINGS; i++) {
      series = series.times(series);
    }
    int exponent = (int) k;
    return new DoubleDouble(Math.scalb(series.hi, exponent), Math.scalb(series.lo, exponent));
  }

  /** One step of Newton's method doubles the digits of the double logarithm. */
  DoubleDouble log() {
    double start = Math.log(hi);
    return of(start).plus(times(of(-start).exp())).minus(of(1));
  }
}
