package io.github.softlane.accuracy;

/**
 * Errors in units in the last place: the distance between neighbouring numbers of the type in the
 * binade of the exact value, which itself is no number of the type.
 */
public final class Ulp {
  private Ulp() {}

  /** The ULP of a {@code float} at an exact value. */
  public static double ofFloat(double exact) {
    return Math.scalb(1.0, Math.max(Math.getExponent(exact), Float.MIN_EXPONENT) - 23);
  }

  /** The ULP of a {@code double} at an exact value, given in two parts. */
  public static double ofDouble(double exact, double exactLo) {
    int exponent = Math.max(Math.getExponent(exact), Double.MIN_EXPONENT);
    boolean below = exactLo != 0 && exactLo < 0 == exact > 0;
    if (below
        && exponent > Double.MIN_EXPONENT
        && Math.abs(exact) == Math.scalb(1.0, Math.getExponent(exact))) {
      exponent--;
    }
    return Math.scalb(1.0, exponent - 52);
  }

  /**
   * How far a result lies from the exact value, in absolute terms. NaN is right, with distance 0,
   * where the exact value is NaN, and an infinity where the exact value rounds to it; a NaN
   * elsewhere has the distance NaN, which no bound admits.
   */
  public static double distance(float actual, double exact) {
    return right(actual, (float) exact) ? 0 : Math.abs(actual - exact);
  }

  /** The same for {@code double} and an exact value in two parts. */
  public static double distance(double actual, double exact, double exactLo) {
    return right(actual, exact) ? 0 : Math.abs((actual - exact) - exactLo);
  }

  private static boolean right(double actual, double rounded) {
    return Double.isNaN(actual)
        ? Double.isNaN(rounded)
        : Double.isInfinite(actual) && actual == rounded;
  }

  /** How far a result lies from the exact value, in ULPs of a {@code float}. */
  public static double error(float actual, double exact) {
    return distance(actual, exact) / ofFloat(exact);
  }

  /** The same for {@code double} and an exact value in two parts. */
  public static double error(double actual, double exact, double exactLo) {
    return distance(actual, exact, exactLo) / ofDouble(exact, exactLo);
  }

  /** The same for an exact value of any size, whose low part may lie below the smallest double. */
  public static double error(double actual, DoubleDouble.Scaled exact) {
    DoubleDouble fraction = exact.fraction();
    if (fraction.hi() == 0) {
      return Math.abs(actual) / Double.MIN_VALUE;
    }
    double ulp = ofDouble(fraction.hi(), fraction.lo());
    int exponent = Math.max(Math.getExponent(ulp) + exact.power(), Double.MIN_EXPONENT - 52);
    DoubleDouble inUlps = fraction.scaled(exact.power() - exponent);
    return Math.abs((Math.scalb(actual, -exponent) - inUlps.hi()) - inUlps.lo());
  }
}
