package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.ScalarDoublePasses;
import jdk.incubator.vector.DoubleVector;
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
public final class DoublePasses512 implements DoublePasses {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();
  private static final boolean TWO_LANES = LANES == 2;

  /**
   * Does the elements that fill no vector, and what needs a comparison in vectors of two lanes: C2
   * has no masks for those on x86, and would box.
   */
  private static final DoublePasses SCALAR = new ScalarDoublePasses();

  @Override
  public String name() {
    return "vector-512";
  }

  @Override
  public double max(double[] x, int xOffset, int n) {
    if (TWO_LANES) {
      return SCALAR.max(x, xOffset, n);
    }
    DoubleVector max0 = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    DoubleVector max1 = max0;
    DoubleVector max2 = max0;
    DoubleVector max3 = max0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, x, xOffset + i + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, x, xOffset + i + 2 * LANES);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, x, xOffset + i + 3 * LANES);
      // A comparison and a blend: DoubleVector.max takes five instructions for NaN and -0.
      max0 = max0.blend(v0, v0.compare(VectorOperators.GT, max0));
      max1 = max1.blend(v1, v1.compare(VectorOperators.GT, max1));
      max2 = max2.blend(v2, v2.compare(VectorOperators.GT, max2));
      max3 = max3.blend(v3, v3.compare(VectorOperators.GT, max3));
    }
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      max0 = max0.blend(v, v.compare(VectorOperators.GT, max0));
    }
    max0 = max0.blend(max1, max1.compare(VectorOperators.GT, max0));
    max2 = max2.blend(max3, max3.compare(VectorOperators.GT, max2));
    max0 = max0.blend(max2, max2.compare(VectorOperators.GT, max0));
    double max = max0.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = x[xOffset + i] > max ? x[xOffset + i] : max;
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
    DoubleVector scale = DoubleVector.broadcast(SPECIES, exp.scale);
    DoubleVector shifts = DoubleVector.broadcast(SPECIES, shift);
    DoubleVector floors = DoubleVector.broadcast(SPECIES, floor);
    DoubleVector log2e = DoubleVector.broadcast(SPECIES, exp.log2e);
    DoubleVector magics = DoubleVector.broadcast(SPECIES, magic);
    DoubleVector minusLn2Hi = DoubleVector.broadcast(SPECIES, exp.minusLn2Hi);
    DoubleVector minusLn2Lo = DoubleVector.broadcast(SPECIES, exp.minusLn2Lo);
    DoubleVector minusLn2LoScaled = DoubleVector.broadcast(SPECIES, exp.minusLn2LoScaled);
    DoubleVector inverseHi = DoubleVector.broadcast(SPECIES, exp.inverseHi);
    DoubleVector inverseLo = DoubleVector.broadcast(SPECIES, exp.inverseLo);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector h0 = DoubleVector.broadcast(SPECIES, exp.h0);
    DoubleVector h1 = DoubleVector.broadcast(SPECIES, exp.h1);
    DoubleVector h2 = DoubleVector.broadcast(SPECIES, exp.h2);
    DoubleVector h3 = DoubleVector.broadcast(SPECIES, exp.h3);
    DoubleVector h4 = DoubleVector.broadcast(SPECIES, exp.h4);
    DoubleVector h5 = DoubleVector.broadcast(SPECIES, exp.h5);
    DoubleVector h6 = DoubleVector.broadcast(SPECIES, exp.h6);
    DoubleVector h7 = DoubleVector.broadcast(SPECIES, exp.h7);
    DoubleVector h8 = DoubleVector.broadcast(SPECIES, exp.h8);
    DoubleVector h9 = DoubleVector.broadcast(SPECIES, exp.h9);
    // As many virtual lanes at a time as a vector has; the operations are those of the scalar
    // passes.
    long grids = 0;
    double low = 0;
    for (int lane = 0; lane < DoubleLanes.COUNT; lane += LANES) {
      DoubleVector sum = DoubleVector.broadcast(SPECIES, DoubleLanes.START);
      DoubleVector dropped = DoubleVector.zero(SPECIES);
      for (int i = lane; i < n; i += DoubleLanes.COUNT) {
        DoubleVector d = DoubleVector.fromArray(SPECIES, x, xOffset + i).fma(scale, shifts);
        d = TWO_LANES ? d.max(floors) : d.blend(floors, d.compare(VectorOperators.LT, floors));
        DoubleVector magicSum = d.fma(log2e, magics);
        DoubleVector power =
            magicSum
                .reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, DoubleExp.EXPONENT_SHIFT)
                .reinterpretAsDoubles();
        DoubleVector k = magicSum.sub(magics);
        DoubleVector reduced = k.fma(minusLn2Hi, d);
        DoubleVector head = reduced.fma(inverseHi, one);
        DoubleVector r = k.fma(minusLn2Lo, reduced);
        DoubleVector square = r.mul(r);
        DoubleVector quad = square.mul(square);
        DoubleVector h01 = h1.fma(r, h0);
        DoubleVector h23 = h3.fma(r, h2);
        DoubleVector h45 = h5.fma(r, h4);
        DoubleVector h67 = h7.fma(r, h6);
        DoubleVector h89 = h9.fma(r, h8);
        DoubleVector h03 = h23.fma(square, h01);
        DoubleVector h47 = h67.fma(square, h45);
        DoubleVector h = h89.fma(quad, h47).fma(quad, h03);
        DoubleVector linear = r.fma(inverseLo, k.mul(minusLn2LoScaled));
        DoubleVector tail = square.fma(h, linear).add(reduced.fma(inverseHi, one.sub(head)));
        DoubleVector scaledHead = head.mul(power);
        DoubleVector e = tail.fma(power, scaledHead);
        if (y != null) {
          e.intoArray(y, yOffset + i);
        }
        DoubleVector next = sum.add(e);
        dropped = dropped.add(tail.fma(power, scaledHead.sub(next.sub(sum))));
        sum = next;
      }
      grids +=
          sum.reinterpretAsLongs().sub(DoubleLanes.START_BITS).reduceLanes(VectorOperators.ADD);
      // Written out: a helper of more than 35 bytecodes is not inlined here, and would box the
      // vector.
      low = low + dropped.lane(0) + dropped.lane(1);
      if (LANES > 2) {
        low = low + dropped.lane(2) + dropped.lane(3);
      }
      if (LANES > 4) {
        low = low + dropped.lane(4) + dropped.lane(5) + dropped.lane(6) + dropped.lane(7);
      }
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
    return SCALAR.sumTail(x, xOffset, y, yOffset, n, exp, shift, magic, floor);
  }

  @Override
  public void scale(double[] y, int yOffset, int n, double hi, double lo) {
    DoubleVector his = DoubleVector.broadcast(SPECIES, hi);
    DoubleVector los = DoubleVector.broadcast(SPECIES, lo);
    DoubleVector unbias = DoubleVector.broadcast(SPECIES, DoubleExp.UNBIAS);
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, y, yOffset + i);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, y, yOffset + i + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, y, yOffset + i + 2 * LANES);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, y, yOffset + i + 3 * LANES);
      v0.fma(his, v0.mul(los)).mul(unbias).intoArray(y, yOffset + i);
      v1.fma(his, v1.mul(los)).mul(unbias).intoArray(y, yOffset + i + LANES);
      v2.fma(his, v2.mul(los)).mul(unbias).intoArray(y, yOffset + i + 2 * LANES);
      v3.fma(his, v3.mul(los)).mul(unbias).intoArray(y, yOffset + i + 3 * LANES);
    }
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, yOffset + i);
      v.fma(his, v.mul(los)).mul(unbias).intoArray(y, yOffset + i);
    }
    SCALAR.scale(y, yOffset + i, n - i, hi, lo);
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
    DoubleVector scale = DoubleVector.broadcast(SPECIES, exp.scale);
    DoubleVector minusMaxs = DoubleVector.broadcast(SPECIES, minusMax);
    DoubleVector inverseHi = DoubleVector.broadcast(SPECIES, exp.inverseHi);
    DoubleVector inverseLo = DoubleVector.broadcast(SPECIES, exp.inverseLo);
    DoubleVector minusC = DoubleVector.broadcast(SPECIES, -c);
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      int xi = xOffset + i;
      int yi = yOffset + i;
      DoubleVector d0 = DoubleVector.fromArray(SPECIES, x, xi).fma(scale, minusMaxs);
      DoubleVector d1 = DoubleVector.fromArray(SPECIES, x, xi + LANES).fma(scale, minusMaxs);
      DoubleVector d2 = DoubleVector.fromArray(SPECIES, x, xi + 2 * LANES).fma(scale, minusMaxs);
      DoubleVector d3 = DoubleVector.fromArray(SPECIES, x, xi + 3 * LANES).fma(scale, minusMaxs);
      d0.fma(inverseHi, d0.fma(inverseLo, minusC)).intoArray(y, yi);
      d1.fma(inverseHi, d1.fma(inverseLo, minusC)).intoArray(y, yi + LANES);
      d2.fma(inverseHi, d2.fma(inverseLo, minusC)).intoArray(y, yi + 2 * LANES);
      d3.fma(inverseHi, d3.fma(inverseLo, minusC)).intoArray(y, yi + 3 * LANES);
    }
    for (; i <= n - LANES; i += LANES) {
      DoubleVector d = DoubleVector.fromArray(SPECIES, x, xOffset + i).fma(scale, minusMaxs);
      d.fma(inverseHi, d.fma(inverseLo, minusC)).intoArray(y, yOffset + i);
    }
    SCALAR.logProbs(x, xOffset + i, y, yOffset + i, n - i, exp, minusMax, c);
  }

  @Override
  public int firstAtLeast(double[] x, int xOffset, int n, double value) {
    if (TWO_LANES) {
      return SCALAR.firstAtLeast(x, xOffset, n, value);
    }
    DoubleVector values = DoubleVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(VectorOperators.GE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstAtLeast(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstOtherThan(double[] x, int xOffset, int n, double value) {
    if (TWO_LANES) {
      return SCALAR.firstOtherThan(x, xOffset, n, value);
    }
    DoubleVector values = DoubleVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(VectorOperators.NE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstOtherThan(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstNaN(double[] x, int xOffset, int n) {
    if (TWO_LANES) {
      return SCALAR.firstNaN(x, xOffset, n);
    }
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(VectorOperators.NE, v);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstNaN(x, xOffset + i, n - i);
  }
}
