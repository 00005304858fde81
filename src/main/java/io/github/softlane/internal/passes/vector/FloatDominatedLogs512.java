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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_START_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FIRSTS;
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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG_EXCHANGED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOWEST_BIT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEPS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NUMBERS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.OWNERS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.SIGN_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEPS_OF_E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_UNBIAS;
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
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Log-softmax and log-sum-exp of rows in one vector, of 512 bits, that one element dominates: the
 * others are summed in units of their own largest, so that the logarithm, which is about their
 * share, keeps its digits.
 */
final class FloatDominatedLogs512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private FloatDominatedLogs512() {}

  /**
   * Ends one row or two, or none.
   *
   * @param xi where the vector begins
   * @param yi where the result of its first row begins
   * @param which bit i stands for row i; nothing is written of the others
   * @param width lanes from one row to the next
   * @param n lanes of a row
   */
  static void run(
      RowOperation operation,
      float[] x,
      int xi,
      float[] y,
      int yi,
      int yStride,
      int which,
      int width,
      int n) {
    if (which == 0) {
      return;
    }
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    FloatVector numbers = FloatVector.fromArray(SPECIES, NUMBERS, 0);
    IntVector by1 = IntVector.fromArray(BITS, PARTNERS_1, 0);
    IntVector by2 = IntVector.fromArray(BITS, PARTNERS_2, 0);
    IntVector by4 = IntVector.fromArray(BITS, 4 < width ? PARTNERS_4 : INDEXES, 0);
    IntVector by8 = IntVector.fromArray(BITS, 8 < width ? PARTNERS_8 : INDEXES, 0);
    int logWidth = Integer.numberOfTrailingZeros(width);
    IntVector doublings = NO_BITS.broadcast(LOG_EXCHANGED - logWidth);
    VectorMask<Integer> odd = indexes.lanewise(AND, LOWEST_BIT).compare(NE, 0);
    IntVector firsts = IntVector.fromArray(BITS, FIRSTS, logWidth * LANES);
    IntVector seconds = firsts.lanewise(ADD, LOWEST_BIT);
    IntVector owners = IntVector.fromArray(BITS, OWNERS, logWidth * LANES);
    FloatVector absent = ZERO.broadcast(Float.NEGATIVE_INFINITY);
    FloatVector zeros = FloatVector.zero(SPECIES);
    boolean results = operation == RowOperation.LOG_SOFTMAX;
    // Rows 0 and 1, or one of them: the lanes from one on and up to the end of another.
    int from = (which & 1) == 0 ? width : 0;
    int to = (which >> 1) == 0 ? n : width + n;
    VectorMask<Float> lanes =
        numbers.compare(GE, (float) from).and(numbers.compare(LT, (float) to));
    FloatVector v = absent.blend(FloatVector.fromArray(SPECIES, x, xi), lanes);
    IntVector bits = v.reinterpretAsInts();
    IntVector turned = bits.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
    IntVector highest = bits.lanewise(XOR, turned);
    highest = by1.selectFrom(highest).lanewise(MAX, highest);
    highest = by2.selectFrom(highest).lanewise(MAX, highest);
    highest = by4.selectFrom(highest).lanewise(MAX, highest);
    highest = by8.selectFrom(highest).lanewise(MAX, highest);
    turned = highest.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
    FloatVector tops = highest.lanewise(XOR, turned).reinterpretAsFloats().lanewise(ADD, ZERO);

    FloatVector left = v.blend(ABSENT, v.compare(EQ, tops));
    IntVector leftBits = left.reinterpretAsInts();
    IntVector leftTurned = leftBits.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
    IntVector next = leftBits.lanewise(XOR, leftTurned);
    next = by1.selectFrom(next).lanewise(MAX, next);
    next = by2.selectFrom(next).lanewise(MAX, next);
    next = by4.selectFrom(next).lanewise(MAX, next);
    next = by8.selectFrom(next).lanewise(MAX, next);
    leftTurned = next.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
    FloatVector nextTops = next.lanewise(XOR, leftTurned).reinterpretAsFloats().lanewise(ADD, ZERO);

    FloatVector powers = nextTops.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
    FloatVector depths = powers.lanewise(SUB, DEPTH);
    FloatVector magics = depths.lanewise(FMA, MINUS_STEPS, ROUNDING);
    IntVector floors = depths.lanewise(MUL, LN2).reinterpretAsInts();
    FloatVector d = leftBits.lanewise(UMIN, floors).reinterpretAsFloats();
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
    IntVector multiples = near.reinterpretAsInts().lanewise(SUB, START_BITS);
    IntVector fines =
        f.lanewise(FMA, e2, e2.lanewise(SUB, near.lanewise(SUB, GRID_START)))
            .reinterpretAsInts()
            .lanewise(SUB, FINE_START_BITS);
    IntVector sums =
        by1.selectFrom(multiples)
            .lanewise(ADD, multiples)
            .blend(by1.selectFrom(fines).lanewise(ADD, fines), odd);
    sums = by2.selectFrom(sums).lanewise(ADD, sums);

    sums = by4.selectFrom(sums).lanewise(ADD, sums);
    sums = by8.selectFrom(sums).lanewise(ADD, sums);
    sums = sums.lanewise(ASHR, doublings);
    // From here on one lane a row.
    FloatVector maxima = firsts.selectFrom(tops.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector maxPowers = maxima.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
    FloatVector magicsMax = maxPowers.lanewise(SUB, DEPTH).lanewise(FMA, MINUS_STEPS, ROUNDING);
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
    DoubleVector wideE2 = (DoubleVector) e2Max.convertShape(F2D, DOUBLES, 0);
    DoubleVector wideF = (DoubleVector) fMax.convertShape(F2D, DOUBLES, 0);
    DoubleVector largest =
        wideE2.lanewise(MUL, wideF).lanewise(ADD, wideE2).lanewise(MUL, WIDE_UNBIAS);
    // Others below the floor, or -inf, are nothing.
    FloatVector nextMaxima = firsts.selectFrom(nextTops.reinterpretAsInts()).reinterpretAsFloats();
    VectorMask<Float> something =
        nextMaxima.compare(GE, maxPowers.lanewise(SUB, DEPTH).lanewise(MUL, LN2));
    FloatVector apart =
        zeros.blend(
            nextMaxima
                .lanewise(FMA, LOG2E, ROUNDING)
                .lanewise(SUB, ROUNDING)
                .lanewise(SUB, maxPowers),
            something);
    IntVector grids =
        zeros.blend(firsts.selectFrom(sums).reinterpretAsFloats(), something).reinterpretAsInts();
    IntVector fineGrids =
        zeros.blend(seconds.selectFrom(sums).reinterpretAsFloats(), something).reinterpretAsInts();
    DoubleVector wideGrids = (DoubleVector) grids.convertShape(I2D, DOUBLES, 0);
    DoubleVector wideFineGrids = (DoubleVector) fineGrids.convertShape(I2D, DOUBLES, 0);
    DoubleVector wideApart = (DoubleVector) apart.convertShape(F2D, DOUBLES, 0);
    DoubleVector unit =
        wideApart
            .lanewise(ADD, EXPONENTS)
            .reinterpretAsLongs()
            .lanewise(LSHL, FRACTION_BITS)
            .reinterpretAsDoubles();
    DoubleVector others =
        wideGrids
            .lanewise(MUL, GRID)
            .lanewise(ADD, wideFineGrids.lanewise(MUL, FINE_GRID))
            .lanewise(MUL, unit);
    DoubleVector u = others.lanewise(DIV, largest.lanewise(ADD, largest).lanewise(ADD, others));
    DoubleVector uSquare = u.lanewise(MUL, u);
    DoubleVector fourth = uSquare.lanewise(MUL, uSquare);
    DoubleVector a03 =
        uSquare.lanewise(FMA, A3, A2).lanewise(FMA, fourth, uSquare.lanewise(FMA, A1, A0));
    DoubleVector a47 =
        uSquare.lanewise(FMA, A7, A6).lanewise(FMA, fourth, uSquare.lanewise(FMA, A5, A4));
    DoubleVector eighth = fourth.lanewise(MUL, fourth);
    DoubleVector series =
        uSquare.lanewise(FMA, A9, A8).lanewise(FMA, eighth, a47).lanewise(FMA, eighth, a03);
    DoubleVector log = series.lanewise(FMA, u.lanewise(MUL, uSquare), u.lanewise(ADD, u));
    if (results) {
      FloatVector rounded = (FloatVector) log.convertShape(D2F, SPECIES, 0);
      FloatVector logs = owners.selectFrom(rounded.reinterpretAsInts()).reinterpretAsFloats();
      FloatVector ended = v.lanewise(SUB, tops).lanewise(SUB, logs);
      ((FloatVector) FLOATS.cast(ended)).intoArray(y, yi, lanes);
    } else {
      DoubleVector max = (DoubleVector) maxima.convertShape(F2D, DOUBLES, 0);
      FloatVector sumExps = (FloatVector) log.lanewise(ADD, max).convertShape(D2F, SPECIES, 0);
      if ((which & 1) != 0) {
        y[yi] = sumExps.lane(0);
      }
      if (which >> 1 != 0) {
        y[yi + yStride] = sumExps.lane(1);
      }
    }
  }
}
