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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ALL_BUT_SIGN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DEPTH;
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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG_EXCHANGED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MIDDLE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEPS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PAIRS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.RADIUS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.SIGN_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEPS_OF_E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_UNBIAS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
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
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import io.github.softlane.internal.passes.ScalarFloatPasses;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many short rows as a vector of 512 bits has lanes: row by row up to the sum, which goes to a
 * lane of its own, then the ends of all rows at once, and row by row again for what is stored.
 *
 * <p>No row waits for another, as nothing leaves the vectors before the end. Unlike {@link
 * FloatColumns512} this moves no elements, and needs no place for them in a log-sum-exp; what it
 * has more are the exchanges between lanes for each row's maximum and sum. Rows of a log-sum-exp
 * that fill half a vector go in pairs: then vector i has the rows of lane i and of lane i of the
 * upper half.
 */
final class FloatGroups512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  /** Rows of so many elements may fill half a vector. */
  private static final int EIGHT = 8;

  /** Looks through the rare row that may be constant, or that one element dominates. */
  private static final FloatPasses SCALAR = new ScalarFloatPasses();

  /** A sum of all lanes, which is doubled in vectors of eight, fits an int. */
  private static final int LONGEST = 16 * LANES;

  /** A bit for each row. */
  private static final int ALL_ROWS = (1 << LANES) - 1;

  private FloatGroups512() {}

  /** Whether such rows are done here, where there are enough of them. */
  static boolean takes(RowOperation operation, int xStride, int yStride, int n) {
    boolean pairs = 2 * n == LANES && n == EIGHT && xStride == n;
    return LANES >= EIGHT
        && n <= LONGEST
        && (operation == RowOperation.LOG_SUM_EXP
            ? yStride == 1 && (n % LANES == 0 || pairs)
            : n % LANES == 0);
  }

  /**
   * Does as many rows as there are lanes, or none when one of them holds a NaN, has a maximum far
   * from 0, or may be constant where its logarithm is asked for.
   *
   * @return whether they were done; if not, nothing is written
   */
  static boolean run(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int n) {
    if (ShortRange.isBelow(n, 1)) {
      // A call of the warm-up counts for both.
      FloatDominatedGroups512.run(operation, x, xOffset, xStride, y, yOffset, yStride, 0, 0);
      return false;
    }
    boolean stored = operation == RowOperation.SOFTMAX;
    // See FloatShortRows512.
    float[] es = stored ? y : x;
    int width = Math.min(n, LANES);
    int together = LANES / width;
    int stride = together * xStride;
    int length = together * n;
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    IntVector by1 = IntVector.fromArray(BITS, PARTNERS_1, 0);
    IntVector by2 = IntVector.fromArray(BITS, PARTNERS_2, 0);
    IntVector by4 = IntVector.fromArray(BITS, PARTNERS_4, 0);
    // An exchange of lanes with themselves doubles a sum.
    IntVector by8 = IntVector.fromArray(BITS, 8 < width ? PARTNERS_8 : INDEXES, 0);
    IntVector places = indexes.lanewise(AND, IntVector.broadcast(BITS, width - 1));
    IntVector pairs = indexes.lanewise(SUB, places);
    FloatVector zero = FloatVector.zero(SPECIES);
    IntVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY).reinterpretAsInts();
    IntVector highs = none;
    FloatVector nan = zero;
    for (int place = 0; place < width; place++) {
      int from = xOffset + place * stride;
      IntVector high = none;
      IntVector low = none;
      for (int i = from; i < from + length; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        high = v.reinterpretAsInts().lanewise(MAX, high);
        low = v.reinterpretAsInts().lanewise(MIN, low);
        nan = v.lanewise(ADD, nan);
      }
      IntVector highest = none.lanewise(MAX, high);
      IntVector lowest = none.lanewise(MIN, low);
      // The bits of negative numbers fall: ordered as the numbers are, but for the sign, turned.
      highest = highest.blend(lowest.lanewise(XOR, ALL_BUT_SIGN), highest.compare(LT, NO_BITS));
      highest = by1.selectFrom(highest).lanewise(MAX, highest);
      highest = by2.selectFrom(highest).lanewise(MAX, highest);
      highest = by4.selectFrom(highest).lanewise(MAX, highest);
      highest = by8.selectFrom(highest).lanewise(MAX, highest);
      highs = highest.blend(highs, places.compare(NE, IntVector.broadcast(BITS, place)));
    }
    FloatVector nans = zero.lanewise(ADD, nan);
    IntVector ordered = IntVector.zero(BITS).lanewise(OR, highs);
    IntVector turned = ordered.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
    FloatVector maxima = ordered.lanewise(XOR, turned).reinterpretAsFloats().lanewise(ADD, ZERO);
    // Rows of -inf alone end here too: as if their maximum were 0, up to the last loop.
    VectorMask<Float> absent = maxima.compare(EQ, ABSENT);
    int empty = absent.anyTrue() ? (int) absent.toLong() : 0;
    maxima = maxima.blend(ZERO, absent);
    if (nans.compare(NE, nans).anyTrue()
        || !maxima.lanewise(SUB, MIDDLE).lanewise(ABS).compare(LT, RADIUS).allTrue()) {
      return false;
    }
    // Made here, since vectors that the first loop has no use for would take its registers. With
    // ZERO.broadcast for all other vectors as well C1 gives the method up.
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
    FloatVector magicsOfMaxima = depths.lanewise(FMA, MINUS_STEPS, ROUNDING);
    // What loops use is made before them, and only ever an argument there.
    IntVector magicsOfRows = magicsOfMaxima.reinterpretAsInts();
    IntVector floorsOfRows = depths.lanewise(MUL, LN2).reinterpretAsInts();
    int minusStarts = -Float.floatToRawIntBits(FloatLanes.START) * (n / width);
    int minusFineStarts = -Float.floatToRawIntBits(FloatLanes.FINE_START) * (n / width);
    IntVector sums = IntVector.zero(BITS);
    IntVector fineSums = IntVector.zero(BITS);
    for (int place = 0; place < width; place++) {
      int from = xOffset + place * stride;
      IntVector owners = pairs.lanewise(ADD, IntVector.broadcast(BITS, place));
      FloatVector magics = owners.selectFrom(magicsOfRows).reinterpretAsFloats();
      IntVector floors = owners.selectFrom(floorsOfRows);
      int fromE = stored ? yOffset + place * yStride - from : 0;
      IntVector counted = IntVector.broadcast(BITS, minusStarts);
      IntVector fineCounted = IntVector.broadcast(BITS, minusFineStarts);
      for (int i = from; i < from + length; i += LANES) {
        FloatVector d =
            FloatVector.fromArray(SPECIES, x, i)
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
          ((FloatVector) FLOATS.cast(fraction.lanewise(FMA, e2, e2))).intoArray(es, i + fromE);
        }
        FloatVector near = fraction.lanewise(FMA, e2, e2.lanewise(ADD, starts));
        counted = near.reinterpretAsInts().lanewise(ADD, counted);
        fineCounted =
            fraction
                .lanewise(FMA, e2, e2.lanewise(SUB, near.lanewise(SUB, gridStarts)))
                .reinterpretAsInts()
                .lanewise(ADD, fineCounted);
      }
      VectorMask<Integer> others = places.compare(NE, IntVector.broadcast(BITS, place));
      IntVector sum = IntVector.zero(BITS).lanewise(ADD, counted);
      sum = by1.selectFrom(sum).lanewise(ADD, sum);
      sum = by2.selectFrom(sum).lanewise(ADD, sum);
      sum = by4.selectFrom(sum).lanewise(ADD, sum);
      sum = by8.selectFrom(sum).lanewise(ADD, sum);
      sums = sum.blend(sums, others);
      IntVector fineSum = IntVector.zero(BITS).lanewise(ADD, fineCounted);
      fineSum = by1.selectFrom(fineSum).lanewise(ADD, fineSum);
      fineSum = by2.selectFrom(fineSum).lanewise(ADD, fineSum);
      fineSum = by4.selectFrom(fineSum).lanewise(ADD, fineSum);
      fineSum = by8.selectFrom(fineSum).lanewise(ADD, fineSum);
      fineSums = fineSum.blend(fineSums, others);
    }
    IntVector halves = IntVector.fromArray(BITS, LANES > 8 ? PARTNERS_8 : PARTNERS_4, 0);
    VectorMask<Integer> upper = indexes.compare(GE, LANES / 2);
    DoubleVector ones = DoubleVector.broadcast(DOUBLES, 1.0);
    DoubleVector nearlyAll = DoubleVector.broadcast(DOUBLES, n * SumLimits.NEARLY_CONSTANT);
    FloatVector magicSumMax = maxima.lanewise(FMA, STEPS_OF_E, magicsOfMaxima);
    IntVector stepsMax = magicSumMax.reinterpretAsInts();
    IntVector factorMax =
        LANES < FloatExp.STEPS
            ? stepsMax.selectFrom(FACTORS, UPPER_FACTORS)
            : stepsMax.selectFrom(FACTORS);
    FloatVector e2Max =
        factorMax
            .reinterpretAsFloats()
            .lanewise(MUL, stepsMax.lanewise(LSHL, STEP_SHIFT).reinterpretAsFloats());
    FloatVector kMax = magicSumMax.lanewise(SUB, magicsOfMaxima);
    FloatVector rMax = kMax.lanewise(FMA, MINUS_STEP_LO, kMax.lanewise(FMA, MINUS_STEP_HI, maxima));
    FloatVector hMax = rMax.lanewise(FMA, H2, H1).lanewise(FMA, rMax, H0);
    FloatVector fMax = hMax.lanewise(FMA, rMax.lanewise(MUL, rMax), rMax);
    IntVector doublings =
        IntVector.broadcast(BITS, LOG_EXCHANGED - Integer.numberOfTrailingZeros(width));
    IntVector grids = IntVector.zero(BITS).lanewise(ADD, sums).lanewise(ASHR, doublings);
    IntVector fineGrids = IntVector.zero(BITS).lanewise(ADD, fineSums).lanewise(ASHR, doublings);

    FloatVector sharesAtZero =
        FloatVector.broadcast(
            SPECIES,
            (float)
                (operation == RowOperation.LOG_SUM_EXP
                    ? SumLimits.DOMINATED_AT_ZERO
                    : SumLimits.DOMINATED));
    FloatVector shares =
        FloatVector.broadcast(SPECIES, (float) SumLimits.DOMINATED)
            .blend(sharesAtZero, maxima.compare(EQ, ZERO));
    DoubleVector shareA = (DoubleVector) shares.convertShape(F2D, DOUBLES, 0);
    DoubleVector e2A = (DoubleVector) e2Max.convertShape(F2D, DOUBLES, 0);
    DoubleVector fA = (DoubleVector) fMax.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestA = e2A.lanewise(MUL, fA).lanewise(ADD, e2A).lanewise(MUL, WIDE_UNBIAS);
    DoubleVector gridsA = (DoubleVector) grids.convertShape(I2D, DOUBLES, 0);
    DoubleVector finesA = (DoubleVector) fineGrids.convertShape(I2D, DOUBLES, 0);
    DoubleVector sumA = gridsA.lanewise(MUL, GRID).lanewise(ADD, finesA.lanewise(MUL, FINE_GRID));
    DoubleVector excessA = sumA.lanewise(SUB, largestA.lanewise(MUL, nearlyAll));
    DoubleVector othersA = sumA.lanewise(SUB, largestA);
    DoubleVector marginA = othersA.lanewise(SUB, largestA.lanewise(MUL, shareA));

    FloatVector e2Upper = halves.selectFrom(e2Max.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector fUpper = halves.selectFrom(fMax.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector sharesUpper = halves.selectFrom(shares.reinterpretAsInts()).reinterpretAsFloats();
    DoubleVector shareB = (DoubleVector) sharesUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector e2B = (DoubleVector) e2Upper.convertShape(F2D, DOUBLES, 0);
    DoubleVector fB = (DoubleVector) fUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestB = e2B.lanewise(MUL, fB).lanewise(ADD, e2B).lanewise(MUL, WIDE_UNBIAS);
    DoubleVector gridsB = (DoubleVector) halves.selectFrom(grids).convertShape(I2D, DOUBLES, 0);
    DoubleVector finesB = (DoubleVector) halves.selectFrom(fineGrids).convertShape(I2D, DOUBLES, 0);
    DoubleVector sumB = gridsB.lanewise(MUL, GRID).lanewise(ADD, finesB.lanewise(MUL, FINE_GRID));
    DoubleVector excessB = sumB.lanewise(SUB, largestB.lanewise(MUL, nearlyAll));
    DoubleVector othersB = sumB.lanewise(SUB, largestB);
    DoubleVector marginB = othersB.lanewise(SUB, largestB.lanewise(MUL, shareB));

    FloatVector excessLow = (FloatVector) excessA.convertShape(D2F, SPECIES, 0);
    FloatVector excessHigh = (FloatVector) excessB.convertShape(D2F, SPECIES, 0);
    FloatVector marginLow = (FloatVector) marginA.convertShape(D2F, SPECIES, 0);
    FloatVector marginHigh = (FloatVector) marginB.convertShape(D2F, SPECIES, 0);
    // Below 0 where one element dominates its row.
    VectorMask<Float> dominated =
        marginLow
            .reinterpretAsInts()
            .blend(halves.selectFrom(marginHigh.reinterpretAsInts()), upper)
            .reinterpretAsFloats()
            .compare(LT, ZERO);
    // Above 0 where a row may be constant.
    VectorMask<Float> constant =
        excessLow
            .reinterpretAsInts()
            .blend(halves.selectFrom(excessHigh.reinterpretAsInts()), upper)
            .reinterpretAsFloats()
            .compare(GT, ZERO);
    int which = dominated.anyTrue() ? (int) dominated.toLong() & ~empty : 0;
    if (stored) {
      int maybe = constant.anyTrue() ? (int) constant.toLong() : 0;
      int same = 0;
      for (int row = 0; maybe != 0 && row < LANES; row++) {
        int yi = yOffset + row * yStride;
        boolean equal = ((maybe >> row) & 1) != 0 && SCALAR.firstOtherThan(y, yi, n, y[yi]) == n;
        same |= (equal ? 1 : 0) << row;
      }
      DoubleVector inverseA = ones.lanewise(DIV, sumA);
      FloatVector hiA = (FloatVector) inverseA.convertShape(D2F, SPECIES, 0);
      DoubleVector wideA = (DoubleVector) hiA.convertShape(F2D, DOUBLES, 0);
      FloatVector loA = (FloatVector) inverseA.lanewise(SUB, wideA).convertShape(D2F, SPECIES, 0);
      DoubleVector bestA = ones.lanewise(SUB, inverseA.lanewise(MUL, othersA));

      DoubleVector inverseB = ones.lanewise(DIV, sumB);
      FloatVector hiB = (FloatVector) inverseB.convertShape(D2F, SPECIES, 0);
      DoubleVector wideB = (DoubleVector) hiB.convertShape(F2D, DOUBLES, 0);
      FloatVector loB = (FloatVector) inverseB.lanewise(SUB, wideB).convertShape(D2F, SPECIES, 0);
      DoubleVector bestB = ones.lanewise(SUB, inverseB.lanewise(MUL, othersB));

      IntVector his =
          hiA.reinterpretAsInts().blend(halves.selectFrom(hiB.reinterpretAsInts()), upper);
      IntVector los =
          loA.reinterpretAsInts().blend(halves.selectFrom(loB.reinterpretAsInts()), upper);
      FloatVector units = FloatVector.broadcast(SPECIES, FloatExp.UNBIAS);
      for (int row = 0; row < LANES; row++) {
        IntVector owners = IntVector.broadcast(BITS, row);
        FloatVector rowHis = owners.selectFrom(his).reinterpretAsFloats();
        FloatVector rowLos = owners.selectFrom(los).reinterpretAsFloats();
        int yi = yOffset + row * yStride;
        for (int i = yi; i < yi + n; i += LANES) {
          FloatVector e = FloatVector.fromArray(SPECIES, y, i);
          FloatVector p = e.lanewise(FMA, rowHis, e.lanewise(MUL, rowLos)).lanewise(MUL, units);
          ((FloatVector) FLOATS.cast(p)).intoArray(y, i);
        }
      }
      for (int left = same; left != 0; left &= left - 1) {
        int yi = yOffset + Integer.numberOfTrailingZeros(left) * yStride;
        Arrays.fill(y, yi, yi + n, (float) (1.0 / n));
      }
      if (which != 0) {
        FloatVector bestLow = (FloatVector) bestA.convertShape(D2F, SPECIES, 0);
        FloatVector bestHigh = (FloatVector) bestB.convertShape(D2F, SPECIES, 0);
        IntVector bests =
            bestLow
                .reinterpretAsInts()
                .blend(halves.selectFrom(bestHigh.reinterpretAsInts()), upper);
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        for (int left = which; left != 0; left &= left - 1) {
          int row = Integer.numberOfTrailingZeros(left);
          FloatVector best = IntVector.broadcast(BITS, row).selectFrom(bests).reinterpretAsFloats();
          int yi = yOffset + row * yStride;
          for (int i = yi; i < yi + n; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, y, i);
            ((FloatVector) FLOATS.cast(p.blend(best, p.compare(GT, half)))).intoArray(y, i);
          }
        }
      }
      fillWithNaN(y, yOffset, yStride, n, empty);
      return true;
    }
    if (constant.anyTrue()) {
      return false;
    }
    boolean results = operation == RowOperation.LOG_SOFTMAX;
    DoubleVector brought = DoubleVector.broadcast(DOUBLES, results ? 0.0 : 1.0);
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
            brought
                .lanewise(MUL, maxA)
                .lanewise(
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
            brought
                .lanewise(MUL, maxB)
                .lanewise(
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

    IntVector logs =
        logA.reinterpretAsInts().blend(halves.selectFrom(logB.reinterpretAsInts()), upper);
    if (results) {
      FloatVector rounded = logs.reinterpretAsFloats();
      IntVector cs = rounded.blend(ZERO, rounded.compare(LT, ZERO)).reinterpretAsInts();
      IntVector tops = maxima.reinterpretAsInts();
      for (int left = ~(which | empty) & ALL_ROWS; left != 0; left &= left - 1) {
        int row = Integer.numberOfTrailingZeros(left);
        IntVector owners = IntVector.broadcast(BITS, row);
        FloatVector rowTops = owners.selectFrom(tops).reinterpretAsFloats();
        FloatVector rowCs = owners.selectFrom(cs).reinterpretAsFloats();
        int xi = xOffset + row * xStride;
        int toY = yOffset + row * yStride - xi;
        for (int i = xi; i < xi + n; i += LANES) {
          FloatVector d = FloatVector.fromArray(SPECIES, x, i).lanewise(SUB, rowTops);
          ((FloatVector) FLOATS.cast(d.lanewise(SUB, rowCs))).intoArray(y, i + toY);
        }
      }
      if (which != 0) {
        FloatDominatedGroups512.run(operation, x, xOffset, xStride, y, yOffset, yStride, n, which);
      }
      fillWithNaN(y, yOffset, yStride, n, empty);
      return true;
    }
    IntVector inOrder = IntVector.fromArray(BITS, together > 1 ? PAIRS : INDEXES, 0);
    FloatVector sumExps = inOrder.selectFrom(logs).reinterpretAsFloats();
    ((FloatVector) FLOATS.cast(sumExps)).intoArray(y, yOffset);
    for (int left = empty; left != 0; left &= left - 1) {
      int lane = Integer.numberOfTrailingZeros(left);
      y[yOffset + lane % width * together + lane / width] = Float.NEGATIVE_INFINITY;
    }
    if (which != 0) {
      if (n >= LANES) {
        FloatDominatedGroups512.run(operation, x, xOffset, xStride, y, yOffset, 1, n, which);
      } else {
        endDominated(x, xOffset, stride, y, yOffset, n, which);
      }
    }
    return true;
  }

  private static void fillWithNaN(float[] y, int yOffset, int yStride, int n, int rows) {
    for (int left = rows; left != 0; left &= left - 1) {
      int yi = yOffset + Integer.numberOfTrailingZeros(left) * yStride;
      Arrays.fill(y, yi, yi + n, Float.NaN);
    }
  }

  /** Log-sum-exp of the dominated ones among rows that go in pairs. */
  private static void endDominated(
      float[] x, int xOffset, int stride, float[] y, int yOffset, int n, int which) {
    for (int place = 0; place < n; place++) {
      int first = (which >> place) & 1;
      int second = (which >> (place + n)) & 1;
      int xi = xOffset + place * stride;
      int yi = yOffset + 2 * place;
      RowOperation operation = RowOperation.LOG_SUM_EXP;
      FloatDominatedLogs512.run(operation, x, xi, y, yi, 1, first + 2 * second, n, n);
    }
  }
}
