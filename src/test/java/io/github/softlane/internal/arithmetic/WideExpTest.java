package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.Ulp;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The exponential in double of an argument in two parts, and the functions near 0. */
class WideExpTest {
  private static final int COUNT = 20_000;
  private static final MathContext DIGITS = new MathContext(50);
  private static final int TERMS = 24;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void exponentials() {
    double worst = 0;
    for (int i = 0; i < COUNT; i++) {
      double z = i % 2 == 0 ? -random.nextDouble() : WideExp.LOWEST * random.nextDouble();
      double zLo = z * 0x1p-53 * (2 * random.nextDouble() - 1);
      double found = WideExp.exp(z, zLo);
      worst = Math.max(worst, Ulp.error(found, new DoubleDouble(z, zLo).exp()));
    }
    assertThat(worst).isBetween(0.45, 1.1);
  }

  @Test
  void limits() {
    assertThat(WideExp.exp(0, 0)).isEqualTo(1);
    assertThat(WideExp.exp(-0.0, 0)).isEqualTo(1);
    assertThat(WideExp.exp(WideExp.LOWEST, 0)).isGreaterThanOrEqualTo(Double.MIN_NORMAL);
    assertThat(WideExp.exp(Math.nextDown(WideExp.LOWEST), 0)).isZero();
    assertThat(WideExp.exp(Double.NEGATIVE_INFINITY, Double.NaN)).isZero();
    assertThat(WideExp.exp(Double.NaN, 0)).isZero();
  }

  @Test
  void functionsNearZero() {
    double excess = 0;
    double divergence = 0;
    for (int i = 0; i < COUNT / 40; i++) {
      double size = Math.exp(-30 * random.nextDouble());
      double t = WideExp.NEAR * size * (i % 2 == 0 ? 1 : -1);
      excess = Math.max(excess, relative(WideExp.excess(t), exactExcess(t)));
      divergence = Math.max(divergence, relative(WideExp.divergence(t), exactDivergence(t)));
    }
    assertThat(WideExp.excess(0)).isZero();
    assertThat(WideExp.divergence(0)).isZero();
    // In units of 2^-53.
    assertThat(excess).isLessThan(4);
    assertThat(divergence).isLessThan(8);
  }

  private static double relative(double found, BigDecimal exact) {
    return new BigDecimal(found).subtract(exact).divide(exact, DIGITS).abs().doubleValue() * 0x1p53;
  }

  /** The series of exp(-t) from the second power on. */
  private static BigDecimal exactExcess(double t) {
    BigDecimal x = new BigDecimal(-t);
    BigDecimal power = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 2; k < TERMS; k++) {
      power = power.multiply(x, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(power, DIGITS);
    }
    return sum;
  }

  /** The series in even powers of r, which is -(exp(-t) - 1) / (exp(-t) + 1). */
  private static BigDecimal exactDivergence(double t) {
    BigDecimal less = exactExcess(t).subtract(new BigDecimal(t));
    BigDecimal r = less.divide(less.add(BigDecimal.TWO), DIGITS);
    BigDecimal square = r.multiply(r, DIGITS);
    BigDecimal power = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 1; k < 2 * TERMS; k++) {
      power = power.multiply(square, DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * k * (2 * k - 1)), DIGITS), DIGITS);
    }
    return sum;
  }
}
