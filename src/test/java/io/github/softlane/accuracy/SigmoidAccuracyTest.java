package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.Sigmoid;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documented bounds of the logistic function and its logarithm. */
class SigmoidAccuracyTest {
  private static final double FLOAT_BOUND = 0.501;
  private static final double DOUBLE_BOUND = 1.01;

  /** Below this power of two e is its own logarithm of 1 + e, to more than 100 bits. */
  private static final int TINY = -120;

  private final Worst sigmoidOfFloat = new Worst("sigmoid of float", FLOAT_BOUND);
  private final Worst logSigmoidOfFloat = new Worst("logSigmoid of float", FLOAT_BOUND);
  private final Worst sigmoidOfDouble = new Worst("sigmoid of double", DOUBLE_BOUND);
  private final Worst logSigmoidOfDouble = new Worst("logSigmoid of double", DOUBLE_BOUND);

  @Test
  void sample() {
    search(1, 4_000);
    assertThat(sigmoidOfFloat.count()).isGreaterThan(8_000);
  }

  @Test
  @Tag("sweep")
  void sweep() {
    search(2, 500_000);
    System.out.println(
        String.join(
            "\n",
            sigmoidOfFloat.toString(),
            logSigmoidOfFloat.toString(),
            sigmoidOfDouble.toString(),
            logSigmoidOfDouble.toString()));
  }

  /** Every power of two, the edges of the ranges, and random numbers of each scale. */
  private void search(long seed, int count) {
    for (int exponent = Float.MIN_EXPONENT - 23; exponent <= Float.MAX_EXPONENT; exponent++) {
      check(Math.scalb(1f, exponent));
    }
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
      check(Math.scalb(1.0, exponent));
    }
    for (double edge :
        new double[] {87.33, 103.28, 103.97, 104, 708.39, 744.44, 745.13, 746, 800}) {
      for (int step = -40; step <= 40; step++) {
        check((float) edge + step * 0x1p-17f);
        check(edge + step * 0x1p-6);
      }
    }
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      double scale = Math.scalb(1.0, random.nextInt(16) - 5);
      check((float) (random.nextDouble() * Math.min(scale, 128)));
      check(random.nextDouble() * scale);
    }
  }

  private void check(float magnitude) {
    for (float z : new float[] {magnitude, -magnitude}) {
      sigmoidOfFloat.add(
          Ulp.error(Sigmoid.sigmoid(z), rounded(sigmoid(z))) / FLOAT_BOUND, () -> "z = " + z);
      logSigmoidOfFloat.add(
          Ulp.error(-Sigmoid.logSigmoid(z), rounded(softplus(-z))) / FLOAT_BOUND, () -> "z = " + z);
    }
  }

  private void check(double magnitude) {
    for (double z : new double[] {magnitude, -magnitude}) {
      sigmoidOfDouble.add(
          Ulp.error(Sigmoid.sigmoid(z), sigmoid(z)) / DOUBLE_BOUND, () -> "z = " + z);
      logSigmoidOfDouble.add(
          Ulp.error(-Sigmoid.logSigmoid(z), softplus(-z)) / DOUBLE_BOUND, () -> "z = " + z);
    }
  }

  /** softmax([z, 0]) has sigmoid(z) in its first place, to 2 ULP. */
  @Test
  void softmaxOfTwo() {
    Random random = new Random(3);
    for (Backends.Rows backend : Backends.all()) {
      for (int i = 0; i < 200; i++) {
        double z = (2 * random.nextDouble() - 1) * Math.scalb(1.0, random.nextInt(14) - 3);
        float[] floats = backend.softmax(new float[] {(float) z, 0}, 1);
        double[] doubles = backend.softmax(new double[] {z, 0}, 1);
        double ofFloat = Sigmoid.sigmoid((float) z);
        assertThat(Math.abs(floats[0] - ofFloat)).isLessThanOrEqualTo(2 * Ulp.ofFloat(ofFloat));
        double ofDouble = Sigmoid.sigmoid(z);
        assertThat(Math.abs(doubles[0] - ofDouble))
            .isLessThanOrEqualTo(2 * Ulp.ofDouble(ofDouble, 0));
      }
    }
  }

  static DoubleDouble.Scaled sigmoid(double z) {
    DoubleDouble.Scaled e = exp(-Math.abs(z));
    DoubleDouble whole = DoubleDouble.ONE.plus(small(e));
    return z < 0
        ? new DoubleDouble.Scaled(e.fraction().dividedBy(whole), e.power())
        : new DoubleDouble.Scaled(DoubleDouble.ONE.dividedBy(whole), 0);
  }

  static DoubleDouble.Scaled softplus(double z) {
    DoubleDouble.Scaled e = exp(-Math.abs(z));
    if (z > 0) {
      return new DoubleDouble.Scaled(DoubleDouble.of(z).plus(small(e).log1p()), 0);
    }
    return e.power() < TINY ? e : new DoubleDouble.Scaled(small(e).log1p(), 0);
  }

  private static DoubleDouble.Scaled exp(double x) {
    return DoubleDouble.of(Math.max(x, -2000)).exp();
  }

  /** The value, or 0 where it counts for nothing beside 1. */
  private static DoubleDouble small(DoubleDouble.Scaled e) {
    return e.power() < TINY ? DoubleDouble.ZERO : e.value();
  }

  private static double rounded(DoubleDouble.Scaled exact) {
    return Math.scalb(exact.fraction().hi(), exact.power());
  }
}
