package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.WideSum;
import java.util.Arrays;

/**
 * Rows whose logits over the temperature leave the range of the lane arithmetic: a temperature
 * whose reciprocal is not a normal number of the type, or a finite maximum so large that max/T
 * overflows.
 *
 * <p>Such rows are rare, and nearly one-hot or nearly uniform, so that one plain loop in double
 * serves every backend and both types. The difference to the maximum is divided by the temperature
 * in two doubles, so that the quotient's rounding does not grow with its size.
 */
final class WideRows {
  /** exp of less is below half the smallest subnormal double. */
  private static final double LOWEST = -745.2;

  private WideRows() {}

  static void softmax(
      double temperature, double max, float[] x, int xOffset, float[] y, int yOffset, int n) {
    long rest = rest(temperature, max, x, xOffset, n);
    if (WideSum.isNaN(rest)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    double sum = 1.0 + WideSum.hi(rest);
    double sumLo = onePlusError(sum, WideSum.hi(rest)) + WideSum.lo(rest);
    for (int i = 0; i < n; i++) {
      double share = exp(temperature, max, x[xOffset + i]) / sum;
      y[yOffset + i] = (float) (share - share * (sumLo / sum));
    }
  }

  static void softmax(
      double temperature, double max, double[] x, int xOffset, double[] y, int yOffset, int n) {
    long rest = rest(temperature, max, x, xOffset, n);
    if (WideSum.isNaN(rest)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    double sum = 1.0 + WideSum.hi(rest);
    double sumLo = onePlusError(sum, WideSum.hi(rest)) + WideSum.lo(rest);
    for (int i = 0; i < n; i++) {
      double share = exp(temperature, max, x[xOffset + i]) / sum;
      y[yOffset + i] = share - share * (sumLo / sum);
    }
  }

  static void logSoftmax(
      double temperature, double max, float[] x, int xOffset, float[] y, int yOffset, int n) {
    double log = logOverMax(temperature, max, x, xOffset, n);
    if (Double.isNaN(log)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (float) (quotient(temperature, max, x[xOffset + i]) - log);
    }
  }

  static void logSoftmax(
      double temperature, double max, double[] x, int xOffset, double[] y, int yOffset, int n) {
    double log = logOverMax(temperature, max, x, xOffset, n);
    if (Double.isNaN(log)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = quotient(temperature, max, x[xOffset + i]) - log;
    }
  }

  /** {@code log(sum exp((x - max) / T))}, NaN when the row holds a NaN. */
  static double logOverMax(double temperature, double max, float[] x, int xOffset, int n) {
    return logOnePlus(rest(temperature, max, x, xOffset, n));
  }

  /** {@code log(sum exp((x - max) / T))}, NaN when the row holds a NaN. */
  static double logOverMax(double temperature, double max, double[] x, int xOffset, int n) {
    return logOnePlus(rest(temperature, max, x, xOffset, n));
  }

  /** The sum of all terms but that of the first maximum, which is 1; NaN in a row with a NaN. */
  static double restOverMax(double temperature, double max, float[] x, int xOffset, int n) {
    return WideSum.rounded(rest(temperature, max, x, xOffset, n));
  }

  /** The sum of all terms but that of the first maximum, which is 1; NaN in a row with a NaN. */
  static double restOverMax(double temperature, double max, double[] x, int xOffset, int n) {
    return WideSum.rounded(rest(temperature, max, x, xOffset, n));
  }

  /** The sum of all terms but that of the first maximum, which is 1. */
  private static long rest(double temperature, double max, float[] x, int xOffset, int n) {
    double sum = 0;
    double error = 0;
    boolean counted = false;
    for (int i = 0; i < n; i++) {
      if (x[xOffset + i] == max && !counted) {
        counted = true;
      } else {
        double term = exp(temperature, max, x[xOffset + i]);
        double next = sum + term;
        double part = next - sum;
        error += (sum - (next - part)) + (term - part);
        sum = next;
      }
    }
    return WideSum.of(sum, error);
  }

  /** The sum of all terms but that of the first maximum, which is 1. */
  private static long rest(double temperature, double max, double[] x, int xOffset, int n) {
    double sum = 0;
    double error = 0;
    boolean counted = false;
    for (int i = 0; i < n; i++) {
      if (x[xOffset + i] == max && !counted) {
        counted = true;
      } else {
        double term = exp(temperature, max, x[xOffset + i]);
        double next = sum + term;
        double part = next - sum;
        error += (sum - (next - part)) + (term - part);
        sum = next;
      }
    }
    return WideSum.of(sum, error);
  }

  private static double logOnePlus(long rest) {
    if (WideSum.isNaN(rest)) {
      return Double.NaN;
    }
    double sum = 1.0 + WideSum.hi(rest);
    return Log.log(sum, onePlusError(sum, WideSum.hi(rest)) + WideSum.lo(rest));
  }

  /** What the sum of 1 and a number lost in rounding. */
  private static double onePlusError(double sum, double number) {
    double part = sum - 1.0;
    return (1.0 - (sum - part)) + (number - part);
  }

  /** {@code (x - max) / T}, rounded; -inf where it overflows. */
  static double quotient(double temperature, double max, double x) {
    double before = before(temperature);
    return (x * before - max * before) / (temperature * before);
  }

  /** {@code exp((x - max) / T)}. */
  private static double exp(double temperature, double max, double x) {
    double before = before(temperature);
    double after = after(temperature);
    double a = x * before;
    double b = -max * before;
    double divisor = temperature * before * after;
    double difference = a + b;
    double z = difference * after / divisor;
    if (z < LOWEST) {
      return 0;
    }
    double part = difference - a;
    double error = (a - (difference - part)) + (b - part);
    double zLo = (Fused.fma(-z, divisor, difference * after) + error * after) / divisor;
    double power = DoubleExp.UNIT.maxPower(z);
    double reduced = DoubleExp.UNIT.reduced(z, power);
    double e = 1.0 + DoubleExp.UNIT.fraction(reduced, DoubleExp.UNIT.rest(power, reduced));
    return Math.scalb(Fused.fma(e, zLo, e), (int) power);
  }

  /** Scales the logits where a difference of two may overflow though its quotient does not. */
  private static double before(double temperature) {
    return temperature > 1 ? 0.25 : 1;
  }

  /** Scales difference and temperature where the remainder of their division may underflow. */
  private static double after(double temperature) {
    return temperature < 0x1p-500 ? 0x1p600 : 1;
  }
}
