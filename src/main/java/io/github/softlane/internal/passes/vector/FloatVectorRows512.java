package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ABSENT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ALL_BUT_SIGN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DEPTH;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.DOMINATED;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_GRID;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FINE_START;
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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NAN;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.RADIUS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UNBIAS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.SumLimits;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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
  private static final int LOG_LANES = Integer.numberOfTrailingZeros(LANES);

  /** Sixteen lanes exchange in so many steps. */
  static final int LOG_EXCHANGED = 4;

  private FloatVectorRows512() {}

  /** See {@link io.github.softlane.internal.passes.FloatPasses#shortRows}. */
  static int run(
      float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows, int n) {
    if (rows == 0) {
      return 0;
    }
    boolean packed = xStride == n && yStride == n && n >= 4 && Integer.bitCount(n) == 1;
    int width = packed ? n : LANES;
    int together = LANES / width;
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    FloatVector numbers = (FloatVector) indexes.convert(VectorOperators.I2F, 0);
    // An exchange of lanes with themselves doubles a sum.
    IntVector by1 = indexes.lanewise(VectorOperators.XOR, 1);
    IntVector by2 = indexes.lanewise(VectorOperators.XOR, 2);
    IntVector by4 = indexes.lanewise(VectorOperators.XOR, 4 < width ? 4 : 0);
    IntVector by8 = indexes.lanewise(VectorOperators.XOR, 8 < width ? 8 : 0);
    int doublings = LOG_EXCHANGED - Integer.numberOfTrailingZeros(width);
    VectorMask<Integer> odd = indexes.and(1).compare(VectorOperators.NE, 0);
    VectorMask<Integer> secondPair = indexes.and(2).compare(VectorOperators.NE, 0);
    // Where the rows of the first vector begin, and then the second pairs of lanes of those of the
    // second.
    IntVector begins = indexes.mul(width);
    IntVector firsts =
        begins.and(LANES - 1).add(begins.lanewise(VectorOperators.LSHR, LOG_LANES - 1).and(2));
    IntVector seconds = firsts.add(1);
    IntVector ownersA =
        indexes.lanewise(VectorOperators.LSHR, Integer.numberOfTrailingZeros(width));
    IntVector ownersB = ownersA.add(together);
    // What a method is called on must not be a constant, see VectorRowConstants512.
    FloatVector absent = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector rounding = FloatVector.broadcast(SPECIES, FloatExp.MAGIC);
    DoubleVector ones = DoubleVector.broadcast(DOUBLES, 1.0);
    DoubleVector nearlyAll = DoubleVector.broadcast(DOUBLES, n * SumLimits.NEARLY_CONSTANT);
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
      VectorMask<Float> presentA = numbers.compare(VectorOperators.LT, (float) (some * n));
      VectorMask<Float> presentB = numbers.compare(VectorOperators.LT, (float) (more * n));
      FloatVector vA = absent.blend(FloatVector.fromArray(SPECIES, x, xA), presentA);
      IntVector bitsA = vA.reinterpretAsInts();
      // Ordered as the numbers are: the bits of negative ones but for the sign turned round.
      IntVector turnedA = bitsA.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
      IntVector highestA = bitsA.lanewise(VectorOperators.XOR, turnedA);
      highestA = by1.selectFrom(highestA).max(highestA);
      highestA = by2.selectFrom(highestA).max(highestA);
      highestA = by4.selectFrom(highestA).max(highestA);
      highestA = by8.selectFrom(highestA).max(highestA);
      turnedA = highestA.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
      FloatVector maximaA =
          highestA.lanewise(VectorOperators.XOR, turnedA).reinterpretAsFloats().add(ZERO);
      VectorMask<Float> emptyA = maximaA.compare(VectorOperators.EQ, ABSENT);
      VectorMask<Float> usualA =
          maximaA
              .sub(MIDDLE)
              .abs()
              .compare(VectorOperators.LT, RADIUS)
              .or(emptyA)
              .and(vA.compare(VectorOperators.EQ, vA));

      FloatVector vB = absent.blend(FloatVector.fromArray(SPECIES, x, xB), presentB);
      IntVector bitsB = vB.reinterpretAsInts();
      IntVector turnedB = bitsB.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
      IntVector highestB = bitsB.lanewise(VectorOperators.XOR, turnedB);
      highestB = by1.selectFrom(highestB).max(highestB);
      highestB = by2.selectFrom(highestB).max(highestB);
      highestB = by4.selectFrom(highestB).max(highestB);
      highestB = by8.selectFrom(highestB).max(highestB);
      turnedB = highestB.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
      FloatVector maximaB =
          highestB.lanewise(VectorOperators.XOR, turnedB).reinterpretAsFloats().add(ZERO);
      VectorMask<Float> emptyB = maximaB.compare(VectorOperators.EQ, ABSENT);
      VectorMask<Float> usualB =
          maximaB
              .sub(MIDDLE)
              .abs()
              .compare(VectorOperators.LT, RADIUS)
              .or(emptyB)
              .and(vB.compare(VectorOperators.EQ, vB));

      if (!usualA.and(usualB).allTrue()) {
        return row;
      }

      FloatVector powersA = maximaA.fma(LOG2E, ROUNDING).sub(ROUNDING);
      FloatVector depthsA = powersA.sub(DEPTH);
      FloatVector magicsA = rounding.sub(depthsA);
      IntVector floorsA = depthsA.mul(LN2).reinterpretAsInts();
      FloatVector dA = bitsA.lanewise(VectorOperators.UMIN, floorsA).reinterpretAsFloats();
      FloatVector magicSumA = dA.fma(LOG2E, magicsA);
      FloatVector e2A =
          magicSumA
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
              .reinterpretAsFloats();
      FloatVector kA = magicSumA.sub(magicsA);
      FloatVector reducedA = kA.fma(MINUS_LN2_HI, dA);
      FloatVector rA = kA.fma(MINUS_LN2_LO, reducedA);
      FloatVector squareA = rA.mul(rA);
      FloatVector hA = squareA.fma(H4, rA.fma(H3, H2)).fma(squareA, rA.fma(H1, H0));
      FloatVector restA = hA.fma(squareA, kA.mul(MINUS_LN2_LO));
      FloatVector nearA = restA.fma(e2A, reducedA.fma(e2A, e2A.add(START)));
      FloatVector fineA = restA.fma(e2A, reducedA.fma(e2A, e2A.sub(nearA.sub(START))));
      IntVector multiplesA = nearA.reinterpretAsInts().sub(START_BITS);
      IntVector finesA = fineA.add(FINE_START).reinterpretAsInts().sub(FINE_START_BITS);
      IntVector sumsA =
          by1.selectFrom(multiplesA).add(multiplesA).blend(by1.selectFrom(finesA).add(finesA), odd);
      sumsA = by2.selectFrom(sumsA).add(sumsA);

      FloatVector powersB = maximaB.fma(LOG2E, ROUNDING).sub(ROUNDING);
      FloatVector depthsB = powersB.sub(DEPTH);
      FloatVector magicsB = rounding.sub(depthsB);
      IntVector floorsB = depthsB.mul(LN2).reinterpretAsInts();
      FloatVector dB = bitsB.lanewise(VectorOperators.UMIN, floorsB).reinterpretAsFloats();
      FloatVector magicSumB = dB.fma(LOG2E, magicsB);
      FloatVector e2B =
          magicSumB
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
              .reinterpretAsFloats();
      FloatVector kB = magicSumB.sub(magicsB);
      FloatVector reducedB = kB.fma(MINUS_LN2_HI, dB);
      FloatVector rB = kB.fma(MINUS_LN2_LO, reducedB);
      FloatVector squareB = rB.mul(rB);
      FloatVector hB = squareB.fma(H4, rB.fma(H3, H2)).fma(squareB, rB.fma(H1, H0));
      FloatVector restB = hB.fma(squareB, kB.mul(MINUS_LN2_LO));
      FloatVector nearB = restB.fma(e2B, reducedB.fma(e2B, e2B.add(START)));
      FloatVector fineB = restB.fma(e2B, reducedB.fma(e2B, e2B.sub(nearB.sub(START))));
      IntVector multiplesB = nearB.reinterpretAsInts().sub(START_BITS);
      IntVector finesB = fineB.add(FINE_START).reinterpretAsInts().sub(FINE_START_BITS);
      IntVector sumsB =
          by1.selectFrom(multiplesB).add(multiplesB).blend(by1.selectFrom(finesB).add(finesB), odd);
      sumsB = by2.selectFrom(sumsB).add(sumsB);

      IntVector sums = sumsA.blend(sumsB, secondPair);
      sums = by4.selectFrom(sums).add(sums);
      sums = by8.selectFrom(sums).add(sums);
      sums = sums.lanewise(VectorOperators.ASHR, doublings);

      // From here on one lane a row.
      FloatVector maxima =
          firsts
              .selectFrom(
                  maximaA.reinterpretAsInts().blend(maximaB.reinterpretAsInts(), secondPair))
              .reinterpretAsFloats();
      FloatVector powers = maxima.fma(LOG2E, ROUNDING).sub(ROUNDING);
      FloatVector reducedMax = powers.fma(MINUS_LN2_HI, maxima);
      FloatVector rMax = powers.fma(MINUS_LN2_LO, reducedMax);
      FloatVector squareMax = rMax.mul(rMax);
      FloatVector hMax = rMax.fma(H3, H2);
      hMax = squareMax.fma(H4, hMax).fma(squareMax, rMax.fma(H1, H0));
      FloatVector restMax = hMax.fma(squareMax, powers.mul(MINUS_LN2_LO));
      DoubleVector wideReduced =
          (DoubleVector) reducedMax.convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector wideRest = (DoubleVector) restMax.convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector largest = wideReduced.add(wideRest).add(ONE);
      DoubleVector grids =
          (DoubleVector) firsts.selectFrom(sums).convertShape(VectorOperators.I2D, DOUBLES, 0);
      DoubleVector fineGrids =
          (DoubleVector) seconds.selectFrom(sums).convertShape(VectorOperators.I2D, DOUBLES, 0);
      DoubleVector sum = grids.mul(GRID).add(fineGrids.mul(FINE_GRID));
      // Above 0 where a row may be constant.
      FloatVector excess =
          (FloatVector)
              sum.sub(largest.mul(nearlyAll)).convertShape(VectorOperators.D2F, SPECIES, 0);
      if (excess.compare(VectorOperators.GT, ZERO).anyTrue()) {
        return row;
      }
      DoubleVector others = sum.sub(largest);

      DoubleVector inverse = ones.div(sum);
      FloatVector inverseHi = (FloatVector) inverse.convertShape(VectorOperators.D2F, SPECIES, 0);
      DoubleVector wideHi = (DoubleVector) inverseHi.convertShape(VectorOperators.F2D, DOUBLES, 0);
      FloatVector inverseLo =
          (FloatVector) inverse.sub(wideHi).convertShape(VectorOperators.D2F, SPECIES, 0);
      // Below 0 where one element dominates its row.
      FloatVector margin =
          (FloatVector)
              others.sub(largest.mul(DOMINATED)).convertShape(VectorOperators.D2F, SPECIES, 0);
      FloatVector best =
          (FloatVector) ones.sub(inverse.mul(others)).convertShape(VectorOperators.D2F, SPECIES, 0);
      IntVector his = inverseHi.reinterpretAsInts();
      IntVector los = inverseLo.reinterpretAsInts();
      IntVector margins = margin.reinterpretAsInts();
      IntVector bests = best.reinterpretAsInts();

      FloatVector eA = reducedA.add(restA).fma(e2A, e2A);
      FloatVector smallA = eA.mul(ownersA.selectFrom(los).reinterpretAsFloats());
      FloatVector pA = eA.fma(ownersA.selectFrom(his).reinterpretAsFloats(), smallA).mul(UNBIAS);
      VectorMask<Float> wonA =
          ownersA
              .selectFrom(margins)
              .reinterpretAsFloats()
              .compare(VectorOperators.LT, ZERO)
              .and(vA.compare(VectorOperators.EQ, maximaA));
      pA.blend(ownersA.selectFrom(bests).reinterpretAsFloats(), wonA)
          .blend(NAN, emptyA)
          .intoArray(y, yA, presentA);

      FloatVector eB = reducedB.add(restB).fma(e2B, e2B);
      FloatVector smallB = eB.mul(ownersB.selectFrom(los).reinterpretAsFloats());
      FloatVector pB = eB.fma(ownersB.selectFrom(his).reinterpretAsFloats(), smallB).mul(UNBIAS);
      VectorMask<Float> wonB =
          ownersB
              .selectFrom(margins)
              .reinterpretAsFloats()
              .compare(VectorOperators.LT, ZERO)
              .and(vB.compare(VectorOperators.EQ, maximaB));
      pB.blend(ownersB.selectFrom(bests).reinterpretAsFloats(), wonB)
          .blend(NAN, emptyB)
          .intoArray(y, yB, presentB);
    }
    return rows;
  }
}
