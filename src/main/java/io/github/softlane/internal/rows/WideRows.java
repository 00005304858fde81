package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.arithmetic.Log;
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
  private WideRows() {}

  static void softmax(
      double temperature, double max, float[] x, int xOffset, float[] y, int yOffset, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += exp(temperature, max, x[xOffset + i]);
    }
    if (Double.isNaN(sum)) {
      Arrays.fill(y, yOffset, yOffset + n, Float.NaN);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (float) (exp(temperature, max, x[xOffset + i]) / sum);
    }
  }

  static void softmax(
      double temperature, double max, double[] x, int xOffset, double[] y, int yOffset, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += exp(temperature, max, x[xOffset + i]);
    }
    if (Double.isNaN(sum)) {
      Arrays.fill(y, yOffset, yOffset + n, Double.NaN);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = exp(temperature, max, x[xOffset + i]) / sum;
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
    double rest = 0;
    boolean counted = false;
    for (int i = 0; i < n; i++) {
      if (x[xOffset + i] == max && !counted) {
        counted = true;
      } else {
        rest += exp(temperature, max, x[xOffset + i]);
      }
    }
    return logOnePlus(rest);
  }

  /** {@code log(sum exp((x - max) / T))}, NaN when the row holds a NaN. */
  static double logOverMax(double temperature, double max, double[] x, int xOffset, int n) {
    double rest = 0;
    boolean counted = false;
    for (int i = 0; i < n; i++) {
      if (x[xOffset + i] == max && !counted) {
        counted = true;
      } else {
        rest += exp(temperature, max, x[xOffset + i]);
      }
    }
    return logOnePlus(rest);
  }

  private static double logOnePlus(double rest) {
    if (Double.isNaN(rest)) {
      return Double.NaN;
    }
    double one = 1.0 + rest;
    double part = one - 1.0;
    return Log.logPlus(one, (1.0 - (one - part)) + (rest - part), 0, 0);
  }

  /** {@code (x - max) / T}, rounded; -inf where it overflows. */
  private static double quotient(double temperature, double max, double x) {
    double range = range(temperature);
    return (x * range - max * range) / (temperature * range);
  }

  /** {@code exp((x - max) / T)}. */
  private static double exp(double temperature, double max, double x) {
    double range = range(temperature);
    double a = x * range;
    double b = -max * range;
    double divisor = temperature * range;
    double difference = a + b;
    double z = difference / divisor;
    if (z < LOWEST) {
      return 0;
    }
    double part = difference - a;
    double error = (a - (difference - part)) + (b - part);
    double zLo = (Fused.fma(-z, divisor, difference) + error) / divisor;
    double power = DoubleExp.UNIT.maxPower(z);
    double reduced = DoubleExp.UNIT.reduced(z, power);
    double head = DoubleExp.UNIT.head(reduced);
    double e = head + DoubleExp.UNIT.tail(power, reduced, head);
    return Math.scalb(Fused.fma(e, zLo, e), (int) power);
  }

  /**
   * Brought in where a difference of two finite numbers may overflow though its quotient does not.
   */
  private static double range(double temperature) {
    return temperature > 1 ? 0.25 : 1;
  }

  /** exp of less is below half the smallest subnormal double. */
  private static final double LOWEST = -745.2;
}
