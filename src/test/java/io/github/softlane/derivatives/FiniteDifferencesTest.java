package io.github.softlane.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.LogSoftmaxDerivatives;
import io.github.softlane.LogSumExpDerivatives;
import io.github.softlane.Logits;
import io.github.softlane.SoftmaxDerivatives;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The derivatives are those of the calls in {@link Logits}, as central differences show. */
class FiniteDifferencesTest {
  private static final int N = 9;
  private static final double STEP = 1e-5;

  /** What the differences leave of the third derivative and of the rounding. */
  private static final double ERROR = 1e-8;

  private final double[] x = gaussians(1);
  private final double[] v = gaussians(2);
  private final double[] g = gaussians(3);
  private final double[] out = new double[N];

  private static double[] gaussians(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[N];
    for (int i = 0; i < N; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private double[] moved(double step) {
    double[] moved = x.clone();
    for (int i = 0; i < N; i++) {
      moved[i] += step * v[i];
    }
    return moved;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void assertClose(double[] found, double[] above, double[] below) {
    for (int i = 0; i < N; i++) {
      double difference = (above[i] - below[i]) / (2 * STEP);
      assertThat(found[i]).as("entry %d", i).isCloseTo(difference, within(ERROR));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.7, 3})
  void softmax(double t) {
    double[] above = new double[N];
    double[] below = new double[N];
    Logits.softmax(moved(STEP), above, t);
    Logits.softmax(moved(-STEP), below, t);
    SoftmaxDerivatives.jvp(x, v, out, t);
    assertClose(out, above, below);
    double forward = dot(g, out);
    SoftmaxDerivatives.vjp(x, g, out, t);
    assertThat(dot(out, v)).isCloseTo(forward, within(1e-14));
    double[] jacobian = new double[N * N];
    SoftmaxDerivatives.jacobian(x, jacobian, t);
    assertThat(quadratic(jacobian)).isCloseTo(forward, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.7, 3})
  void logSoftmax(double t) {
    double[] above = new double[N];
    double[] below = new double[N];
    Logits.logSoftmax(moved(STEP), above, t);
    Logits.logSoftmax(moved(-STEP), below, t);
    LogSoftmaxDerivatives.jvp(x, v, out, t);
    assertClose(out, above, below);
    double forward = dot(g, out);
    LogSoftmaxDerivatives.vjp(x, g, out, t);
    assertThat(dot(out, v)).isCloseTo(forward, within(1e-13));
    double[] logP = new double[N];
    Logits.logSoftmax(x, logP, t);
    LogSoftmaxDerivatives.vjpFromOutput(logP, g, out, t);
    assertThat(dot(out, v)).isCloseTo(forward, within(1e-13));
    double[] jacobian = new double[N * N];
    LogSoftmaxDerivatives.jacobian(x, jacobian, t);
    assertThat(quadratic(jacobian)).isCloseTo(forward, within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.7, 3})
  void logSumExp(double t) {
    double above = Logits.logSumExp(moved(STEP), t);
    double below = Logits.logSumExp(moved(-STEP), t);
    LogSumExpDerivatives.gradient(x, out, t);
    assertThat(dot(out, v)).isCloseTo((above - below) / (2 * STEP), within(ERROR));
    double[] gradientAbove = new double[N];
    double[] gradientBelow = new double[N];
    LogSumExpDerivatives.gradient(moved(STEP), gradientAbove, t);
    LogSumExpDerivatives.gradient(moved(-STEP), gradientBelow, t);
    LogSumExpDerivatives.hvp(x, v, out, t);
    assertClose(out, gradientAbove, gradientBelow);
  }

  /** g' J v. */
  private double quadratic(double[] jacobian) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        sum += g[i] * jacobian[i * N + j] * v[j];
      }
    }
    return sum;
  }
}
