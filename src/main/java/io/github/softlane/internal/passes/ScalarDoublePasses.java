package io.github.softlane.internal.passes;

import static io.github.softlane.internal.arithmetic.Fused.fma;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;

/** The passes in plain Java, one virtual lane after the other. */
public final class ScalarDoublePasses implements DoublePasses {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public double max(double[] x, int xOffset, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = xOffset; i < xOffset + n; i++) {
      max = x[i] > max ? x[i] : max;
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
      double floor) {
    long grids = 0;
    double low = 0;
    for (int lane = 0; lane < DoubleLanes.COUNT; lane++) {
      double sum = DoubleLanes.START;
      double dropped = 0;
      for (int i = lane; i < n; i += DoubleLanes.COUNT) {
        double d = fma(x[xOffset + i], exp.scale, shift);
        d = d < floor ? floor : d;
        double magicSum = fma(d, exp.log2e, magic);
        double power = DoubleExp.power(magicSum);
        double reduced = exp.reduced(d, magicSum - magic);
        double head = exp.head(reduced);
        double tail = exp.tail(magicSum - magic, reduced, head);
        double scaledHead = head * power;
        double e = fma(tail, power, scaledHead);
        if (y != null) {
          y[yOffset + i] = e;
        }
        double next = sum + e;
        dropped += fma(tail, power, scaledHead - (next - sum));
        sum = next;
      }
      grids += Double.doubleToRawLongBits(sum) - DoubleLanes.START_BITS;
      low += dropped;
    }
    return DoubleLanes.fold(grids, low);
  }

  @Override
  public long sumTail(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor) {
    return sumExp(x, xOffset, y, yOffset, n, exp, shift, magic, floor);
  }

  @Override
  public void scale(double[] y, int yOffset, int n, double hi, double lo) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = fma(y[i], hi, y[i] * lo) * DoubleExp.UNBIAS;
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
      y[yOffset + i] = fma(d, exp.inverseHi, fma(d, exp.inverseLo, -c));
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
