package io.github.softlane.internal.arithmetic;

/**
 * e to a number, on its own: {@code Math.exp} may differ from one platform to the next. The steps
 * are those of {@link DoubleExp}, within 1 ULP where the result is a normal number.
 */
public final class Exp {
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
}
