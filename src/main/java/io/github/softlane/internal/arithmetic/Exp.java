package io.github.softlane.internal.arithmetic;

/**
 * e to a number, on its own: {@code Math.exp} may differ from one platform to the next. The steps
 * are those of {@link DoubleExp}, within 1 ULP where the result is a normal number.
 */
public final class Exp {
  /** Up to here {@link #tail} is as accurate as a double. */
  public static final double SMALL = 0.5;

  /** Results of larger arguments overflow. */
  private static final double HIGHEST = 709.8;

  /** Results of smaller ones are below half the smallest subnormal. */
  private static final double LOWEST = -745.2;

  private Exp() {}

  /** {@code e^x}; NaN of NaN. */
  public static double exp(double x) {
    if (Double.isNaN(x)) {
      return Double.NaN;
    }
    if (x > HIGHEST) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < LOWEST) {
      return 0;
    }
    double power = DoubleExp.UNIT.maxPower(x);
    double reduced = DoubleExp.UNIT.reduced(x, power);
    double fraction = DoubleExp.UNIT.fraction(reduced, DoubleExp.UNIT.rest(power, reduced));
    // In two steps: 2^1024 is no double, though e^x may be.
    return Math.scalb(2 * (1.0 + fraction), (int) power - 1);
  }

  /** {@code e^x - 1}, with relative accuracy where x is near 0. */
  public static double expm1(double x) {
    return Math.abs(x) <= SMALL ? x + tail(x) : exp(x) - 1;
  }

  /** {@code e^x - 1 - x} for |x| up to {@link #SMALL}, with relative accuracy: Taylor's series. */
  public static double tail(double x) {
    double sum = 1.0 / 1_307_674_368_000.0;
    sum = Fused.fma(sum, x, 1.0 / 87_178_291_200.0);
    sum = Fused.fma(sum, x, 1.0 / 6_227_020_800.0);
    sum = Fused.fma(sum, x, 1.0 / 479_001_600);
    sum = Fused.fma(sum, x, 1.0 / 39_916_800);
    sum = Fused.fma(sum, x, 1.0 / 3_628_800);
    sum = Fused.fma(sum, x, 1.0 / 362_880);
    sum = Fused.fma(sum, x, 1.0 / 40_320);
    sum = Fused.fma(sum, x, 1.0 / 5_040);
    sum = Fused.fma(sum, x, 1.0 / 720);
    sum = Fused.fma(sum, x, 1.0 / 120);
    sum = Fused.fma(sum, x, 1.0 / 24);
    sum = Fused.fma(sum, x, 1.0 / 6);
    sum = Fused.fma(sum, x, 1.0 / 2);
    return sum * x * x;
  }
}
