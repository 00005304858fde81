package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.NO_WIDE_BITS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.WIDE_ZERO;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.ScalarDoublePasses;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
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
    if (ShortRange.isBelow(n, LANES)) {
      return SCALAR.max(x, xOffset, n);
    }
    if (TWO_LANES) {
      return SCALAR.max(x, xOffset, n);
    }
    // As signed integers the bits of positive numbers rise with the number, those of negative ones
    // fall: a maximum and a minimum of one instruction each. DoubleVector.max takes five, for NaN
    // and -0.
    LongVector none = NO_WIDE_BITS.broadcast(Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY));
    LongVector high = none;
    LongVector low = none;
    // NaN once a NaN was added.
    DoubleVector nan = DoubleVector.zero(SPECIES);
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, x, i + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, x, i + 2 * LANES);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, x, i + 3 * LANES);
      LongVector b0 = v0.reinterpretAsLongs();
      LongVector b1 = v1.reinterpretAsLongs();
      LongVector b2 = v2.reinterpretAsLongs();
      LongVector b3 = v3.reinterpretAsLongs();
      high = b0.lanewise(MAX, b1).lanewise(MAX, b2.lanewise(MAX, b3)).lanewise(MAX, high);
      low = b0.lanewise(MIN, b1).lanewise(MIN, b2.lanewise(MIN, b3)).lanewise(MIN, low);
      nan = v0.lanewise(ADD, v1).lanewise(ADD, v2.lanewise(ADD, v3)).lanewise(ADD, nan);
      // Not an instruction, but the compiler unrolls this loop and would mix the loads of its
      // rounds, an order that what reads memory ahead does not recognise.
      VarHandle.loadLoadFence();
    }
    for (int i = fours; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      high = v.reinterpretAsLongs().lanewise(MAX, high);
      low = v.reinterpretAsLongs().lanewise(MIN, low);
      nan = v.lanewise(ADD, nan);
    }
    DoubleVector nans = DoubleVector.zero(SPECIES).lanewise(ADD, nan);
    // Infinities of both signs, or a sum that overflowed, look like one NaN.
    if (nans.compare(NE, nans).anyTrue() && firstNaN(x, xOffset, n) < n) {
      return Double.NaN;
    }
    // Without AVX-512 the compiler has no such reduction of longs.
    double max = none.lanewise(MAX, high).reinterpretAsDoubles().reduceLanes(MAX);
    if (max < 0) {
      max = none.lanewise(MIN, low).reinterpretAsDoubles().reduceLanes(MAX);
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
    if (ShortRange.isBelow(n, 1)) {
      return 0;
    }
    DoubleExp exp = DoubleExp.UNIT;
    // A negative floor: the clamp is then a minimum of the bits, unsigned.
    LongVector floors = WIDE_ZERO.broadcast(floor).reinterpretAsLongs();
    DoubleVector log2e = WIDE_ZERO.broadcast(exp.log2e);
    DoubleVector magics = WIDE_ZERO.broadcast(magic);
    DoubleVector minusLn2Hi = WIDE_ZERO.broadcast(exp.minusLn2Hi);
    DoubleVector minusLn2Lo = WIDE_ZERO.broadcast(exp.minusLn2Lo);
    DoubleVector h0 = WIDE_ZERO.broadcast(exp.h0);
    DoubleVector h1 = WIDE_ZERO.broadcast(exp.h1);
    DoubleVector h2 = WIDE_ZERO.broadcast(exp.h2);
    DoubleVector h3 = WIDE_ZERO.broadcast(exp.h3);
    DoubleVector h4 = WIDE_ZERO.broadcast(exp.h4);
    DoubleVector h5 = WIDE_ZERO.broadcast(exp.h5);
    DoubleVector h6 = WIDE_ZERO.broadcast(exp.h6);
    DoubleVector h7 = WIDE_ZERO.broadcast(exp.h7);
    DoubleVector h8 = WIDE_ZERO.broadcast(exp.h8);
    DoubleVector h9 = WIDE_ZERO.broadcast(exp.h9);
    DoubleVector starts = WIDE_ZERO.broadcast(DoubleLanes.START * unit);
    DoubleVector gridStarts = WIDE_ZERO.broadcast(DoubleLanes.GRID_START * unit);
    long minusStarts = -Double.doubleToRawLongBits(DoubleLanes.START * unit) * (n / LANES);
    long minusFineStarts = -Double.doubleToRawLongBits(DoubleLanes.FINE_START * unit) * (n / LANES);
    LongVector counted = LongVector.zero(BITS);
    LongVector fineCounted = LongVector.zero(BITS);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector d =
          DoubleVector.fromArray(SPECIES, x, xOffset + i)
              .reinterpretAsLongs()
              .lanewise(UMIN, floors)
              .reinterpretAsDoubles();
      DoubleVector magicSum = d.lanewise(FMA, log2e, magics);
      DoubleVector power =
          magicSum
              .reinterpretAsLongs()
              .lanewise(LSHL, DoubleExp.EXPONENT_SHIFT)
              .reinterpretAsDoubles();
      DoubleVector k = magicSum.lanewise(SUB, magics);
      DoubleVector reduced = k.lanewise(FMA, minusLn2Hi, d);
      DoubleVector r = k.lanewise(FMA, minusLn2Lo, reduced);
      DoubleVector square = r.lanewise(MUL, r);
      DoubleVector quad = square.lanewise(MUL, square);
      DoubleVector h01 = h1.lanewise(FMA, r, h0);
      DoubleVector h23 = h3.lanewise(FMA, r, h2);
      DoubleVector h45 = h5.lanewise(FMA, r, h4);
      DoubleVector h67 = h7.lanewise(FMA, r, h6);
      DoubleVector h89 = h9.lanewise(FMA, r, h8);
      DoubleVector h03 = h23.lanewise(FMA, square, h01);
      DoubleVector h47 = h67.lanewise(FMA, square, h45);
      DoubleVector h = h89.lanewise(FMA, quad, h47).lanewise(FMA, quad, h03);
      DoubleVector rest = h.lanewise(FMA, square, k.lanewise(MUL, minusLn2Lo));
      if (y != null) {
        reduced.lanewise(ADD, rest).lanewise(FMA, power, power).intoArray(y, yOffset + i);
      }
      DoubleVector near =
          rest.lanewise(FMA, power, reduced.lanewise(FMA, power, power.lanewise(ADD, starts)));
      counted = near.reinterpretAsLongs().lanewise(ADD, counted);
      fineCounted =
          rest.lanewise(
                  FMA,
                  power,
                  reduced.lanewise(FMA, power, power.lanewise(SUB, near.lanewise(SUB, gridStarts))))
              .reinterpretAsLongs()
              .lanewise(ADD, fineCounted);
    }
    LongVector grids = NO_WIDE_BITS.broadcast(minusStarts).lanewise(ADD, counted);
    LongVector fineGrids = NO_WIDE_BITS.broadcast(minusFineStarts).lanewise(ADD, fineCounted);
    long sum = grids.reduceLanes(ADD);
    long fineSum = fineGrids.reduceLanes(ADD);
    return WideSum.of(DoubleLanes.foldHi(sum) * unit, DoubleLanes.foldLo(sum, fineSum) * unit);
  }

  /** The sum of whole lanes at any temperature. */
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
    if (ShortRange.isBelow(n, 1)) {
      return 0;
    }
    DoubleVector scale = WIDE_ZERO.broadcast(exp.scale);
    DoubleVector shifts = WIDE_ZERO.broadcast(shift);
    DoubleVector floors = WIDE_ZERO.broadcast(floor);
    DoubleVector log2e = WIDE_ZERO.broadcast(exp.log2e);
    DoubleVector magics = WIDE_ZERO.broadcast(magic);
    DoubleVector minusLn2Hi = WIDE_ZERO.broadcast(exp.minusLn2Hi);
    DoubleVector minusLn2Lo = WIDE_ZERO.broadcast(exp.minusLn2Lo);
    DoubleVector minusLn2LoScaled = WIDE_ZERO.broadcast(exp.minusLn2LoScaled);
    DoubleVector inverseHi = WIDE_ZERO.broadcast(exp.inverseHi);
    DoubleVector inverseLo = WIDE_ZERO.broadcast(exp.inverseLo);
    DoubleVector h0 = WIDE_ZERO.broadcast(exp.h0);
    DoubleVector h1 = WIDE_ZERO.broadcast(exp.h1);
    DoubleVector h2 = WIDE_ZERO.broadcast(exp.h2);
    DoubleVector h3 = WIDE_ZERO.broadcast(exp.h3);
    DoubleVector h4 = WIDE_ZERO.broadcast(exp.h4);
    DoubleVector h5 = WIDE_ZERO.broadcast(exp.h5);
    DoubleVector h6 = WIDE_ZERO.broadcast(exp.h6);
    DoubleVector h7 = WIDE_ZERO.broadcast(exp.h7);
    DoubleVector h8 = WIDE_ZERO.broadcast(exp.h8);
    DoubleVector h9 = WIDE_ZERO.broadcast(exp.h9);
    DoubleVector starts = WIDE_ZERO.broadcast(DoubleLanes.START * unit);
    DoubleVector gridStarts = WIDE_ZERO.broadcast(DoubleLanes.GRID_START * unit);
    long minusStarts = -Double.doubleToRawLongBits(DoubleLanes.START * unit) * (n / LANES);
    long minusFineStarts = -Double.doubleToRawLongBits(DoubleLanes.FINE_START * unit) * (n / LANES);
    LongVector counted = LongVector.zero(BITS);
    LongVector fineCounted = LongVector.zero(BITS);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector d = DoubleVector.fromArray(SPECIES, x, xOffset + i).lanewise(FMA, scale, shifts);
      d = TWO_LANES ? d.lanewise(MAX, floors) : d.blend(floors, d.compare(LT, floors));
      DoubleVector magicSum = d.lanewise(FMA, log2e, magics);
      DoubleVector power =
          magicSum
              .reinterpretAsLongs()
              .lanewise(LSHL, DoubleExp.EXPONENT_SHIFT)
              .reinterpretAsDoubles();
      DoubleVector k = magicSum.lanewise(SUB, magics);
      DoubleVector reduced = k.lanewise(FMA, minusLn2Hi, d);
      DoubleVector r = k.lanewise(FMA, minusLn2Lo, reduced);
      DoubleVector square = r.lanewise(MUL, r);
      DoubleVector quad = square.lanewise(MUL, square);
      DoubleVector h01 = h1.lanewise(FMA, r, h0);
      DoubleVector h23 = h3.lanewise(FMA, r, h2);
      DoubleVector h45 = h5.lanewise(FMA, r, h4);
      DoubleVector h67 = h7.lanewise(FMA, r, h6);
      DoubleVector h89 = h9.lanewise(FMA, r, h8);
      DoubleVector h03 = h23.lanewise(FMA, square, h01);
      DoubleVector h47 = h67.lanewise(FMA, square, h45);
      DoubleVector h = h89.lanewise(FMA, quad, h47).lanewise(FMA, quad, h03);
      DoubleVector small = r.lanewise(FMA, inverseLo, k.lanewise(MUL, minusLn2LoScaled));
      DoubleVector rest = h.lanewise(FMA, square, small);
      if (y != null) {
        reduced
            .lanewise(FMA, inverseHi, rest)
            .lanewise(FMA, power, power)
            .intoArray(y, yOffset + i);
      }
      DoubleVector scaled = reduced.lanewise(MUL, power);
      DoubleVector near =
          rest.lanewise(FMA, power, scaled.lanewise(FMA, inverseHi, power.lanewise(ADD, starts)));
      counted = near.reinterpretAsLongs().lanewise(ADD, counted);
      fineCounted =
          rest.lanewise(
                  FMA,
                  power,
                  scaled.lanewise(
                      FMA, inverseHi, power.lanewise(SUB, near.lanewise(SUB, gridStarts))))
              .reinterpretAsLongs()
              .lanewise(ADD, fineCounted);
    }
    LongVector grids = NO_WIDE_BITS.broadcast(minusStarts).lanewise(ADD, counted);
    LongVector fineGrids = NO_WIDE_BITS.broadcast(minusFineStarts).lanewise(ADD, fineCounted);
    long sum = grids.reduceLanes(ADD);
    long fineSum = fineGrids.reduceLanes(ADD);
    return WideSum.of(DoubleLanes.foldHi(sum) * unit, DoubleLanes.foldLo(sum, fineSum) * unit);
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
    if (ShortRange.isBelow(n, 1)) {
      return 0;
    }
    if (xOffset + n < LANES || (y != null && yOffset + n < LANES)) {
      return ScalarDoublePasses.lanes(x, xOffset, y, yOffset, n, exp, shift, magic, floor, unit);
    }
    DoubleVector scale = WIDE_ZERO.broadcast(exp.scale);
    DoubleVector shifts = WIDE_ZERO.broadcast(shift);
    DoubleVector floors = WIDE_ZERO.broadcast(floor);
    DoubleVector log2e = WIDE_ZERO.broadcast(exp.log2e);
    DoubleVector magics = WIDE_ZERO.broadcast(magic);
    DoubleVector minusLn2Hi = WIDE_ZERO.broadcast(exp.minusLn2Hi);
    DoubleVector minusLn2Lo = WIDE_ZERO.broadcast(exp.minusLn2Lo);
    DoubleVector minusLn2LoScaled = WIDE_ZERO.broadcast(exp.minusLn2LoScaled);
    DoubleVector inverseHi = WIDE_ZERO.broadcast(exp.inverseHi);
    DoubleVector inverseLo = WIDE_ZERO.broadcast(exp.inverseLo);
    DoubleVector h0 = WIDE_ZERO.broadcast(exp.h0);
    DoubleVector h1 = WIDE_ZERO.broadcast(exp.h1);
    DoubleVector h2 = WIDE_ZERO.broadcast(exp.h2);
    DoubleVector h3 = WIDE_ZERO.broadcast(exp.h3);
    DoubleVector h4 = WIDE_ZERO.broadcast(exp.h4);
    DoubleVector h5 = WIDE_ZERO.broadcast(exp.h5);
    DoubleVector h6 = WIDE_ZERO.broadcast(exp.h6);
    DoubleVector h7 = WIDE_ZERO.broadcast(exp.h7);
    DoubleVector h8 = WIDE_ZERO.broadcast(exp.h8);
    DoubleVector h9 = WIDE_ZERO.broadcast(exp.h9);
    DoubleVector starts = WIDE_ZERO.broadcast(DoubleLanes.START * unit);
    DoubleVector gridStarts = WIDE_ZERO.broadcast(DoubleLanes.GRID_START * unit);
    LongVector startBits =
        NO_WIDE_BITS.broadcast(Double.doubleToRawLongBits(DoubleLanes.START * unit));
    LongVector fineStartBits =
        NO_WIDE_BITS.broadcast(Double.doubleToRawLongBits(DoubleLanes.FINE_START * unit));
    long sum = 0;
    long fineSum = 0;
    for (int lane = 0; lane < n; lane += LANES) {
      int i = Math.min(lane, n - LANES);
      VectorMask<Double> present = NUMBERS.compare(GE, lane - i);
      DoubleVector d = DoubleVector.fromArray(SPECIES, x, xOffset + i).lanewise(FMA, scale, shifts);
      d = floors.blend(d, d.compare(GE, floors).and(present));
      DoubleVector magicSum = d.lanewise(FMA, log2e, magics);
      DoubleVector power =
          magicSum
              .reinterpretAsLongs()
              .lanewise(LSHL, DoubleExp.EXPONENT_SHIFT)
              .reinterpretAsDoubles();
      DoubleVector k = magicSum.lanewise(SUB, magics);
      DoubleVector reduced = k.lanewise(FMA, minusLn2Hi, d);
      DoubleVector r = k.lanewise(FMA, minusLn2Lo, reduced);
      DoubleVector square = r.lanewise(MUL, r);
      DoubleVector quad = square.lanewise(MUL, square);
      DoubleVector h01 = h1.lanewise(FMA, r, h0);
      DoubleVector h23 = h3.lanewise(FMA, r, h2);
      DoubleVector h45 = h5.lanewise(FMA, r, h4);
      DoubleVector h67 = h7.lanewise(FMA, r, h6);
      DoubleVector h89 = h9.lanewise(FMA, r, h8);
      DoubleVector h03 = h23.lanewise(FMA, square, h01);
      DoubleVector h47 = h67.lanewise(FMA, square, h45);
      DoubleVector h = h89.lanewise(FMA, quad, h47).lanewise(FMA, quad, h03);
      DoubleVector small = r.lanewise(FMA, inverseLo, k.lanewise(MUL, minusLn2LoScaled));
      DoubleVector rest = h.lanewise(FMA, square, small);
      if (y != null) {
        reduced
            .lanewise(FMA, inverseHi, rest)
            .lanewise(FMA, power, power)
            .intoArray(y, yOffset + i, present);
      }
      DoubleVector scaled = reduced.lanewise(MUL, power);
      DoubleVector near =
          rest.lanewise(FMA, power, scaled.lanewise(FMA, inverseHi, power.lanewise(ADD, starts)));
      DoubleVector first =
          scaled.lanewise(FMA, inverseHi, power.lanewise(SUB, near.lanewise(SUB, gridStarts)));
      DoubleVector dropped = rest.lanewise(FMA, power, first);
      sum += near.reinterpretAsLongs().lanewise(SUB, startBits).reduceLanes(ADD);
      fineSum += dropped.reinterpretAsLongs().lanewise(SUB, fineStartBits).reduceLanes(ADD);
    }
    return WideSum.of(DoubleLanes.foldHi(sum) * unit, DoubleLanes.foldLo(sum, fineSum) * unit);
  }

  @Override
  public void scale(double[] y, int yOffset, int n, double hi, double lo, double unit) {
    if (ShortRange.isBelow(n, LANES)) {
      SCALAR.scale(y, yOffset, n, hi, lo, unit);
      return;
    }
    DoubleVector his = WIDE_ZERO.broadcast(hi);
    DoubleVector los = WIDE_ZERO.broadcast(lo);
    DoubleVector units = WIDE_ZERO.broadcast(unit);
    int whole = n - n % LANES;
    int fours = yOffset + n - n % (4 * LANES);
    int end = yOffset + whole;
    for (int i = yOffset; i < fours; i += 4 * LANES) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, y, i + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, y, i + 2 * LANES);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, y, i + 3 * LANES);
      v0.lanewise(FMA, his, v0.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i);
      v1.lanewise(FMA, his, v1.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i + LANES);
      v2.lanewise(FMA, his, v2.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i + 2 * LANES);
      v3.lanewise(FMA, his, v3.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, i);
      v.lanewise(FMA, his, v.lanewise(MUL, los)).lanewise(MUL, units).intoArray(y, i);
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
    if (ShortRange.isBelow(n, LANES)) {
      SCALAR.logProbs(x, xOffset, y, yOffset, n, exp, minusMax, c);
      return;
    }
    DoubleVector scale = WIDE_ZERO.broadcast(exp.scale);
    DoubleVector minusMaxs = WIDE_ZERO.broadcast(minusMax);
    DoubleVector inverseHi = WIDE_ZERO.broadcast(exp.inverseHi);
    DoubleVector inverseLo = WIDE_ZERO.broadcast(exp.inverseLoAboveZero);
    DoubleVector minusC = WIDE_ZERO.broadcast(-c);
    int toY = yOffset - xOffset;
    int whole = n - n % LANES;
    int fours = xOffset + n - n % (4 * LANES);
    int end = xOffset + whole;
    for (int i = xOffset; i < fours; i += 4 * LANES) {
      int yi = i + toY;
      DoubleVector d0 = DoubleVector.fromArray(SPECIES, x, i).lanewise(FMA, scale, minusMaxs);
      DoubleVector d1 =
          DoubleVector.fromArray(SPECIES, x, i + LANES).lanewise(FMA, scale, minusMaxs);
      DoubleVector d2 =
          DoubleVector.fromArray(SPECIES, x, i + 2 * LANES).lanewise(FMA, scale, minusMaxs);
      DoubleVector d3 =
          DoubleVector.fromArray(SPECIES, x, i + 3 * LANES).lanewise(FMA, scale, minusMaxs);
      d0.lanewise(FMA, inverseHi, d0.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi);
      d1.lanewise(FMA, inverseHi, d1.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi + LANES);
      d2.lanewise(FMA, inverseHi, d2.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi + 2 * LANES);
      d3.lanewise(FMA, inverseHi, d3.lanewise(FMA, inverseLo, minusC)).intoArray(y, yi + 3 * LANES);
    }
    for (int i = fours; i < end; i += LANES) {
      DoubleVector d = DoubleVector.fromArray(SPECIES, x, i).lanewise(FMA, scale, minusMaxs);
      d.lanewise(FMA, inverseHi, d.lanewise(FMA, inverseLo, minusC)).intoArray(y, i + toY);
    }
    SCALAR.logProbs(x, end, y, end + toY, n - whole, exp, minusMax, c);
  }

  @Override
  public int firstAtLeast(double[] x, int xOffset, int n, double value) {
    if (TWO_LANES) {
      return SCALAR.firstAtLeast(x, xOffset, n, value);
    }
    DoubleVector values = WIDE_ZERO.broadcast(value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(GE, values);
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
    DoubleVector values = WIDE_ZERO.broadcast(value);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> found = v.compare(NE, values);
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
      VectorMask<Double> found = v.compare(NE, v);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    return i + SCALAR.firstNaN(x, xOffset + i, n - i);
  }
}
