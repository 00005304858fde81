package io.github.softlane.special;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows with +inf, of -inf only, and with -inf beside finite values. */
@Tag("slow")
class InfiniteLogitsTest {
  private static final String ROWS = "io.github.softlane.special.Rows#subjectsAndLengths";
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @MethodSource(ROWS)
  void onePositiveInfinity(Subject subject, int n) {
    double[] x = Rows.finite(n);
    for (int position : Rows.positions(n)) {
      double finite = x[position];
      x[position] = INF;
      for (double temperature : Rows.TEMPERATURES) {
        assertNaNAndLogSumExp(subject, subject.row(x), temperature, INF);
      }
      x[position] = finite;
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void positiveInfinitiesBesideNegativeOnes(Subject subject, int n) {
    double[] x = new double[n];
    for (int position : new int[] {0, n / 2, n - 1}) {
      Arrays.fill(x, -INF);
      x[position] = INF;
      x[n - 1 - position] = INF;
      for (double temperature : Rows.TEMPERATURES) {
        assertNaNAndLogSumExp(subject, subject.row(x), temperature, INF);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void onlyNegativeInfinities(Subject subject, int n) {
    double[] x = new double[n];
    Arrays.fill(x, -INF);
    for (double temperature : Rows.TEMPERATURES) {
      assertNaNAndLogSumExp(subject, subject.row(x), temperature, -INF);
    }
  }

  /** Probability exactly 1, and the log-sum-exp exactly the logit. */
  @ParameterizedTest
  @MethodSource(ROWS)
  void oneFiniteLogit(Subject subject, int n) {
    double[] logits = {
      5, -3.5, 0, -0.0, 1e6, subject.largest(), -subject.largest(), subject.smallest()
    };
    double[] x = new double[n];
    Arrays.fill(x, -INF);
    for (int position : Rows.positions(n)) {
      for (double logit : logits) {
        x[position] = logit;
        long[] row = subject.row(x);
        Subject.Outcome outcome = assertOneHot(subject, row, position, 1);
        subject.check(
            outcome.logSumExp() == subject.value(row[position]),
            "logSumExp is not the logit",
            row,
            1);
      }
      x[position] = -INF;
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void oneFiniteLogitAtEveryTemperature(Subject subject, int n) {
    double[] x = new double[n];
    for (double logit : new double[] {5, -3.5, 0, subject.largest(), -subject.smallest()}) {
      for (int position : new int[] {0, n / 2, n - 1}) {
        Arrays.fill(x, -INF);
        x[position] = logit;
        long[] row = subject.row(x);
        for (double temperature : Rows.TEMPERATURES) {
          Subject.Outcome outcome = assertOneHot(subject, row, position, temperature);
          double quotient = logit == 0 ? 0 : logit / temperature;
          subject.check(
              outcome.logSumExp() == subject.nearest(quotient),
              "logSumExp is not the logit over T",
              row,
              temperature);
        }
      }
    }
  }

  /** The exponential of the logit rounds up or down; neither may show in the probability. */
  @ParameterizedTest
  @MethodSource("io.github.softlane.special.Subject#all")
  void oneFiniteLogitOfEverySize(Subject subject) {
    SplittableRandom random = new SplittableRandom(7);
    double[] x = new double[18];
    for (int i = 0; i < 4000; i++) {
      int position = i % x.length;
      Arrays.fill(x, -INF);
      x[position] = random.nextGaussian() * Math.exp(random.nextDouble(-10, 10));
      long[] row = subject.row(x);
      double temperature = i % 2 == 0 ? 1 : random.nextDouble(0.5, 2);
      Subject.Outcome outcome = assertOneHot(subject, row, position, temperature);
      double logit = subject.value(row[position]);
      subject.check(
          outcome.logSumExp() == subject.nearest(logit / temperature),
          "logSumExp is not the logit over T",
          row,
          temperature);
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void maskedEntriesCountForNothing(Subject subject, int n) {
    double[] x = Rows.finite(n);
    for (int kept = 0; kept < 3; kept++) {
      double[] masked = x.clone();
      for (int i = 0; i < n; i++) {
        if (i % 3 == kept && n > 3) {
          masked[i] = -INF;
        }
      }
      long[] row = subject.row(masked);
      for (double temperature : new double[] {1, 0.7, 2, 1e-3, 1e3}) {
        subject.assertWithinBounds(row, temperature);
        assertMasked(subject, row, temperature);
      }
    }
  }

  private static void assertMasked(Subject subject, long[] row, double temperature) {
    Subject.Outcome outcome = subject.run(row, temperature);
    boolean masked = true;
    for (int i = 0; i < row.length; i++) {
      if (subject.value(row[i]) == -INF) {
        masked &= isPositiveZero(outcome.softmax()[i]) && outcome.logSoftmax()[i] == -INF;
      }
    }
    subject.check(masked, "a masked entry is not 0 and -inf", row, temperature);
  }

  private static void assertNaNAndLogSumExp(
      Subject subject, long[] row, double temperature, double logSumExp) {
    Subject.Outcome outcome = subject.run(row, temperature);
    boolean all = true;
    for (int i = 0; i < row.length; i++) {
      all &= Double.isNaN(outcome.softmax()[i]) && Double.isNaN(outcome.logSoftmax()[i]);
    }
    subject.check(all, "not all NaN", row, temperature);
    subject.check(outcome.logSumExp() == logSumExp, "logSumExp", row, temperature);
  }

  static Subject.Outcome assertOneHot(Subject subject, long[] row, int winner, double temperature) {
    Subject.Outcome outcome = subject.run(row, temperature);
    boolean oneHot = outcome.softmax()[winner] == 1 && outcome.logSoftmax()[winner] == 0;
    for (int i = 0; i < row.length; i++) {
      oneHot &=
          i == winner || (isPositiveZero(outcome.softmax()[i]) && outcome.logSoftmax()[i] == -INF);
    }
    subject.check(oneHot, () -> "not 1 at " + winner + " and 0 elsewhere", row, temperature);
    return outcome;
  }

  private static boolean isPositiveZero(double value) {
    return Double.doubleToRawLongBits(value) == 0;
  }
}
