package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.accuracy.DoubleDouble;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A constant row: 1/n and -log(n), correctly rounded. */
@Tag("slow")
class ConstantRowsTest {
  private static final String ROWS = "io.github.softlane.special.Rows#subjectsAndLengths";

  @ParameterizedTest
  @MethodSource(ROWS)
  void everyTemperatureButZero(Subject subject, int n) {
    for (double logit : logits(subject)) {
      double[] x = new double[n];
      Arrays.fill(x, logit);
      long[] row = subject.row(x);
      for (double temperature : Rows.TEMPERATURES) {
        if (temperature != 0) {
          assertUniform(subject, row, temperature);
        }
      }
    }
  }

  /** Both zeros are one value. */
  @ParameterizedTest
  @MethodSource(ROWS)
  void zerosOfBothSigns(Subject subject, int n) {
    double[] x = new double[n];
    for (int negative = 0; negative < 3; negative++) {
      for (int i = 0; i < n; i++) {
        x[i] = i % 3 == negative ? -0.0 : 0.0;
      }
      long[] row = subject.row(x);
      assertUniform(subject, row, 1);
      assertUniform(subject, row, 0.7);
      assertThat(subject.run(row, 1).logSumExp())
          .isEqualTo(subject.nearest(DoubleDouble.of(n).log().hi()));
    }
  }

  /** log(n) beside x / T; where they are far apart in size the sum is rounded once. */
  @ParameterizedTest
  @MethodSource(ROWS)
  void logSumExp(Subject subject, int n) {
    for (double logit : logits(subject)) {
      double[] x = new double[n];
      Arrays.fill(x, logit);
      for (double temperature : new double[] {1, 0.7, 2, 1e-3, 1e3, 1e300}) {
        subject.assertLogSumExpWithinBound(subject.row(x), temperature);
      }
    }
  }

  private static double[] logits(Subject subject) {
    return new double[] {
      0,
      -0.0,
      1,
      -3.5,
      1e8,
      -1e30,
      subject.largest(),
      -subject.largest(),
      subject.smallest(),
      -subject.smallest()
    };
  }

  private static void assertUniform(Subject subject, long[] row, double temperature) {
    int n = row.length;
    Subject.Outcome outcome = subject.run(row, temperature);
    // 1.0 / n rounded once more to float is 1/n correctly rounded: n is far below 2^29.
    double share = subject.nearest(1.0 / n);
    double logShare = subject.nearest(-DoubleDouble.of(n).log().hi());
    for (int i = 0; i < n; i++) {
      subject.check(outcome.softmax()[i] == share, "not 1/n", row, temperature);
      subject.check(outcome.logSoftmax()[i] == logShare, "not -log(n)", row, temperature);
    }
  }
}
