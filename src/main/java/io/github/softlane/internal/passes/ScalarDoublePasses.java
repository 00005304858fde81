package io.github.softlane.internal.passes;

import static io.github.softlane.internal.arithmetic.Fused.fma;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.WideSum;

/** The passes in plain Java, one element after the other. */
public final class ScalarDoublePasses implements DoublePasses {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public double max(double[] x, int xOffset, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = xOffset; i < xOffset + n; i++) {
      // One comparison for most elements, false for a NaN too.
      if (!(x[i] <= max)) {
        if (Double.isNaN(x[i])) {
          return Double.NaN;
        }
        max = x[i];
      }
    }
    return max + 0;
  }

  @Override
  public long sumExp(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor,
      double unit) {
    int whole = n - n % DoubleLanes.COUNT;
    int left = n - whole;
    long first = lanes(x, xOffset, y, yOffset, whole, exp, shift, magic, floor, unit);
    if (left == 0) {
      return first;
    }
    int xi = xOffset + whole;
    long rest = lanes(x, xi, y, yOffset + whole, left, exp, shift, magic, floor, unit);
    return WideSum.add(first, rest);
  }

  /** The sum of whole vectors of all lanes, or of fewer elements than there are lanes. */
  public static long lanes(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor,
      double unit) {
    boolean plain = exp == DoubleExp.UNIT && shift == 0;
    return plain
        ? plain(x, xOffset, y, yOffset, n, magic, floor, unit)
        : scaled(x, xOffset, y, yOffset, n, exp, shift, magic, floor, unit);
  }

  /** At T = 1, without shift: the operations of {@link #scaled} but those that change nothing. */
  private static long plain(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      double magic,
      double floor,
      double unit) {
    double start = DoubleLanes.START * unit;
    double gridStart = DoubleLanes.GRID_START * unit;
    long bits = 0;
    long fineBits = 0;
    for (int i = 0; i < n; i++) {
      double d = clamped(x[xOffset + i], floor);
      double magicSum = fma(d, DoubleExp.UNIT.log2e, magic);
      double power = DoubleExp.power(magicSum);
      double k = magicSum - magic;
      double reduced = DoubleExp.UNIT.reduced(d, k);
      double small = DoubleExp.unitRest(k, reduced);
      if (y != null) {
        y[yOffset + i] = fma(reduced + small, power, power);
      }
      double near = fma(small, power, fma(reduced, power, power + start));
      double rest = fma(small, power, fma(reduced, power, power - (near - gridStart)));
      bits += Double.doubleToRawLongBits(near);
      fineBits += Double.doubleToRawLongBits(rest);
    }
    return sum(bits, fineBits, n, unit);
  }

  /** The sum at any temperature. */
  private static long scaled(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor,
      double unit) {
    double start = DoubleLanes.START * unit;
    double gridStart = DoubleLanes.GRID_START * unit;
    long bits = 0;
    long fineBits = 0;
    for (int i = 0; i < n; i++) {
      double d = clamped(fma(x[xOffset + i], exp.scale, shift), floor);
      double magicSum = fma(d, exp.log2e, magic);
      double power = DoubleExp.power(magicSum);
      double k = magicSum - magic;
      double reduced = exp.reduced(d, k);
      double small = exp.rest(k, reduced);
      if (y != null) {
        y[yOffset + i] = fma(exp.fraction(reduced, small), power, power);
      }
      double scaled = reduced * power;
      double near = fma(small, power, fma(scaled, exp.inverseHi, power + start));
      double rest = fma(small, power, fma(scaled, exp.inverseHi, power - (near - gridStart)));
      bits += Double.doubleToRawLongBits(near);
      fineBits += Double.doubleToRawLongBits(rest);
    }
    return sum(bits, fineBits, n, unit);
  }

  private static long sum(long bits, long fineBits, int n, double unit) {
    long grids = bits - n * Double.doubleToRawLongBits(DoubleLanes.START * unit);
    long fineGrids = fineBits - n * Double.doubleToRawLongBits(DoubleLanes.FINE_START * unit);
    return WideSum.of(
        DoubleLanes.foldHi(grids) * unit, DoubleLanes.foldLo(grids, fineGrids) * unit);
  }

  private static double clamped(double d, double floor) {
    return d < floor ? floor : d;
  }

  @Override
  public void scale(double[] y, int yOffset, int n, double hi, double lo, double unit) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = fma(y[i], hi, y[i] * lo) * unit;
    }
  }

  @Override
  public void logProbs(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double minusMax,
      double c) {
    for (int i = 0; i < n; i++) {
      double d = fma(x[xOffset + i], exp.scale, minusMax);
      y[yOffset + i] = fma(d, exp.inverseHi, fma(d, exp.inverseLoAboveZero, -c));
    }
  }

  @Override
  public int firstAtLeast(double[] x, int xOffset, int n, double value) {
    int i = 0;
    while (i < n && !(x[xOffset + i] >= value)) {
      i++;
    }
    return i;
  }

  @Override
  public int firstOtherThan(double[] x, int xOffset, int n, double value) {
    int i = 0;
    while (i < n && x[xOffset + i] == value) {
      i++;
    }
    return i;
  }

  @Override
  public int firstNaN(double[] x, int xOffset, int n) {
    int i = 0;
    while (i < n && !Double.isNaN(x[xOffset + i])) {
      i++;
    }
    return i;
  }
}
