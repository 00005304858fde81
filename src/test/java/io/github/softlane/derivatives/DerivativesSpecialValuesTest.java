package io.github.softlane.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of what the derivatives say about special values and temperatures. */
class DerivativesSpecialValuesTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final int[] LENGTHS = {1, 2, 8, 17, 100};

  static Stream<Arguments> all() {
    return Dispatch.all().stream()
        .flatMap(backend -> Stream.of(true, false).map(isFloat -> Arguments.of(backend, isFloat)));
  }

  private static double[] ramp(int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i * 5 % 7) * 0.5;
    }
    return x;
  }

  private static int[] positions(int n) {
    return new int[] {0, n / 2, n - 1};
  }

  @ParameterizedTest
  @MethodSource("all")
  void rowsWithoutADistribution(Backend backend, boolean isFloat) {
    for (int n : LENGTHS) {
      for (double t : new double[] {1, 0.7, 0, INF, 1e-310}) {
        for (Derivative derivative : Derivative.values()) {
          for (int at : positions(n)) {
            for (double special : new double[] {NAN, INF}) {
              double[] x = ramp(n);
              x[at] = special;
              assertThat(derivative.of(backend, isFloat, x, ramp(n), t)).containsOnly(NAN);
            }
          }
          double[] masked = new double[n];
          Arrays.fill(masked, -INF);
          assertThat(derivative.of(backend, isFloat, masked, ramp(n), t)).containsOnly(NAN);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void maskedEntries(Backend backend, boolean isFloat) {
    for (int n : new int[] {2, 8, 17, 100}) {
      for (int at : positions(n)) {
        double[] x = ramp(n);
        x[at] = -INF;
        double[] g = ramp(n);
        g[at] = 3;
        double[] without = without(x, at);
        double[] gWithout = without(g, at);
        for (Derivative derivative :
            new Derivative[] {Derivative.SOFTMAX_PRODUCT, Derivative.LOG_SUM_EXP_HVP}) {
          double[] y = derivative.of(backend, isFloat, x, g, 0.7);
          assertThat(y[at]).isZero();
          assertClose(without(y, at), derivative.of(backend, isFloat, without, gWithout, 0.7));
        }
        assertThat(Derivative.LOG_SOFTMAX_VJP.of(backend, isFloat, x, g, 1)[at]).isEqualTo(3);
        double[] y = Derivative.LOG_SOFTMAX_JVP.of(backend, isFloat, x, g, 1);
        assertClose(
            without(y, at), Derivative.LOG_SOFTMAX_JVP.of(backend, isFloat, without, gWithout, 1));
        assertThat(Derivative.LOG_SUM_EXP_GRADIENT.of(backend, isFloat, x, g, 1)[at]).isZero();
      }
    }
  }

  private static double[] without(double[] values, int at) {
    double[] rest = new double[values.length - 1];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = values[i < at ? i : i + 1];
    }
    return rest;
  }

  private static void assertClose(double[] found, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(2e-6));
    }
  }

  /** As in IEEE arithmetic: what p (g - sum p g), g - p sum g and v - sum p v give. */
  @ParameterizedTest
  @MethodSource("all")
  void gradientsThatAreNotFinite(Backend backend, boolean isFloat) {
    for (int n : new int[] {3, 8, 17, 100}) {
      for (int at : positions(n)) {
        for (double special : new double[] {NAN, INF, -INF}) {
          for (boolean masked : new boolean[] {false, true}) {
            double[] x = ramp(n);
            double[] g = ramp(n);
            int hidden = at == 1 ? 2 : 1;
            x[hidden] = -INF;
            g[masked ? hidden : at] = special;
            assertThat(Derivative.SOFTMAX_PRODUCT.of(backend, isFloat, x, g, 0.7))
                .isEqualTo(formula(x, g, hidden, 0));
            assertThat(Derivative.LOG_SOFTMAX_VJP.of(backend, isFloat, x, g, 0.7))
                .isEqualTo(formula(x, g, hidden, 1));
            assertThat(Derivative.LOG_SOFTMAX_JVP.of(backend, isFloat, x, g, 0.7))
                .isEqualTo(formula(x, g, hidden, 2));
          }
        }
      }
    }
  }

  /** The formulas in plain arithmetic, with probabilities of 1/n and 0: only what is not finite. */
  private static double[] formula(double[] x, double[] g, int hidden, int kind) {
    int n = x.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double p = i == hidden ? 0 : 1.0 / n;
      sum += kind == 1 ? g[i] : p * g[i];
    }
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      double p = i == hidden ? 0 : 1.0 / n;
      y[i] = kind == 0 ? p * (g[i] - sum) : kind == 1 ? g[i] - p * sum : g[i] - sum;
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("all")
  void infiniteTemperature(Backend backend, boolean isFloat) {
    for (Derivative derivative : Derivative.values()) {
      assertZero(derivative.of(backend, isFloat, ramp(8), ramp(8), INF));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void zeroTemperature(Backend backend, boolean isFloat) {
    double[] x = {1, 3, -INF, 3};
    double[] g = {2, -1, 0, 0.5};
    assertZero(Derivative.SOFTMAX_PRODUCT.of(backend, isFloat, x, g, 0));
    assertZero(Derivative.LOG_SUM_EXP_HVP.of(backend, isFloat, x, g, 0));
    assertZero(Derivative.SOFTMAX_JACOBIAN.of(backend, isFloat, x, g, 0));
    assertThat(Derivative.LOG_SUM_EXP_GRADIENT.of(backend, isFloat, x, g, 0))
        .containsExactly(0, INF, 0, 0);
    assertThat(Derivative.LOG_SOFTMAX_VJP.of(backend, isFloat, x, g, 0))
        .containsExactly(INF, -INF, 0, INF);
    assertThat(Derivative.LOG_SOFTMAX_JVP.of(backend, isFloat, x, g, 0))
        .containsExactly(INF, 0, INF, INF);
    double[] jacobian = Derivative.LOG_SOFTMAX_JACOBIAN.of(backend, isFloat, x, g, 0);
    assertThat(jacobian)
        .containsExactly(INF, -INF, 0, 0, 0, 0, 0, 0, 0, -INF, INF, 0, 0, -INF, 0, INF);
  }

  private static void assertZero(double[] values) {
    for (double value : values) {
      assertThat(value).isZero();
    }
  }

  /** With one entry nothing can change. */
  @ParameterizedTest
  @MethodSource("all")
  void oneEntry(Backend backend, boolean isFloat) {
    double[] x = {5};
    double[] g = {3};
    for (Derivative derivative : Derivative.values()) {
      double expected = derivative == Derivative.LOG_SUM_EXP_GRADIENT ? 2 : 0;
      assertThat(derivative.of(backend, isFloat, x, g, 0.5)[0])
          .as(derivative.name())
          .matches(value -> value == expected);
    }
  }

  /** p is 1 in the type, and 1 - p is not 0. */
  @ParameterizedTest
  @MethodSource("all")
  void saturatedRows(Backend backend, boolean isFloat) {
    double tiny = Math.exp(-60);
    double[] x = {0, -60};
    double[] g = {1, 0};
    double[] expected = {tiny, -tiny};
    for (double offset : new double[] {0, 1, -7}) {
      double[] moved = {g[0] + offset, g[1] + offset};
      assertRelative(Derivative.SOFTMAX_PRODUCT.of(backend, isFloat, x, moved, 1), expected);
    }
    assertRelative(Derivative.LOG_SOFTMAX_VJP.of(backend, isFloat, x, g, 1), expected);
    assertRelative(
        Derivative.LOG_SOFTMAX_JVP.of(backend, isFloat, x, g, 1), new double[] {tiny, -1});
    assertRelative(
        Derivative.SOFTMAX_JACOBIAN.of(backend, isFloat, x, g, 1),
        new double[] {tiny, -tiny, -tiny, tiny});
    assertRelative(
        Derivative.LOG_SOFTMAX_JACOBIAN.of(backend, isFloat, x, g, 1),
        new double[] {tiny, -tiny, -1, 1});
  }

  private static void assertRelative(double[] found, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(4e-7 * Math.abs(expected[i])));
    }
  }
}
