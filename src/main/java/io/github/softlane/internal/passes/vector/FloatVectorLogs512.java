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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INTEGERS_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG2E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG_C;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG_EXCHANGED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOWEST_BIT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MIDDLE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEPS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NAN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NUMBERS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.OWNERS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_1;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.RADIUS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.SECOND_BIT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.SIGN_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEPS_OF_E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_UNBIAS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_ZERO;
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
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2D;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLog;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Log-softmax and log-sum-exp of rows that fit one vector, of 512 bits: the same as {@link
 * FloatVectorRows512} up to the sums, and then {@link FloatLog#logPlus} in vectors.
 *
 * <p>Where an element dominates its row, {@link FloatDominatedLogs512} ends it.
 *
 * <p>A class of its own, with those operations once more, since a method for all three is too large
 * for C1 and a helper boxes the vectors it takes; a test holds the two together.
 */
final class FloatVectorLogs512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private FloatVectorLogs512() {}

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
      // A call of the warm-up counts for this method and for that one.
      FloatDominatedLogs512.run(operation, x, xOffset, y, yOffset, yStride, 0, n, n);
      return 0;
    }
    boolean results = operation == RowOperation.LOG_SOFTMAX;
    boolean packed =
        n >= Math.max(4, LANES / 2)
            && xStride == n
            && (yStride == n || !results)
            && Integer.bitCount(n) == 1;
    int width = packed ? n : LANES;
    int together = LANES / width;
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    FloatVector numbers = FloatVector.fromArray(SPECIES, NUMBERS, 0);
    // An exchange of lanes with themselves doubles a sum.
    IntVector by1 = IntVector.fromArray(BITS, PARTNERS_1, 0);
    IntVector by2 = IntVector.fromArray(BITS, PARTNERS_2, 0);
    IntVector by4 = IntVector.fromArray(BITS, 4 < width ? PARTNERS_4 : INDEXES, 0);
    IntVector by8 = IntVector.fromArray(BITS, 8 < width ? PARTNERS_8 : INDEXES, 0);
    int logWidth = Integer.numberOfTrailingZeros(width);
    IntVector doublings = NO_BITS.broadcast(LOG_EXCHANGED - logWidth);
    VectorMask<Integer> odd = indexes.lanewise(AND, LOWEST_BIT).compare(NE, 0);
    VectorMask<Integer> secondPair = indexes.lanewise(AND, SECOND_BIT).compare(NE, 0);
    IntVector firsts = IntVector.fromArray(BITS, FIRSTS, logWidth * LANES);
    IntVector seconds = firsts.lanewise(ADD, LOWEST_BIT);
    IntVector ownersA = IntVector.fromArray(BITS, OWNERS, logWidth * LANES);
    IntVector ownersB = ownersA.lanewise(ADD, NO_BITS.broadcast(together));
    // What a method is called on must not be a constant, see VectorRowConstants512.
    FloatVector absent = ZERO.broadcast(Float.NEGATIVE_INFINITY);
    DoubleVector twos = WIDE_ZERO.broadcast(2.0);
    DoubleVector nearlyAll = WIDE_ZERO.broadcast(n * SumLimits.NEARLY_CONSTANT);
    FloatVector shares = ZERO.broadcast((float) SumLimits.DOMINATED);
    FloatVector sharesAtZero =
        ZERO.broadcast((float) (results ? SumLimits.DOMINATED : SumLimits.DOMINATED_AT_ZERO));
    DoubleVector brought = WIDE_ZERO.broadcast(results ? 0.0 : 1.0);
    for (int row = 0; row < rows; row += 2 * together) {
      int some = Math.min(together, rows - row);
      int more = Math.min(together, rows - row - some);
      int xA = xOffset + row * xStride;
      int yA = yOffset + row * yStride;
      // Without a row of its own the second vector is the first again, and nothing of it counts.
      int xB = more > 0 ? xA + together * xStride : xA;
      int yB = more > 0 ? yA + together * yStride : yA;
      if (xB > x.length - LANES || (results && yB > y.length - LANES)) {
        return row;
      }
      VectorMask<Float> presentA = numbers.compare(LT, (float) (some * n));
      VectorMask<Float> presentB = numbers.compare(LT, (float) (more * n));
      FloatVector vA = absent.blend(FloatVector.fromArray(SPECIES, x, xA), presentA);
      IntVector bitsA = vA.reinterpretAsInts();
      // Ordered as the numbers are: the bits of negative ones but for the sign turned round.
      IntVector turnedA = bitsA.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
      IntVector highestA = bitsA.lanewise(XOR, turnedA);
      highestA = by1.selectFrom(highestA).lanewise(MAX, highestA);
      highestA = by2.selectFrom(highestA).lanewise(MAX, highestA);
      highestA = by4.selectFrom(highestA).lanewise(MAX, highestA);
      highestA = by8.selectFrom(highestA).lanewise(MAX, highestA);
      turnedA = highestA.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
      FloatVector maximaA =
          highestA.lanewise(XOR, turnedA).reinterpretAsFloats().lanewise(ADD, ZERO);
      VectorMask<Float> emptyA = maximaA.compare(EQ, ABSENT);
      VectorMask<Float> usualA =
          maximaA
              .lanewise(SUB, MIDDLE)
              .lanewise(ABS)
              .compare(LT, RADIUS)
              .or(emptyA)
              .and(vA.compare(EQ, vA));

      FloatVector vB = absent.blend(FloatVector.fromArray(SPECIES, x, xB), presentB);
      IntVector bitsB = vB.reinterpretAsInts();
      IntVector turnedB = bitsB.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
      IntVector highestB = bitsB.lanewise(XOR, turnedB);
      highestB = by1.selectFrom(highestB).lanewise(MAX, highestB);
      highestB = by2.selectFrom(highestB).lanewise(MAX, highestB);
      highestB = by4.selectFrom(highestB).lanewise(MAX, highestB);
      highestB = by8.selectFrom(highestB).lanewise(MAX, highestB);
      turnedB = highestB.lanewise(ASHR, SIGN_SHIFT).lanewise(AND, ALL_BUT_SIGN);
      FloatVector maximaB =
          highestB.lanewise(XOR, turnedB).reinterpretAsFloats().lanewise(ADD, ZERO);
      VectorMask<Float> emptyB = maximaB.compare(EQ, ABSENT);
      VectorMask<Float> usualB =
          maximaB
              .lanewise(SUB, MIDDLE)
              .lanewise(ABS)
              .compare(LT, RADIUS)
              .or(emptyB)
              .and(vB.compare(EQ, vB));

      if (!usualA.and(usualB).allTrue()) {
        return row;
      }

      FloatVector powersA = maximaA.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
      FloatVector depthsA = powersA.lanewise(SUB, DEPTH);
      FloatVector magicsA = depthsA.lanewise(FMA, MINUS_STEPS, ROUNDING);
      IntVector floorsA = depthsA.lanewise(MUL, LN2).reinterpretAsInts();
      FloatVector dA = bitsA.lanewise(UMIN, floorsA).reinterpretAsFloats();
      FloatVector magicSumA = dA.lanewise(FMA, STEPS_OF_E, magicsA);
      IntVector stepsA = magicSumA.reinterpretAsInts();
      IntVector factorA =
          LANES < FloatExp.STEPS
              ? stepsA.selectFrom(FACTORS, UPPER_FACTORS)
              : stepsA.selectFrom(FACTORS);
      FloatVector e2A =
          factorA
              .reinterpretAsFloats()
              .lanewise(MUL, stepsA.lanewise(LSHL, STEP_SHIFT).reinterpretAsFloats());
      FloatVector kA = magicSumA.lanewise(SUB, magicsA);
      FloatVector rA = kA.lanewise(FMA, MINUS_STEP_LO, kA.lanewise(FMA, MINUS_STEP_HI, dA));
      FloatVector hA = rA.lanewise(FMA, H2, H1).lanewise(FMA, rA, H0);
      FloatVector fA = hA.lanewise(FMA, rA.lanewise(MUL, rA), rA);
      FloatVector nearA = fA.lanewise(FMA, e2A, e2A.lanewise(ADD, START));
      IntVector multiplesA = nearA.reinterpretAsInts().lanewise(SUB, START_BITS);
      IntVector finesA =
          fA.lanewise(FMA, e2A, e2A.lanewise(SUB, nearA.lanewise(SUB, GRID_START)))
              .reinterpretAsInts()
              .lanewise(SUB, FINE_START_BITS);
      IntVector sumsA =
          by1.selectFrom(multiplesA)
              .lanewise(ADD, multiplesA)
              .blend(by1.selectFrom(finesA).lanewise(ADD, finesA), odd);
      sumsA = by2.selectFrom(sumsA).lanewise(ADD, sumsA);

      FloatVector powersB = maximaB.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
      FloatVector depthsB = powersB.lanewise(SUB, DEPTH);
      FloatVector magicsB = depthsB.lanewise(FMA, MINUS_STEPS, ROUNDING);
      IntVector floorsB = depthsB.lanewise(MUL, LN2).reinterpretAsInts();
      FloatVector dB = bitsB.lanewise(UMIN, floorsB).reinterpretAsFloats();
      FloatVector magicSumB = dB.lanewise(FMA, STEPS_OF_E, magicsB);
      IntVector stepsB = magicSumB.reinterpretAsInts();
      IntVector factorB =
          LANES < FloatExp.STEPS
              ? stepsB.selectFrom(FACTORS, UPPER_FACTORS)
              : stepsB.selectFrom(FACTORS);
      FloatVector e2B =
          factorB
              .reinterpretAsFloats()
              .lanewise(MUL, stepsB.lanewise(LSHL, STEP_SHIFT).reinterpretAsFloats());
      FloatVector kB = magicSumB.lanewise(SUB, magicsB);
      FloatVector rB = kB.lanewise(FMA, MINUS_STEP_LO, kB.lanewise(FMA, MINUS_STEP_HI, dB));
      FloatVector hB = rB.lanewise(FMA, H2, H1).lanewise(FMA, rB, H0);
      FloatVector fB = hB.lanewise(FMA, rB.lanewise(MUL, rB), rB);
      FloatVector nearB = fB.lanewise(FMA, e2B, e2B.lanewise(ADD, START));
      IntVector multiplesB = nearB.reinterpretAsInts().lanewise(SUB, START_BITS);
      IntVector finesB =
          fB.lanewise(FMA, e2B, e2B.lanewise(SUB, nearB.lanewise(SUB, GRID_START)))
              .reinterpretAsInts()
              .lanewise(SUB, FINE_START_BITS);
      IntVector sumsB =
          by1.selectFrom(multiplesB)
              .lanewise(ADD, multiplesB)
              .blend(by1.selectFrom(finesB).lanewise(ADD, finesB), odd);
      sumsB = by2.selectFrom(sumsB).lanewise(ADD, sumsB);

      IntVector sums = sumsA.blend(sumsB, secondPair);
      sums = by4.selectFrom(sums).lanewise(ADD, sums);
      sums = by8.selectFrom(sums).lanewise(ADD, sums);
      sums = sums.lanewise(ASHR, doublings);

      // From here on one lane a row.
      FloatVector maxima =
          firsts
              .selectFrom(
                  maximaA.reinterpretAsInts().blend(maximaB.reinterpretAsInts(), secondPair))
              .reinterpretAsFloats();
      FloatVector powers = maxima.lanewise(FMA, LOG2E, ROUNDING).lanewise(SUB, ROUNDING);
      FloatVector magics = powers.lanewise(SUB, DEPTH).lanewise(FMA, MINUS_STEPS, ROUNDING);
      FloatVector magicSum = maxima.lanewise(FMA, STEPS_OF_E, magics);
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
      FloatVector r = k.lanewise(FMA, MINUS_STEP_LO, k.lanewise(FMA, MINUS_STEP_HI, maxima));
      FloatVector h = r.lanewise(FMA, H2, H1).lanewise(FMA, r, H0);
      FloatVector f = h.lanewise(FMA, r.lanewise(MUL, r), r);
      DoubleVector wideE2 = (DoubleVector) e2.convertShape(F2D, DOUBLES, 0);
      DoubleVector wideF = (DoubleVector) f.convertShape(F2D, DOUBLES, 0);
      DoubleVector largest =
          wideE2.lanewise(MUL, wideF).lanewise(ADD, wideE2).lanewise(MUL, WIDE_UNBIAS);
      DoubleVector grids = (DoubleVector) firsts.selectFrom(sums).convertShape(I2D, DOUBLES, 0);
      DoubleVector fineGrids =
          (DoubleVector) seconds.selectFrom(sums).convertShape(I2D, DOUBLES, 0);
      DoubleVector sum =
          grids.lanewise(MUL, GRID).lanewise(ADD, fineGrids.lanewise(MUL, FINE_GRID));
      // Above 0 where a row may be constant.
      FloatVector excess =
          (FloatVector)
              sum.lanewise(SUB, largest.lanewise(MUL, nearlyAll)).convertShape(D2F, SPECIES, 0);
      if (excess.compare(GT, ZERO).anyTrue()) {
        return row;
      }
      DoubleVector others = sum.lanewise(SUB, largest);

      DoubleVector max = (DoubleVector) maxima.convertShape(F2D, DOUBLES, 0);
      DoubleVector power = (DoubleVector) powers.convertShape(F2D, DOUBLES, 0);
      DoubleVector addend = max.lanewise(MUL, brought);
      LongVector bits = sum.reinterpretAsLongs();
      LongVector carried = bits.lanewise(ADD, ABOVE_MIDDLE);
      DoubleVector sumPower =
          carried
              .lanewise(LSHR, FRACTION_BITS)
              .lanewise(OR, INTEGERS_BITS)
              .reinterpretAsDoubles()
              .lanewise(SUB, EXPONENTS);
      DoubleVector dividend =
          bits.lanewise(SUB, carried.lanewise(AND, EXPONENT_FIELD))
              .lanewise(ADD, ONE_BITS)
              .reinterpretAsDoubles()
              .lanewise(SUB, ONE);
      DoubleVector divisor = dividend.lanewise(ADD, twos);
      DoubleVector base =
          sumPower.lanewise(
              FMA,
              WIDE_LN2,
              addend.lanewise(
                  SUB, max.lanewise(SUB, power.lanewise(MUL, WIDE_LN2).lanewise(SUB, LOG_C))));
      FloatVector share = shares.blend(sharesAtZero, maxima.compare(EQ, ZERO));
      DoubleVector wideShare = (DoubleVector) share.convertShape(F2D, DOUBLES, 0);
      FloatVector margin =
          (FloatVector)
              others.lanewise(SUB, largest.lanewise(MUL, wideShare)).convertShape(D2F, SPECIES, 0);
      VectorMask<Float> dominated = margin.compare(LT, ZERO);
      DoubleVector u = dividend.lanewise(DIV, divisor);
      DoubleVector square = u.lanewise(MUL, u);
      DoubleVector fourth = square.lanewise(MUL, square);
      DoubleVector a03 =
          square.lanewise(FMA, A3, A2).lanewise(FMA, fourth, square.lanewise(FMA, A1, A0));
      DoubleVector a47 =
          square.lanewise(FMA, A7, A6).lanewise(FMA, fourth, square.lanewise(FMA, A5, A4));
      DoubleVector eighth = fourth.lanewise(MUL, fourth);
      DoubleVector series =
          square.lanewise(FMA, A9, A8).lanewise(FMA, eighth, a47).lanewise(FMA, eighth, a03);
      DoubleVector log =
          series.lanewise(FMA, u.lanewise(MUL, square), u.lanewise(ADD, u)).lanewise(ADD, base);
      FloatVector rounded = (FloatVector) log.convertShape(D2F, SPECIES, 0);
      if (results) {
        IntVector cs = rounded.blend(ZERO, rounded.compare(LT, ZERO)).reinterpretAsInts();
        FloatVector logsA = ownersA.selectFrom(cs).reinterpretAsFloats();
        FloatVector logsB = ownersB.selectFrom(cs).reinterpretAsFloats();
        IntVector margins = margin.reinterpretAsInts();
        FloatVector marginsA = ownersA.selectFrom(margins).reinterpretAsFloats();
        FloatVector marginsB = ownersB.selectFrom(margins).reinterpretAsFloats();
        // A dominated row stays as it is, also where x is y. Left out by the mask of the store, it
        // allocated that mask under AVX2.
        FloatVector resultsA =
            vA.lanewise(SUB, maximaA)
                .lanewise(SUB, logsA)
                .blend(NAN, emptyA)
                .blend(vA, marginsA.compare(LT, ZERO));
        FloatVector resultsB =
            vB.lanewise(SUB, maximaB)
                .lanewise(SUB, logsB)
                .blend(NAN, emptyB)
                .blend(vB, marginsB.compare(LT, ZERO));
        ((FloatVector) FLOATS.cast(resultsA)).intoArray(y, yA, presentA);
        ((FloatVector) FLOATS.cast(resultsB)).intoArray(y, yB, presentB);
      } else {
        FloatVector sumExps = rounded.blend(ABSENT, maxima.compare(EQ, ABSENT));
        y[yA] = sumExps.lane(0);
        if (some + more > 1) {
          y[yA + yStride] = sumExps.lane(1);
        }
        if (some + more > 2) {
          y[yA + 2 * yStride] = sumExps.lane(2);
        }
        if (some + more > 3) {
          y[yA + 3 * yStride] = sumExps.lane(3);
        }
      }
      if (dominated.anyTrue()) {
        // Bit i stands for row i of the pair.
        int which = (int) dominated.toLong();
        int whichA = which & ((1 << some) - 1);
        int whichB = which >> together & ((1 << more) - 1);
        if (whichA != 0) {
          FloatDominatedLogs512.run(operation, x, xA, y, yA, yStride, whichA, width, n);
        }
        if (whichB != 0) {
          FloatDominatedLogs512.run(operation, x, xB, y, yB, yStride, whichB, width, n);
        }
      }
    }
    return rows;
  }
}
