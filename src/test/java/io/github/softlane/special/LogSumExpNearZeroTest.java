package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.accuracy.Ulp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the maximum is 0, log-sum-exp is the log1p of the rest, with relative accuracy. */
class LogSumExpNearZeroTest {
  private static final String SUBJECTS = "io.github.softlane.special.Subject#all";

  @ParameterizedTest
  @MethodSource(SUBJECTS)
  void minusForty(Subject subject) {
    double exact = 4.248354255291589e-18;
    for (long[] row : pair(subject, -40)) {
      double actual = subject.run(row, 1).logSumExp();
      assertThat(actual).isEqualTo(subject.nearest(exact));
    }
  }

  @ParameterizedTest
  @MethodSource(SUBJECTS)
  void everyGap(Subject subject) {
    double deepest = subject.unit() == 0x1p-24 ? 103 : 744;
    for (double gap = 0.5; gap < deepest; gap += 0.375) {
      for (long[] row : pair(subject, -gap)) {
        subject.assertWithinBounds(row, 1);
        subject.assertWithinBounds(row, 0.7);
        double actual = subject.run(row, 1).logSumExp();
        double rest = Math.exp(-gap);
        double exact = Math.log1p(rest);
        boolean near =
            subject.unit() == 0x1p-24
                ? Ulp.error((float) actual, exact) <= 2
                : Ulp.error(actual, exact, 0) <= 3;
        assertThat(near).as("%s for gap %s: %s", subject, gap, actual).isTrue();
      }
    }
  }

  /** Beside zeros of either sign and masked entries. */
  @ParameterizedTest
  @MethodSource(SUBJECTS)
  void amongOthers(Subject subject) {
    double[] x = new double[37];
    for (int position = 0; position < x.length; position++) {
      for (int i = 0; i < x.length; i++) {
        x[i] = i % 4 == 1 ? Double.NEGATIVE_INFINITY : -30 - i;
      }
      x[position] = position % 2 == 0 ? 0.0 : -0.0;
      subject.assertWithinBounds(subject.row(x), 1);
    }
  }

  private static long[][] pair(Subject subject, double other) {
    return new long[][] {
      subject.row(0, other), subject.row(other, 0), subject.row(-0.0, other),
    };
  }
}
