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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INTEGERS_BITS;
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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLog;
import io.github.softlane.internal.arithmetic.SumLimits;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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
  private static final int LOG_LANES = Integer.numberOfTrailingZeros(LANES);
  private static final int LOG_EXCHANGED = FloatVectorRows512.LOG_EXCHANGED;

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
    if (rows == 0) {
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
    FloatVector shares = FloatVector.broadcast(SPECIES, (float) SumLimits.DOMINATED);
    FloatVector sharesAtZero =
        FloatVector.broadcast(
            SPECIES, (float) (results ? SumLimits.DOMINATED : SumLimits.DOMINATED_AT_ZERO));
    DoubleVector brought = DoubleVector.broadcast(DOUBLES, results ? 0.0 : 1.0);
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

      DoubleVector max = (DoubleVector) maxima.convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector power = (DoubleVector) powers.convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector addend = brought.mul(max);
      LongVector bits = sum.reinterpretAsLongs();
      LongVector carried = bits.add(FloatLog.ABOVE_MIDDLE);
      DoubleVector sumPower =
          carried
              .lanewise(VectorOperators.LSHR, FloatLog.FRACTION_BITS)
              .or(INTEGERS_BITS)
              .reinterpretAsDoubles()
              .sub(EXPONENTS);
      DoubleVector dividend =
          bits.sub(carried.and(FloatLog.EXPONENT_FIELD))
              .add(FloatLog.ONE_BITS)
              .reinterpretAsDoubles()
              .sub(ONE);
      DoubleVector divisor = ones.add(ones).add(dividend);
      DoubleVector base = sumPower.fma(WIDE_LN2, addend.sub(max.sub(power.mul(WIDE_LN2))));
      FloatVector share = shares.blend(sharesAtZero, maxima.compare(VectorOperators.EQ, ZERO));
      DoubleVector wideShare = (DoubleVector) share.convertShape(VectorOperators.F2D, DOUBLES, 0);
      FloatVector margin =
          (FloatVector)
              others.sub(largest.mul(wideShare)).convertShape(VectorOperators.D2F, SPECIES, 0);
      VectorMask<Float> dominated = margin.compare(VectorOperators.LT, ZERO);
      DoubleVector u = dividend.div(divisor);
      DoubleVector square = u.mul(u);
      DoubleVector fourth = square.mul(square);
      DoubleVector a03 = square.fma(A3, A2).fma(fourth, square.fma(A1, A0));
      DoubleVector a47 = square.fma(A7, A6).fma(fourth, square.fma(A5, A4));
      DoubleVector eighth = fourth.mul(fourth);
      DoubleVector series = square.fma(A9, A8).fma(eighth, a47).fma(eighth, a03);
      DoubleVector log = series.fma(u.mul(square), u.add(u)).add(base);
      FloatVector rounded = (FloatVector) log.convertShape(VectorOperators.D2F, SPECIES, 0);
      if (results) {
        IntVector cs =
            rounded.blend(ZERO, rounded.compare(VectorOperators.LT, ZERO)).reinterpretAsInts();
        FloatVector logsA = ownersA.selectFrom(cs).reinterpretAsFloats();
        FloatVector logsB = ownersB.selectFrom(cs).reinterpretAsFloats();
        FloatVector resultsA = vA.sub(maximaA).sub(logsA).blend(NAN, emptyA);
        FloatVector resultsB = vB.sub(maximaB).sub(logsB).blend(NAN, emptyB);
        if (dominated.anyTrue()) {
          FloatVector marginsA =
              ownersA.selectFrom(margin.reinterpretAsInts()).reinterpretAsFloats();
          FloatVector marginsB =
              ownersB.selectFrom(margin.reinterpretAsInts()).reinterpretAsFloats();
          VectorMask<Float> endedA = marginsA.compare(VectorOperators.LT, ZERO).not().and(presentA);
          VectorMask<Float> endedB = marginsB.compare(VectorOperators.LT, ZERO).not().and(presentB);
          resultsA.intoArray(y, yA, endedA);
          resultsB.intoArray(y, yB, endedB);
        } else {
          resultsA.intoArray(y, yA, presentA);
          resultsB.intoArray(y, yB, presentB);
        }
      } else {
        FloatVector sumExps = rounded.blend(ABSENT, maxima.compare(VectorOperators.EQ, ABSENT));
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
