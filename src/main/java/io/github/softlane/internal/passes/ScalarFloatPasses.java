package io.github.softlane.internal.passes;

import static io.github.softlane.internal.arithmetic.Fused.fma;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;

/** The passes in plain Java, one element after the other. */
public final class ScalarFloatPasses implements FloatPasses {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public float max(float[] x, int xOffset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = xOffset; i < xOffset + n; i++) {
      // One comparison for most elements, false for a NaN too.
      if (!(x[i] <= max)) {
        if (Float.isNaN(x[i])) {
          return Float.NaN;
        }
        max = x[i];
      }
    }
    return max + 0f;
  }

  @Override
  public double sumExp(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor,
      float unit) {
    int whole = n - n % FloatLanes.COUNT;
    int left = n - whole;
    double first = lanes(x, xOffset, y, yOffset, whole, exp, shift, magic, floor, unit);
    if (left == 0) {
      return first;
    }
    int xi = xOffset + whole;
    double rest = lanes(x, xi, y, yOffset + whole, left, exp, shift, magic, floor, unit);
    return first + rest;
  }

  /** The sum of whole vectors of all lanes, or of fewer elements than there are lanes. */
  public static double lanes(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor,
      float unit) {
    boolean plain = exp == FloatExp.UNIT && shift == 0;
    return plain
        ? plain(x, xOffset, y, yOffset, n, magic, floor, unit)
        : scaled(x, xOffset, y, yOffset, n, exp, shift, magic, floor, unit);
  }

  /** At T = 1, without shift: the operations of {@link #scaled} but those that change nothing. */
  private static double plain(
      float[] x, int xOffset, float[] y, int yOffset, int n, float magic, float floor, float unit) {
    double start = FloatLanes.WIDE_START * unit;
    long bits = 0;
    for (int i = 0; i < n; i++) {
      float d = clamped(x[xOffset + i], floor);
      float magicSum = fma(d, FloatExp.UNIT.stepsOfE, magic);
      float power = FloatExp.power(magicSum);
      float fraction = FloatExp.unitFraction(d, magicSum - magic);
      if (y != null) {
        y[yOffset + i] = fma(fraction, power, power);
      }
      double wide = power;
      bits += Double.doubleToRawLongBits(fma(fraction, wide, wide + start));
    }
    return sum(bits, n, unit);
  }

  /** The sum at any temperature. */
  private static double scaled(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor,
      float unit) {
    double start = FloatLanes.WIDE_START * unit;
    long bits = 0;
    for (int i = 0; i < n; i++) {
      float d = clamped(fma(x[xOffset + i], exp.scale, shift), floor);
      float magicSum = fma(d, exp.stepsOfE, magic);
      float power = FloatExp.power(magicSum);
      float fraction = exp.fraction(d, magicSum - magic);
      if (y != null) {
        y[yOffset + i] = fma(fraction, power, power);
      }
      double wide = power;
      bits += Double.doubleToRawLongBits(fma(fraction, wide, wide + start));
    }
    return sum(bits, n, unit);
  }

  private static double sum(long bits, int n, float unit) {
    long fineGrids = bits - n * Double.doubleToRawLongBits(FloatLanes.WIDE_START * unit);
    return FloatLanes.fold(fineGrids) * unit;
  }

  private static float clamped(float d, float floor) {
    return d < floor ? floor : d;
  }

  @Override
  public void scale(float[] y, int yOffset, int n, float hi, float lo, float unit) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = fma(y[i], hi, y[i] * lo) * unit;
    }
  }

  @Override
  public void logProbs(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float minusMax,
      float c) {
    for (int i = 0; i < n; i++) {
      float d = fma(x[xOffset + i], exp.scale, minusMax);
      y[yOffset + i] = fma(d, exp.inverseHi, fma(d, exp.inverseLoAboveZero, -c));
    }
  }

  @Override
  public FloatPasses withoutShortRows() {
    return this;
  }

  /** Plain Java gains nothing from it. */
  @Override
  public int shortRows(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    return 0;
  }

  @Override
  public int firstAtLeast(float[] x, int xOffset, int n, float value) {
    int i = 0;
    while (i < n && !(x[xOffset + i] >= value)) {
      i++;
    }
    return i;
  }

  @Override
  public int firstOtherThan(float[] x, int xOffset, int n, float value) {
    int i = 0;
    while (i < n && x[xOffset + i] == value) {
      i++;
    }
    return i;
  }

  @Override
  public int firstNaN(float[] x, int xOffset, int n) {
    int i = 0;
    while (i < n && !Float.isNaN(x[xOffset + i])) {
      i++;
    }
    return i;
  }
}
