package io.github.softlane.internal.arithmetic;

/**
 * {@code exp} of one number in two doubles, for the loops in plain Java that need it more accurate
 * than one double's argument gives it, and the two functions near 0 by which divergences keep their
 * accuracy.
 */
public final class WideExp {
  /** The exponential of anything below is taken as 0; above it, it is a normal number. */
  public static final double LOWEST = -708;

  /** Up to here {@link #excess} has enough terms. */
  public static final double NEAR = Exp.SMALL;

  /** 1 / (2k (2k - 1)) for k from 1 on. */
  private static final double[] DIVERGENCE = {
    1.0 / 2, 1.0 / 12, 1.0 / 30, 1.0 / 56, 1.0 / 90, 1.0 / 132, 1.0 / 182, 1.0 / 240, 1.0 / 306,
    1.0 / 380, 1.0 / 462, 1.0 / 552, 1.0 / 650
  };

  private WideExp() {}

  /** {@code exp(z + zLo)} to within 1.1 ULP, for z of at most 1; 0 below {@link #LOWEST} or NaN. */
  public static double exp(double z, double zLo) {
    if (!(z >= LOWEST)) {
      return 0;
    }
    double power = DoubleExp.UNIT.maxPower(z);
    double reduced = DoubleExp.UNIT.reduced(z, power);
    double fraction = DoubleExp.UNIT.fraction(reduced, DoubleExp.UNIT.rest(power, reduced));
    long exponent = (long) power + Double.MAX_EXPONENT;
    double unit = Double.longBitsToDouble(exponent << DoubleExp.EXPONENT_SHIFT);
    return (1.0 + Fused.fma(1.0 + fraction, zLo, fraction)) * unit;
  }

  /** {@code exp(-t) - 1 + t}, never negative, for t within {@link #NEAR} of 0. */
  public static double excess(double t) {
    return Exp.tail(-t);
  }

  /**
   * {@code ((1 + r) log(1 + r) + (1 - r) log(1 - r)) / 2} of {@code r = tanh(t / 2)}, never
   * negative, for t within {@link #NEAR} of 0.
   */
  public static double divergence(double t) {
    double less = excess(t) - t;
    double r = less / (2 + less);
    return r * r * polynomial(r * r);
  }

  private static double polynomial(double t) {
    double value = 0;
    for (int i = DIVERGENCE.length - 1; i >= 0; i--) {
      value = Fused.fma(value, t, DIVERGENCE[i]);
    }
    return value;
  }
}
