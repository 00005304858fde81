package io.github.softlane.internal.passes.vector;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.arithmetic.FloatLog;
import io.github.softlane.internal.arithmetic.SumLimits;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The constants of rows that fit one vector, of 512 bits.
 *
 * <p>A vector among them may only be an argument, never what a method is called on, but for {@link
 * #ZERO}. C1 knows the class of a constant, and inlines what is called on it down to the last
 * check, some 160 virtual registers; a method with many such calls runs out of them, is not
 * compiled, and never reaches C2. What is called on other vectors stays a call there. So the
 * constants that methods are called on are arrays, to be loaded.
 */
final class VectorRowConstants512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int LANES = SPECIES.length();
  private static final int LOG_LANES = Integer.numberOfTrailingZeros(LANES);

  /** Sixteen lanes exchange in so many steps. */
  static final int LOG_EXCHANGED = 4;

  /**
   * The class of vectors of {@code float}, to which each is cast that a long method stores. The
   * compiler inlines what is called in such a method only after it has gone through it, and until
   * then does not know of which class the results are. Neither does a store tell it, whose own
   * calls depend on the class. In JVMs that had stored vectors of several widths it found the class
   * too late, and allocated an array for what was stored. A cast it knows at once.
   */
  static final Class<? extends Vector<Float>> FLOATS = SPECIES.vectorType();

  // Vectors that methods are called on, to be loaded.

  /** The numbers of the lanes. */
  static final int[] INDEXES = partners(0);

  /** The lanes that exchange in each step, by their distance. */
  static final int[] PARTNERS_1 = partners(1);

  static final int[] PARTNERS_2 = partners(2);
  static final int[] PARTNERS_4 = partners(4);
  static final int[] PARTNERS_8 = partners(8);
  static final float[] NUMBERS = numbers();

  /** 1 in each second lane, 0 in the others. */
  static final float[] PARITIES = parities();

  /**
   * {@link FloatExp#stepFactor}, as bits, over and over: for the lower bits of a number of steps,
   * and from LANES on for as many after them, where there are fewer lanes than factors.
   */
  static final int[] STEP_FACTORS = stepFactors();

  /** Where the rows of pairs lie that have been put into lanes i of the halves of a vector. */
  static final int[] PAIRS = pairs();

  /**
   * From two vectors, that of the rows without a bit of their number and that of those with it, the
   * columns without that bit, and those with it.
   */
  static final int[] LOWER_2 = exchange(2, 0);

  static final int[] LOWER_4 = exchange(4, 0);
  static final int[] LOWER_8 = exchange(8, 0);
  static final int[] UPPER_2 = exchange(2, 2);
  static final int[] UPPER_4 = exchange(4, 4);
  static final int[] UPPER_8 = exchange(8, 8);

  /** The row of each lane, for rows 2^i lanes apart, from {@code i * LANES} on. */
  static final int[] OWNERS = new int[(LOG_EXCHANGED + 1) * LANES];

  /**
   * Where the rows of a pair of vectors begin, laid out in the same way: those of the first vector,
   * and then the second pairs of lanes of those of the second.
   */
  static final int[] FIRSTS = new int[OWNERS.length];

  static {
    for (int i = 0; i <= LOG_EXCHANGED; i++) {
      for (int lane = 0; lane < LANES; lane++) {
        int begin = lane << i;
        OWNERS[i * LANES + lane] = lane >> i;
        FIRSTS[i * LANES + lane] = (begin & (LANES - 1)) + (begin >> (LOG_LANES - 1) & 2);
      }
    }
  }

  // Vectors that are arguments.

  static final FloatVector LOG2E = of(FloatExp.UNIT.log2e);
  static final FloatVector STEPS_OF_E = of(FloatExp.UNIT.stepsOfE);
  static final FloatVector MINUS_STEP_HI = of(FloatExp.UNIT.minusStepHi);
  static final FloatVector MINUS_STEP_LO = of(FloatExp.UNIT.minusStepLo);
  static final FloatVector LN2 = of((float) FloatExp.LN2);
  static final FloatVector H0 = of(FloatExp.UNIT.h0);
  static final FloatVector H1 = of(FloatExp.UNIT.h1);
  static final FloatVector H2 = of(FloatExp.UNIT.h2);
  static final FloatVector MINUS_STEPS = of(-(float) FloatExp.STEPS);
  static final IntVector FACTORS = IntVector.fromArray(BITS, STEP_FACTORS, 0);

  /**
   * For vectors of fewer lanes than factors. Never a local variable: in the other widths nothing
   * uses it, but the state of the interpreter that a compiled method keeps would, and a vector for
   * it was allocated.
   */
  static final IntVector UPPER_FACTORS = IntVector.fromArray(BITS, STEP_FACTORS, LANES);

  static final FloatVector ROUNDING = of(FloatExp.MAGIC);
  static final FloatVector DEPTH = of((float) FloatExp.DEPTH);
  static final FloatVector START = of(FloatLanes.START);
  static final FloatVector GRID_START = of(FloatLanes.GRID_START);
  static final FloatVector UNBIAS = of(FloatExp.UNBIAS);
  static final FloatVector ABSENT = of(Float.NEGATIVE_INFINITY);
  static final FloatVector NAN = of(Float.NaN);

  /**
   * Makes the vectors that methods need of their own: {@code ZERO.broadcast(x)}. Its class answers
   * with a vector of the same class, which the compiler then knows. What {@code
   * FloatVector.broadcast} returns is any FloatVector to it until it has read the whole method, and
   * so each operation that takes it as an argument first compares classes, with a way out for
   * others. If the compiler reached its limit of nodes within such an operation, the array of the
   * argument was allocated, once a call.
   */
  static final FloatVector ZERO = of(0f);

  static final IntVector START_BITS = START.reinterpretAsInts();
  static final IntVector FINE_START_BITS =
      IntVector.broadcast(BITS, Float.floatToRawIntBits(FloatLanes.FINE_START));
  static final IntVector ALL_BUT_SIGN = IntVector.broadcast(BITS, Integer.MAX_VALUE);
  static final IntVector SIGN_SHIFT = IntVector.broadcast(BITS, Integer.SIZE - 1);
  static final IntVector STEP_SHIFT = IntVector.broadcast(BITS, FloatExp.STEP_SHIFT);

  /** As {@link #ZERO}. */
  static final IntVector NO_BITS = IntVector.zero(BITS);

  static final IntVector LOWEST_BIT = IntVector.broadcast(BITS, 1);
  static final IntVector SECOND_BIT = IntVector.broadcast(BITS, 2);
  static final IntVector THIRD_BIT = IntVector.broadcast(BITS, 4);

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

  /** As {@link #ZERO}. */
  static final DoubleVector WIDE_ZERO = of(0.0);

  static final DoubleVector ONE = of(1.0);

  /** ln 2 in double. */
  static final DoubleVector WIDE_LN2 = of(FloatExp.LN2);

  static final DoubleVector LOG_C = of(FloatExp.LOG_C);
  static final DoubleVector WIDE_UNBIAS = of((double) FloatExp.UNBIAS);

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

  /** As {@link #ZERO}. */
  static final LongVector NO_WIDE_BITS = of(0L);

  static final LongVector INTEGERS_BITS = of(Double.doubleToRawLongBits(INTEGERS));
  static final LongVector ABOVE_MIDDLE = of(FloatLog.ABOVE_MIDDLE);
  static final LongVector EXPONENT_FIELD = of(FloatLog.EXPONENT_FIELD);
  static final LongVector ONE_BITS = of(FloatLog.ONE_BITS);
  static final LongVector FRACTION_BITS = of((long) FloatLog.FRACTION_BITS);

  /** Turns an exponent into a number whose low bits are the exponent field. */
  static final DoubleVector EXPONENTS = of(INTEGERS + Double.MAX_EXPONENT);

  /** From one int of a long to the other. */
  static final LongVector INT_SHIFT = of((long) Integer.SIZE);

  private VectorRowConstants512() {}

  private static int[] partners(int distance) {
    int[] partners = new int[LANES];
    Arrays.setAll(partners, lane -> lane ^ distance);
    return partners;
  }

  private static float[] numbers() {
    float[] numbers = new float[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      numbers[lane] = lane;
    }
    return numbers;
  }

  private static int[] pairs() {
    int[] lanes = new int[LANES];
    Arrays.setAll(lanes, row -> row / 2 + row % 2 * (LANES / 2));
    return lanes;
  }

  private static int[] exchange(int bit, int column) {
    int[] lanes = new int[LANES];
    Arrays.setAll(lanes, lane -> (lane & bit) == 0 ? lane ^ column : LANES + (lane ^ bit ^ column));
    return lanes;
  }

  private static int[] stepFactors() {
    int[] factors = new int[2 * LANES];
    Arrays.setAll(factors, i -> Float.floatToRawIntBits(FloatExp.stepFactor(i)));
    return factors;
  }

  private static float[] parities() {
    float[] parities = new float[LANES];
    for (int lane = 1; lane < LANES; lane += 2) {
      parities[lane] = 1;
    }
    return parities;
  }

  private static FloatVector of(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static LongVector of(long value) {
    return LongVector.broadcast(LONGS, value);
  }

  private static DoubleVector of(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }
}
