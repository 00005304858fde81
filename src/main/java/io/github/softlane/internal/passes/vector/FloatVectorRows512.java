package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows that fit one vector, of 512 bits: gates, small classifiers.
 *
 * <p>As {@link FloatShortRows}, but a row stays in registers from its one load to its one store.
 * Nothing is written of a row that is not an everyday one. Softmax and log-sum-exp only: with
 * log-softmax as a third end of a row the method allocated in one order of calls out of eight.
 */
final class FloatVectorRows512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final int LANES = SPECIES.length();
  private static final FloatVector NUMBERS = FloatVector.zero(SPECIES).addIndex(1);

  /**
   * Where the maximum of an everyday row lies: the row needs no shift, and the floor is below 0, so
   * that the clamp is an unsigned minimum of the bits.
   */
  static final float LEAST = -512;

  static final float MOST = 128;

  private FloatVectorRows512() {}

  /** See {@link io.github.softlane.internal.passes.FloatPasses#shortRows}. */
  static int run(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    if (rows == 0) {
      return 0;
    }
    boolean results = operation == RowOperation.SOFTMAX;
    FloatExp exp = FloatExp.UNIT;
    FloatVector log2e = FloatVector.broadcast(SPECIES, exp.log2e);
    FloatVector minusLn2Hi = FloatVector.broadcast(SPECIES, exp.minusLn2Hi);
    FloatVector minusLn2Lo = FloatVector.broadcast(SPECIES, exp.minusLn2Lo);
    FloatVector h0 = FloatVector.broadcast(SPECIES, exp.h0);
    FloatVector h1 = FloatVector.broadcast(SPECIES, exp.h1);
    FloatVector h2 = FloatVector.broadcast(SPECIES, exp.h2);
    FloatVector h3 = FloatVector.broadcast(SPECIES, exp.h3);
    FloatVector h4 = FloatVector.broadcast(SPECIES, exp.h4);
    FloatVector starts = FloatVector.broadcast(SPECIES, FloatLanes.START);
    FloatVector fineStarts = FloatVector.broadcast(SPECIES, FloatLanes.FINE_START);
    int startBits = Float.floatToRawIntBits(FloatLanes.START);
    int fineStartBits = Float.floatToRawIntBits(FloatLanes.FINE_START);
    FloatVector rounding = FloatVector.broadcast(SPECIES, FloatExp.MAGIC);
    FloatVector depths = FloatVector.broadcast(SPECIES, FloatExp.DEPTH);
    FloatVector ln2 = FloatVector.broadcast(SPECIES, (float) FloatExp.LN2);
    FloatVector absent = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    VectorMask<Float> present = NUMBERS.compare(VectorOperators.LT, (float) n);
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      int yi = yOffset + row * yStride;
      if (xi > x.length - LANES || (results && yi > y.length - LANES)) {
        return row;
      }
      FloatVector v = absent.blend(FloatVector.fromArray(SPECIES, x, xi), present);
      // Ordered as the numbers are: the bits of negative ones but for the sign turned round.
      IntVector bits = v.reinterpretAsInts();
      IntVector turned = bits.lanewise(VectorOperators.ASHR, 31).and(Integer.MAX_VALUE);
      int highest = bits.lanewise(VectorOperators.XOR, turned).reduceLanes(VectorOperators.MAX);
      float max = Float.intBitsToFloat(highest ^ (highest >> 31 & Integer.MAX_VALUE)) + 0f;
      if (!(max > LEAST && max < MOST) || v.compare(VectorOperators.NE, v).anyTrue()) {
        return row;
      }
      FloatVector maxima = FloatVector.broadcast(SPECIES, max);
      FloatVector powers = maxima.fma(log2e, rounding).sub(rounding);
      FloatVector magics = depths.sub(powers).add(rounding);
      IntVector floors = powers.sub(depths).mul(ln2).reinterpretAsInts();
      FloatVector d = bits.lanewise(VectorOperators.UMIN, floors).reinterpretAsFloats();
      FloatVector magicSum = d.fma(log2e, magics);
      FloatVector e2 =
          magicSum
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
              .reinterpretAsFloats();
      FloatVector k = magicSum.sub(magics);
      FloatVector reduced = k.fma(minusLn2Hi, d);
      FloatVector r = k.fma(minusLn2Lo, reduced);
      FloatVector square = r.mul(r);
      FloatVector h = h4.fma(square, h3.fma(r, h2)).fma(square, h1.fma(r, h0));
      FloatVector rest = h.fma(square, k.mul(minusLn2Lo));
      FloatVector near = rest.fma(e2, reduced.fma(e2, e2.add(starts)));
      FloatVector fine = rest.fma(e2, reduced.fma(e2, e2.sub(near.sub(starts))));
      IntVector multiples = near.reinterpretAsInts().sub(startBits);
      IntVector rests = fine.add(fineStarts).reinterpretAsInts().sub(fineStartBits);
      int grids = multiples.reduceLanes(VectorOperators.ADD);
      int fineGrids = rests.reduceLanes(VectorOperators.ADD);
      double sum = grids * FloatLanes.GRID + fineGrids * FloatLanes.FINE_GRID;
      FloatVector reducedMax = powers.fma(minusLn2Hi, maxima);
      FloatVector rMax = powers.fma(minusLn2Lo, reducedMax);
      FloatVector squareMax = rMax.mul(rMax);
      FloatVector hMax = h3.fma(rMax, h2);
      hMax = h4.fma(squareMax, hMax).fma(squareMax, h1.fma(rMax, h0));
      FloatVector restMax = hMax.fma(squareMax, powers.mul(minusLn2Lo));
      double largest = 1.0 + ((double) reducedMax.lane(0) + restMax.lane(0));
      double dominated = !results && max == 0 ? SumLimits.DOMINATED_AT_ZERO : SumLimits.DOMINATED;
      if (sum >= n * largest * SumLimits.NEARLY_CONSTANT || sum - largest < largest * dominated) {
        return row;
      }
      if (results) {
        double inverse = 1.0 / sum;
        float inverseHi = (float) inverse;
        FloatVector e = reduced.add(rest).fma(e2, e2);
        FloatVector small = e.mul((float) (inverse - inverseHi));
        e.fma(FloatVector.broadcast(SPECIES, inverseHi), small)
            .mul(FloatExp.UNBIAS)
            .intoArray(y, yi, present);
        continue;
      }
      double remainder = max - powers.lane(0) * FloatExp.LN2;
      y[yi] = (float) Log.nearLogPlus(sum, max - remainder);
    }
    return rows;
  }
}
