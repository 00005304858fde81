package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DEPTH;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DOMINATED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.EXPONENT_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_START_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H0;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H3;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INDEXES;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG2E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MIDDLE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_LN2_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_LN2_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.RADIUS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.DIV;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2D;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.SumLimits;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of as many rows as a vector of 512 bits has lanes, one row in each lane, in place.
 *
 * <p>{@link FloatSquares512} has transposed the rows. No lane needs anything of another: the maxima
 * and the sums of all rows are found at once, and so is what is left to do once for each row, in
 * double, in two halves, A and B. The sums take the elements of a virtual lane one after the other,
 * as {@link FloatLanes} asks for.
 */
final class FloatColumns512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private FloatColumns512() {}

  /**
   * Does the rows, or nothing when one of them is not an everyday one.
   *
   * @param y squares of rows, transposed, the rows one after the other
   * @param n length of the rows, a multiple of the lanes
   * @return whether they were done
   */
  static boolean softmax(float[] y, int offset, int n) {
    if (ShortRange.isBelow(n, LANES)) {
      return false;
    }
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
    FloatVector units = FloatVector.broadcast(SPECIES, FloatExp.UNBIAS);
    FloatVector rounding = FloatVector.broadcast(SPECIES, FloatExp.MAGIC);
    FloatVector zero = FloatVector.zero(SPECIES);
    IntVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY).reinterpretAsInts();
    IntVector high = none;
    IntVector low = none;
    FloatVector nan = zero;
    int end = offset + LANES * n;
    for (int i = offset; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, i);
      high = v.reinterpretAsInts().lanewise(MAX, high);
      low = v.reinterpretAsInts().lanewise(MIN, low);
      nan = v.lanewise(ADD, nan);
    }
    FloatVector nans = zero.lanewise(ADD, nan);
    IntVector highest = none.lanewise(MAX, high);
    FloatVector maxima =
        highest
            .blend(none.lanewise(MIN, low), highest.compare(LT, NO_BITS))
            .reinterpretAsFloats()
            .lanewise(ADD, ZERO);
    if (nans.compare(NE, nans).anyTrue()
        || !maxima.lanewise(SUB, MIDDLE).lanewise(ABS).compare(LT, RADIUS).allTrue()) {
      return false;
    }
    FloatVector powers = maxima.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
    FloatVector depths = powers.lanewise(SUB, DEPTH);
    FloatVector magics = rounding.lanewise(SUB, depths);
    IntVector floors = depths.lanewise(MUL, LN2).reinterpretAsInts();
    IntVector counted = IntVector.broadcast(BITS, -n * Float.floatToRawIntBits(FloatLanes.START));
    IntVector fines = IntVector.zero(BITS);
    for (int row = offset; row < end; row += n) {
      for (int lane = 0; lane < Math.min(n, FloatLanes.COUNT); lane += LANES) {
        FloatVector dropped = fineStarts;
        for (int i = lane; i < n; i += FloatLanes.COUNT) {
          FloatVector d =
              FloatVector.fromArray(SPECIES, y, row + i)
                  .reinterpretAsInts()
                  .lanewise(UMIN, floors)
                  .reinterpretAsFloats();
          FloatVector magicSum = d.lanewise(FMA, log2e, magics);
          FloatVector e2 =
              magicSum.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
          FloatVector k = magicSum.lanewise(SUB, magics);
          FloatVector reduced = k.lanewise(FMA, minusLn2Hi, d);
          FloatVector r = k.lanewise(FMA, minusLn2Lo, reduced);
          FloatVector square = r.lanewise(MUL, r);
          FloatVector h01 = h1.lanewise(FMA, r, h0);
          FloatVector h23 = h3.lanewise(FMA, r, h2);
          FloatVector h = h4.lanewise(FMA, square, h23).lanewise(FMA, square, h01);
          FloatVector rest = h.lanewise(FMA, square, k.lanewise(MUL, minusLn2Lo));
          reduced.lanewise(ADD, rest).lanewise(FMA, e2, e2).intoArray(y, row + i);
          FloatVector near =
              rest.lanewise(FMA, e2, reduced.lanewise(FMA, e2, e2.lanewise(ADD, starts)));
          counted = near.reinterpretAsInts().lanewise(ADD, counted);
          dropped =
              rest.lanewise(
                      FMA,
                      e2,
                      reduced.lanewise(FMA, e2, e2.lanewise(SUB, near.lanewise(SUB, starts))))
                  .lanewise(ADD, dropped);
        }
        fines =
            zero.lanewise(ADD, dropped)
                .reinterpretAsInts()
                .lanewise(SUB, FINE_START_BITS)
                .lanewise(ADD, fines);
      }
    }
    IntVector halves = IntVector.fromArray(BITS, LANES > 8 ? PARTNERS_8 : PARTNERS_4, 0);
    VectorMask<Integer> upper = IntVector.fromArray(BITS, INDEXES, 0).compare(GE, LANES / 2);
    DoubleVector ones = DoubleVector.broadcast(DOUBLES, 1.0);
    DoubleVector nearlyAll = DoubleVector.broadcast(DOUBLES, n * SumLimits.NEARLY_CONSTANT);
    FloatVector reducedMax = powers.lanewise(FMA, MINUS_LN2_HI, maxima);
    FloatVector rMax = powers.lanewise(FMA, MINUS_LN2_LO, reducedMax);
    FloatVector squareMax = rMax.lanewise(MUL, rMax);
    FloatVector hMax = rMax.lanewise(FMA, H3, H2);
    hMax = squareMax.lanewise(FMA, H4, hMax).lanewise(FMA, squareMax, rMax.lanewise(FMA, H1, H0));
    FloatVector restMax = hMax.lanewise(FMA, squareMax, powers.lanewise(MUL, MINUS_LN2_LO));
    IntVector grids = IntVector.zero(BITS).lanewise(ADD, counted);
    IntVector fineGrids = IntVector.zero(BITS).lanewise(ADD, fines);

    DoubleVector reducedA = (DoubleVector) reducedMax.convertShape(F2D, DOUBLES, 0);
    DoubleVector restA = (DoubleVector) restMax.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestA = reducedA.lanewise(ADD, restA).lanewise(ADD, ONE);
    DoubleVector gridsA = (DoubleVector) grids.convertShape(I2D, DOUBLES, 0);
    DoubleVector finesA = (DoubleVector) fineGrids.convertShape(I2D, DOUBLES, 0);
    DoubleVector sumA = gridsA.lanewise(MUL, GRID).lanewise(ADD, finesA.lanewise(MUL, FINE_GRID));
    DoubleVector excessA = sumA.lanewise(SUB, largestA.lanewise(MUL, nearlyAll));
    DoubleVector othersA = sumA.lanewise(SUB, largestA);
    DoubleVector marginA = othersA.lanewise(SUB, largestA.lanewise(MUL, DOMINATED));
    DoubleVector inverseA = ones.lanewise(DIV, sumA);
    FloatVector hiA = (FloatVector) inverseA.convertShape(D2F, SPECIES, 0);
    DoubleVector wideA = (DoubleVector) hiA.convertShape(F2D, DOUBLES, 0);
    FloatVector loA = (FloatVector) inverseA.lanewise(SUB, wideA).convertShape(D2F, SPECIES, 0);
    DoubleVector bestA = ones.lanewise(SUB, inverseA.lanewise(MUL, othersA));

    FloatVector reducedUpper =
        halves.selectFrom(reducedMax.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector restUpper = halves.selectFrom(restMax.reinterpretAsInts()).reinterpretAsFloats();
    DoubleVector reducedB = (DoubleVector) reducedUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector restB = (DoubleVector) restUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestB = reducedB.lanewise(ADD, restB).lanewise(ADD, ONE);
    DoubleVector gridsB = (DoubleVector) halves.selectFrom(grids).convertShape(I2D, DOUBLES, 0);
    DoubleVector finesB = (DoubleVector) halves.selectFrom(fineGrids).convertShape(I2D, DOUBLES, 0);
    DoubleVector sumB = gridsB.lanewise(MUL, GRID).lanewise(ADD, finesB.lanewise(MUL, FINE_GRID));
    DoubleVector excessB = sumB.lanewise(SUB, largestB.lanewise(MUL, nearlyAll));
    DoubleVector othersB = sumB.lanewise(SUB, largestB);
    DoubleVector marginB = othersB.lanewise(SUB, largestB.lanewise(MUL, DOMINATED));
    DoubleVector inverseB = ones.lanewise(DIV, sumB);
    FloatVector hiB = (FloatVector) inverseB.convertShape(D2F, SPECIES, 0);
    DoubleVector wideB = (DoubleVector) hiB.convertShape(F2D, DOUBLES, 0);
    FloatVector loB = (FloatVector) inverseB.lanewise(SUB, wideB).convertShape(D2F, SPECIES, 0);
    DoubleVector bestB = ones.lanewise(SUB, inverseB.lanewise(MUL, othersB));

    FloatVector his =
        hiA.reinterpretAsInts()
            .blend(halves.selectFrom(hiB.reinterpretAsInts()), upper)
            .reinterpretAsFloats();
    FloatVector los =
        loA.reinterpretAsInts()
            .blend(halves.selectFrom(loB.reinterpretAsInts()), upper)
            .reinterpretAsFloats();
    FloatVector excessLow = (FloatVector) excessA.convertShape(D2F, SPECIES, 0);
    FloatVector excessHigh = (FloatVector) excessB.convertShape(D2F, SPECIES, 0);
    // Above 0 where a row may be constant. One question for both halves: of two, the compiler might
    // leave out the one that the warm-up never answered with yes.
    boolean constant =
        excessLow
            .reinterpretAsInts()
            .blend(halves.selectFrom(excessHigh.reinterpretAsInts()), upper)
            .reinterpretAsFloats()
            .compare(GT, ZERO)
            .anyTrue();
    FloatVector marginLow = (FloatVector) marginA.convertShape(D2F, SPECIES, 0);
    FloatVector marginHigh = (FloatVector) marginB.convertShape(D2F, SPECIES, 0);
    // Below 0 where one element dominates its row.
    VectorMask<Float> dominated =
        marginLow
            .reinterpretAsInts()
            .blend(halves.selectFrom(marginHigh.reinterpretAsInts()), upper)
            .reinterpretAsFloats()
            .compare(LT, ZERO);
    if (constant) {
      // Of the e as stored: a lane is 0 where they are all the same.
      FloatVector first = FloatVector.fromArray(SPECIES, y, offset);
      FloatVector differences = zero;
      for (int i = offset; i < end; i += LANES) {
        FloatVector e = FloatVector.fromArray(SPECIES, y, i);
        differences = e.lanewise(SUB, first).lanewise(ABS).lanewise(ADD, differences);
      }
      FloatVector shares = FloatVector.broadcast(SPECIES, (float) (1.0 / n));
      VectorMask<Float> same = zero.lanewise(ADD, differences).compare(EQ, ZERO);
      for (int i = offset; i < end; i += LANES) {
        FloatVector e = FloatVector.fromArray(SPECIES, y, i);
        e.lanewise(FMA, his, e.lanewise(MUL, los))
            .lanewise(MUL, units)
            .blend(shares, same)
            .intoArray(y, i);
      }
    } else {
      for (int i = offset; i < end; i += LANES) {
        FloatVector e = FloatVector.fromArray(SPECIES, y, i);
        e.lanewise(FMA, his, e.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i);
      }
    }
    if (dominated.anyTrue()) {
      FloatVector bestLow = (FloatVector) bestA.convertShape(D2F, SPECIES, 0);
      FloatVector bestHigh = (FloatVector) bestB.convertShape(D2F, SPECIES, 0);
      FloatVector bests =
          bestLow
              .reinterpretAsInts()
              .blend(halves.selectFrom(bestHigh.reinterpretAsInts()), upper)
              .reinterpretAsFloats();
      FloatVector never = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
      FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
      FloatVector leasts = never.blend(half, dominated);
      for (int i = offset; i < end; i += LANES) {
        FloatVector p = FloatVector.fromArray(SPECIES, y, i);
        p.blend(bests, p.compare(GT, leasts)).intoArray(y, i);
      }
    }
    return true;
  }
}
