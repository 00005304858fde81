package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.Fused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The exponential of the float kernels, operation by operation as the passes carry it out, against
 * {@code Math.exp} in double, whose 1e-16 is nothing here. Errors are relative, in units of 2^-24.
 *
 * <p>With a row maximum of 0 the argument runs from the floor, about -133.1, to 0: 1.1e9 floats,
 * all of which the sweep visits. Arguments of rows with another maximum lie in [-843, 710].
 */
class FloatExpAccuracyTest {
  private static final int THREADS = 2;
  private static final double UNIT = 0x1p-24;

  /** All e have this factor. */
  private static final double C = Math.exp(FloatExp.LOG_C);

  /** A prime, so that a sample visits all low bits of the significand. */
  private static final int STRIDE = 997;

  /**
   * Of e, rounded to float: half an ULP of a number just above a power of two is 1.0, and the power
   * and the fraction add what they are rounded by.
   */
  private static final double ROUNDED_BOUND = 1.09;

  /** Of power (1 + fraction) before that rounding. */
  private static final double UNROUNDED_BOUND = 0.15;

  /** The same where the coefficients have been divided by powers of the temperature. */
  private static final double UNROUNDED_BOUND_OF_TEMPERATURES = 0.2;

  private static final StringBuilder SUMMARY = new StringBuilder();

  /** The largest errors over a range of arguments, and where they occur. */
  private static final class Errors {
    private double rounded;
    private float roundedAt;
    private double unrounded;
    private float unroundedAt;
    private long count;

    void take(double roundedError, double unroundedError, float d) {
      count++;
      // Written so that a NaN is taken too.
      if (!(roundedError <= rounded)) {
        rounded = roundedError;
        roundedAt = d;
      }
      if (!(unroundedError <= unrounded)) {
        unrounded = unroundedError;
        unroundedAt = d;
      }
    }

