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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DEPTH;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.EXPONENTS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FLOATS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FRACTION_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.GRID_START;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H0;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.H2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INDEXES;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG2E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOWEST_BIT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEPS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEPS_OF_E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_UNBIAS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
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
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Log-softmax of the rows among those of {@link FloatColumns512} that one element dominates: the
 * others are summed in units of their own largest, so that the logarithm, which is about their
 * share, keeps its digits. It is {@link FloatDominatedLogs512} with a row in each lane.
 */
final class FloatDominatedColumns512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private FloatDominatedColumns512() {}

  /**
   * Does some lanes, and leaves the others as they are.
   *
   * @param y transposed rows, see {@link FloatColumns512#run}
   * @param n length of the rows
   * @param which bit i stands for lane i
   */
  static void logSoftmax(float[] y, int offset, int n, int which) {
    if (ShortRange.isBelow(n, 1)) {
      return;
    }
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    FloatVector flags =
        (FloatVector)
            NO_BITS
                .broadcast(which)
                .lanewise(LSHR, indexes)
                .lanewise(AND, LOWEST_BIT)
                .convertShape(I2F, SPECIES, 0);
    VectorMask<Float> dominated = flags.compare(NE, ZERO);
    FloatVector zeros = FloatVector.zero(SPECIES);
    IntVector none = NO_BITS.broadcast(Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
    int end = offset + LANES * n;
    IntVector high = none;
    IntVector low = none;
    for (int i = offset; i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(SPECIES, y, i).reinterpretAsInts();
      high = bits.lanewise(MAX, high);
      low = bits.lanewise(MIN, low);
    }
    IntVector highest = none.lanewise(MAX, high);
    FloatVector maxima =
        highest
            .blend(none.lanewise(MIN, low), highest.compare(LT, NO_BITS))
            .reinterpretAsFloats()
            .lanewise(ADD, ZERO);
    IntVector nextHigh = none;
    IntVector nextLow = none;
    for (int i = offset; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, i);
      IntVector bits = v.blend(ABSENT, v.compare(EQ, maxima)).reinterpretAsInts();
      nextHigh = bits.lanewise(MAX, nextHigh);
      nextLow = bits.lanewise(MIN, nextLow);
    }
    IntVector nextHighest = none.lanewise(MAX, nextHigh);
    FloatVector nextMaxima =
        nextHighest
            .blend(none.lanewise(MIN, nextLow), nextHighest.compare(LT, NO_BITS))
            .reinterpretAsFloats()
            .lanewise(ADD, ZERO);

    FloatVector nextPowers = nextMaxima.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
    FloatVector depths = nextPowers.lanewise(SUB, DEPTH);
    FloatVector magics = depths.lanewise(FMA, MINUS_STEPS, ROUNDING);
    IntVector floors = depths.lanewise(MUL, LN2).reinterpretAsInts();
    IntVector counted = NO_BITS.broadcast(-n * Float.floatToRawIntBits(FloatLanes.START));
    IntVector fineCounted = NO_BITS.broadcast(-n * Float.floatToRawIntBits(FloatLanes.FINE_START));
    for (int i = offset; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, i);
      FloatVector d =
          v.blend(ABSENT, v.compare(EQ, maxima))
              .reinterpretAsInts()
              .lanewise(UMIN, floors)
              .reinterpretAsFloats();
      FloatVector magicSum = d.lanewise(FMA, STEPS_OF_E, magics);
      IntVector steps = magicSum.reinterpretAsInts();
      IntVector factor =
          LANES < FloatExp.STEPS
              ? steps.selectFrom(FACTORS, UPPER_FACTORS)
              : steps.selectFrom(FACTORS);
      FloatVector e2 =
          factor
              .reinterpretAsFloats()
              .lanewise(MUL, steps.lanewise(LSHL, STEP_SHIFT).reinterpretAsFloats());
      FloatVector k = magicSum.lanewise(SUB, magics);
      FloatVector r = k.lanewise(FMA, MINUS_STEP_LO, k.lanewise(FMA, MINUS_STEP_HI, d));
      FloatVector h = r.lanewise(FMA, H2, H1).lanewise(FMA, r, H0);
      FloatVector f = h.lanewise(FMA, r.lanewise(MUL, r), r);
      FloatVector near = f.lanewise(FMA, e2, e2.lanewise(ADD, START));
      counted = near.reinterpretAsInts().lanewise(ADD, counted);
      fineCounted =
          f.lanewise(FMA, e2, e2.lanewise(SUB, near.lanewise(SUB, GRID_START)))
              .reinterpretAsInts()
              .lanewise(ADD, fineCounted);
    }

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
    FloatVector gridBits = IntVector.zero(BITS).lanewise(ADD, counted).reinterpretAsFloats();
    FloatVector fineBits = IntVector.zero(BITS).lanewise(ADD, fineCounted).reinterpretAsFloats();
    IntVector grids = zeros.blend(gridBits, something).reinterpretAsInts();
    IntVector fineGrids = zeros.blend(fineBits, something).reinterpretAsInts();

    IntVector halves = IntVector.fromArray(BITS, LANES > 8 ? PARTNERS_8 : PARTNERS_4, 0);
    VectorMask<Integer> upper = indexes.compare(GE, LANES / 2);
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
                .convertShape(D2F, SPECIES, 0);

    FloatVector e2Upper = halves.selectFrom(e2Max.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector fUpper = halves.selectFrom(fMax.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector apartUpper = halves.selectFrom(apart.reinterpretAsInts()).reinterpretAsFloats();
    IntVector gridsUpper = halves.selectFrom(grids);
    IntVector finesUpper = halves.selectFrom(fineGrids);
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
                .convertShape(D2F, SPECIES, 0);

    FloatVector logs =
        logA.reinterpretAsInts()
            .blend(halves.selectFrom(logB.reinterpretAsInts()), upper)
            .reinterpretAsFloats();
    for (int i = offset; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, i);
      FloatVector ended = v.lanewise(SUB, maxima).lanewise(SUB, logs);
      ((FloatVector) FLOATS.cast(v.blend(ended, dominated))).intoArray(y, i);
    }
  }
}
