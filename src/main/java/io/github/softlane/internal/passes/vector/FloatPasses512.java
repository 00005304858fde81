package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.STEP_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_FACTORS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
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
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import io.github.softlane.internal.passes.ScalarFloatPasses;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes in vectors of 512 bits.
 *
 * <p>The loops over whole rows take four vectors at a time. That hides latency, and makes the
 * methods too large for the compiler to inline: as part of a caller they would be compiled by its
 * profile.
 *
 * <p>A vector that a loop carries is only ever an argument, and after the loop too: {@code
 * v.lanewise(ADD, sum)}, not {@code sum.lanewise(ADD, v)}. Where a loop begins the compiler knows
 * no class of it but that which the profile of a call gives; in a JVM that has used several widths
 * the guess can fail for good, and then the loop boxes.
 *
 * <p>Operations are called as {@code lanewise}, which each class of vectors answers itself. A
 * method such as {@code add} is one for all widths, and so is the profile of the call in it: in a
 * JVM that has used several widths the compiler would have to guess, and may box when it fails.
 *
 * <p>Vectors of one number come from {@code ZERO.broadcast}, whose class is known: see {@link
 * VectorRowConstants512#ZERO}. So the sums stay below the compiler's limit of 18000 nodes, if only
 * just; what lies beyond it is inlined late, without the classes that it learned on the way.
 *
 * <p>A range that fills no vector (of the sums: of nothing) is left before anything is made for it.
 * The warm-up of a JVM rests on that too: such calls cost next to nothing while vector code is not
 * compiled, but count towards its compilation.
 *
 * <p>The species has to be a constant of the class for the compiler to see it, so that each width
 * is a class; the ones for 256 and 128 bits are made from this file by the build.
 */
public final class FloatPasses512 implements FloatPasses {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();
  private static final FloatVector NUMBERS = FloatVector.zero(SPECIES).addIndex(1);

  /** Does the elements that fill no vector. */
  private static final FloatPasses SCALAR = new ScalarFloatPasses();

  /** Whether short rows are done from their first loop to their last. */
  private final boolean inOneGo;

  /** All passes. */
  public FloatPasses512() {
    this(true);
  }

  private FloatPasses512(boolean inOneGo) {
    this.inOneGo = inOneGo;
  }

  @Override
  public String name() {
    return "vector-512";
  }

  @Override
  public float max(float[] x, int xOffset, int n) {
    if (ShortRange.isBelow(n, LANES)) {
      return SCALAR.max(x, xOffset, n);
    }
    // As signed integers the bits of positive numbers rise with the number, those of negative ones
    // fall: a maximum and a minimum of one instruction each. FloatVector.max takes five, for NaN
    // and -0.
    IntVector none = NO_BITS.broadcast(Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
    IntVector high = none;
    IntVector low = none;
    // NaN once a NaN was added.
    FloatVector nan = FloatVector.zero(SPECIES);
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, i + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, i + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, i + 3 * LANES);
      IntVector b0 = v0.reinterpretAsInts();
      IntVector b1 = v1.reinterpretAsInts();
      IntVector b2 = v2.reinterpretAsInts();
      IntVector b3 = v3.reinterpretAsInts();
      high = b0.lanewise(MAX, b1).lanewise(MAX, b2.lanewise(MAX, b3)).lanewise(MAX, high);
      low = b0.lanewise(MIN, b1).lanewise(MIN, b2.lanewise(MIN, b3)).lanewise(MIN, low);
      nan = v0.lanewise(ADD, v1).lanewise(ADD, v2.lanewise(ADD, v3)).lanewise(ADD, nan);
      // Not an instruction, but the compiler unrolls this loop and would mix the loads of its
      // rounds, an order that what reads memory ahead does not recognise.
      VarHandle.loadLoadFence();
    }
    for (int i = fours; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      high = v.reinterpretAsInts().lanewise(MAX, high);
      low = v.reinterpretAsInts().lanewise(MIN, low);
      nan = v.lanewise(ADD, nan);
    }
    FloatVector nans = FloatVector.zero(SPECIES).lanewise(ADD, nan);
    // Infinities of both signs, or a sum that overflowed, look like one NaN.
    if (nans.compare(NE, nans).anyTrue() && firstNaN(x, xOffset, n) < n) {
      return Float.NaN;
    }
    int bits = none.lanewise(MAX, high).reduceLanes(MAX);
    if (bits < 0) {
      bits = none.lanewise(MIN, low).reduceLanes(MIN);
    }
    float max = Float.intBitsToFloat(bits);
    float rest = whole < n ? SCALAR.max(x, end, n - whole) : max;
    return (max > rest ? max : rest) + 0f;
  }

  @Override
  public double sumExp(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor,
      float unit) {
    int whole = n - n % FloatLanes.COUNT;
    int left = n - whole;
    boolean plain = exp == FloatExp.UNIT && shift == 0 && floor < 0;
    double first =
        plain
            ? sumPlain(x, xOffset, y, yOffset, whole, magic, floor, unit)
            : sumScaled(x, xOffset, y, yOffset, whole, exp, shift, magic, floor, unit);
    // A range of nothing goes through all methods: the warm-up counts on it.
    if (left == 0 && n > 0) {
      return first;
    }
    int xi = xOffset + whole;
    int yi = yOffset + whole;
    double rest = sumTail(x, xi, y, yi, left, exp, shift, magic, floor, unit);
    return whole == 0 ? rest : first + rest;
  }

  /**
   * The sum of whole lanes at T = 1, without shift: the operations of {@link #sumScaled} but those
   * that change nothing.
   */
  private static double sumPlain(
      float[] x, int xOffset, float[] y, int yOffset, int n, float magic, float floor, float unit) {
    if (ShortRange.isBelow(n, 1)) {
      return 0;
    }
    FloatExp exp = FloatExp.UNIT;
    // A negative floor: the clamp is then a minimum of the bits, unsigned. From a vector of floats,
    // as the loop took 6 % longer with AVX2 when the bits were broadcast as an int.
    IntVector floors = ZERO.broadcast(floor).reinterpretAsInts();
    FloatVector stepsOfE = ZERO.broadcast(exp.stepsOfE);
    FloatVector magics = ZERO.broadcast(magic);
    FloatVector minusStepHi = ZERO.broadcast(exp.minusStepHi);
    FloatVector minusStepLo = ZERO.broadcast(exp.minusStepLo);
    FloatVector h0 = ZERO.broadcast(exp.h0);
    FloatVector h1 = ZERO.broadcast(exp.h1);
    FloatVector h2 = ZERO.broadcast(exp.h2);
    IntVector factors = IntVector.fromArray(BITS, STEP_FACTORS, 0);
    FloatVector starts = ZERO.broadcast(FloatLanes.START * unit);
    FloatVector gridStarts = ZERO.broadcast(FloatLanes.GRID_START * unit);
    int minusStarts = -Float.floatToRawIntBits(FloatLanes.START * unit) * (n / LANES);
    int minusFineStarts = -Float.floatToRawIntBits(FloatLanes.FINE_START * unit) * (n / LANES);
    IntVector counted = IntVector.zero(BITS);
    IntVector fineCounted = IntVector.zero(BITS);
    for (int i = 0; i < n; i += LANES) {
      FloatVector d =
          FloatVector.fromArray(SPECIES, x, xOffset + i)
              .reinterpretAsInts()
              .lanewise(UMIN, floors)
              .reinterpretAsFloats();
      FloatVector magicSum = d.lanewise(FMA, stepsOfE, magics);
      IntVector steps = magicSum.reinterpretAsInts();
      IntVector factor =
          LANES < FloatExp.STEPS
              ? steps.selectFrom(factors, UPPER_FACTORS)
              : steps.selectFrom(factors);
      FloatVector power =
          factor
              .reinterpretAsFloats()
              .lanewise(MUL, steps.lanewise(LSHL, FloatExp.STEP_SHIFT).reinterpretAsFloats());
      FloatVector k = magicSum.lanewise(SUB, magics);
      FloatVector r = k.lanewise(FMA, minusStepLo, k.lanewise(FMA, minusStepHi, d));
      FloatVector h = h2.lanewise(FMA, r, h1).lanewise(FMA, r, h0);
      FloatVector fraction = h.lanewise(FMA, r.lanewise(MUL, r), r);
      if (y != null) {
        fraction.lanewise(FMA, power, power).intoArray(y, yOffset + i);
      }
      FloatVector near = fraction.lanewise(FMA, power, power.lanewise(ADD, starts));
      counted = near.reinterpretAsInts().lanewise(ADD, counted);
      fineCounted =
          fraction
              .lanewise(FMA, power, power.lanewise(SUB, near.lanewise(SUB, gridStarts)))
              .reinterpretAsInts()
              .lanewise(ADD, fineCounted);
    }
    IntVector grids = NO_BITS.broadcast(minusStarts).lanewise(ADD, counted);
    IntVector fineGrids = NO_BITS.broadcast(minusFineStarts).lanewise(ADD, fineCounted);
    // The multiples of a lane fill 32 bits, and the sum of all lanes may overflow.
    int high = grids.lanewise(LSHR, 16).reduceLanes(ADD);
    long sum = FloatLanes.sumOfLanes(high, grids.reduceLanes(ADD));
    int fineHigh = fineGrids.lanewise(ASHR, 16).reduceLanes(ADD);
    long fineSum = FloatLanes.sumOfLanes(fineHigh, fineGrids.reduceLanes(ADD));
    return FloatLanes.fold(sum, fineSum) * unit;
  }

  /** The sum of whole lanes at any temperature. */
  private static double sumScaled(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor,
      float unit) {
    if (ShortRange.isBelow(n, 1)) {
      return 0;
    }
    FloatVector scale = ZERO.broadcast(exp.scale);
    FloatVector shifts = ZERO.broadcast(shift);
    FloatVector floors = ZERO.broadcast(floor);
    FloatVector stepsOfE = ZERO.broadcast(exp.stepsOfE);
    FloatVector magics = ZERO.broadcast(magic);
    FloatVector minusStepHi = ZERO.broadcast(exp.minusStepHi);
    FloatVector minusStepLo = ZERO.broadcast(exp.minusStepLo);
    FloatVector inverse = ZERO.broadcast(exp.inverse);
    FloatVector h0 = ZERO.broadcast(exp.h0);
    FloatVector h1 = ZERO.broadcast(exp.h1);
    FloatVector h2 = ZERO.broadcast(exp.h2);
    IntVector factors = IntVector.fromArray(BITS, STEP_FACTORS, 0);
    FloatVector starts = ZERO.broadcast(FloatLanes.START * unit);
    FloatVector gridStarts = ZERO.broadcast(FloatLanes.GRID_START * unit);
    int minusStarts = -Float.floatToRawIntBits(FloatLanes.START * unit) * (n / LANES);
    int minusFineStarts = -Float.floatToRawIntBits(FloatLanes.FINE_START * unit) * (n / LANES);
    IntVector counted = IntVector.zero(BITS);
    IntVector fineCounted = IntVector.zero(BITS);
    for (int i = 0; i < n; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, xOffset + i).lanewise(FMA, scale, shifts);
      d = d.blend(floors, d.compare(LT, floors));
      FloatVector magicSum = d.lanewise(FMA, stepsOfE, magics);
      IntVector steps = magicSum.reinterpretAsInts();
      IntVector factor =
          LANES < FloatExp.STEPS
              ? steps.selectFrom(factors, UPPER_FACTORS)
              : steps.selectFrom(factors);
      FloatVector power =
          factor
              .reinterpretAsFloats()
              .lanewise(MUL, steps.lanewise(LSHL, FloatExp.STEP_SHIFT).reinterpretAsFloats());
      FloatVector k = magicSum.lanewise(SUB, magics);
      FloatVector r = k.lanewise(FMA, minusStepLo, k.lanewise(FMA, minusStepHi, d));
      FloatVector h = h2.lanewise(FMA, r, h1).lanewise(FMA, r, h0);
      FloatVector fraction = h.lanewise(FMA, r.lanewise(MUL, r), r.lanewise(MUL, inverse));
      if (y != null) {
        fraction.lanewise(FMA, power, power).intoArray(y, yOffset + i);
      }
      FloatVector near = fraction.lanewise(FMA, power, power.lanewise(ADD, starts));
      counted = near.reinterpretAsInts().lanewise(ADD, counted);
      fineCounted =
          fraction
              .lanewise(FMA, power, power.lanewise(SUB, near.lanewise(SUB, gridStarts)))
              .reinterpretAsInts()
              .lanewise(ADD, fineCounted);
    }
    IntVector grids = NO_BITS.broadcast(minusStarts).lanewise(ADD, counted);
    IntVector fineGrids = NO_BITS.broadcast(minusFineStarts).lanewise(ADD, fineCounted);
    // The multiples of a lane fill 32 bits, and the sum of all lanes may overflow.
    int high = grids.lanewise(LSHR, 16).reduceLanes(ADD);
    long sum = FloatLanes.sumOfLanes(high, grids.reduceLanes(ADD));
    int fineHigh = fineGrids.lanewise(ASHR, 16).reduceLanes(ADD);
    long fineSum = FloatLanes.sumOfLanes(fineHigh, fineGrids.reduceLanes(ADD));
    return FloatLanes.fold(sum, fineSum) * unit;
  }

  /**
   * The sum of fewer elements than there are lanes. The last vector ends with them: it begins among
   * elements that are done, or even before the range, and those count as at the floor. (Loads with
   * a mask, which could begin in the range, allocate where the vector reaches beyond the array.)
   */
  private static double sumTail(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float shift,
      float magic,
      float floor,
      float unit) {
    if (ShortRange.isBelow(n, 1)) {
      return 0;
    }
    if (xOffset + n < LANES || (y != null && yOffset + n < LANES)) {
      return ScalarFloatPasses.lanes(x, xOffset, y, yOffset, n, exp, shift, magic, floor, unit);
    }
    FloatVector scale = ZERO.broadcast(exp.scale);
    FloatVector shifts = ZERO.broadcast(shift);
    FloatVector floors = ZERO.broadcast(floor);
    FloatVector stepsOfE = ZERO.broadcast(exp.stepsOfE);
    FloatVector magics = ZERO.broadcast(magic);
    FloatVector minusStepHi = ZERO.broadcast(exp.minusStepHi);
    FloatVector minusStepLo = ZERO.broadcast(exp.minusStepLo);
    FloatVector inverse = ZERO.broadcast(exp.inverse);
    FloatVector h0 = ZERO.broadcast(exp.h0);
    FloatVector h1 = ZERO.broadcast(exp.h1);
    FloatVector h2 = ZERO.broadcast(exp.h2);
    IntVector factors = IntVector.fromArray(BITS, STEP_FACTORS, 0);
    FloatVector starts = ZERO.broadcast(FloatLanes.START * unit);
    FloatVector gridStarts = ZERO.broadcast(FloatLanes.GRID_START * unit);
    IntVector startBits = NO_BITS.broadcast(Float.floatToRawIntBits(FloatLanes.START * unit));
    IntVector fineStartBits =
        NO_BITS.broadcast(Float.floatToRawIntBits(FloatLanes.FINE_START * unit));
    long sum = 0;
    long fineSum = 0;
    for (int lane = 0; lane < n; lane += LANES) {
      int i = Math.min(lane, n - LANES);
      VectorMask<Float> present = NUMBERS.compare(GE, lane - i);
      FloatVector d = FloatVector.fromArray(SPECIES, x, xOffset + i).lanewise(FMA, scale, shifts);
      d = floors.blend(d, d.compare(GE, floors).and(present));
      FloatVector magicSum = d.lanewise(FMA, stepsOfE, magics);
      IntVector steps = magicSum.reinterpretAsInts();
      IntVector factor =
          LANES < FloatExp.STEPS
              ? steps.selectFrom(factors, UPPER_FACTORS)
              : steps.selectFrom(factors);
      FloatVector power =
          factor
              .reinterpretAsFloats()
              .lanewise(MUL, steps.lanewise(LSHL, FloatExp.STEP_SHIFT).reinterpretAsFloats());
      FloatVector k = magicSum.lanewise(SUB, magics);
      FloatVector r = k.lanewise(FMA, minusStepLo, k.lanewise(FMA, minusStepHi, d));
      FloatVector h = h2.lanewise(FMA, r, h1).lanewise(FMA, r, h0);
      FloatVector fraction = h.lanewise(FMA, r.lanewise(MUL, r), r.lanewise(MUL, inverse));
      if (y != null) {
        fraction.lanewise(FMA, power, power).intoArray(y, yOffset + i, present);
      }
      FloatVector near = fraction.lanewise(FMA, power, power.lanewise(ADD, starts));
      FloatVector rest =
          fraction.lanewise(FMA, power, power.lanewise(SUB, near.lanewise(SUB, gridStarts)));
      sum += near.reinterpretAsInts().lanewise(SUB, startBits).reduceLanes(ADD);
      fineSum += rest.reinterpretAsInts().lanewise(SUB, fineStartBits).reduceLanes(ADD);
    }
    return FloatLanes.fold(sum, fineSum) * unit;
  }

  @Override
  public void scale(float[] y, int yOffset, int n, float hi, float lo, float unit) {
    if (ShortRange.isBelow(n, LANES)) {
      SCALAR.scale(y, yOffset, n, hi, lo, unit);
      return;
    }
    FloatVector his = ZERO.broadcast(hi);
    FloatVector los = ZERO.broadcast(lo);
    FloatVector units = ZERO.broadcast(unit);
    int whole = n - n % LANES;
    int fours = yOffset + n - n % (4 * LANES);
    int end = yOffset + whole;
    for (int i = yOffset; i < fours; i += 4 * LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, y, i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, y, i + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, y, i + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, y, i + 3 * LANES);
      v0.lanewise(FMA, his, v0.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i);
      v1.lanewise(FMA, his, v1.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i + LANES);
      v2.lanewise(FMA, his, v2.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i + 2 * LANES);
      v3.lanewise(FMA, his, v3.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, i);
      v.lanewise(FMA, his, v.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i);
    }
    SCALAR.scale(y, end, n - whole, hi, lo, unit);
  }

  @Override
  public void logProbs(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float minusMax,
      float c) {
    if (ShortRange.isBelow(n, LANES)) {
      SCALAR.logProbs(x, xOffset, y, yOffset, n, exp, minusMax, c);
      return;
    }
    FloatVector scale = ZERO.broadcast(exp.scale);
    FloatVector minusMaxs = ZERO.broadcast(minusMax);
    FloatVector inverseHi = ZERO.broadcast(exp.inverseHi);
    FloatVector inverseLo = ZERO.broadcast(exp.inverseLoAboveZero);
    FloatVector minusC = ZERO.broadcast(-c);
    int toY = yOffset - xOffset;
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      int yi = i + toY;
      FloatVector d0 = FloatVector.fromArray(SPECIES, x, i).lanewise(FMA, scale, minusMaxs);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, i + LANES).lanewise(FMA, scale, minusMaxs);
      FloatVector d2 =
          FloatVector.fromArray(SPECIES, x, i + 2 * LANES).lanewise(FMA, scale, minusMaxs);
      FloatVector d3 =
          FloatVector.fromArray(SPECIES, x, i + 3 * LANES).lanewise(FMA, scale, minusMaxs);
      d0.lanewise(FMA, inverseHi, d0.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi);
      d1.lanewise(FMA, inverseHi, d1.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi + LANES);
      d2.lanewise(FMA, inverseHi, d2.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi + 2 * LANES);
      d3.lanewise(FMA, inverseHi, d3.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, i).lanewise(FMA, scale, minusMaxs);
      d.lanewise(FMA, inverseHi, d.lanewise(FMA, inverseLo, minusC)).intoArray(y, i + toY);
    }
    SCALAR.logProbs(x, end, y, end + toY, n - whole, exp, minusMax, c);
  }

  @Override
  public FloatPasses withoutShortRows() {
    return new FloatPasses512(false);
  }

  @Override
  public int shortRows(
      RowOperation operation,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    return inOneGo
        ? FloatInOneGo512.run(operation, x, xOffset, xStride, y, yOffset, yStride, rows, n)
        : 0;
  }

  @Override
  public int firstAtLeast(float[] x, int xOffset, int n, float value) {
    FloatVector values = ZERO.broadcast(value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(GE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstAtLeast(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstOtherThan(float[] x, int xOffset, int n, float value) {
    FloatVector values = ZERO.broadcast(value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(NE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstOtherThan(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstNaN(float[] x, int xOffset, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(NE, v);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstNaN(x, xOffset + i, n - i);
  }
}
