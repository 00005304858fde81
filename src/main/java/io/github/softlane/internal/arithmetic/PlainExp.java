package io.github.softlane.internal.arithmetic;

/** The exponential of one number that is not positive, by the operations of {@link DoubleExp}. */
public final class PlainExp {
  /** exp of less is not a normal number, and counts as 0. */
  public static final double LOWEST = -708;

  private PlainExp() {}

  /**
   * {@code e^(z + zLo)}, to about 1 ULP and exactly 1 for 0, for z from {@link #LOWEST} to 0.
   *
   * @param zLo what the rounding of z left over
   */
  public static double exp(double z, double zLo) {
    double power = DoubleExp.UNIT.maxPower(z);
    double reduced = DoubleExp.UNIT.reduced(z, power);
    double e = 1.0 + DoubleExp.UNIT.fraction(reduced, DoubleExp.UNIT.rest(power, reduced));
    long exponent = (long) power + Double.MAX_EXPONENT;
    return Fused.fma(e, zLo, e) * Double.longBitsToDouble(exponent << DoubleExp.EXPONENT_SHIFT);
  }
}
