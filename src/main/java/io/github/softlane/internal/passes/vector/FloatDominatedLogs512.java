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
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LN2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOG2E;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_LN2_HI;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.MINUS_LN2_LO;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ONE;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ROUNDING;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.START_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLog;
import io.github.softlane.internal.passes.RowOperation;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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
  private static final int LOG_EXCHANGED = FloatVectorRows512.LOG_EXCHANGED;

  private FloatDominatedLogs512() {}

  /**
   * Ends one row or two.
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
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    FloatVector numbers = (FloatVector) indexes.convert(VectorOperators.I2F, 0);
    IntVector by1 = indexes.lanewise(VectorOperators.XOR, 1);
    IntVector by2 = indexes.lanewise(VectorOperators.XOR, 2);
    IntVector by4 = indexes.lanewise(VectorOperators.XOR, 4 < width ? 4 : 0);
    IntVector by8 = indexes.lanewise(VectorOperators.XOR, 8 < width ? 8 : 0);
    int doublings = LOG_EXCHANGED - Integer.numberOfTrailingZeros(width);
    VectorMask<Integer> odd = indexes.and(1).compare(VectorOperators.NE, 0);
    IntVector firsts = indexes.mul(width).and(LANES - 1);
    IntVector seconds = firsts.add(1);
    IntVector owners = indexes.lanewise(VectorOperators.LSHR, Integer.numberOfTrailingZeros(width));
    FloatVector absent = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector rounding = FloatVector.broadcast(SPECIES, FloatExp.MAGIC);
    FloatVector zeros = FloatVector.zero(SPECIES);
    boolean results = operation == RowOperation.LOG_SOFTMAX;
    // Rows 0 and 1, or one of them: the lanes from one on and up to the end of another.
    int from = (which & 1) == 0 ? width : 0;
    int to = (which >> 1) == 0 ? n : width + n;
    VectorMask<Float> lanes =
        numbers
            .compare(VectorOperators.GE, (float) from)
            .and(numbers.compare(VectorOperators.LT, (float) to));
    FloatVector v = absent.blend(FloatVector.fromArray(SPECIES, x, xi), lanes);
    IntVector bits = v.reinterpretAsInts();
    IntVector turned = bits.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
    IntVector highest = bits.lanewise(VectorOperators.XOR, turned);
    highest = by1.selectFrom(highest).max(highest);
    highest = by2.selectFrom(highest).max(highest);
    highest = by4.selectFrom(highest).max(highest);
    highest = by8.selectFrom(highest).max(highest);
    turned = highest.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
    FloatVector tops =
        highest.lanewise(VectorOperators.XOR, turned).reinterpretAsFloats().add(ZERO);

    FloatVector left = v.blend(ABSENT, v.compare(VectorOperators.EQ, tops));
    IntVector leftBits = left.reinterpretAsInts();
    IntVector leftTurned = leftBits.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
    IntVector next = leftBits.lanewise(VectorOperators.XOR, leftTurned);
    next = by1.selectFrom(next).max(next);
    next = by2.selectFrom(next).max(next);
    next = by4.selectFrom(next).max(next);
    next = by8.selectFrom(next).max(next);
    leftTurned = next.lanewise(VectorOperators.ASHR, 31).and(ALL_BUT_SIGN);
    FloatVector nextTops =
        next.lanewise(VectorOperators.XOR, leftTurned).reinterpretAsFloats().add(ZERO);

    FloatVector powers = nextTops.fma(LOG2E, ROUNDING).sub(ROUNDING);
    FloatVector depths = powers.sub(DEPTH);
    FloatVector magics = rounding.sub(depths);
    IntVector floors = depths.mul(LN2).reinterpretAsInts();
    FloatVector d = leftBits.lanewise(VectorOperators.UMIN, floors).reinterpretAsFloats();
    FloatVector magicSum = d.fma(LOG2E, magics);
    FloatVector e2 =
        magicSum
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
            .reinterpretAsFloats();
    FloatVector k = magicSum.sub(magics);
    FloatVector reduced = k.fma(MINUS_LN2_HI, d);
    FloatVector r = k.fma(MINUS_LN2_LO, reduced);
    FloatVector square = r.mul(r);
    FloatVector h = square.fma(H4, r.fma(H3, H2)).fma(square, r.fma(H1, H0));
    FloatVector rest = h.fma(square, k.mul(MINUS_LN2_LO));
    FloatVector near = rest.fma(e2, reduced.fma(e2, e2.add(START)));
    FloatVector fine = rest.fma(e2, reduced.fma(e2, e2.sub(near.sub(START))));
    IntVector multiples = near.reinterpretAsInts().sub(START_BITS);
    IntVector fines = fine.add(FINE_START).reinterpretAsInts().sub(FINE_START_BITS);
    IntVector sums =
        by1.selectFrom(multiples).add(multiples).blend(by1.selectFrom(fines).add(fines), odd);
    sums = by2.selectFrom(sums).add(sums);

    sums = by4.selectFrom(sums).add(sums);
    sums = by8.selectFrom(sums).add(sums);
    sums = sums.lanewise(VectorOperators.ASHR, doublings);
    // From here on one lane a row.
    FloatVector maxima = firsts.selectFrom(tops.reinterpretAsInts()).reinterpretAsFloats();
    FloatVector maxPowers = maxima.fma(LOG2E, ROUNDING).sub(ROUNDING);
    FloatVector reducedMax = maxPowers.fma(MINUS_LN2_HI, maxima);
    FloatVector rMax = maxPowers.fma(MINUS_LN2_LO, reducedMax);
    FloatVector squareMax = rMax.mul(rMax);
    FloatVector hMax = rMax.fma(H3, H2);
    hMax = squareMax.fma(H4, hMax).fma(squareMax, rMax.fma(H1, H0));
    FloatVector restMax = hMax.fma(squareMax, maxPowers.mul(MINUS_LN2_LO));
    DoubleVector wideReduced =
        (DoubleVector) reducedMax.convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector wideRest = (DoubleVector) restMax.convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector largest = wideReduced.add(wideRest).add(ONE);
    // Others below the floor, or -inf, are nothing.
    FloatVector nextMaxima = firsts.selectFrom(nextTops.reinterpretAsInts()).reinterpretAsFloats();
    VectorMask<Float> something =
        nextMaxima.compare(VectorOperators.GE, maxPowers.sub(DEPTH).mul(LN2));
    FloatVector apart =
        zeros.blend(nextMaxima.fma(LOG2E, ROUNDING).sub(ROUNDING).sub(maxPowers), something);
    IntVector grids =
        zeros.blend(firsts.selectFrom(sums).reinterpretAsFloats(), something).reinterpretAsInts();
    IntVector fineGrids =
        zeros.blend(seconds.selectFrom(sums).reinterpretAsFloats(), something).reinterpretAsInts();
    DoubleVector wideGrids = (DoubleVector) grids.convertShape(VectorOperators.I2D, DOUBLES, 0);
    DoubleVector wideFineGrids =
        (DoubleVector) fineGrids.convertShape(VectorOperators.I2D, DOUBLES, 0);
    DoubleVector wideApart = (DoubleVector) apart.convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector unit =
        wideApart
            .add(EXPONENTS)
            .reinterpretAsLongs()
            .lanewise(VectorOperators.LSHL, FloatLog.FRACTION_BITS)
            .reinterpretAsDoubles();
    DoubleVector others = wideGrids.mul(GRID).add(wideFineGrids.mul(FINE_GRID)).mul(unit);
    DoubleVector u = others.div(largest.add(largest).add(others));
    DoubleVector uSquare = u.mul(u);
    DoubleVector fourth = uSquare.mul(uSquare);
    DoubleVector a03 = uSquare.fma(A3, A2).fma(fourth, uSquare.fma(A1, A0));
    DoubleVector a47 = uSquare.fma(A7, A6).fma(fourth, uSquare.fma(A5, A4));
    DoubleVector eighth = fourth.mul(fourth);
    DoubleVector series = uSquare.fma(A9, A8).fma(eighth, a47).fma(eighth, a03);
    DoubleVector log = series.fma(u.mul(uSquare), u.add(u));
    if (results) {
      FloatVector rounded = (FloatVector) log.convertShape(VectorOperators.D2F, SPECIES, 0);
      FloatVector logs = owners.selectFrom(rounded.reinterpretAsInts()).reinterpretAsFloats();
      v.sub(tops).sub(logs).intoArray(y, yi, lanes);
    } else {
      DoubleVector max = (DoubleVector) maxima.convertShape(VectorOperators.F2D, DOUBLES, 0);
      FloatVector sumExps =
          (FloatVector) log.add(max).convertShape(VectorOperators.D2F, SPECIES, 0);
      if ((which & 1) != 0) {
        y[yi] = sumExps.lane(0);
      }
      if (which >> 1 != 0) {
        y[yi + yStride] = sumExps.lane(1);
      }
    }
  }
}