    void take(Errors other) {
      long sum = count + other.count;
      take(other.rounded, unrounded, other.roundedAt);
      take(rounded, other.unrounded, other.unroundedAt);
      count = sum;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d arguments: e %.5f at %s, unrounded %.5f at %s",
          count,
          rounded / UNIT,
          Float.toHexString(roundedAt),
          unrounded / UNIT,
          Float.toHexString(unroundedAt));
    }
  }

  @Test
  void sampleBelowAMaximumOfZero() throws ExecutionException, InterruptedException {
    check("sample below 0", belowZero(STRIDE), UNROUNDED_BOUND);
  }

  @Test
  @Tag("sweep")
  void everyFloatBelowAMaximumOfZero() throws ExecutionException, InterruptedException {
    Errors errors = belowZero(1);
    check("all below 0", errors, UNROUNDED_BOUND);
    assertThat(errors.count).isGreaterThan(1_120_000_000L);
  }

  @Test
  void sampleOfAllArguments() throws ExecutionException, InterruptedException {
    check("sample of all", anywhere(STRIDE, FloatExp.UNIT), UNROUNDED_BOUND);
  }

  @Test
  @Tag("sweep")
  void everyFloatOfUsefulSizeAnywhere() throws ExecutionException, InterruptedException {
    check("all", anywhere(1, FloatExp.UNIT), UNROUNDED_BOUND);
  }

  @Test
  void sampleOfTemperatures() throws ExecutionException, InterruptedException {
    Errors worst = new Errors();
    for (double t = 1; t < 2; t += 1.0 / 64) {
      worst.take(anywhere(64 * STRIDE, FloatExp.of(t)));
    }
    for (double t : new double[] {0.1f, 0.7, 1.5, 5, 1e-3, 1e3, Math.nextDown(2.0)}) {
      worst.take(anywhere(16 * STRIDE, FloatExp.of(t)));
    }
    check("sample of temperatures", worst, UNROUNDED_BOUND_OF_TEMPERATURES);
  }

  /** The factor C, next to a float. */
  @Test
  void theMaximumItselfIsTheCommonFactor() {
    FloatExp exp = FloatExp.UNIT;
    for (float d : new float[] {0f, -Float.MIN_VALUE, -0x1p-26f}) {
      assertThat(e(exp, d, exp.magic(0))).isEqualTo(Math.scalb((float) C, FloatExp.BIAS));
    }
    assertThat(e(exp, -0x1p-24f, exp.magic(0))).isLessThan(Math.scalb((float) C, FloatExp.BIAS));
  }

  /** From the floor down, and where a probability would be below half the smallest subnormal. */
  @Test
  void farBelowTheMaximumIsZero() {
    FloatExp exp = FloatExp.UNIT;
    float floor = exp.floor(0);
    assertThat(floor).isBetween(-133.1f, -133f);
    for (float d : new float[] {floor, Math.nextDown(floor), -200, -1e9f, -Float.MAX_VALUE}) {
      float raised = d < floor ? floor : d;
      assertThat(Float.floatToRawIntBits(e(exp, raised, exp.magic(0)))).isZero();
    }
    for (float d = -104; d > floor; d = Math.nextDown(d) - 0x1p-12f) {
      float probability = e(exp, d, exp.magic(0)) * FloatExp.UNBIAS;
      assertThat(Float.floatToRawIntBits(probability)).as("d = %s", d).isZero();
    }
    assertThat(e(exp, -103.2f, exp.magic(0)) * FloatExp.UNBIAS).isEqualTo(Float.MIN_VALUE);
  }

  private static void check(String name, Errors errors, double unroundedBound) {
    SUMMARY.append(' ').append(name).append(", ").append(errors);
    assertThat(errors.count).isGreaterThan(100_000);
    assertThat(errors.rounded / UNIT).as("%s", errors).isBetween(0.9, ROUNDED_BOUND);
    assertThat(errors.unrounded / UNIT).as("%s", errors).isBetween(0.1, unroundedBound);
  }

  /** Every stride-th float from 0 down to where e itself becomes subnormal. */
  private static Errors belowZero(int stride) throws ExecutionException, InterruptedException {
    int last = Float.floatToRawIntBits(-131f);
    return inThreads(
        thread -> {
          Errors errors = new Errors();
          FloatExp exp = FloatExp.UNIT;
          float magic = exp.magic(0);
          int from = Float.floatToRawIntBits(-0f) + thread * stride;
          // Negative floats are in order of size by their bits, which are negative too.
          for (long bits = from; bits <= last; bits += (long) THREADS * stride) {
            float d = Float.intBitsToFloat((int) bits);
            float e = e(exp, d, magic);
            double inverse = 1 / (C * Math.exp(d));
            errors.take(
                Math.abs(e * 0x1p-65 * inverse - 1),
                Math.abs(exp.significand(d, 0) * inverse - 1),
                d);
          }
          return errors;
        });
  }

  /**
   * Every stride-th float of size 2^-7 and more in [-843, 710], the range of rows that are not
   * shifted, as an element of a row whose maximum has the same power of two.
   */
  private static Errors anywhere(int stride, FloatExp exp)
      throws ExecutionException, InterruptedException {
    double t = exp.temperature * exp.scale;
    return inThreads(
        thread -> {
          Errors errors = new Errors();
          int sign = thread == 0 ? 0 : Integer.MIN_VALUE;
          int from = Float.floatToRawIntBits(0x1p-7f);
          int last = Float.floatToRawIntBits((float) (thread == 0 ? 709 * t : 843 * t));
          for (long bits = from; bits <= last; bits += stride) {
            float d = Float.intBitsToFloat((int) bits | sign);
            float k = exp.maxPower(d);
            float magic = exp.magic(k);
            float e = e(exp, d, magic);
            double exact = C * exact(d / t, k);
            errors.take(
                Math.abs(e * 0x1p-65 / exact - 1), Math.abs(exp.significand(d, k) / exact - 1), d);
          }
          return errors;
        });
  }

  /** e^z 2^-k, without overflow or underflow between. */
  private static double exact(double z, float k) {
    double half = Math.exp(z / 2);
    int down = (int) k / 2;
    return half * power(-down) * (half * power(down - (int) k));
  }

  private static double power(int exponent) {
    return Double.longBitsToDouble((exponent + 1023L) << 52);
  }

  private static float e(FloatExp exp, float d, float magic) {
    float magicSum = Fused.fma(d, exp.stepsOfE, magic);
    float power = FloatExp.power(magicSum);
    return Fused.fma(exp.fraction(d, magicSum - magic), power, power);
  }

  private interface Part {
    Errors of(int thread);
  }

  private static Errors inThreads(Part part) throws ExecutionException, InterruptedException {
    Errors all = new Errors();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Errors>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        parts.add(threads.submit(() -> part.of(number)));
      }
      for (Future<Errors> future : parts) {
        all.take(future.get());
      }
    }
    return all;
  }

  @AfterAll
  static void summary() {
    System.out.println("exp core, units of 2^-24:" + SUMMARY);
  }
}
