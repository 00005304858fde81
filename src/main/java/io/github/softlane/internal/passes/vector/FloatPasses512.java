package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.ScalarFloatPasses;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes in vectors of 512 bits.
 *
 * <p>The loops over whole rows take four vectors at a time. That hides latency, and makes the
 * methods too large for the compiler to inline: as part of a caller they would be compiled by its
 * profile.
 *
 * <p>The species has to be a constant of the class for the compiler to see it, so that each width
 * is a class; the ones for 256 and 128 bits are made from this file by the build.
 */
public final class FloatPasses512 implements FloatPasses {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  /** Does the elements that fill no vector. */
  private static final FloatPasses SCALAR = new ScalarFloatPasses();

  @Override
  public String name() {
    return "vector-512";
  }

  @Override
  public float max(float[] x, int xOffset, int n) {
    FloatVector max0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector max1 = max0;
    FloatVector max2 = max0;
    FloatVector max3 = max0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, xOffset + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, xOffset + i + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, xOffset + i + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, xOffset + i + 3 * LANES);
      // A comparison and a blend: FloatVector.max takes five instructions for NaN and -0.
      max0 = max0.blend(v0, v0.compare(VectorOperators.GT, max0));
      max1 = max1.blend(v1, v1.compare(VectorOperators.GT, max1));
      max2 = max2.blend(v2, v2.compare(VectorOperators.GT, max2));
      max3 = max3.blend(v3, v3.compare(VectorOperators.GT, max3));
    }
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      max0 = max0.blend(v, v.compare(VectorOperators.GT, max0));
    }
    max0 = max0.blend(max1, max1.compare(VectorOperators.GT, max0));
    max2 = max2.blend(max3, max3.compare(VectorOperators.GT, max2));
    max0 = max0.blend(max2, max2.compare(VectorOperators.GT, max0));
    float max = max0.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = x[xOffset + i] > max ? x[xOffset + i] : max;
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
    FloatVector scale = FloatVector.broadcast(SPECIES, exp.scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector floors = FloatVector.broadcast(SPECIES, floor);
    FloatVector log2e = FloatVector.broadcast(SPECIES, exp.log2e);
    FloatVector magics = FloatVector.broadcast(SPECIES, magic);
    FloatVector minusLn2Hi = FloatVector.broadcast(SPECIES, exp.minusLn2Hi);
    FloatVector minusLn2Lo = FloatVector.broadcast(SPECIES, exp.minusLn2Lo);
    FloatVector minusLn2LoScaled = FloatVector.broadcast(SPECIES, exp.minusLn2LoScaled);
    FloatVector inverseHi = FloatVector.broadcast(SPECIES, exp.inverseHi);
    FloatVector inverseLo = FloatVector.broadcast(SPECIES, exp.inverseLo);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector h0 = FloatVector.broadcast(SPECIES, exp.h0);
    FloatVector h1 = FloatVector.broadcast(SPECIES, exp.h1);
    FloatVector h2 = FloatVector.broadcast(SPECIES, exp.h2);
    FloatVector h3 = FloatVector.broadcast(SPECIES, exp.h3);
    FloatVector h4 = FloatVector.broadcast(SPECIES, exp.h4);
    // As many virtual lanes at a time as a vector has; the operations are those of the scalar
    // passes.
    int grids = 0;
    int fineGrids = 0;
    double low = 0;
    for (int lane = 0; lane < FloatLanes.COUNT; lane += LANES) {
      FloatVector sum = FloatVector.broadcast(SPECIES, FloatLanes.START);
      FloatVector dropped = FloatVector.broadcast(SPECIES, FloatLanes.FINE_START);
      FloatVector rest = FloatVector.zero(SPECIES);
      for (int i = lane; i < n; i += FloatLanes.COUNT) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, xOffset + i).fma(scale, shifts);
        d = d.blend(floors, d.compare(VectorOperators.LT, floors));
        FloatVector magicSum = d.fma(log2e, magics);
        FloatVector power =
            magicSum
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
                .reinterpretAsFloats();
        FloatVector k = magicSum.sub(magics);
        FloatVector reduced = k.fma(minusLn2Hi, d);
        FloatVector head = reduced.fma(inverseHi, one);
        FloatVector r = k.fma(minusLn2Lo, reduced);
        FloatVector square = r.mul(r);
        FloatVector h01 = h1.fma(r, h0);
        FloatVector h23 = h3.fma(r, h2);
        FloatVector h = h4.fma(square, h23).fma(square, h01);
        FloatVector linear = r.fma(inverseLo, k.mul(minusLn2LoScaled));
        FloatVector tail = square.fma(h, linear).add(reduced.fma(inverseHi, one.sub(head)));
        FloatVector scaledHead = head.mul(power);
        FloatVector e = tail.fma(power, scaledHead);
        if (y != null) {
          e.intoArray(y, yOffset + i);
        }
        FloatVector next = sum.add(e);
        FloatVector drop = tail.fma(power, scaledHead.sub(next.sub(sum)));
        sum = next;
        FloatVector nextDropped = dropped.add(drop);
        rest = rest.add(drop.sub(nextDropped.sub(dropped)));
        dropped = nextDropped;
      }
      grids += sum.reinterpretAsInts().sub(FloatLanes.START_BITS).reduceLanes(VectorOperators.ADD);
      fineGrids +=
          dropped
              .reinterpretAsInts()
              .sub(FloatLanes.FINE_START_BITS)
              .reduceLanes(VectorOperators.ADD);
      // Written out: a helper of more than 35 bytecodes is not inlined here, and would box the
      // vector.
      low = low + rest.lane(0) + rest.lane(1) + rest.lane(2) + rest.lane(3);
      if (LANES > 4) {
        low = low + rest.lane(4) + rest.lane(5) + rest.lane(6) + rest.lane(7);
      }
      if (LANES > 8) {
        low = low + rest.lane(8) + rest.lane(9) + rest.lane(10) + rest.lane(11);
        low = low + rest.lane(12) + rest.lane(13) + rest.lane(14) + rest.lane(15);
      }
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
    return SCALAR.sumTail(x, xOffset, y, yOffset, n, exp, shift, magic, floor);
  }

  @Override
  public void scale(float[] y, int yOffset, int n, float hi, float lo) {
    FloatVector his = FloatVector.broadcast(SPECIES, hi);
    FloatVector los = FloatVector.broadcast(SPECIES, lo);
    FloatVector unbias = FloatVector.broadcast(SPECIES, FloatExp.UNBIAS);
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, y, yOffset + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, y, yOffset + i + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, y, yOffset + i + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, y, yOffset + i + 3 * LANES);
      v0.fma(his, v0.mul(los)).mul(unbias).intoArray(y, yOffset + i);
      v1.fma(his, v1.mul(los)).mul(unbias).intoArray(y, yOffset + i + LANES);
      v2.fma(his, v2.mul(los)).mul(unbias).intoArray(y, yOffset + i + 2 * LANES);
      v3.fma(his, v3.mul(los)).mul(unbias).intoArray(y, yOffset + i + 3 * LANES);
    }
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, yOffset + i);
      v.fma(his, v.mul(los)).mul(unbias).intoArray(y, yOffset + i);
    }
    SCALAR.scale(y, yOffset + i, n - i, hi, lo);
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
    FloatVector scale = FloatVector.broadcast(SPECIES, exp.scale);
    FloatVector minusMaxs = FloatVector.broadcast(SPECIES, minusMax);
    FloatVector inverseHi = FloatVector.broadcast(SPECIES, exp.inverseHi);
    FloatVector inverseLo = FloatVector.broadcast(SPECIES, exp.inverseLo);
    FloatVector minusC = FloatVector.broadcast(SPECIES, -c);
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      int xi = xOffset + i;
      int yi = yOffset + i;
      FloatVector d0 = FloatVector.fromArray(SPECIES, x, xi).fma(scale, minusMaxs);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, xi + LANES).fma(scale, minusMaxs);
      FloatVector d2 = FloatVector.fromArray(SPECIES, x, xi + 2 * LANES).fma(scale, minusMaxs);
      FloatVector d3 = FloatVector.fromArray(SPECIES, x, xi + 3 * LANES).fma(scale, minusMaxs);
      d0.fma(inverseHi, d0.fma(inverseLo, minusC)).intoArray(y, yi);
      d1.fma(inverseHi, d1.fma(inverseLo, minusC)).intoArray(y, yi + LANES);
      d2.fma(inverseHi, d2.fma(inverseLo, minusC)).intoArray(y, yi + 2 * LANES);
      d3.fma(inverseHi, d3.fma(inverseLo, minusC)).intoArray(y, yi + 3 * LANES);
    }
    for (; i <= n - LANES; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, xOffset + i).fma(scale, minusMaxs);
      d.fma(inverseHi, d.fma(inverseLo, minusC)).intoArray(y, yOffset + i);
    }
    SCALAR.logProbs(x, xOffset + i, y, yOffset + i, n - i, exp, minusMax, c);
  }

  @Override
  public int firstAtLeast(float[] x, int xOffset, int n, float value) {
    FloatVector values = FloatVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(VectorOperators.GE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstAtLeast(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstOtherThan(float[] x, int xOffset, int n, float value) {
    FloatVector values = FloatVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(VectorOperators.NE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstOtherThan(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstNaN(float[] x, int xOffset, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(VectorOperators.NE, v);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstNaN(x, xOffset + i, n - i);
  }
}
