package io.github.softlane.internal.arithmetic;

/**
 * The factor that a logit's distance from the maximum of its row is multiplied by, for sums that
 * are taken in double whatever the type of the logits: 1/T, or any other factor times a power of
 * two.
 *
 * <p>The power of two is exact and comes first, in two steps, so that neither a tiny nor a huge
 * temperature leaves the range of a double on the way.
 */
public final class InverseTemperature {
  /** Above T = 1 distances are taken of quarters, as that of two finite numbers may overflow. */
  private static final double QUARTER = 0.25;

  private static final int QUARTER_EXPONENT = -2;

  /** Makes every subnormal a normal number. */
  private static final int LIFT = 64;

  private final double before;
  private final double scale;
  private final double scaleMore;
  private final double hi;
  private final double lo;

  private InverseTemperature(int exponent, double hi, double lo) {
    this.before = exponent < 0 ? QUARTER : 1;
    int power = exponent < 0 ? exponent - QUARTER_EXPONENT : exponent;
    this.scale = Math.scalb(1.0, power / 2);
    this.scaleMore = Math.scalb(1.0, power - power / 2);
    this.hi = hi;
    this.lo = lo;
  }

  /** The inverse of a temperature above 0, +inf included. */
  public static InverseTemperature of(double temperature) {
    if (Double.isInfinite(temperature)) {
      return new InverseTemperature(-1, 0, 0);
    }
    int lift = temperature < Double.MIN_NORMAL ? LIFT : 0;
    double normal = Math.scalb(temperature, lift);
    int exponent = Math.getExponent(normal);
    double mantissa = Math.scalb(normal, -exponent);
    double inverse = 1.0 / mantissa;
    double inverseLo = Fused.fma(-inverse, mantissa, 1.0) / mantissa;
    return new InverseTemperature(lift - exponent, inverse, inverseLo);
  }

  /** {@code beta * 2^exponent}, with {@link #distance} in units of 2^-exponent. */
  public static InverseTemperature of(double beta, int exponent) {
    return new InverseTemperature(exponent, beta, 0);
  }

  /** {@code x - max} times the power of two, rounded; -inf where it overflows at T up to 1. */
  public double distance(double x, double max) {
    return (x * before - max * before) * scale * scaleMore;
  }

  /** {@code (x - max) / T}, rounded, of a {@link #distance}; NaN or -inf for one of -inf. */
  public double quotient(double distance) {
    return distance * hi;
  }

  /** What {@link #quotient} left over, when it is finite. */
  public double quotientLo(double x, double max, double distance, double quotient) {
    double a = x * before;
    double b = -max * before;
    double sum = a + b;
    double part = sum - a;
    double error = (a - (sum - part)) + (b - part);
    return Fused.fma(distance, hi, -quotient) + distance * lo + error * scale * scaleMore * hi;
  }
}
