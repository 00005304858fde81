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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ABSENT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ALL_BUT_SIGN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DEPTH;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.EXPONENTS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FLOATS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FRACTION_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H0;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INDEXES;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG2E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG_EXCHANGED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOWEST_BIT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEPS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.SIGN_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEPS_OF_E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_UNBIAS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_ZERO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.DIV;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2D;
import static jdk.incubator.vector.VectorOperators.I2F;
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
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The logarithms of the rows among those of {@link FloatGroups512} that one element dominates: the
 * others are summed in units of their own largest, so that the logarithm, which is about their
 * share, keeps its digits. It is {@link FloatDominatedLogs512} for rows with their ends side by
 * side; only dominated rows are gone through.
 */
final class FloatDominatedGroups512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private FloatDominatedGroups512() {}

  /**
   * Does some rows, of one vector or more, and leaves the results of the others as they are.
   *
   * @param which bit i stands for row i
   */
  static void run(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int n,
      int which) {
    if (ShortRange.isBelow(n, 1)) {
      return;
    }
    FloatExp exp = FloatExp.UNIT;
    FloatVector log2e = ZERO.broadcast(exp.log2e);
    FloatVector stepsOfE = ZERO.broadcast(exp.stepsOfE);
    FloatVector minusStepHi = ZERO.broadcast(exp.minusStepHi);
    FloatVector minusStepLo = ZERO.broadcast(exp.minusStepLo);
    FloatVector h0 = ZERO.broadcast(exp.h0);
    FloatVector h1 = ZERO.broadcast(exp.h1);
    FloatVector h2 = ZERO.broadcast(exp.h2);
    IntVector factors = IntVector.fromArray(BITS, STEP_FACTORS, 0);
    FloatVector starts = ZERO.broadcast(FloatLanes.START);
    FloatVector gridStarts = ZERO.broadcast(FloatLanes.GRID_START);
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    IntVector by1 = IntVector.fromArray(BITS, PARTNERS_1, 0);
    IntVector by2 = IntVector.fromArray(BITS, PARTNERS_2, 0);
    IntVector by4 = IntVector.fromArray(BITS, PARTNERS_4, 0);
    // An exchange of lanes with themselves doubles a sum.
    IntVector by8 = IntVector.fromArray(BITS, 8 < LANES ? PARTNERS_8 : INDEXES, 0);
    IntVector doublings = NO_BITS.broadcast(LOG_EXCHANGED - Integer.numberOfTrailingZeros(LANES));
    IntVector none = NO_BITS.broadcast(Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
    FloatVector zeros = FloatVector.zero(SPECIES);
    int minusStarts = -Float.floatToRawIntBits(FloatLanes.START) * (n / LANES);
    int minusFineStarts = -Float.floatToRawIntBits(FloatLanes.FINE_START) * (n / LANES);
    IntVector highs = none;
    IntVector nextHighs = none;
    IntVector sums = IntVector.zero(BITS);
    IntVector fineSums = IntVector.zero(BITS);
    for (int left = which; left != 0; left &= left - 1) {
      int row = Integer.numberOfTrailingZeros(left);
      int from = xOffset + row * xStride;
      VectorMask<Integer> others = indexes.compare(NE, NO_BITS.broadcast(row));
      IntVector high = none;
      IntVector low = none;
      for (int i = from; i < from + n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        high = v.reinterpretAsInts().lanewise(MAX, high);
        low = v.reinterpretAsInts().lanewise(MIN, low);
      }
      IntVector highest = IntVector.zero(BITS).lanewise(ADD, high);
      IntVector lowest = IntVector.zero(BITS).lanewise(ADD, low);
      // The bits of negative numbers fall: ordered as the numbers are, but for the sign, turned.
      highest = highest.blend(lowest.lanewise(XOR, ALL_BUT_SIGN), highest.compare(LT, NO_BITS));
      highest = by1.selectFrom(highest).lanewise(MAX, highest);
      highest = by2.selectFrom(highest).lanewise(MAX, highest);
      highest = by4.selectFrom(highest).lanewise(MAX, highest);
      highest = by8.selectFrom(highest).lanewise(MAX, highest);
      highs = highest.blend(highs, others);
      FloatVector winners =
          highest
              .lanewise(XOR, highest.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN))
              .reinterpretAsFloats()
              .lanewise(ADD, ZERO);
      IntVector nextHigh = none;
      IntVector nextLow = none;
      for (int i = from; i < from + n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        IntVector bits = v.blend(ABSENT, v.compare(EQ, winners)).reinterpretAsInts();
        nextHigh = bits.lanewise(MAX, nextHigh);
        nextLow = bits.lanewise(MIN, nextLow);
      }
      IntVector next = IntVector.zero(BITS).lanewise(ADD, nextHigh);
      IntVector nextLowest = IntVector.zero(BITS).lanewise(ADD, nextLow);
      next = next.blend(nextLowest.lanewise(XOR, ALL_BUT_SIGN), next.compare(LT, NO_BITS));
      next = by1.selectFrom(next).lanewise(MAX, next);
      next = by2.selectFrom(next).lanewise(MAX, next);
      next = by4.selectFrom(next).lanewise(MAX, next);
      next = by8.selectFrom(next).lanewise(MAX, next);
      nextHighs = next.blend(nextHighs, others);
      FloatVector depths =
          next.lanewise(XOR, next.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN))
              .reinterpretAsFloats()
              .lanewise(ADD, ZERO)
              .lanewise(FMA, log2e, ROUNDING)
              .lanewise(SUB, ROUNDING)
              .lanewise(SUB, DEPTH);
      FloatVector magics = depths.lanewise(FMA, MINUS_STEPS, ROUNDING);
      IntVector floors = depths.lanewise(MUL, LN2).reinterpretAsInts();
      IntVector counted = NO_BITS.broadcast(minusStarts);
      IntVector fineCounted = NO_BITS.broadcast(minusFineStarts);
      for (int i = from; i < from + n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        FloatVector d =
            v.blend(ABSENT, v.compare(EQ, winners))
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
        FloatVector near = fraction.lanewise(FMA, e2, e2.lanewise(ADD, starts));
        counted = near.reinterpretAsInts().lanewise(ADD, counted);
        fineCounted =
            fraction
                .lanewise(FMA, e2, e2.lanewise(SUB, near.lanewise(SUB, gridStarts)))
                .reinterpretAsInts()
                .lanewise(ADD, fineCounted);
      }
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
    IntVector ordered = IntVector.zero(BITS).lanewise(OR, highs);
    IntVector turned = ordered.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
    FloatVector maxima = ordered.lanewise(XOR, turned).reinterpretAsFloats().lanewise(ADD, ZERO);
    IntVector nextOrdered = IntVector.zero(BITS).lanewise(OR, nextHighs);
    IntVector nextTurned = nextOrdered.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
    FloatVector nextMaxima =
        nextOrdered.lanewise(XOR, nextTurned).reinterpretAsFloats().lanewise(ADD, ZERO);
    FloatVector nextPowers = nextMaxima.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
    FloatVector powers = maxima.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
    FloatVector magicsMax = powers.lanewise(SUB, DEPTH).lanewise(FMA, MINUS_STEPS, ROUNDING);
    FloatVector magicSumMax = maxima.lanewise(FMA, STEPS_OF_E, magicsMax);
    IntVector stepsMax = magicSumMax.reinterpretAsInts();
    IntVector factorMax =
        LANES < FloatExp.STEPS
            ? stepsMax.selectFrom(FACTORS, UPPER_FACTORS)
            : stepsMax.selectFrom(FACTORS);
    FloatVector e2Max =
        factorMax
            .reinterpretAsFloats()
            .lanewise(MUL, stepsMax.lanewise(LSHL, STEP_SHIFT).reinterpretAsFloats());
    FloatVector kMax = magicSumMax.lanewise(SUB, magicsMax);
    FloatVector rMax = kMax.lanewise(FMA, MINUS_STEP_LO, kMax.lanewise(FMA, MINUS_STEP_HI, maxima));
    FloatVector hMax = rMax.lanewise(FMA, H2, H1).lanewise(FMA, rMax, H0);
    FloatVector fMax = hMax.lanewise(FMA, rMax.lanewise(MUL, rMax), rMax);
    // Others below the floor, or -inf, are nothing.
    VectorMask<Float> something =
        nextMaxima.compare(GE, powers.lanewise(SUB, DEPTH).lanewise(MUL, LN2));
    FloatVector apart = zeros.blend(nextPowers.lanewise(SUB, powers), something);
    FloatVector gridBits =
        IntVector.zero(BITS).lanewise(ADD, sums).lanewise(ASHR, doublings).reinterpretAsFloats();
    FloatVector fineBits =
        IntVector.zero(BITS)
            .lanewise(ADD, fineSums)
            .lanewise(ASHR, doublings)
            .reinterpretAsFloats();
    IntVector grids = zeros.blend(gridBits, something).reinterpretAsInts();
    IntVector fineGrids = zeros.blend(fineBits, something).reinterpretAsInts();

    IntVector halves = IntVector.fromArray(BITS, LANES > 8 ? PARTNERS_8 : PARTNERS_4, 0);
    VectorMask<Integer> upper = indexes.compare(GE, LANES / 2);
    boolean results = operation == RowOperation.LOG_SOFTMAX;
    DoubleVector brought = WIDE_ZERO.broadcast(results ? 0.0 : 1.0);
    DoubleVector maxA = (DoubleVector) maxima.convertShape(F2D, DOUBLES, 0);
    DoubleVector e2A = (DoubleVector) e2Max.convertShape(F2D, DOUBLES, 0);
    DoubleVector fA = (DoubleVector) fMax.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestA = e2A.lanewise(MUL, fA).lanewise(ADD, e2A).lanewise(MUL, WIDE_UNBIAS);
    DoubleVector gridsA = (DoubleVector) grids.convertShape(I2D, DOUBLES, 0);
    DoubleVector finestA = (DoubleVector) fineGrids.convertShape(I2D, DOUBLES, 0);
    DoubleVector apartA = (DoubleVector) apart.convertShape(F2D, DOUBLES, 0);
    DoubleVector unitA =
        apartA
            .lanewise(ADD, EXPONENTS)
            .reinterpretAsLongs()
            .lanewise(LSHL, FRACTION_BITS)
            .reinterpretAsDoubles();
    DoubleVector othersA =
        gridsA
            .lanewise(MUL, GRID)
            .lanewise(ADD, finestA.lanewise(MUL, FINE_GRID))
            .lanewise(MUL, unitA);
    DoubleVector uA =
        othersA.lanewise(DIV, largestA.lanewise(ADD, largestA).lanewise(ADD, othersA));
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
                .lanewise(ADD, maxA.lanewise(MUL, brought))
                .convertShape(D2F, SPECIES, 0);

    FloatVector maximaUpper = halves.selectFrom(maxima.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector e2Upper = halves.selectFrom(e2Max.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector fUpper = halves.selectFrom(fMax.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector apartUpper = halves.selectFrom(apart.reinterpretAsInts()).reinterpretAsFloats();
    IntVector gridsUpper = halves.selectFrom(grids);
    IntVector finesUpper = halves.selectFrom(fineGrids);
    DoubleVector maxB = (DoubleVector) maximaUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector e2B = (DoubleVector) e2Upper.convertShape(F2D, DOUBLES, 0);
    DoubleVector fB = (DoubleVector) fUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector largestB = e2B.lanewise(MUL, fB).lanewise(ADD, e2B).lanewise(MUL, WIDE_UNBIAS);
    DoubleVector gridsB = (DoubleVector) gridsUpper.convertShape(I2D, DOUBLES, 0);
    DoubleVector finestB = (DoubleVector) finesUpper.convertShape(I2D, DOUBLES, 0);
    DoubleVector apartB = (DoubleVector) apartUpper.convertShape(F2D, DOUBLES, 0);
    DoubleVector unitB =
        apartB
            .lanewise(ADD, EXPONENTS)
            .reinterpretAsLongs()
            .lanewise(LSHL, FRACTION_BITS)
            .reinterpretAsDoubles();
    DoubleVector othersB =
        gridsB
            .lanewise(MUL, GRID)
            .lanewise(ADD, finestB.lanewise(MUL, FINE_GRID))
            .lanewise(MUL, unitB);
    DoubleVector uB =
        othersB.lanewise(DIV, largestB.lanewise(ADD, largestB).lanewise(ADD, othersB));
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
                .lanewise(ADD, maxB.lanewise(MUL, brought))
                .convertShape(D2F, SPECIES, 0);

    IntVector logs =
        logA.reinterpretAsInts().blend(halves.selectFrom(logB.reinterpretAsInts()), upper);
    if (results) {
      IntVector tops = maxima.reinterpretAsInts();
      for (int left = which; left != 0; left &= left - 1) {
        int row = Integer.numberOfTrailingZeros(left);
        IntVector owners = NO_BITS.broadcast(row);
        FloatVector rowTops = owners.selectFrom(tops).reinterpretAsFloats();
        FloatVector rowLogs = owners.selectFrom(logs).reinterpretAsFloats();
        int xi = xOffset + row * xStride;
        int toY = yOffset + row * yStride - xi;
        for (int i = xi; i < xi + n; i += LANES) {
          FloatVector d = FloatVector.fromArray(SPECIES, x, i).lanewise(SUB, rowTops);
          ((FloatVector) FLOATS.cast(d.lanewise(SUB, rowLogs))).intoArray(y, i + toY);
        }
      }
      return;
    }
    FloatVector sumExps = logs.reinterpretAsFloats();
    FloatVector flags =
        (FloatVector)
            NO_BITS
                .broadcast(which)
                .lanewise(LSHR, indexes)
                .lanewise(AND, LOWEST_BIT)
                .convertShape(I2F, SPECIES, 0);
    FloatVector before = FloatVector.fromArray(SPECIES, y, yOffset);
    ((FloatVector) FLOATS.cast(before.blend(sumExps, flags.compare(NE, ZERO))))
        .intoArray(y, yOffset);
  }
}
