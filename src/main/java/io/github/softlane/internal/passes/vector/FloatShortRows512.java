package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FLOATS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.FloatLog;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import io.github.softlane.internal.passes.ScalarFloatPasses;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Short rows from their first loop to their last in one method, in vectors of 512 bits.
 *
 * <p>In a row of 128 the calls of the passes, and what each sets up, take as long as the loops, and
 * a call keeps the processor from beginning the next row while the end of this one still waits for
 * its sum. Here nothing separates rows. What is computed is what the passes and the row algorithms
 * compute, operation by operation; a row that those treat in a special way ends the method.
 *
 * <p>What {@link FloatPasses512} says of vectors in loops holds here too. Only for rows that fill
 * vectors of all lanes: with a vector for the end of a row this allocated in JVMs that had used all
 * widths.
 */
final class FloatShortRows512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();

  /**
   * Longer rows are left to the passes, which keep more constants in registers, but for
   * log-sum-exp. Many rows go in groups before they come here ({@link FloatGroups512}). In vectors
   * of 256 bits softmax of rows of 128 took 1.33 ns an element in passes and 1.50 in one go, of 64
   * 1.89 and 1.98; log-sum-exp 1.30 and 1.22, 1.83 and 1.79 (AMD EPYC, family 25).
   */
  private static final int LONGEST = LANES * LANES;

  /** Looks through the rare row that may be constant, or that one element dominates. */
  private static final FloatPasses SCALAR = new ScalarFloatPasses();

  private FloatShortRows512() {}

  /** Whether rows of so many elements are done here; the others are left to the passes. */
  static boolean takes(RowOperation operation, int n) {
    // In vectors of four lanes softmax allocated in one JVM of 40 that had used all widths.
    return LANES >= 8
        && n % FloatLanes.COUNT == 0
        && (n <= LONGEST || operation == RowOperation.LOG_SUM_EXP);
  }

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
    if (ShortRange.isBelow(rows, 1)) {
      return 0;
    }
    boolean stored = operation == RowOperation.SOFTMAX;
    boolean results = operation != RowOperation.LOG_SUM_EXP;
    // Where e go if they do. The compiler checks the range before the loop, for all operations:
    // results of one element a row are too short for it, and the code would be thrown away.
    float[] es = stored ? y : x;
    FloatExp exp = FloatExp.UNIT;
    FloatVector stepsOfE = ZERO.broadcast(exp.stepsOfE);
    FloatVector minusStepHi = ZERO.broadcast(exp.minusStepHi);
    FloatVector minusStepLo = ZERO.broadcast(exp.minusStepLo);
    FloatVector h0 = ZERO.broadcast(exp.h0);
    FloatVector h1 = ZERO.broadcast(exp.h1);
    FloatVector h2 = ZERO.broadcast(exp.h2);
    IntVector factors = IntVector.fromArray(BITS, STEP_FACTORS, 0);
    FloatVector starts = ZERO.broadcast(FloatLanes.START);
    FloatVector gridStarts = ZERO.broadcast(FloatLanes.GRID_START);
    FloatVector units = ZERO.broadcast(FloatExp.UNBIAS);
    FloatVector rounding = ZERO.broadcast(FloatExp.MAGIC);
    FloatVector depths = ZERO.broadcast(FloatExp.DEPTH);
    FloatVector ln2 = ZERO.broadcast((float) FloatExp.LN2);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector absent = ZERO.broadcast(Float.NEGATIVE_INFINITY);
    IntVector none = absent.reinterpretAsInts();
    int minusStarts = -Float.floatToRawIntBits(FloatLanes.START) * (n / LANES);
    int minusFineStarts = -Float.floatToRawIntBits(FloatLanes.FINE_START) * (n / LANES);
    FloatVector minusSteps = ZERO.broadcast(-FloatExp.STEPS);
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      int yi = yOffset + row * yStride;
      int ei = stored ? yi : xi;
      IntVector high = none;
      IntVector low = none;
      FloatVector nan = zero;
      for (int i = xi; i < xi + n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        high = v.reinterpretAsInts().lanewise(MAX, high);
        low = v.reinterpretAsInts().lanewise(MIN, low);
        nan = v.lanewise(ADD, nan);
      }
      FloatVector nans = FloatVector.zero(SPECIES).lanewise(ADD, nan);
      boolean strange = nans.compare(NE, nans).anyTrue();
      int highest = NO_BITS.broadcast(Integer.MIN_VALUE).lanewise(MAX, high).reduceLanes(MAX);
      int lowest = NO_BITS.broadcast(Integer.MAX_VALUE).lanewise(MIN, low).reduceLanes(MIN);
      // Adding 0 turns -0 into +0: a row that mixes both has one maximum.
      float max = Float.intBitsToFloat(highest < 0 ? lowest : highest) + 0f;
      if (strange || !(max > VectorRowConstants512.LEAST && max < VectorRowConstants512.MOST)) {
        return row;
      }
      float power = exp.maxPower(max);
      FloatVector maxima = ZERO.broadcast(max);
      FloatVector powers = ZERO.broadcast(power);
      FloatVector magics = powers.lanewise(SUB, depths).lanewise(FMA, minusSteps, rounding);
      IntVector floors = powers.lanewise(SUB, depths).lanewise(MUL, ln2).reinterpretAsInts();
      IntVector counted = IntVector.zero(BITS);
      IntVector fineCounted = IntVector.zero(BITS);
      for (int i = 0; i < n; i += LANES) {
        FloatVector d =
            FloatVector.fromArray(SPECIES, x, xi + i)
                .reinterpretAsInts()
                .lanewise(UMIN, floors)
                .reinterpretAsFloats();
        FloatVector magicSum = d.lanewise(FMA, stepsOfE, magics);
        IntVector steps = magicSum.reinterpretAsInts();
        IntVector factor =
            LANES < FloatExp.STEPS
                ? steps.selectFrom(factors, UPPER_FACTORS)
                : steps.selectFrom(factors);
        FloatVector e2 =
            factor
                .reinterpretAsFloats()
                .lanewise(MUL, steps.lanewise(LSHL, STEP_SHIFT).reinterpretAsFloats());
        FloatVector k = magicSum.lanewise(SUB, magics);
        FloatVector r = k.lanewise(FMA, minusStepLo, k.lanewise(FMA, minusStepHi, d));
        FloatVector h = r.lanewise(FMA, h2, h1).lanewise(FMA, r, h0);
        FloatVector fraction = h.lanewise(FMA, r.lanewise(MUL, r), r);
        if (stored) {
          ((FloatVector) FLOATS.cast(fraction.lanewise(FMA, e2, e2))).intoArray(es, ei + i);
        }
        FloatVector near = fraction.lanewise(FMA, e2, e2.lanewise(ADD, starts));
        counted = near.reinterpretAsInts().lanewise(ADD, counted);
        fineCounted =
            fraction
                .lanewise(FMA, e2, e2.lanewise(SUB, near.lanewise(SUB, gridStarts)))
                .reinterpretAsInts()
                .lanewise(ADD, fineCounted);
      }
      IntVector multiples = NO_BITS.broadcast(minusStarts).lanewise(ADD, counted);
      IntVector fines = NO_BITS.broadcast(minusFineStarts).lanewise(ADD, fineCounted);
      int grids = multiples.reduceLanes(ADD);
      int fineGrids = fines.reduceLanes(ADD);
      double sum = grids * FloatLanes.GRID + fineGrids * FloatLanes.FINE_GRID;
      // In plain Java, in one call: once a row, and as large again in vectors.
      double largest = exp.significand(max, power);
      if (!stored) {
        double dominated = !results && max == 0 ? SumLimits.DOMINATED_AT_ZERO : SumLimits.DOMINATED;
        if (sum >= n * largest * SumLimits.NEARLY_CONSTANT || sum - largest < largest * dominated) {
          return row;
        }
        double log =
            FloatLog.logPlus(
                sum, (results ? 0 : max) - (max - (power * FloatExp.LN2 - FloatExp.LOG_C)));
        if (!results) {
          y[yi] = (float) log;
          continue;
        }
        FloatVector logs = ZERO.broadcast((float) Math.max(0, log));
        int toY = yi - xi;
        for (int i = xi; i < xi + n; i += LANES) {
          FloatVector d = FloatVector.fromArray(SPECIES, x, i).lanewise(SUB, maxima);
          ((FloatVector) FLOATS.cast(d.lanewise(SUB, logs))).intoArray(y, i + toY);
        }
        continue;
      }
      // The e are in y already, perhaps over x: the special rows end here too.
      boolean constant =
          sum >= n * largest * SumLimits.NEARLY_CONSTANT
              && SCALAR.firstOtherThan(y, yi, n, y[yi]) == n;
      double others = sum - largest;
      int winner =
          others < largest * SumLimits.DOMINATED
              ? SCALAR.firstAtLeast(y, yi, n, (float) Math.scalb(0.5 * largest, FloatExp.BIAS))
              : n;
      double inverse = 1.0 / sum;
      float inverseHi = (float) inverse;
      FloatVector his = ZERO.broadcast(inverseHi);
      FloatVector los = ZERO.broadcast((float) (inverse - inverseHi));
      for (int i = yi; i < yi + n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, y, i);
        FloatVector p = v.lanewise(FMA, his, v.lanewise(MUL, los)).lanewise(MUL, units);
        ((FloatVector) FLOATS.cast(p)).intoArray(y, i);
      }
      if (constant) {
        Arrays.fill(y, yi, yi + n, (float) (1.0 / n));
      } else if (winner < n) {
        y[yi + winner] = (float) Math.min(1.0, 1.0 - others * inverse);
      }
    }
    return rows;
  }
}
