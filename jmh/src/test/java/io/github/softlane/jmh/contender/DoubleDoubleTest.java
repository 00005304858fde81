package io.github.softlane.jmh.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the plain series in 60 decimal digits. */
class DoubleDoubleTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final double RELATIVE_ERROR = 0x1p-90;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-20, -1e-5, 0.3, -0.7, 1, -1, 5.5, -17.25, -60.1, 88, -300.7})
  void exponential(double x) {
    assertClose(DoubleDouble.of(x).exp(), exp(x));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.7, 1.5, 9.9, 30})
  void logarithmUndoesTheExponential(double x) {
    assertClose(DoubleDouble.of(x).exp().log(), new BigDecimal(x));
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 1e10, -7e-5})
  void quotientTimesDivisor(double x) {
    DoubleDouble divisor = new DoubleDouble(x, Math.ulp(x) / 8);
    DoubleDouble third = DoubleDouble.of(1).dividedBy(divisor);
    assertClose(third.times(divisor), BigDecimal.ONE);
  }

  private static void assertClose(DoubleDouble actual, BigDecimal expected) {
    BigDecimal sum = new BigDecimal(actual.hi()).add(new BigDecimal(actual.lo()));
    double error = sum.subtract(expected).divide(expected, DIGITS).doubleValue();
    assertThat(error).isCloseTo(0, within(RELATIVE_ERROR));
  }

  private static BigDecimal exp(double x) {
    BigDecimal argument = new BigDecimal(x).abs();
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 1200; i++) {
      term = term.multiply(argument, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return x < 0 ? BigDecimal.ONE.divide(sum, DIGITS) : sum;
  }
}
