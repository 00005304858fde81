package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.softlane.Logits;
import io.github.softlane.accuracy.DoubleDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T = 0 picks the first maximum, T = +inf levels what is not masked, negative T is refused. */
@Tag("slow")
class TemperatureLimitsTest {
  private static final String ROWS = "io.github.softlane.special.Rows#subjectsAndLengths";
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @MethodSource(ROWS)
  void zeroPicksTheFirstMaximum(Subject subject, int n) {
    double[] x = Rows.finite(n);
    for (double max : new double[] {100, subject.largest(), 20}) {
      for (int position : Rows.positions(n)) {
        double[] tied = x.clone();
        for (int i = position; i < n; i += 3) {
          tied[i] = max;
        }
        long[] row = subject.row(tied);
        InfiniteLogitsTest.assertOneHot(subject, row, position, 0);
        subject.check(subject.run(row, 0).logSumExp() == INF, "logSumExp", row, 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void zeroWithAMaximumBelowOrAtZero(Subject subject, int n) {
    double[] x = Rows.finite(n);
    for (int i = 0; i < n; i++) {
      x[i] = -9 - Math.abs(x[i]);
    }
    int middle = n / 2;
    x[middle] = -1;
    InfiniteLogitsTest.assertOneHot(subject, subject.row(x), middle, 0);
    assertThat(subject.run(subject.row(x), 0).logSumExp()).isEqualTo(-INF);
    for (double zero : new double[] {0.0, -0.0}) {
      x[middle] = zero;
      x[n - 1] = -zero;
      InfiniteLogitsTest.assertOneHot(subject, subject.row(x), Math.min(middle, n - 1), 0);
      assertThat(Math.abs(subject.run(subject.row(x), 0).logSumExp())).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void infinityLevelsWhatIsNotMasked(Subject subject, int n) {
    double[] x = Rows.finite(n);
    x[0] = subject.largest();
    x[n - 1] = -subject.largest();
    int left = n;
    for (int i = 1; i < n - 1; i += 4) {
      x[i] = -INF;
      left--;
    }
    long[] row = subject.row(x);
    Subject.Outcome outcome = subject.run(row, INF);
    double log = DoubleDouble.of(left).log().hi();
    for (int i = 0; i < n; i++) {
      boolean masked = x[i] == -INF;
      double p = masked ? 0 : subject.nearest(1.0 / left);
      double logP = masked ? -INF : subject.nearest(-log);
      subject.check(outcome.softmax()[i] == p, "not level", row, INF);
      subject.check(outcome.logSoftmax()[i] == logP, "not level", row, INF);
    }
    subject.check(outcome.logSumExp() == subject.nearest(log), "logSumExp", row, INF);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.NaN})
  void negativeAndNaN(double temperature) {
    float[] x = {1, 2};
    double[] wide = {1, 2};
    String message = "temperature is " + temperature + ", must be 0 or more (+inf allowed)";
    assertThatThrownBy(() -> Logits.softmax(x, x, temperature)).hasMessage(message);
    assertThatThrownBy(() -> Logits.logSoftmax(x, x, temperature)).hasMessage(message);
    assertThatThrownBy(() -> Logits.logSumExp(x, temperature)).hasMessage(message);
    assertThatThrownBy(() -> Logits.softmax(wide, wide, temperature)).hasMessage(message);
    assertThatThrownBy(() -> Logits.logSoftmax(wide, wide, temperature)).hasMessage(message);
    assertThatThrownBy(() -> Logits.logSumExp(wide, temperature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(x).containsExactly(1, 2);
    assertThat(wide).containsExactly(1, 2);
  }
}
