package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The reference arithmetic against decimal series of 60 digits. */
class DoubleDoubleTest {
  private static final MathContext DIGITS = DoubleDouble.DIGITS;
  private static final BigDecimal BOUND = BigDecimal.TWO.pow(-96, DIGITS);
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void exp() {
    for (int i = 0; i < 500; i++) {
      DoubleDouble x = random(random.nextDouble(-745, 30));
      DoubleDouble.Scaled actual = x.exp();
      BigDecimal power = new BigDecimal(2).pow(-actual.power(), DIGITS);
      assertNear(actual.fraction().exact(), exp(x.exact()).multiply(power, DIGITS));
    }
  }

  @Test
  void logUndoesExp() {
    for (int i = 0; i < 500; i++) {
      DoubleDouble x = random(random.nextDouble(1.6, 1e9));
      assertNear(exp(x.log().exact()), x.exact());
    }
  }

  @Test
  void log1pUndoesExpm1() {
    for (int i = 0; i < 500; i++) {
      DoubleDouble x = random(Math.exp(random.nextDouble(-60, 0)));
      BigDecimal expm1 = exp(x.log1p().exact()).subtract(BigDecimal.ONE);
      assertNear(expm1, x.exact());
    }
  }

  @Test
  void fieldOperations() {
    for (int i = 0; i < 500; i++) {
      DoubleDouble a = random(random.nextDouble(-100, 100));
      DoubleDouble b = random(random.nextDouble(0.01, 100));
      assertNear(a.times(b).exact(), a.exact().multiply(b.exact()));
      assertNear(a.dividedBy(b).exact(), a.exact().divide(b.exact(), DIGITS));
      BigDecimal size = a.exact().abs().add(b.exact());
      assertThat(a.plus(b).exact().subtract(a.exact().add(b.exact())).abs())
          .isLessThan(size.multiply(BOUND));
      assertThat(a.minus(b).exact().subtract(a.exact().subtract(b.exact())).abs())
          .isLessThan(size.multiply(BOUND));
    }
  }

  @Test
  void aWrongDigitWouldShow() {
    DoubleDouble x = DoubleDouble.of(-3.25);
    DoubleDouble e = x.exp().value();
    BigDecimal wrong = e.exact().multiply(BigDecimal.ONE.add(BigDecimal.TWO.pow(-94, DIGITS)));
    assertThat(relativeError(wrong, exp(x.exact()))).isGreaterThan(BOUND);
  }

  private DoubleDouble random(double hi) {
    return new DoubleDouble(hi, Math.ulp(hi) * random.nextDouble(-0.5, 0.5));
  }

  private static void assertNear(BigDecimal actual, BigDecimal exact) {
    assertThat(relativeError(actual, exact)).isLessThan(BOUND);
  }

  private static BigDecimal relativeError(BigDecimal actual, BigDecimal exact) {
    return actual.subtract(exact).divide(exact, DIGITS).abs();
  }

  /** By the series at x / 2^16, squared 16 times, in 20 digits more than are compared. */
  private static BigDecimal exp(BigDecimal x) {
    MathContext digits = new MathContext(80);
    BigDecimal r = x.divide(BigDecimal.valueOf(1 << 16), digits);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(r, digits).divide(BigDecimal.valueOf(i), digits);
      sum = sum.add(term, digits);
    }
    for (int i = 0; i < 16; i++) {
      sum = sum.multiply(sum, digits);
    }
    return sum;
  }
}
