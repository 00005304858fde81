package io.github.softlane.internal.arithmetic;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Finds the factor C of {@link FloatExp} and the factors of its eight steps.
 *
 * <p>With p = fl((1 + i/8) u) as the power of step i, C is the multiple of 2^-26 for which the
 * largest relative distance of a p from C 2^(i/8) is least, u being the best float for each. C and
 * C 2^(1/8) have the same powers in other places, so that C is sought around 1 in a range of one
 * step. Run {@link #main} to print the constants.
 */
final class ExpSteps {
  private static final double GRID = 0x1p-26;
  private static final MathContext DIGITS = new MathContext(50);

  private ExpSteps() {}

  /** The best C there is. */
  static double commonFactor() {
    double half = Math.pow(2, 0.5 / FloatExp.STEPS);
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (long i = (long) Math.ceil(1 / half / GRID); i < (long) (half / GRID); i++) {
      double largest = largestError(i * GRID, least);
      if (largest < least) {
        least = largest;
        best = i * GRID;
      }
    }
    return best;
  }

  /** The factors for a C, as floats. */
  static float[] factors(double c) {
    float[] factors = new float[FloatExp.STEPS];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factor(c, i);
    }
    return factors;
  }

  /** The largest relative distance of a power from what it stands for. */
  static double largestError(double c) {
    return largestError(c, Double.POSITIVE_INFINITY);
  }

  /** The same, or any number that is not less than a bound once one power exceeds it. */
  private static double largestError(double c, double bound) {
    double largest = 0;
    for (int i = 0; i < FloatExp.STEPS && largest < bound; i++) {
      largest = Math.max(largest, error(c, i, factor(c, i)));
    }
    return largest;
  }

  private static float factor(double c, int i) {
    float nearest = (float) (power(c, i) / (1 + (double) i / FloatExp.STEPS));
    float best = nearest;
    for (float other : new float[] {Math.nextDown(nearest), Math.nextUp(nearest)}) {
      best = error(c, i, other) < error(c, i, best) ? other : best;
    }
    return best;
  }

  private static double error(double c, int i, float factor) {
    return Math.abs((1 + (float) i / FloatExp.STEPS) * factor / power(c, i) - 1);
  }

  private static double power(double c, int i) {
    return c * Math.pow(2, (double) i / FloatExp.STEPS);
  }

  /** C 2^(i/8) with 50 digits. */
  static BigDecimal exactPower(double c, int i) {
    BigDecimal power = BigDecimal.TWO.pow(i);
    for (int steps = FloatExp.STEPS; steps > 1; steps /= 2) {
      power = power.sqrt(DIGITS);
    }
    return power.multiply(new BigDecimal(c), DIGITS);
  }

  /** Prints the constants as they stand in the source. */
  public static void main(String[] args) {
    double c = commonFactor();
    System.out.println("C = " + Double.toHexString(c) + ", " + largestError(c) / 0x1p-24);
    System.out.println("LOG_C = " + Double.toHexString(StrictMath.log(c)));
    for (float factor : factors(c)) {
      System.out.println(Float.toHexString(factor) + "f,");
    }
  }
}
