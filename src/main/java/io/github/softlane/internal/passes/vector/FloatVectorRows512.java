package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ABSENT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ALL_BUT_SIGN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DEPTH;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DOMINATED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_START_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FIRSTS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FLOATS;
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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MIDDLE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEPS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_STEP_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NAN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NUMBERS;
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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UNBIAS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
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
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.SumLimits;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of rows that fit one vector, of 512 bits: gates, small classifiers.
 *
 * <p>Rows of 4, 8 or 16 elements that lie one after the other share a vector; any other row has one
 * of its own. Exchanges between lanes find maximum and sum, and then every lane of a row holds
 * them. What is left to do once for each row, in double, is done in a vector with one lane a row.
 * So nothing waits for a number to leave the vectors and to come back. Two vectors go side by side,
 * A and B: they share that part, and the processor always has another chain of operations to go on
 * with.
 *
 * <p>Dominated rows and those of -inf alone end here as well. Any other that is not an everyday one
 * ends the method, and nothing is written of it and of those beside it.
 */
final class FloatVectorRows512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private FloatVectorRows512() {}

  /** See {@link io.github.softlane.internal.passes.FloatPasses#shortRows}. */
  static int run(
      float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows, int n) {
    if (ShortRange.isBelow(rows, 1)) {
      return 0;
    }
    boolean packed = xStride == n && yStride == n && n >= 4 && Integer.bitCount(n) == 1;
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
    DoubleVector ones = WIDE_ZERO.broadcast(1.0);
    DoubleVector nearlyAll = WIDE_ZERO.broadcast(n * SumLimits.NEARLY_CONSTANT);
    for (int row = 0; row < rows; row += 2 * together) {
      int some = Math.min(together, rows - row);
      int more = Math.min(together, rows - row - some);
      int xA = xOffset + row * xStride;
      int yA = yOffset + row * yStride;
      // Without a row of its own the second vector is the first again, and nothing of it counts.
      int xB = more > 0 ? xA + together * xStride : xA;
      int yB = more > 0 ? yA + together * yStride : yA;
      if (xB > x.length - LANES || yB > y.length - LANES) {
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

      DoubleVector inverse = ones.lanewise(DIV, sum);
      FloatVector inverseHi = (FloatVector) inverse.convertShape(D2F, SPECIES, 0);
      DoubleVector wideHi = (DoubleVector) inverseHi.convertShape(F2D, DOUBLES, 0);
      FloatVector inverseLo =
          (FloatVector) inverse.lanewise(SUB, wideHi).convertShape(D2F, SPECIES, 0);
      // Below 0 where one element dominates its row.
      FloatVector margin =
          (FloatVector)
              others.lanewise(SUB, largest.lanewise(MUL, DOMINATED)).convertShape(D2F, SPECIES, 0);
      FloatVector best =
          (FloatVector)
              ones.lanewise(SUB, inverse.lanewise(MUL, others)).convertShape(D2F, SPECIES, 0);
      IntVector his = inverseHi.reinterpretAsInts();
      IntVector los = inverseLo.reinterpretAsInts();
      IntVector margins = margin.reinterpretAsInts();
      IntVector bests = best.reinterpretAsInts();

      FloatVector eA = fA.lanewise(FMA, e2A, e2A);
      FloatVector smallA = eA.lanewise(MUL, ownersA.selectFrom(los).reinterpretAsFloats());
      FloatVector pA =
          eA.lanewise(FMA, ownersA.selectFrom(his).reinterpretAsFloats(), smallA)
              .lanewise(MUL, UNBIAS);
      VectorMask<Float> wonA =
          ownersA
              .selectFrom(margins)
              .reinterpretAsFloats()
              .compare(LT, ZERO)
              .and(vA.compare(EQ, maximaA));
      FloatVector resultsA =
          pA.blend(ownersA.selectFrom(bests).reinterpretAsFloats(), wonA).blend(NAN, emptyA);
      ((FloatVector) FLOATS.cast(resultsA)).intoArray(y, yA, presentA);

      FloatVector eB = fB.lanewise(FMA, e2B, e2B);
      FloatVector smallB = eB.lanewise(MUL, ownersB.selectFrom(los).reinterpretAsFloats());
      FloatVector pB =
          eB.lanewise(FMA, ownersB.selectFrom(his).reinterpretAsFloats(), smallB)
              .lanewise(MUL, UNBIAS);
      VectorMask<Float> wonB =
          ownersB
              .selectFrom(margins)
              .reinterpretAsFloats()
              .compare(LT, ZERO)
              .and(vB.compare(EQ, maximaB));
      FloatVector resultsB =
          pB.blend(ownersB.selectFrom(bests).reinterpretAsFloats(), wonB).blend(NAN, emptyB);
      ((FloatVector) FLOATS.cast(resultsB)).intoArray(y, yB, presentB);
    }
    return rows;
  }
}
