package io.github.softlane.special;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any NaN makes the whole row NaN, whatever else the row holds. */
@Tag("slow")
class NotANumberTest {
  private static final String ROWS = "io.github.softlane.special.Rows#subjectsAndLengths";

  @ParameterizedTest
  @MethodSource(ROWS)
  void everyPatternAtEveryPosition(Subject subject, int n) {
    long[] row = subject.row(Rows.finite(n));
    for (int position : Rows.positions(n)) {
      long finite = row[position];
      for (long nan : subject.nans()) {
        row[position] = nan;
        assertAllNaN(subject, row, 1);
      }
      row[position] = finite;
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void everyTemperature(Subject subject, int n) {
    long[] row = subject.row(Rows.finite(n));
    int last = n - 1;
    for (int position : new int[] {0, n / 2, last}) {
      long finite = row[position];
      for (long nan : subject.nans()) {
        row[position] = nan;
        for (double temperature : Rows.TEMPERATURES) {
          assertAllNaN(subject, row, temperature);
        }
      }
      row[position] = finite;
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void besideInfinitiesAndExtremes(Subject subject, int n) {
    double[] others = {
      Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, subject.largest(), -subject.largest(), 0
    };
    double[] temperatures = n < 200 ? Rows.TEMPERATURES : new double[] {1, 0.7, 0};
    for (double other : others) {
      long[] row = new long[n];
      for (int position : new int[] {0, n / 2, n - 1}) {
        Arrays.fill(row, subject.bits(other));
        row[position] = subject.nans().get(position % subject.nans().size());
        for (double temperature : temperatures) {
          assertAllNaN(subject, row, temperature);
        }
      }
    }
  }

  private static void assertAllNaN(Subject subject, long[] row, double temperature) {
    Subject.Outcome outcome = subject.run(row, temperature);
    boolean all = Double.isNaN(outcome.logSumExp());
    for (int i = 0; i < row.length; i++) {
      all &= Double.isNaN(outcome.softmax()[i]) && Double.isNaN(outcome.logSoftmax()[i]);
    }
    subject.check(all, "not all NaN", row, temperature);
  }
}
