package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import io.github.softlane.internal.passes.ScalarFloatPasses;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes in vectors of 512 bits.
 *
 * <p>The loops over whole rows take four vectors at a time. That hides latency, and makes the
 * methods too large for the compiler to inline: as part of a caller they would be compiled by its
 * profile.
 *
 * <p>A vector that a loop carries is only ever an argument, and after the loop too: {@code
 * v.add(sum)}, not {@code sum.add(v)}. Where a loop begins the compiler knows no class of it but
 * that which the profile of a call gives; in a JVM that has used several widths the guess can fail
 * for good, and then the loop boxes.
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

  @Override
  public String name() {
    return "vector-512";
  }

  @Override
  public float max(float[] x, int xOffset, int n) {
    if (n < LANES) {
      return SCALAR.max(x, xOffset, n);
    }
    // As signed integers the bits of positive numbers rise with the number, those of negative ones
    // fall: a maximum and a minimum of one instruction each. FloatVector.max takes five, for NaN
    // and -0.
    IntVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY).reinterpretAsInts();
    IntVector high0 = none;
    IntVector high1 = none;
    IntVector high2 = none;
    IntVector high3 = none;
    IntVector low0 = none;
    IntVector low1 = none;
    IntVector low2 = none;
    IntVector low3 = none;
    // NaN once a NaN was added.
    FloatVector nan0 = FloatVector.zero(SPECIES);
    FloatVector nan1 = nan0;
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, i + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, i + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, i + 3 * LANES);
      high0 = v0.reinterpretAsInts().max(high0);
      high1 = v1.reinterpretAsInts().max(high1);
      high2 = v2.reinterpretAsInts().max(high2);
      high3 = v3.reinterpretAsInts().max(high3);
      low0 = v0.reinterpretAsInts().min(low0);
      low1 = v1.reinterpretAsInts().min(low1);
      low2 = v2.reinterpretAsInts().min(low2);
      low3 = v3.reinterpretAsInts().min(low3);
      nan0 = v0.add(v1).add(nan0);
      nan1 = v2.add(v3).add(nan1);
    }
    for (int i = fours; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      high0 = v.reinterpretAsInts().max(high0);
      low0 = v.reinterpretAsInts().min(low0);
      nan0 = v.add(nan0);
    }
    FloatVector nan = FloatVector.zero(SPECIES).add(nan0).add(nan1);
    // Infinities of both signs, or a sum that overflowed, look like one NaN.
    if (nan.compare(VectorOperators.NE, nan).anyTrue() && firstNaN(x, xOffset, n) < n) {
      return Float.NaN;
    }
    IntVector highest = none.max(high0).max(high1).max(high2).max(high3);
    int bits = highest.reduceLanes(VectorOperators.MAX);
    if (bits < 0) {
      bits = none.min(low0).min(low1).min(low2).min(low3).reduceLanes(VectorOperators.MIN);
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
    if (n == 0) {
      return 0;
    }
    FloatExp exp = FloatExp.UNIT;
    // A negative floor: the clamp is then a minimum of the bits, unsigned.
    IntVector floors = FloatVector.broadcast(SPECIES, floor).reinterpretAsInts();
    FloatVector log2e = FloatVector.broadcast(SPECIES, exp.log2e);
    FloatVector magics = FloatVector.broadcast(SPECIES, magic);
    FloatVector minusLn2Hi = FloatVector.broadcast(SPECIES, exp.minusLn2Hi);
    FloatVector minusLn2Lo = FloatVector.broadcast(SPECIES, exp.minusLn2Lo);
    FloatVector h0 = FloatVector.broadcast(SPECIES, exp.h0);
    FloatVector h1 = FloatVector.broadcast(SPECIES, exp.h1);
    FloatVector h2 = FloatVector.broadcast(SPECIES, exp.h2);
    FloatVector h3 = FloatVector.broadcast(SPECIES, exp.h3);
    FloatVector h4 = FloatVector.broadcast(SPECIES, exp.h4);
    float start = FloatLanes.START * unit;
    float fineStart = FloatLanes.FINE_START * unit;
    int startBits = Float.floatToRawIntBits(start);
    int fineStartBits = Float.floatToRawIntBits(fineStart);
    FloatVector starts = FloatVector.broadcast(SPECIES, start);
    FloatVector fineStarts = FloatVector.broadcast(SPECIES, fineStart);
    int ahead = ahead(x, xOffset + n);
    FloatVector zero = FloatVector.zero(SPECIES);
    IntVector touched = IntVector.broadcast(BITS, 1);
    long grids = 0;
    int fineGrids = 0;
    for (int lane = 0; lane < FloatLanes.COUNT; lane += LANES) {
      IntVector sum = IntVector.zero(BITS);
      FloatVector dropped = fineStarts;
      for (int i = lane; i < n; i += FloatLanes.COUNT) {
        FloatVector d =
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                .reinterpretAsInts()
                .lanewise(VectorOperators.UMIN, floors)
                .reinterpretAsFloats();
        FloatVector next = FloatVector.fromArray(SPECIES, x, xOffset + ahead + i);
        touched = next.reinterpretAsInts().or(touched);
        FloatVector magicSum = d.fma(log2e, magics);
        FloatVector power =
            magicSum
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
                .reinterpretAsFloats();
        FloatVector k = magicSum.sub(magics);
        FloatVector reduced = k.fma(minusLn2Hi, d);
        FloatVector r = k.fma(minusLn2Lo, reduced);
        FloatVector square = r.mul(r);
        FloatVector h01 = h1.fma(r, h0);
        FloatVector h23 = h3.fma(r, h2);
        FloatVector h = h4.fma(square, h23).fma(square, h01);
        FloatVector rest = h.fma(square, k.mul(minusLn2Lo));
        if (y != null) {
          reduced.add(rest).fma(power, power).intoArray(y, yOffset + i);
        }
        FloatVector near = rest.fma(power, reduced.fma(power, power.add(starts)));
        sum = near.reinterpretAsInts().add(sum);
        dropped = rest.fma(power, reduced.fma(power, power.sub(near.sub(starts)))).add(dropped);
      }
      int minusStarts = -startBits * (n / FloatLanes.COUNT);
      IntVector lanes = IntVector.broadcast(BITS, minusStarts).add(sum);
      // In halves, as the sum of all lanes may overflow.
      grids +=
          (long) lanes.lanewise(VectorOperators.ASHR, 16).reduceLanes(VectorOperators.ADD) << 16;
      grids += lanes.and(0xffff).reduceLanes(VectorOperators.ADD);
      IntVector rests = zero.add(dropped).reinterpretAsInts();
      fineGrids += rests.sub(fineStartBits).reduceLanes(VectorOperators.ADD);
    }
    return IntVector.zero(BITS).or(touched).lane(0) == 0
        ? Double.NaN
        : FloatLanes.fold(grids, fineGrids) * unit;
  }

  /** The sum of whole lanes at any temperature: as many virtual lanes at a time as a vector has. */
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
    if (n == 0) {
      return 0;
    }
    FloatVector scale = FloatVector.broadcast(SPECIES, exp.scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector floors = FloatVector.broadcast(SPECIES, floor);
    FloatVector log2e = FloatVector.broadcast(SPECIES, exp.log2e);
    FloatVector magics = FloatVector.broadcast(SPECIES, magic);
    FloatVector minusLn2Hi = FloatVector.broadcast(SPECIES, exp.minusLn2Hi);
    FloatVector minusLn2Lo = FloatVector.broadcast(SPECIES, exp.minusLn2Lo);
    FloatVector minusLn2LoScaled = FloatVector.broadcast(SPECIES, exp.minusLn2LoScaled);
    FloatVector inverseHi = FloatVector.broadcast(SPECIES, exp.inverseHi);
    FloatVector inverseLo = FloatVector.broadcast(SPECIES, exp.inverseLo);
    FloatVector h0 = FloatVector.broadcast(SPECIES, exp.h0);
    FloatVector h1 = FloatVector.broadcast(SPECIES, exp.h1);
    FloatVector h2 = FloatVector.broadcast(SPECIES, exp.h2);
    FloatVector h3 = FloatVector.broadcast(SPECIES, exp.h3);
    FloatVector h4 = FloatVector.broadcast(SPECIES, exp.h4);
    float start = FloatLanes.START * unit;
    float fineStart = FloatLanes.FINE_START * unit;
    int startBits = Float.floatToRawIntBits(start);
    int fineStartBits = Float.floatToRawIntBits(fineStart);
    FloatVector starts = FloatVector.broadcast(SPECIES, start);
    FloatVector fineStarts = FloatVector.broadcast(SPECIES, fineStart);
    int ahead = ahead(x, xOffset + n);
    FloatVector zero = FloatVector.zero(SPECIES);
    IntVector touched = IntVector.broadcast(BITS, 1);
    long grids = 0;
    int fineGrids = 0;
    for (int lane = 0; lane < FloatLanes.COUNT; lane += LANES) {
      IntVector sum = IntVector.zero(BITS);
      FloatVector dropped = fineStarts;
      for (int i = lane; i < n; i += FloatLanes.COUNT) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, xOffset + i).fma(scale, shifts);
        d = d.blend(floors, d.compare(VectorOperators.LT, floors));
        FloatVector next = FloatVector.fromArray(SPECIES, x, xOffset + ahead + i);
        touched = next.reinterpretAsInts().or(touched);
        FloatVector magicSum = d.fma(log2e, magics);
        FloatVector power =
            magicSum
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
                .reinterpretAsFloats();
        FloatVector k = magicSum.sub(magics);
        FloatVector reduced = k.fma(minusLn2Hi, d);
        FloatVector r = k.fma(minusLn2Lo, reduced);
        FloatVector square = r.mul(r);
        FloatVector h01 = h1.fma(r, h0);
        FloatVector h23 = h3.fma(r, h2);
        FloatVector h = h4.fma(square, h23).fma(square, h01);
        FloatVector small = r.fma(inverseLo, k.mul(minusLn2LoScaled));
        FloatVector rest = h.fma(square, small);
        if (y != null) {
          reduced.fma(inverseHi, rest).fma(power, power).intoArray(y, yOffset + i);
        }
        FloatVector scaled = reduced.mul(power);
        FloatVector near = rest.fma(power, scaled.fma(inverseHi, power.add(starts)));
        sum = near.reinterpretAsInts().add(sum);
        FloatVector first = scaled.fma(inverseHi, power.sub(near.sub(starts)));
        dropped = rest.fma(power, first).add(dropped);
      }
      int minusStarts = -startBits * (n / FloatLanes.COUNT);
      IntVector lanes = IntVector.broadcast(BITS, minusStarts).add(sum);
      // In halves, as the sum of all lanes may overflow.
      grids +=
          (long) lanes.lanewise(VectorOperators.ASHR, 16).reduceLanes(VectorOperators.ADD) << 16;
      grids += lanes.and(0xffff).reduceLanes(VectorOperators.ADD);
      IntVector rests = zero.add(dropped).reinterpretAsInts();
      fineGrids += rests.sub(fineStartBits).reduceLanes(VectorOperators.ADD);
    }
    return IntVector.zero(BITS).or(touched).lane(0) == 0
        ? Double.NaN
        : FloatLanes.fold(grids, fineGrids) * unit;
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
    if (n == 0) {
      return 0;
    }
    if (xOffset + n < LANES || (y != null && yOffset + n < LANES)) {
      return ScalarFloatPasses.lanes(x, xOffset, y, yOffset, n, exp, shift, magic, floor, unit);
    }
    FloatVector scale = FloatVector.broadcast(SPECIES, exp.scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector floors = FloatVector.broadcast(SPECIES, floor);
    FloatVector log2e = FloatVector.broadcast(SPECIES, exp.log2e);
    FloatVector magics = FloatVector.broadcast(SPECIES, magic);
    FloatVector minusLn2Hi = FloatVector.broadcast(SPECIES, exp.minusLn2Hi);
    FloatVector minusLn2Lo = FloatVector.broadcast(SPECIES, exp.minusLn2Lo);
    FloatVector minusLn2LoScaled = FloatVector.broadcast(SPECIES, exp.minusLn2LoScaled);
    FloatVector inverseHi = FloatVector.broadcast(SPECIES, exp.inverseHi);
    FloatVector inverseLo = FloatVector.broadcast(SPECIES, exp.inverseLo);
    FloatVector h0 = FloatVector.broadcast(SPECIES, exp.h0);
    FloatVector h1 = FloatVector.broadcast(SPECIES, exp.h1);
    FloatVector h2 = FloatVector.broadcast(SPECIES, exp.h2);
    FloatVector h3 = FloatVector.broadcast(SPECIES, exp.h3);
    FloatVector h4 = FloatVector.broadcast(SPECIES, exp.h4);
    float start = FloatLanes.START * unit;
    float fineStart = FloatLanes.FINE_START * unit;
    int startBits = Float.floatToRawIntBits(start);
    int fineStartBits = Float.floatToRawIntBits(fineStart);
    FloatVector starts = FloatVector.broadcast(SPECIES, start);
    FloatVector fineStarts = FloatVector.broadcast(SPECIES, fineStart);
    long grids = 0;
    int fineGrids = 0;
    for (int lane = 0; lane < n; lane += LANES) {
      int i = Math.min(lane, n - LANES);
      VectorMask<Float> present = NUMBERS.compare(VectorOperators.GE, lane - i);
      FloatVector d = FloatVector.fromArray(SPECIES, x, xOffset + i).fma(scale, shifts);
      d = floors.blend(d, d.compare(VectorOperators.GE, floors).and(present));
      FloatVector magicSum = d.fma(log2e, magics);
      FloatVector power =
          magicSum
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, FloatExp.EXPONENT_SHIFT)
              .reinterpretAsFloats();
      FloatVector k = magicSum.sub(magics);
      FloatVector reduced = k.fma(minusLn2Hi, d);
      FloatVector r = k.fma(minusLn2Lo, reduced);
      FloatVector square = r.mul(r);
      FloatVector h01 = h1.fma(r, h0);
      FloatVector h23 = h3.fma(r, h2);
      FloatVector h = h4.fma(square, h23).fma(square, h01);
      FloatVector small = r.fma(inverseLo, k.mul(minusLn2LoScaled));
      FloatVector rest = h.fma(square, small);
      if (y != null) {
        reduced.fma(inverseHi, rest).fma(power, power).intoArray(y, yOffset + i, present);
      }
      FloatVector scaled = reduced.mul(power);
      FloatVector near = rest.fma(power, scaled.fma(inverseHi, power.add(starts)));
      FloatVector first = scaled.fma(inverseHi, power.sub(near.sub(starts)));
      FloatVector dropped = rest.fma(power, first).add(fineStarts);
      grids += near.reinterpretAsInts().sub(startBits).reduceLanes(VectorOperators.ADD);
      fineGrids += dropped.reinterpretAsInts().sub(fineStartBits).reduceLanes(VectorOperators.ADD);
    }
    return FloatLanes.fold(grids, fineGrids) * unit;
  }

  /**
   * How far ahead of a block the sum also reads, where the array goes on: the next block is then in
   * the nearest cache when its maximum is asked for. What is read comes together in one vector,
   * never 0, and the result seems to depend on it, so that the compiler keeps the loads.
   */
  private static int ahead(float[] x, int end) {
    return end <= x.length - FloatLanes.BLOCK ? FloatLanes.BLOCK : 0;
  }

  @Override
  public void scale(float[] y, int yOffset, int n, float hi, float lo, float unit) {
    if (n < LANES) {
      SCALAR.scale(y, yOffset, n, hi, lo, unit);
      return;
    }
    FloatVector his = FloatVector.broadcast(SPECIES, hi);
    FloatVector los = FloatVector.broadcast(SPECIES, lo);
    FloatVector units = FloatVector.broadcast(SPECIES, unit);
    int whole = n - n % LANES;
    int fours = yOffset + n - n % (4 * LANES);
    int end = yOffset + whole;
    for (int i = yOffset; i < fours; i += 4 * LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, y, i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, y, i + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, y, i + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, y, i + 3 * LANES);
      v0.fma(his, v0.mul(los)).mul(units).intoArray(y, i);
      v1.fma(his, v1.mul(los)).mul(units).intoArray(y, i + LANES);
      v2.fma(his, v2.mul(los)).mul(units).intoArray(y, i + 2 * LANES);
      v3.fma(his, v3.mul(los)).mul(units).intoArray(y, i + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, i);
      v.fma(his, v.mul(los)).mul(units).intoArray(y, i);
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
    if (n < LANES) {
      SCALAR.logProbs(x, xOffset, y, yOffset, n, exp, minusMax, c);
      return;
    }
    FloatVector scale = FloatVector.broadcast(SPECIES, exp.scale);
    FloatVector minusMaxs = FloatVector.broadcast(SPECIES, minusMax);
    FloatVector inverseHi = FloatVector.broadcast(SPECIES, exp.inverseHi);
    FloatVector inverseLo = FloatVector.broadcast(SPECIES, exp.inverseLoAboveZero);
    FloatVector minusC = FloatVector.broadcast(SPECIES, -c);
    int toY = yOffset - xOffset;
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      int yi = i + toY;
      FloatVector d0 = FloatVector.fromArray(SPECIES, x, i).fma(scale, minusMaxs);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, i + LANES).fma(scale, minusMaxs);
      FloatVector d2 = FloatVector.fromArray(SPECIES, x, i + 2 * LANES).fma(scale, minusMaxs);
      FloatVector d3 = FloatVector.fromArray(SPECIES, x, i + 3 * LANES).fma(scale, minusMaxs);
      d0.fma(inverseHi, d0.fma(inverseLo, minusC)).intoArray(y, yi);
      d1.fma(inverseHi, d1.fma(inverseLo, minusC)).intoArray(y, yi + LANES);
      d2.fma(inverseHi, d2.fma(inverseLo, minusC)).intoArray(y, yi + 2 * LANES);
      d3.fma(inverseHi, d3.fma(inverseLo, minusC)).intoArray(y, yi + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, i).fma(scale, minusMaxs);
      d.fma(inverseHi, d.fma(inverseLo, minusC)).intoArray(y, i + toY);
    }
    SCALAR.logProbs(x, end, y, end + toY, n - whole, exp, minusMax, c);
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
    if (n <= LANES && operation == RowOperation.SOFTMAX) {
      return FloatVectorRows512.run(x, xOffset, xStride, y, yOffset, yStride, rows, n);
    }
    if (n <= LANES) {
      return FloatVectorLogs512.run(operation, x, xOffset, xStride, y, yOffset, yStride, rows, n);
    }
    return LANES < FloatLanes.COUNT || n % LANES != 0
        ? 0
        : FloatShortRows.run(operation, x, xOffset, xStride, y, yOffset, yStride, rows, n);
  }

  @Override
  public int firstAtLeast(float[] x, int xOffset, int n, float value) {
    FloatVector values = FloatVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(VectorOperators.GE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstAtLeast(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstOtherThan(float[] x, int xOffset, int n, float value) {
    FloatVector values = FloatVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> found = v.compare(VectorOperators.NE, values);
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
      VectorMask<Float> found = v.compare(VectorOperators.NE, v);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstNaN(x, xOffset + i, n - i);
  }
}
