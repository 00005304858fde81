package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lowest index wins a tie; both zeros tie; the first NaN wins over all. */
class ArgmaxTest {
  private static final String ROWS = "io.github.softlane.special.Rows#subjectsAndLengths";

  @ParameterizedTest
  @MethodSource(ROWS)
  void theFirstOfTheLargest(Subject subject, int n) {
    for (double max : new double[] {9, subject.largest(), Double.POSITIVE_INFINITY}) {
      for (int position : Rows.positions(n)) {
        double[] x = Rows.finite(n);
        for (int i = position; i < n; i += 5) {
          x[i] = max;
        }
        assertThat(subject.argmax(subject.row(x))).isEqualTo(position);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void zerosTie(Subject subject, int n) {
    for (int position : Rows.positions(n)) {
      for (double zero : new double[] {0.0, -0.0}) {
        double[] x = new double[n];
        Arrays.fill(x, -1);
        x[position] = zero;
        for (int i = position + 1; i < n; i++) {
          x[i] = -zero;
        }
        assertThat(subject.argmax(subject.row(x))).isEqualTo(position);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void constantRows(Subject subject, int n) {
    for (double all : new double[] {3, Double.NEGATIVE_INFINITY, -subject.largest()}) {
      double[] x = new double[n];
      Arrays.fill(x, all);
      assertThat(subject.argmax(subject.row(x))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void theFirstNaN(Subject subject, int n) {
    for (int position : Rows.positions(n)) {
      for (long nan : subject.nans()) {
        long[] row = subject.row(Rows.finite(n));
        row[n / 3] = subject.bits(Double.POSITIVE_INFINITY);
        for (int i = position; i < n; i += 4) {
          row[i] = nan;
        }
        assertThat(subject.argmax(row)).isEqualTo(position);
      }
    }
  }
}
