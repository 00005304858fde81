package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A0;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A3;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A5;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A6;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A7;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.A9;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ABOVE_MIDDLE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ABSENT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DEPTH;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DOMINATED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.EXPONENTS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.EXPONENT_FIELD;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FLOATS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FRACTION_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H0;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INDEXES;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INTEGERS_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG2E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG_C;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MIDDLE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEPS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NAN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.RADIUS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEPS_OF_E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_UNBIAS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_ZERO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.DIV;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2D;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax or log-softmax of as many rows as a vector of 512 bits has lanes, one row in each lane,
 * in place.
 *
 * <p>{@link FloatSquares512} has transposed the rows. No lane needs anything of another: the maxima
 * and the sums of all rows are found at once, and so is what is left to do once for each row, in
 * double, in two halves, A and B.
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
   * @param y the transposed rows: so many vectors as they are long, in any order, and the rows in
   *     any lanes
   * @param n length of the rows
   * @return whether they were done
   */
  static boolean run(RowOperation operation, float[] y, int offset, int n) {
    if (ShortRange.isBelow(n, 1)) {
      // A call of the warm-up counts for both.
      FloatDominatedColumns512.logSoftmax(y, offset, 0, 0);
      return false;
    }
    boolean stored = operation == RowOperation.SOFTMAX;
    FloatVector zero = FloatVector.zero(SPECIES);
    IntVector none = NO_BITS.broadcast(Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
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
    IntVector highest = IntVector.zero(BITS).lanewise(ADD, high);
    FloatVector maxima =
        highest.blend(low, highest.compare(LT, NO_BITS)).reinterpretAsFloats().lanewise(ADD, ZERO);
    // Rows of -inf alone end here too: as if their maximum were 0, up to the last loop.
    VectorMask<Float> absent = maxima.compare(EQ, ABSENT);
    int empty = absent.anyTrue() ? (int) absent.toLong() : 0;
    maxima = maxima.blend(ZERO, absent);
    if (nans.compare(NE, nans).anyTrue()
        || !maxima.lanewise(SUB, MIDDLE).lanewise(ABS).compare(LT, RADIUS).allTrue()) {
      return false;
    }
    // Made here, see FloatGroups512.
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
    FloatVector powers = maxima.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
    FloatVector depths = powers.lanewise(SUB, DEPTH);
    FloatVector magics = depths.lanewise(FMA, MINUS_STEPS, ROUNDING);
    IntVector floors = depths.lanewise(MUL, LN2).reinterpretAsInts();
    IntVector counted = NO_BITS.broadcast(-n * Float.floatToRawIntBits(FloatLanes.START));
    IntVector fineCounted = NO_BITS.broadcast(-n * Float.floatToRawIntBits(FloatLanes.FINE_START));
    for (int i = offset; i < end; i += LANES) {
      FloatVector d =
          FloatVector.fromArray(SPECIES, y, i)
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
        ((FloatVector) FLOATS.cast(fraction.lanewise(FMA, e2, e2))).intoArray(y, i);
      }
      FloatVector near = fraction.lanewise(FMA, e2, e2.lanewise(ADD, starts));
      counted = near.reinterpretAsInts().lanewise(ADD, counted);
      fineCounted =
          fraction
              .lanewise(FMA, e2, e2.lanewise(SUB, near.lanewise(SUB, gridStarts)))
              .reinterpretAsInts()
              .lanewise(ADD, fineCounted);
    }
    IntVector halves = IntVector.fromArray(BITS, LANES > 8 ? PARTNERS_8 : PARTNERS_4, 0);
    VectorMask<Integer> upper = IntVector.fromArray(BITS, INDEXES, 0).compare(GE, LANES / 2);
    DoubleVector zeros = DoubleVector.zero(DOUBLES);
    // A sum, as C1 must not know the class of what so much is called on.
    DoubleVector ones = zeros.lanewise(ADD, WIDE_ZERO.broadcast(1.0));
    DoubleVector nearlyAll = WIDE_ZERO.broadcast(n * SumLimits.NEARLY_CONSTANT);
    FloatVector magicSumMax = maxima.lanewise(FMA, STEPS_OF_E, magics);
    IntVector stepsMax = magicSumMax.reinterpretAsInts();
    IntVector factorMax =
        LANES < FloatExp.STEPS
            ? stepsMax.selectFrom(FACTORS, UPPER_FACTORS)
            : stepsMax.selectFrom(FACTORS);
    FloatVector e2Max =
        factorMax
            .reinterpretAsFloats()
            .lanewise(MUL, stepsMax.lanewise(LSHL, STEP_SHIFT).reinterpretAsFloats());
    FloatVector kMax = magicSumMax.lanewise(SUB, magics);
    FloatVector rMax = kMax.lanewise(FMA, MINUS_STEP_LO, kMax.lanewise(FMA, MINUS_STEP_HI, maxima));
    FloatVector hMax = rMax.lanewise(FMA, H2, H1).lanewise(FMA, rMax, H0);
    FloatVector fMax = hMax.lanewise(FMA, rMax.lanewise(MUL, rMax), rMax);
    IntVector grids = IntVector.zero(BITS).lanewise(ADD, counted);
    IntVector fineGrids = IntVector.zero(BITS).lanewise(ADD, fineCounted);

    DoubleVector e2A = (DoubleVector) e2Max.convertShape(F2D, DOUBLES, 0);
    DoubleVector fA = (DoubleVector) fMax.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestA = e2A.lanewise(MUL, fA).lanewise(ADD, e2A).lanewise(MUL, WIDE_UNBIAS);
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

    FloatVector e2Upper = halves.selectFrom(e2Max.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector fUpper = halves.selectFrom(fMax.reinterpretAsInts()).reinterpretAsFloats();
    DoubleVector e2B = (DoubleVector) e2Upper.convertShape(F2D, DOUBLES, 0);
    DoubleVector fB = (DoubleVector) fUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestB = e2B.lanewise(MUL, fB).lanewise(ADD, e2B).lanewise(MUL, WIDE_UNBIAS);
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
    if (!stored) {
      if (constant) {
        return false;
      }
      DoubleVector maxA = (DoubleVector) maxima.convertShape(F2D, DOUBLES, 0);
      DoubleVector powerA = (DoubleVector) powers.convertShape(F2D, DOUBLES, 0);
      LongVector bitsA = sumA.reinterpretAsLongs();
      LongVector carriedA = bitsA.lanewise(ADD, ABOVE_MIDDLE);
      DoubleVector sumPowerA =
          carriedA
              .lanewise(LSHR, FRACTION_BITS)
              .lanewise(OR, INTEGERS_BITS)
              .reinterpretAsDoubles()
              .lanewise(SUB, EXPONENTS);
      DoubleVector dividendA =
          bitsA
              .lanewise(SUB, carriedA.lanewise(AND, EXPONENT_FIELD))
              .lanewise(ADD, ONE_BITS)
              .reinterpretAsDoubles()
              .lanewise(SUB, ONE);
      DoubleVector baseA =
          sumPowerA.lanewise(
              FMA,
              WIDE_LN2,
              zeros.lanewise(
                  SUB, maxA.lanewise(SUB, powerA.lanewise(MUL, WIDE_LN2).lanewise(SUB, LOG_C))));
      DoubleVector uA = dividendA.lanewise(DIV, ones.lanewise(ADD, ones).lanewise(ADD, dividendA));
      DoubleVector squareA = uA.lanewise(MUL, uA);
      DoubleVector fourthA = squareA.lanewise(MUL, squareA);
      DoubleVector eighthA = fourthA.lanewise(MUL, fourthA);
      DoubleVector lowA =
          squareA.lanewise(FMA, A3, A2).lanewise(FMA, fourthA, squareA.lanewise(FMA, A1, A0));
      DoubleVector highA =
          squareA.lanewise(FMA, A7, A6).lanewise(FMA, fourthA, squareA.lanewise(FMA, A5, A4));
      DoubleVector seriesA =
          squareA.lanewise(FMA, A9, A8).lanewise(FMA, eighthA, highA).lanewise(FMA, eighthA, lowA);
      FloatVector logA =
          (FloatVector)
              seriesA
                  .lanewise(FMA, uA.lanewise(MUL, squareA), uA.lanewise(ADD, uA))
                  .lanewise(ADD, baseA)
                  .convertShape(D2F, SPECIES, 0);

      FloatVector maximaUpper = halves.selectFrom(maxima.reinterpretAsInts()).reinterpretAsFloats();
      FloatVector powersUpper = halves.selectFrom(powers.reinterpretAsInts()).reinterpretAsFloats();
      DoubleVector maxB = (DoubleVector) maximaUpper.convertShape(F2D, DOUBLES, 0);
      DoubleVector powerB = (DoubleVector) powersUpper.convertShape(F2D, DOUBLES, 0);
      LongVector bitsB = sumB.reinterpretAsLongs();
      LongVector carriedB = bitsB.lanewise(ADD, ABOVE_MIDDLE);
      DoubleVector sumPowerB =
          carriedB
              .lanewise(LSHR, FRACTION_BITS)
              .lanewise(OR, INTEGERS_BITS)
              .reinterpretAsDoubles()
              .lanewise(SUB, EXPONENTS);
      DoubleVector dividendB =
          bitsB
              .lanewise(SUB, carriedB.lanewise(AND, EXPONENT_FIELD))
              .lanewise(ADD, ONE_BITS)
              .reinterpretAsDoubles()
              .lanewise(SUB, ONE);
      DoubleVector baseB =
          sumPowerB.lanewise(
              FMA,
              WIDE_LN2,
              zeros.lanewise(
                  SUB, maxB.lanewise(SUB, powerB.lanewise(MUL, WIDE_LN2).lanewise(SUB, LOG_C))));
      DoubleVector uB = dividendB.lanewise(DIV, ones.lanewise(ADD, ones).lanewise(ADD, dividendB));
      DoubleVector squareB = uB.lanewise(MUL, uB);
      DoubleVector fourthB = squareB.lanewise(MUL, squareB);
      DoubleVector eighthB = fourthB.lanewise(MUL, fourthB);
      DoubleVector lowB =
          squareB.lanewise(FMA, A3, A2).lanewise(FMA, fourthB, squareB.lanewise(FMA, A1, A0));
      DoubleVector highB =
          squareB.lanewise(FMA, A7, A6).lanewise(FMA, fourthB, squareB.lanewise(FMA, A5, A4));
      DoubleVector seriesB =
          squareB.lanewise(FMA, A9, A8).lanewise(FMA, eighthB, highB).lanewise(FMA, eighthB, lowB);
      FloatVector logB =
          (FloatVector)
              seriesB
                  .lanewise(FMA, uB.lanewise(MUL, squareB), uB.lanewise(ADD, uB))
                  .lanewise(ADD, baseB)
                  .convertShape(D2F, SPECIES, 0);

      FloatVector logs =
          logA.reinterpretAsInts()
              .blend(halves.selectFrom(logB.reinterpretAsInts()), upper)
              .reinterpretAsFloats();
      FloatVector cs = logs.blend(ZERO, logs.compare(LT, ZERO));
      for (int i = offset; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, y, i);
        FloatVector d = v.lanewise(SUB, maxima).lanewise(SUB, cs).blend(v, dominated);
        ((FloatVector) FLOATS.cast(d)).intoArray(y, i);
      }
      int which = dominated.anyTrue() ? (int) dominated.toLong() & ~empty : 0;
      if (which != 0) {
        FloatDominatedColumns512.logSoftmax(y, offset, n, which);
      }
      for (int i = offset; empty != 0 && i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, y, i);
        ((FloatVector) FLOATS.cast(v.blend(NAN, absent))).intoArray(y, i);
      }
      return true;
    }
    FloatVector units = ZERO.broadcast(FloatExp.UNBIAS);
    if (constant) {
      // Of the e as stored: a lane is 0 where they are all the same.
      FloatVector first = FloatVector.fromArray(SPECIES, y, offset);
      FloatVector differences = zero;
      for (int i = offset; i < end; i += LANES) {
        FloatVector e = FloatVector.fromArray(SPECIES, y, i);
        differences = e.lanewise(SUB, first).lanewise(ABS).lanewise(ADD, differences);
      }
      FloatVector shares = ZERO.broadcast((float) (1.0 / n));
      VectorMask<Float> same = zero.lanewise(ADD, differences).compare(EQ, ZERO);
      for (int i = offset; i < end; i += LANES) {
        FloatVector e = FloatVector.fromArray(SPECIES, y, i);
        FloatVector p = e.lanewise(FMA, his, e.lanewise(MUL, los)).lanewise(MUL, units);
        ((FloatVector) FLOATS.cast(p.blend(shares, same))).intoArray(y, i);
      }
    } else {
      for (int i = offset; i < end; i += LANES) {
        FloatVector e = FloatVector.fromArray(SPECIES, y, i);
        FloatVector p = e.lanewise(FMA, his, e.lanewise(MUL, los)).lanewise(MUL, units);
        ((FloatVector) FLOATS.cast(p)).intoArray(y, i);
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
      FloatVector never = ZERO.broadcast(Float.POSITIVE_INFINITY);
      FloatVector half = ZERO.broadcast(0.5f);
      FloatVector leasts = never.blend(half, dominated);
      for (int i = offset; i < end; i += LANES) {
        FloatVector p = FloatVector.fromArray(SPECIES, y, i);
        ((FloatVector) FLOATS.cast(p.blend(bests, p.compare(GT, leasts)))).intoArray(y, i);
      }
    }
    for (int i = offset; empty != 0 && i < end; i += LANES) {
      FloatVector p = FloatVector.fromArray(SPECIES, y, i);
      ((FloatVector) FLOATS.cast(p.blend(NAN, absent))).intoArray(y, i);
    }
    return true;
  }
}
