package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.bits.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** {@link Log} against logarithms to 50 digits. */
class LogTest {
  private static final int CASES = 1500;

  private final Random random = new Random(9);
  private double largest;
  private String where = "";

  @Test
  void sumsOfRows() {
    // A row of n elements sums to between 0.7 and 2^31 of its largest power.
    check(CASES, () -> 0.7 * StrictMath.pow(2, 31.5 * random.nextDouble()), () -> 0);
    assertThat(largest).as(where).isLessThanOrEqualTo(0.51);
  }

  @Test
  void everyTableEntryAndItsBorders() {
    for (int i = 2 * LogTable.FIRST - 1; i <= 2 * 92 + 1; i++) {
      double border = i / 128.0;
      for (double s : new double[] {Math.nextDown(border), border, Math.nextUp(border)}) {
        check(1, () -> s, () -> 0);
        check(1, () -> 2 * s, () -> 0);
      }
    }
    assertThat(largest).as(where).isLessThanOrEqualTo(0.51);
  }

  @Test
  void nearOneTheRelativeAccuracyStays() {
    for (int power = -52; power < -1; power++) {
      double scale = Math.scalb(1.0, power);
      check(40, () -> 1 + scale * (1 + random.nextDouble()), () -> 0);
      check(40, () -> 1 - scale * (0.25 + 0.5 * random.nextDouble()), () -> 0);
    }
    assertThat(largest).as(where).isLessThanOrEqualTo(0.51);
  }

  @Test
  void nearlyWithAnAddend() {
    for (int i = 0; i < CASES / 5; i++) {
      double sum = 0.7 * StrictMath.pow(2, 31.5 * random.nextDouble());
      double add = random.nextGaussian() * StrictMath.pow(10, random.nextInt(6) - 1);
      double exact = Decimals.ln(new BigDecimal(sum)).add(new BigDecimal(add)).doubleValue();
      assertThat(FloatLog.logPlus(sum, add))
          .as("log(%s) + %s", sum, add)
          .isCloseTo(exact, within(0x1p-50 * Math.max(Math.max(1, Math.abs(add)), exact)));
    }
  }

  /** Small quotients too, whose logarithm is about the quotient itself. */
  @Test
  void nearlyOfARatio() {
    for (int i = 0; i < CASES / 10; i++) {
      double whole = 0.7 + random.nextDouble();
      double part =
          whole * (0.7 * random.nextDouble() - 0.29) * Math.scalb(1.0, -random.nextInt(90));
      BigDecimal sum = new BigDecimal(whole).add(new BigDecimal(part));
      BigDecimal one = sum.divide(new BigDecimal(whole), new MathContext(120));
      double exact = Decimals.ln(one).doubleValue();
      assertThat(FloatLog.logOfRatioPlus(part, whole, 0))
          .as("log(1 + %s / %s)", part, whole)
          .isCloseTo(exact, within(0x1p-50 * Math.abs(exact)));
    }
  }

  /** 1 + tiny in two parts: the logarithm is about the tiny part. */
  @Test
  void nearOneInTwoParts() {
    for (int power = -110; power < -53; power++) {
      double tiny = Math.scalb(1 + random.nextDouble(), power);
      measure(Log.log(1, tiny), Decimals.ln(BigDecimal.ONE.add(new BigDecimal(tiny))), "" + tiny);
    }
    assertThat(largest).as(where).isLessThanOrEqualTo(0.51);
    for (int power = -1000; power < -110; power++) {
      double tiny = Math.scalb(1 + random.nextDouble(), power);
      assertThat(Log.log(1, tiny)).isEqualTo(tiny);
    }
  }

  @Test
  void withAnAddend() {
    check(
        CASES,
        () -> 0.7 * StrictMath.pow(2, 31.5 * random.nextDouble()),
        () -> StrictMath.pow(2, 40 * random.nextDouble() - 20));
    assertThat(largest).as(where).isLessThanOrEqualTo(0.51);
  }

  /** Where log and addend cancel the error is measured against the larger of them. */
  @Test
  void withAnAddendThatCancels() {
    double worst = 0;
    for (int i = 0; i < CASES; i++) {
      double s = 0.7 * StrictMath.pow(2, 31.5 * random.nextDouble());
      double add = -StrictMath.log(s) * (1 + 1e-3 * random.nextGaussian());
      double actual = Log.logPlus(s, 0, add, 0);
      BigDecimal expected = Decimals.ln(new BigDecimal(s)).add(new BigDecimal(add));
      double error = new BigDecimal(actual).subtract(expected).abs().doubleValue();
      double rounding = 0.51 * Math.ulp(expected.doubleValue());
      worst = Math.max(worst, (error - rounding) / Math.abs(add));
    }
    assertThat(worst).isLessThanOrEqualTo(0x1p-60);
  }

  /** The second parts of sum and addend count as much as the first. */
  @Test
  void secondParts() {
    for (int i = 0; i < CASES; i++) {
      double s = 0.7 * StrictMath.pow(2, 31.5 * random.nextDouble());
      double sLo = Math.ulp(s) * (random.nextDouble() - 0.5);
      double add = 20 * random.nextDouble();
      double addLo = Math.ulp(add) * (random.nextDouble() - 0.5);
      BigDecimal sum = new BigDecimal(s).add(new BigDecimal(sLo));
      BigDecimal expected = Decimals.ln(sum).add(new BigDecimal(add)).add(new BigDecimal(addLo));
      measure(Log.logPlus(s, sLo, add, addLo), expected, "s " + s + ", add " + add);
    }
    assertThat(largest).as(where).isLessThanOrEqualTo(0.51);
  }

  @Test
  void oneIsExact() {
    assertThat(Log.log(1, 0)).isZero();
    assertThat(Log.logPlus(1, 0, 3.25, 0)).isEqualTo(3.25);
    assertThat(Log.logPlus(1, 0, -1e300, 0)).isEqualTo(-1e300);
  }

  private void check(int count, DoubleSupplier sum, DoubleSupplier add) {
    for (int i = 0; i < count; i++) {
      double s = sum.getAsDouble();
      double a = add.getAsDouble();
      BigDecimal expected = Decimals.ln(new BigDecimal(s)).add(new BigDecimal(a));
      measure(Log.logPlus(s, 0, a, 0), expected, "s " + s + ", add " + a);
    }
  }

  private void measure(double actual, BigDecimal expected, String input) {
    if (expected.signum() == 0) {
      assertThat(actual).isZero();
      return;
    }
    double ulps = Decimals.ulps(actual, expected);
    if (ulps > largest) {
      largest = ulps;
      where = input + ": " + ulps + " ULP";
    }
  }
}
