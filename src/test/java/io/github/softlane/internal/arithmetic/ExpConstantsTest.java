package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.bits.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The constants of {@link FloatExp} and {@link DoubleExp}. */
class ExpConstantsTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal LN2 = Decimals.ln(BigDecimal.TWO);

  static DoubleStream temperatures() {
    Random random = new Random(8);
    return DoubleStream.concat(
        DoubleStream.of(1, 2, 0.5, 0.1, 0.7, 1000, 1e-3, 1e-30, 1e30, 1.9999999999999998, 3),
        random.doubles(60, -85, 85).map(StrictMath::exp));
  }

  @Test
  @Tag("slow")
  void theGeneratorGivesTheCoefficientsOfFloat() {
    ExpCoefficients fit = ExpCoefficients.minimax(ExpCoefficients.RADIUS_OF_STEPS, 3);
    float[] h = {FloatExp.H0, FloatExp.H1, FloatExp.H2};
    for (int i = 0; i < h.length; i++) {
      assertThat(fit.floatCoefficient(i)).as("H%s", i).isEqualTo(h[i]);
    }
    assertThat(fit.largestError()).isEqualTo(1.7e-10, within(0.05e-10));
  }

  @Test
  @Tag("slow")
  void theGeneratorGivesTheCommonFactor() {
    assertThat(ExpSteps.commonFactor()).isEqualTo(FloatExp.C);
  }

  @Test
  void theFactorsOfTheStepsAreNextToPowersOfTwo() {
    assertThat(FloatExp.LOG_C).isEqualTo(Decimals.ln(exact(FloatExp.C)).doubleValue());
    assertThat(ExpSteps.largestError(FloatExp.C)).isLessThan(0.077 * 0x1p-24);
    float[] factors = ExpSteps.factors(FloatExp.C);
    for (int i = 0; i < FloatExp.STEPS; i++) {
      assertThat(FloatExp.stepFactor(i)).as("step %s", i).isEqualTo(factors[i]);
      assertThat(FloatExp.stepFactor(i + 5 * FloatExp.STEPS)).isEqualTo(factors[i]);
      float magicSum = FloatExp.UNIT.magic(0) + i;
      BigDecimal power = exact(FloatExp.power(magicSum)).multiply(exact(FloatExp.UNBIAS));
      assertNear(power, ExpSteps.exactPower(FloatExp.C, i), Math.log(0.077) / Math.log(2) - 24);
    }
  }

  @Test
  @Tag("slow")
  void theGeneratorGivesTheCoefficientsOfDouble() {
    ExpCoefficients fit = ExpCoefficients.minimax(ExpCoefficients.RADIUS, 10);
    double[] h = {
      DoubleExp.H0, DoubleExp.H1, DoubleExp.H2, DoubleExp.H3, DoubleExp.H4,
      DoubleExp.H5, DoubleExp.H6, DoubleExp.H7, DoubleExp.H8, DoubleExp.H9
    };
    for (int i = 0; i < h.length; i++) {
      assertThat(fit.coefficient(i)).as("H%s", i).isEqualTo(h[i]);
    }
    assertThat(fit.largestError()).isEqualTo(3.7e-18, within(0.05e-18));
  }

  @ParameterizedTest
  @MethodSource("temperatures")
  void floatConstants(double temperature) {
    FloatExp exp = FloatExp.of(temperature);
    // T' = T * 2^-j, exact.
    BigDecimal mantissa = exact(temperature).multiply(exact(exp.scale));
    assertThat(mantissa).isBetween(BigDecimal.ONE, BigDecimal.TWO);
    assertThat(exp.temperature).isEqualTo(temperature);
    BigDecimal step = LN2.multiply(mantissa).divide(exact(FloatExp.STEPS), DIGITS);
    BigDecimal inverse = BigDecimal.ONE.divide(mantissa, DIGITS);

    assertNear(exact(exp.log2e), inverse.divide(LN2, DIGITS), -24);
    assertThat(exp.stepsOfE).isEqualTo(FloatExp.STEPS * exp.log2e);
    assertNear(exact(exp.minusStepHi), step.negate(), -24);
    assertNear(exact(exp.minusStepHi).add(exact(exp.minusStepLo)), step.negate(), -48);
    assertNear(exact(exp.inverse), inverse, -24);
    assertNear(exact(exp.inverseHi), inverse, -23);
    // Not above 1/T' but for the rounding of 1/T' to double.
    assertThat((double) exp.inverseHi).isLessThanOrEqualTo(inverse.doubleValue());
    assertThat(exp.inverseLoAboveZero).isPositive();
    assertNear(exact(exp.inverseHi).add(exact(exp.inverseLoAboveZero)), inverse, -47);

    float[] h = {exp.h0, exp.h1, exp.h2};
    float[] unit = {FloatExp.H0, FloatExp.H1, FloatExp.H2};
    for (int i = 0; i < h.length; i++) {
      assertNear(exact(h[i]), exact(unit[i]).divide(mantissa.pow(i + 2), DIGITS), -23.99);
    }
  }

  @ParameterizedTest
  @MethodSource("temperatures")
  void doubleConstants(double temperature) {
    DoubleExp exp = DoubleExp.of(temperature);
    BigDecimal mantissa = exact(temperature).multiply(exact(exp.scale));
    assertThat(mantissa).isBetween(BigDecimal.ONE, BigDecimal.TWO);
    assertThat(exp.temperature).isEqualTo(temperature);
    BigDecimal ln2 = LN2.multiply(mantissa);
    BigDecimal inverse = BigDecimal.ONE.divide(mantissa, DIGITS);

    assertNear(exact(exp.log2e), inverse.divide(LN2, DIGITS), -52);
    assertNear(exact(exp.minusLn2Hi), ln2.negate(), -52);
    assertNear(exact(exp.minusLn2Hi).add(exact(exp.minusLn2Lo)), ln2.negate(), -104);
    assertNear(exact(exp.minusLn2LoScaled), exact(exp.minusLn2Lo).multiply(inverse), -52);
    assertNear(exact(exp.inverseHi).add(exact(exp.inverseLo)), inverse, -104);
    assertThat(exact(exp.inverseHi)).isLessThanOrEqualTo(inverse);
    assertThat(exp.inverseLo).isNotNegative();
    assertThat(exp.inverseLoAboveZero).isPositive().isGreaterThanOrEqualTo(exp.inverseLo);

    double[] h = {exp.h0, exp.h1, exp.h2, exp.h3, exp.h4, exp.h5, exp.h6, exp.h7, exp.h8, exp.h9};
    double[] unit = {
      DoubleExp.H0, DoubleExp.H1, DoubleExp.H2, DoubleExp.H3, DoubleExp.H4,
      DoubleExp.H5, DoubleExp.H6, DoubleExp.H7, DoubleExp.H8, DoubleExp.H9
    };
    for (int i = 0; i < h.length; i++) {
      // The rounded powers of T' add half an ulp each.
      double bits = -53 + Math.log(i + 2.0) / Math.log(2);
      assertNear(exact(h[i]), exact(unit[i]).divide(mantissa.pow(i + 2), DIGITS), bits);
    }
  }

  /** At T = 1 the steps that the vector passes leave out change nothing. */
  @Test
  void theConstantsOfOneAreOneAndZero() {
    assertThat(FloatExp.UNIT.scale).isEqualTo(1f);
    assertThat(FloatExp.UNIT.inverse).isEqualTo(1f);
    assertThat(FloatExp.UNIT.inverseHi).isEqualTo(1f);
    assertThat(DoubleExp.UNIT.scale).isEqualTo(1);
    assertThat(DoubleExp.UNIT.inverseHi).isEqualTo(1);
    assertThat(DoubleExp.UNIT.inverseLo).isZero();
    assertThat(DoubleExp.UNIT.minusLn2LoScaled).isEqualTo(DoubleExp.UNIT.minusLn2Lo);
  }

  @Test
  void theUnitOfABlockStopsBeforeItsGridsAreSubnormal() {
    assertThat(FloatExp.UNIT.unit(0)).isEqualTo(1f);
    assertThat(FloatExp.UNIT.unit(24)).isEqualTo(0x1p24f);
    assertThat(FloatExp.UNIT.unit(-50)).isEqualTo(0x1p-50f);
    float lowest = FloatExp.UNIT.unit(Float.NEGATIVE_INFINITY);
    assertThat(Math.ulp(FloatLanes.FINE_START * lowest)).isGreaterThan(Float.MIN_NORMAL);
    assertThat(DoubleExp.UNIT.unit(0)).isEqualTo(1);
    assertThat(DoubleExp.UNIT.unit(24)).isEqualTo(0x1p24);
    assertThat(DoubleExp.UNIT.unit(-50)).isEqualTo(0x1p-50);
    double lowestOfDouble = DoubleExp.UNIT.unit(Double.NEGATIVE_INFINITY);
    assertThat(Math.ulp(DoubleLanes.FINE_START * lowestOfDouble)).isGreaterThan(Double.MIN_NORMAL);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-126, 0x1p-127, 0x1.fp126, 1})
  void floatCoversWhereTheScaleIsANormalNumber(double temperature) {
    assertThat(FloatExp.covers(temperature)).isTrue();
    assertThat(FloatExp.of(temperature).scale).isBetween(Float.MIN_NORMAL, Float.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0x1.fp-128, 0x1p127, Double.MIN_VALUE, Double.POSITIVE_INFINITY})
  void floatDoesNotCoverTheRest(double temperature) {
    assertThat(FloatExp.covers(temperature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_NORMAL, 0x1.8p-1022, 0x1.fp1022, 1})
  void doubleCoversWhereTheScaleIsANormalNumber(double temperature) {
    assertThat(DoubleExp.covers(temperature)).isTrue();
    assertThat(DoubleExp.of(temperature).scale).isBetween(Double.MIN_NORMAL, Double.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0x1p-1023, 0x1p1023, Double.MIN_VALUE, Double.POSITIVE_INFINITY})
  void doubleDoesNotCoverTheRest(double temperature) {
    assertThat(DoubleExp.covers(temperature)).isFalse();
  }

  /** An element at the floor is exactly 0, and a little above it is not. */
  @ParameterizedTest
  @MethodSource("temperatures")
  void theFloorIsWhereTheExponentFieldIsZero(double temperature) {
    FloatExp single = FloatExp.of(temperature);
    DoubleExp twice = DoubleExp.of(temperature);
    for (int power : new int[] {-1400, -3, 0, 1, 2, 200, 1400}) {
      float magic = single.magic(power);
      float floor = single.floor(power);
      assertThat(FloatExp.power(Fused.fma(floor, single.stepsOfE, magic))).isZero();
      float above = floor + 1.5f / single.log2e;
      assertThat(FloatExp.power(Fused.fma(above, single.stepsOfE, magic))).isPositive();
      double doubleMagic = twice.magic(power);
      double doubleFloor = twice.floor(power);
      assertThat(DoubleExp.power(Fused.fma(doubleFloor, twice.log2e, doubleMagic))).isZero();
      double doubleAbove = doubleFloor + 1.5 / twice.log2e;
      assertThat(DoubleExp.power(Fused.fma(doubleAbove, twice.log2e, doubleMagic))).isPositive();
    }
  }

  /** Within 2^bits of the expected value, relative to it. */
  private static void assertNear(BigDecimal actual, BigDecimal expected, double bits) {
    BigDecimal error = actual.subtract(expected).divide(expected, DIGITS).abs();
    assertThat(error.doubleValue()).isLessThanOrEqualTo(Math.pow(2, bits));
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }
}
