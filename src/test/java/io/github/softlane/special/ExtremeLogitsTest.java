package io.github.softlane.special;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits at the ends of the range of the type: huge, subnormal, and dominated by one. */
@Tag("slow")
class ExtremeLogitsTest {
  private static final String ROWS = "io.github.softlane.special.Rows#subjectsAndLengths";

  /** Those at which a quotient is defined. */
  private static final double[] FINITE =
      Arrays.stream(Rows.TEMPERATURES).filter(t -> t > 0 && t < Double.POSITIVE_INFINITY).toArray();

  @ParameterizedTest
  @MethodSource(ROWS)
  void theDifferenceOverflows(Subject subject, int n) {
    double[] x = new double[n];
    for (int position : n > 200 ? List.of(0, n / 2, n - 1) : Rows.positions(n)) {
      Arrays.fill(x, -subject.largest());
      x[position] = subject.largest();
      long[] row = subject.row(x);
      for (double temperature : FINITE) {
        subject.assertWithinBounds(row, temperature);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void onlyTheScaledMaximumOverflows(Subject subject, int n) {
    double[] x = Rows.finite(n);
    for (int i = 0; i < n; i++) {
      x[i] = subject.largest() * (1 - (i % 7) * 0x1p-20);
    }
    for (double temperature : FINITE) {
      subject.assertWithinBounds(subject.row(x), temperature);
      for (int i = 0; i < n; i++) {
        x[i] = -x[i];
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void subnormalLogits(Subject subject, int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i * 37 % 50 - 20) * subject.smallest();
    }
    long[] row = subject.row(x);
    for (double temperature : FINITE) {
      subject.assertWithinBounds(row, temperature);
    }
    subject.assertWithinBounds(row, 8 * subject.smallest());
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void usualLogitsAtEveryTemperature(Subject subject, int n) {
    long[] row = subject.row(Rows.finite(n));
    for (double temperature : FINITE) {
      subject.assertWithinBounds(row, temperature);
    }
  }

  /** Down through probabilities that are subnormal and then 0, beside a winner that rounds to 1. */
  @ParameterizedTest
  @MethodSource(ROWS)
  void oneDominates(Subject subject, int n) {
    double deepest = subject.unit() == 0x1p-24 ? 110 : 760;
    double[] x = new double[n];
    // The reference in double takes a microsecond an element.
    double ratio = n > 200 ? 5 : 1.5;
    for (double max : new double[] {0, 3, -40, 2000}) {
      for (int position : new int[] {0, n / 2, n - 1}) {
        for (double gap = 3; gap < deepest; gap *= ratio) {
          for (int i = 0; i < n; i++) {
            x[i] = subject.nearest(max - gap - i % 5);
          }
          x[position] = max;
          subject.assertWithinBounds(subject.row(x), 1);
        }
      }
    }
  }

  /** The log-softmax of the differences, not a difference of two large numbers. */
  @ParameterizedTest
  @MethodSource(ROWS)
  void aLargeCommonOffset(Subject subject, int n) {
    double[] x = new double[n];
    double[] differences = new double[n];
    double offset = subject.unit() == 0x1p-24 ? 1e8 : 1e15;
    double grid = 8;
    for (int i = 0; i < n; i++) {
      differences[i] = -grid * (i * 5 % 7) / 4;
    }
    // 1e8 is a multiple of 8, the spacing of floats there; differences of 8 are exact.
    for (int i = 0; i < n; i++) {
      differences[i] = Math.rint(differences[i] / grid) * grid;
      x[i] = offset + differences[i];
    }
    for (double temperature : new double[] {1, 0.7, 20}) {
      subject.assertWithinBounds(subject.row(x), temperature);
      double[] shifted = subject.run(subject.row(x), temperature).logSoftmax();
      double[] plain = subject.run(subject.row(differences), temperature).logSoftmax();
      for (int i = 0; i < n; i++) {
        double given = shifted[i];
        double expected = plain[i];
        subject.check(
            Math.abs(given - expected) <= 4 * subject.unit() * Math.max(1, Math.abs(expected)),
            () -> "logSoftmax is " + given + " and without the offset " + expected,
            subject.row(x),
            temperature);
      }
    }
  }
}
