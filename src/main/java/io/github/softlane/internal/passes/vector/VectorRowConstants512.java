package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.FloatLog;
import io.github.softlane.internal.arithmetic.SumLimits;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The constants of rows that fit one vector, of 512 bits.
 *
 * <p>Each of them may only be an argument, never what a method is called on. C1 knows the class of
 * a constant, and inlines what is called on it down to the last check, some 160 virtual registers;
 * a method with many such calls runs out of them, is not compiled, and never reaches C2. What is
 * called on other vectors stays a call there.
 */
final class VectorRowConstants512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;

  /** The numbers of the lanes, to be loaded. */
  static final int[] INDEXES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  static final FloatVector LOG2E = of(FloatExp.UNIT.log2e);
  static final FloatVector MINUS_LN2_HI = of(FloatExp.UNIT.minusLn2Hi);
  static final FloatVector MINUS_LN2_LO = of(FloatExp.UNIT.minusLn2Lo);
  static final FloatVector LN2 = of((float) FloatExp.LN2);
  static final FloatVector H0 = of(FloatExp.UNIT.h0);
  static final FloatVector H1 = of(FloatExp.UNIT.h1);
  static final FloatVector H2 = of(FloatExp.UNIT.h2);
  static final FloatVector H3 = of(FloatExp.UNIT.h3);
  static final FloatVector H4 = of(FloatExp.UNIT.h4);
  static final FloatVector ROUNDING = of(FloatExp.MAGIC);
  static final FloatVector DEPTH = of(FloatExp.DEPTH);
  static final FloatVector START = of(FloatLanes.START);
  static final FloatVector FINE_START = of(FloatLanes.FINE_START);
  static final FloatVector UNBIAS = of(FloatExp.UNBIAS);
  static final FloatVector ABSENT = of(Float.NEGATIVE_INFINITY);
  static final FloatVector NAN = of(Float.NaN);
  static final FloatVector ZERO = of(0);
  static final IntVector START_BITS = START.reinterpretAsInts();
  static final IntVector FINE_START_BITS = FINE_START.reinterpretAsInts();
  static final IntVector ALL_BUT_SIGN = IntVector.broadcast(BITS, Integer.MAX_VALUE);

  /**
   * Where the maximum of an everyday row lies: the row needs no shift, and the floor is below 0, so
   * that the clamp is an unsigned minimum of the bits.
   */
  static final float LEAST = -512;

  static final float MOST = 128;
  static final FloatVector MIDDLE = of((LEAST + MOST) / 2);
  static final FloatVector RADIUS = of((MOST - LEAST) / 2);

  static final DoubleVector GRID = of(FloatLanes.GRID);
  static final DoubleVector FINE_GRID = of(FloatLanes.FINE_GRID);
  static final DoubleVector DOMINATED = of(SumLimits.DOMINATED);
  static final DoubleVector ONE = of(1.0);

  /** ln 2 in double. */
  static final DoubleVector WIDE_LN2 = of(FloatExp.LN2);

  /** Coefficients of {@link FloatLog#logPlus}. */
  static final DoubleVector A0 = of(FloatLog.A0);

  static final DoubleVector A1 = of(FloatLog.A1);
  static final DoubleVector A2 = of(FloatLog.A2);
  static final DoubleVector A3 = of(FloatLog.A3);
  static final DoubleVector A4 = of(FloatLog.A4);
  static final DoubleVector A5 = of(FloatLog.A5);
  static final DoubleVector A6 = of(FloatLog.A6);
  static final DoubleVector A7 = of(FloatLog.A7);
  static final DoubleVector A8 = of(FloatLog.A8);
  static final DoubleVector A9 = of(FloatLog.A9);

  /** An integer below it that is put into its low bits has been added to it. */
  private static final double INTEGERS = 0x1p52;

  static final long INTEGERS_BITS = Double.doubleToRawLongBits(INTEGERS);

  /** Turns an exponent into a number whose low bits are the exponent field. */
  static final DoubleVector EXPONENTS = of(INTEGERS + Double.MAX_EXPONENT);

  private VectorRowConstants512() {}

  private static FloatVector of(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static DoubleVector of(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }
}
