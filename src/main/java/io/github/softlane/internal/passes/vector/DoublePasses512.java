package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.ScalarDoublePasses;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
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
public final class DoublePasses512 implements DoublePasses {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_512;
  private static final VectorSpecies<Long> BITS =
      VectorSpecies.of(long.class, SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();
  private static final DoubleVector NUMBERS = DoubleVector.zero(SPECIES).addIndex(1);
  private static final boolean TWO_LANES = LANES == 2;

  /**
   * Does the elements that fill no vector, and what needs a comparison in vectors of two lanes: C2
   * has no masks for those on x86, and would box.
   */
  private static final DoublePasses SCALAR = new ScalarDoublePasses();

  @Override
  public String name() {
    return "vector-512";
  }

  @Override
  public double max(double[] x, int xOffset, int n) {
    if (n < LANES) {
      return SCALAR.max(x, xOffset, n);
    }
    if (TWO_LANES) {
      return SCALAR.max(x, xOffset, n);
    }
    // As signed integers the bits of positive numbers rise with the number, those of negative ones
    // fall: a maximum and a minimum of one instruction each. DoubleVector.max takes five, for NaN
    // and -0.
    LongVector none =
        DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY).reinterpretAsLongs();
    LongVector high0 = none;
    LongVector high1 = none;
    LongVector high2 = none;
    LongVector high3 = none;
    LongVector low0 = none;
    LongVector low1 = none;
    LongVector low2 = none;
    LongVector low3 = none;
    // NaN once a NaN was added.
    DoubleVector nan0 = DoubleVector.zero(SPECIES);
    DoubleVector nan1 = nan0;
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, x, i + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, x, i + 2 * LANES);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, x, i + 3 * LANES);
      high0 = v0.reinterpretAsLongs().max(high0);
      high1 = v1.reinterpretAsLongs().max(high1);
      high2 = v2.reinterpretAsLongs().max(high2);
      high3 = v3.reinterpretAsLongs().max(high3);
      low0 = v0.reinterpretAsLongs().min(low0);
      low1 = v1.reinterpretAsLongs().min(low1);
      low2 = v2.reinterpretAsLongs().min(low2);
      low3 = v3.reinterpretAsLongs().min(low3);
      nan0 = v0.add(v1).add(nan0);
      nan1 = v2.add(v3).add(nan1);
    }
    for (int i = fours; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      high0 = v.reinterpretAsLongs().max(high0);
      low0 = v.reinterpretAsLongs().min(low0);
      nan0 = v.add(nan0);
    }
    DoubleVector nan = DoubleVector.zero(SPECIES).add(nan0).add(nan1);
    // Infinities of both signs, or a sum that overflowed, look like one NaN.
    if (nan.compare(VectorOperators.NE, nan).anyTrue() && firstNaN(x, xOffset, n) < n) {
      return Double.NaN;
    }
    LongVector highest = none.max(high0).max(high1).max(high2).max(high3);
    // Without AVX-512 the compiler has no such reduction of longs.
    double max = highest.reinterpretAsDoubles().reduceLanes(VectorOperators.MAX);
    if (max < 0) {
      LongVector lowest = none.min(low0).min(low1).min(low2).min(low3);
      max = lowest.reinterpretAsDoubles().reduceLanes(VectorOperators.MAX);
    }
    double rest = whole < n ? SCALAR.max(x, end, n - whole) : max;
    return (max > rest ? max : rest) + 0;
  }

  @Override
  public long sumExp(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor,
      double unit) {
    int whole = n - n % DoubleLanes.COUNT;
    int left = n - whole;
    boolean plain = exp == DoubleExp.UNIT && shift == 0 && floor < 0 && !TWO_LANES;
    long first =
        plain
            ? sumPlain(x, xOffset, y, yOffset, whole, magic, floor, unit)
            : sumScaled(x, xOffset, y, yOffset, whole, exp, shift, magic, floor, unit);
    // A range of nothing goes through all methods: the warm-up counts on it.
    if (left == 0 && n > 0) {
      return first;
    }
    int xi = xOffset + whole;
    int yi = yOffset + whole;
    long rest =
        TWO_LANES
            ? ScalarDoublePasses.lanes(x, xi, y, yi, left, exp, shift, magic, floor, unit)
            : sumTail(x, xi, y, yi, left, exp, shift, magic, floor, unit);
    return whole == 0 ? rest : WideSum.add(first, rest);
  }

  /**
   * The sum of whole lanes at T = 1, without shift: the operations of {@link #sumScaled} but those
   * that change nothing.
   */
  private static long sumPlain(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      double magic,
      double floor,
      double unit) {
    if (n == 0) {
      return 0;
    }
    DoubleExp exp = DoubleExp.UNIT;
    // A negative floor: the clamp is then a minimum of the bits, unsigned.
    LongVector floors = DoubleVector.broadcast(SPECIES, floor).reinterpretAsLongs();
    DoubleVector log2e = DoubleVector.broadcast(SPECIES, exp.log2e);
    DoubleVector magics = DoubleVector.broadcast(SPECIES, magic);
    DoubleVector minusLn2Hi = DoubleVector.broadcast(SPECIES, exp.minusLn2Hi);
    DoubleVector minusLn2Lo = DoubleVector.broadcast(SPECIES, exp.minusLn2Lo);
    DoubleVector h0 = DoubleVector.broadcast(SPECIES, exp.h0);
    DoubleVector h1 = DoubleVector.broadcast(SPECIES, exp.h1);
    DoubleVector h2 = DoubleVector.broadcast(SPECIES, exp.h2);
    DoubleVector h3 = DoubleVector.broadcast(SPECIES, exp.h3);
    DoubleVector h4 = DoubleVector.broadcast(SPECIES, exp.h4);
    DoubleVector h5 = DoubleVector.broadcast(SPECIES, exp.h5);
    DoubleVector h6 = DoubleVector.broadcast(SPECIES, exp.h6);
    DoubleVector h7 = DoubleVector.broadcast(SPECIES, exp.h7);
    DoubleVector h8 = DoubleVector.broadcast(SPECIES, exp.h8);
    DoubleVector h9 = DoubleVector.broadcast(SPECIES, exp.h9);
    double start = DoubleLanes.START * unit;
    double fineStart = DoubleLanes.FINE_START * unit;
    long startBits = Double.doubleToRawLongBits(start);
    long fineStartBits = Double.doubleToRawLongBits(fineStart);
    DoubleVector starts = DoubleVector.broadcast(SPECIES, start);
    DoubleVector fineStarts = DoubleVector.broadcast(SPECIES, fineStart);
    int ahead = ahead(x, xOffset + n);
    DoubleVector zero = DoubleVector.zero(SPECIES);
    LongVector touched = LongVector.broadcast(BITS, 1);
    long grids = 0;
    long fineGrids = 0;
    for (int lane = 0; lane < DoubleLanes.COUNT; lane += LANES) {
      LongVector sum = LongVector.zero(BITS);
      DoubleVector dropped = fineStarts;
      for (int i = lane; i < n; i += DoubleLanes.COUNT) {
        DoubleVector d =
            DoubleVector.fromArray(SPECIES, x, xOffset + i)
                .reinterpretAsLongs()
                .lanewise(VectorOperators.UMIN, floors)
                .reinterpretAsDoubles();
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, xOffset + ahead + i);
        touched = next.reinterpretAsLongs().or(touched);
        DoubleVector magicSum = d.fma(log2e, magics);
        DoubleVector power =
            magicSum
                .reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, DoubleExp.EXPONENT_SHIFT)
                .reinterpretAsDoubles();
        DoubleVector k = magicSum.sub(magics);
        DoubleVector reduced = k.fma(minusLn2Hi, d);
        DoubleVector r = k.fma(minusLn2Lo, reduced);
        DoubleVector square = r.mul(r);
        DoubleVector quad = square.mul(square);
        DoubleVector h01 = h1.fma(r, h0);
        DoubleVector h23 = h3.fma(r, h2);
        DoubleVector h45 = h5.fma(r, h4);
        DoubleVector h67 = h7.fma(r, h6);
        DoubleVector h89 = h9.fma(r, h8);
        DoubleVector h03 = h23.fma(square, h01);
        DoubleVector h47 = h67.fma(square, h45);
        DoubleVector h = h89.fma(quad, h47).fma(quad, h03);
        DoubleVector rest = h.fma(square, k.mul(minusLn2Lo));
        if (y != null) {
          reduced.add(rest).fma(power, power).intoArray(y, yOffset + i);
        }
        DoubleVector near = rest.fma(power, reduced.fma(power, power.add(starts)));
        sum = near.reinterpretAsLongs().add(sum);
        dropped = rest.fma(power, reduced.fma(power, power.sub(near.sub(starts)))).add(dropped);
      }
      long minusStarts = -startBits * (n / DoubleLanes.COUNT);
      LongVector lanes = LongVector.broadcast(BITS, minusStarts).add(sum);
      grids += lanes.reduceLanes(VectorOperators.ADD);
      LongVector rests = zero.add(dropped).reinterpretAsLongs();
      fineGrids += rests.sub(fineStartBits).reduceLanes(VectorOperators.ADD);
    }
    return LongVector.zero(BITS).or(touched).lane(0) == 0
        ? WideSum.of(Double.NaN, 0)
        : WideSum.of(DoubleLanes.foldHi(grids) * unit, DoubleLanes.foldLo(grids, fineGrids) * unit);
  }

  /** The sum of whole lanes at any temperature: as many virtual lanes at a time as a vector has. */
  private static long sumScaled(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor,
      double unit) {
    if (n == 0) {
      return 0;
    }
    DoubleVector scale = DoubleVector.broadcast(SPECIES, exp.scale);
    DoubleVector shifts = DoubleVector.broadcast(SPECIES, shift);
    DoubleVector floors = DoubleVector.broadcast(SPECIES, floor);
    DoubleVector log2e = DoubleVector.broadcast(SPECIES, exp.log2e);
    DoubleVector magics = DoubleVector.broadcast(SPECIES, magic);
    DoubleVector minusLn2Hi = DoubleVector.broadcast(SPECIES, exp.minusLn2Hi);
    DoubleVector minusLn2Lo = DoubleVector.broadcast(SPECIES, exp.minusLn2Lo);
    DoubleVector minusLn2LoScaled = DoubleVector.broadcast(SPECIES, exp.minusLn2LoScaled);
    DoubleVector inverseHi = DoubleVector.broadcast(SPECIES, exp.inverseHi);
    DoubleVector inverseLo = DoubleVector.broadcast(SPECIES, exp.inverseLo);
    DoubleVector h0 = DoubleVector.broadcast(SPECIES, exp.h0);
    DoubleVector h1 = DoubleVector.broadcast(SPECIES, exp.h1);
    DoubleVector h2 = DoubleVector.broadcast(SPECIES, exp.h2);
    DoubleVector h3 = DoubleVector.broadcast(SPECIES, exp.h3);
    DoubleVector h4 = DoubleVector.broadcast(SPECIES, exp.h4);
    DoubleVector h5 = DoubleVector.broadcast(SPECIES, exp.h5);
    DoubleVector h6 = DoubleVector.broadcast(SPECIES, exp.h6);
    DoubleVector h7 = DoubleVector.broadcast(SPECIES, exp.h7);
    DoubleVector h8 = DoubleVector.broadcast(SPECIES, exp.h8);
    DoubleVector h9 = DoubleVector.broadcast(SPECIES, exp.h9);
    double start = DoubleLanes.START * unit;
    double fineStart = DoubleLanes.FINE_START * unit;
    long startBits = Double.doubleToRawLongBits(start);
    long fineStartBits = Double.doubleToRawLongBits(fineStart);
    DoubleVector starts = DoubleVector.broadcast(SPECIES, start);
    DoubleVector fineStarts = DoubleVector.broadcast(SPECIES, fineStart);
    int ahead = ahead(x, xOffset + n);
    DoubleVector zero = DoubleVector.zero(SPECIES);
    LongVector touched = LongVector.broadcast(BITS, 1);
    long grids = 0;
    long fineGrids = 0;
    for (int lane = 0; lane < DoubleLanes.COUNT; lane += LANES) {
      LongVector sum = LongVector.zero(BITS);
      DoubleVector dropped = fineStarts;
      for (int i = lane; i < n; i += DoubleLanes.COUNT) {
        DoubleVector d = DoubleVector.fromArray(SPECIES, x, xOffset + i).fma(scale, shifts);
        d = TWO_LANES ? d.max(floors) : d.blend(floors, d.compare(VectorOperators.LT, floors));
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, xOffset + ahead + i);
        touched = next.reinterpretAsLongs().or(touched);
        DoubleVector magicSum = d.fma(log2e, magics);
        DoubleVector power =
            magicSum
                .reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, DoubleExp.EXPONENT_SHIFT)
                .reinterpretAsDoubles();
        DoubleVector k = magicSum.sub(magics);
        DoubleVector reduced = k.fma(minusLn2Hi, d);
        DoubleVector r = k.fma(minusLn2Lo, reduced);
        DoubleVector square = r.mul(r);
        DoubleVector quad = square.mul(square);
        DoubleVector h01 = h1.fma(r, h0);
        DoubleVector h23 = h3.fma(r, h2);
        DoubleVector h45 = h5.fma(r, h4);
        DoubleVector h67 = h7.fma(r, h6);
        DoubleVector h89 = h9.fma(r, h8);
        DoubleVector h03 = h23.fma(square, h01);
        DoubleVector h47 = h67.fma(square, h45);
        DoubleVector h = h89.fma(quad, h47).fma(quad, h03);
        DoubleVector small = r.fma(inverseLo, k.mul(minusLn2LoScaled));
        DoubleVector rest = h.fma(square, small);
        if (y != null) {
          reduced.fma(inverseHi, rest).fma(power, power).intoArray(y, yOffset + i);
        }
        DoubleVector scaled = reduced.mul(power);
        DoubleVector near = rest.fma(power, scaled.fma(inverseHi, power.add(starts)));
        sum = near.reinterpretAsLongs().add(sum);
        DoubleVector first = scaled.fma(inverseHi, power.sub(near.sub(starts)));
        dropped = rest.fma(power, first).add(dropped);
      }
      long minusStarts = -startBits * (n / DoubleLanes.COUNT);
      LongVector lanes = LongVector.broadcast(BITS, minusStarts).add(sum);
      grids += lanes.reduceLanes(VectorOperators.ADD);
      LongVector rests = zero.add(dropped).reinterpretAsLongs();
      fineGrids += rests.sub(fineStartBits).reduceLanes(VectorOperators.ADD);
    }
    return LongVector.zero(BITS).or(touched).lane(0) == 0
        ? WideSum.of(Double.NaN, 0)
        : WideSum.of(DoubleLanes.foldHi(grids) * unit, DoubleLanes.foldLo(grids, fineGrids) * unit);
  }

  /**
   * The sum of fewer elements than there are lanes. The last vector ends with them: it begins among
   * elements that are done, or even before the range, and those count as at the floor. (Loads with
   * a mask, which could begin in the range, allocate where the vector reaches beyond the array.)
   */
  private static long sumTail(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double shift,
      double magic,
      double floor,
      double unit) {
    if (n == 0) {
      return 0;
    }
    if (xOffset + n < LANES || (y != null && yOffset + n < LANES)) {
      return ScalarDoublePasses.lanes(x, xOffset, y, yOffset, n, exp, shift, magic, floor, unit);
    }
    DoubleVector scale = DoubleVector.broadcast(SPECIES, exp.scale);
    DoubleVector shifts = DoubleVector.broadcast(SPECIES, shift);
    DoubleVector floors = DoubleVector.broadcast(SPECIES, floor);
    DoubleVector log2e = DoubleVector.broadcast(SPECIES, exp.log2e);
    DoubleVector magics = DoubleVector.broadcast(SPECIES, magic);
    DoubleVector minusLn2Hi = DoubleVector.broadcast(SPECIES, exp.minusLn2Hi);
    DoubleVector minusLn2Lo = DoubleVector.broadcast(SPECIES, exp.minusLn2Lo);
    DoubleVector minusLn2LoScaled = DoubleVector.broadcast(SPECIES, exp.minusLn2LoScaled);
    DoubleVector inverseHi = DoubleVector.broadcast(SPECIES, exp.inverseHi);
    DoubleVector inverseLo = DoubleVector.broadcast(SPECIES, exp.inverseLo);
    DoubleVector h0 = DoubleVector.broadcast(SPECIES, exp.h0);
    DoubleVector h1 = DoubleVector.broadcast(SPECIES, exp.h1);
    DoubleVector h2 = DoubleVector.broadcast(SPECIES, exp.h2);
    DoubleVector h3 = DoubleVector.broadcast(SPECIES, exp.h3);
    DoubleVector h4 = DoubleVector.broadcast(SPECIES, exp.h4);
    DoubleVector h5 = DoubleVector.broadcast(SPECIES, exp.h5);
    DoubleVector h6 = DoubleVector.broadcast(SPECIES, exp.h6);
    DoubleVector h7 = DoubleVector.broadcast(SPECIES, exp.h7);
    DoubleVector h8 = DoubleVector.broadcast(SPECIES, exp.h8);
    DoubleVector h9 = DoubleVector.broadcast(SPECIES, exp.h9);
    double start = DoubleLanes.START * unit;
    double fineStart = DoubleLanes.FINE_START * unit;
    long startBits = Double.doubleToRawLongBits(start);
    long fineStartBits = Double.doubleToRawLongBits(fineStart);
    DoubleVector starts = DoubleVector.broadcast(SPECIES, start);
    DoubleVector fineStarts = DoubleVector.broadcast(SPECIES, fineStart);
    long grids = 0;
    long fineGrids = 0;
    for (int lane = 0; lane < n; lane += LANES) {
      int i = Math.min(lane, n - LANES);
      VectorMask<Double> present = NUMBERS.compare(VectorOperators.GE, lane - i);
      DoubleVector d = DoubleVector.fromArray(SPECIES, x, xOffset + i).fma(scale, shifts);
      d = floors.blend(d, d.compare(VectorOperators.GE, floors).and(present));
      DoubleVector magicSum = d.fma(log2e, magics);
      DoubleVector power =
          magicSum
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, DoubleExp.EXPONENT_SHIFT)
              .reinterpretAsDoubles();
      DoubleVector k = magicSum.sub(magics);
      DoubleVector reduced = k.fma(minusLn2Hi, d);
      DoubleVector r = k.fma(minusLn2Lo, reduced);
      DoubleVector square = r.mul(r);
      DoubleVector quad = square.mul(square);
      DoubleVector h01 = h1.fma(r, h0);
      DoubleVector h23 = h3.fma(r, h2);
      DoubleVector h45 = h5.fma(r, h4);
      DoubleVector h67 = h7.fma(r, h6);
      DoubleVector h89 = h9.fma(r, h8);
      DoubleVector h03 = h23.fma(square, h01);
      DoubleVector h47 = h67.fma(square, h45);
      DoubleVector h = h89.fma(quad, h47).fma(quad, h03);
      DoubleVector small = r.fma(inverseLo, k.mul(minusLn2LoScaled));
      DoubleVector rest = h.fma(square, small);
      if (y != null) {
        reduced.fma(inverseHi, rest).fma(power, power).intoArray(y, yOffset + i, present);
      }
      DoubleVector scaled = reduced.mul(power);
      DoubleVector near = rest.fma(power, scaled.fma(inverseHi, power.add(starts)));
      DoubleVector first = scaled.fma(inverseHi, power.sub(near.sub(starts)));
      DoubleVector dropped = rest.fma(power, first).add(fineStarts);
      grids += near.reinterpretAsLongs().sub(startBits).reduceLanes(VectorOperators.ADD);
      fineGrids += dropped.reinterpretAsLongs().sub(fineStartBits).reduceLanes(VectorOperators.ADD);
    }
    return WideSum.of(
        DoubleLanes.foldHi(grids) * unit, DoubleLanes.foldLo(grids, fineGrids) * unit);
  }

  /**
   * How far ahead of a block the sum also reads, where the array goes on: the next block is then in
   * the nearest cache when its maximum is asked for. What is read comes together in one vector,
   * never 0, and the result seems to depend on it, so that the compiler keeps the loads.
   */
  private static int ahead(double[] x, int end) {
    return end <= x.length - DoubleLanes.BLOCK ? DoubleLanes.BLOCK : 0;
  }

  @Override
  public void scale(double[] y, int yOffset, int n, double hi, double lo, double unit) {
    if (n < LANES) {
      SCALAR.scale(y, yOffset, n, hi, lo, unit);
      return;
    }
    DoubleVector his = DoubleVector.broadcast(SPECIES, hi);
    DoubleVector los = DoubleVector.broadcast(SPECIES, lo);
    DoubleVector units = DoubleVector.broadcast(SPECIES, unit);
    int whole = n - n % LANES;
    int fours = yOffset + n - n % (4 * LANES);
    int end = yOffset + whole;
    for (int i = yOffset; i < fours; i += 4 * LANES) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, y, i + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, y, i + 2 * LANES);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, y, i + 3 * LANES);
      v0.fma(his, v0.mul(los)).mul(units).intoArray(y, i);
      v1.fma(his, v1.mul(los)).mul(units).intoArray(y, i + LANES);
      v2.fma(his, v2.mul(los)).mul(units).intoArray(y, i + 2 * LANES);
      v3.fma(his, v3.mul(los)).mul(units).intoArray(y, i + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, i);
      v.fma(his, v.mul(los)).mul(units).intoArray(y, i);
    }
    SCALAR.scale(y, end, n - whole, hi, lo, unit);
  }

  @Override
  public void logProbs(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double minusMax,
      double c) {
    if (n < LANES) {
      SCALAR.logProbs(x, xOffset, y, yOffset, n, exp, minusMax, c);
      return;
    }
    DoubleVector scale = DoubleVector.broadcast(SPECIES, exp.scale);
    DoubleVector minusMaxs = DoubleVector.broadcast(SPECIES, minusMax);
    DoubleVector inverseHi = DoubleVector.broadcast(SPECIES, exp.inverseHi);
    DoubleVector inverseLo = DoubleVector.broadcast(SPECIES, exp.inverseLoAboveZero);
    DoubleVector minusC = DoubleVector.broadcast(SPECIES, -c);
    int toY = yOffset - xOffset;
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      int yi = i + toY;
      DoubleVector d0 = DoubleVector.fromArray(SPECIES, x, i).fma(scale, minusMaxs);
      DoubleVector d1 = DoubleVector.fromArray(SPECIES, x, i + LANES).fma(scale, minusMaxs);
      DoubleVector d2 = DoubleVector.fromArray(SPECIES, x, i + 2 * LANES).fma(scale, minusMaxs);
      DoubleVector d3 = DoubleVector.fromArray(SPECIES, x, i + 3 * LANES).fma(scale, minusMaxs);
      d0.fma(inverseHi, d0.fma(inverseLo, minusC)).intoArray(y, yi);
      d1.fma(inverseHi, d1.fma(inverseLo, minusC)).intoArray(y, yi + LANES);
      d2.fma(inverseHi, d2.fma(inverseLo, minusC)).intoArray(y, yi + 2 * LANES);
      d3.fma(inverseHi, d3.fma(inverseLo, minusC)).intoArray(y, yi + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      DoubleVector d = DoubleVector.fromArray(SPECIES, x, i).fma(scale, minusMaxs);
      d.fma(inverseHi, d.fma(inverseLo, minusC)).intoArray(y, i + toY);
    }
    SCALAR.logProbs(x, end, y, end + toY, n - whole, exp, minusMax, c);
  }

  @Override
  public int firstAtLeast(double[] x, int xOffset, int n, double value) {
    if (TWO_LANES) {
      return SCALAR.firstAtLeast(x, xOffset, n, value);
    }
    DoubleVector values = DoubleVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(VectorOperators.GE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstAtLeast(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstOtherThan(double[] x, int xOffset, int n, double value) {
    if (TWO_LANES) {
      return SCALAR.firstOtherThan(x, xOffset, n, value);
    }
    DoubleVector values = DoubleVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(VectorOperators.NE, values);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstOtherThan(x, xOffset + i, n - i, value);
  }

  @Override
  public int firstNaN(double[] x, int xOffset, int n) {
    if (TWO_LANES) {
      return SCALAR.firstNaN(x, xOffset, n);
    }
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(VectorOperators.NE, v);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstNaN(x, xOffset + i, n - i);
  }
}
