package io.github.softlane.internal.passes;

import static io.github.softlane.internal.arithmetic.Fused.fma;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;

/** The passes in plain Java, one virtual lane after the other. */
public final class ScalarFloatPasses implements FloatPasses {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public float max(float[] x, int xOffset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = xOffset; i < xOffset + n; i++) {
      max = x[i] > max ? x[i] : max;
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
      float floor) {
    int grids = 0;
    int fineGrids = 0;
    double low = 0;
    for (int lane = 0; lane < FloatLanes.COUNT; lane++) {
      float sum = FloatLanes.START;
      float dropped = FloatLanes.FINE_START;
      float rest = 0;
      for (int i = lane; i < n; i += FloatLanes.COUNT) {
        float d = fma(x[xOffset + i], exp.scale, shift);
        d = d < floor ? floor : d;
        float magicSum = fma(d, exp.log2e, magic);
        float power = FloatExp.power(magicSum);
        float reduced = exp.reduced(d, magicSum - magic);
        float head = exp.head(reduced);
        float tail = exp.tail(magicSum - magic, reduced, head);
        float scaledHead = head * power;
        float e = fma(tail, power, scaledHead);
        if (y != null) {
          y[yOffset + i] = e;
        }
        float next = sum + e;
        float drop = fma(tail, power, scaledHead - (next - sum));
        sum = next;
        float nextDropped = dropped + drop;
        rest += drop - (nextDropped - dropped);
        dropped = nextDropped;
      }
      grids += Float.floatToRawIntBits(sum) - FloatLanes.START_BITS;
      fineGrids += Float.floatToRawIntBits(dropped) - FloatLanes.FINE_START_BITS;
      low += rest;
    }
    return FloatLanes.fold(grids, fineGrids, low);
  }

  @Override
  public double sumTail(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor) {
    return sumExp(x, xOffset, y, yOffset, n, exp, shift, magic, floor);
  }

  @Override
  public void scale(float[] y, int yOffset, int n, float hi, float lo) {
    for (int i = yOffset; i < yOffset + n; i++) {
      y[i] = fma(y[i], hi, y[i] * lo) * FloatExp.UNBIAS;
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
      y[yOffset + i] = fma(d, exp.inverseHi, fma(d, exp.inverseLo, -c));
    }
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
