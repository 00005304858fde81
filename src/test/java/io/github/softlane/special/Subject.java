package io.github.softlane.special;

import io.github.softlane.Backends;
import io.github.softlane.accuracy.Probabilities;
import java.util.List;
import java.util.function.Supplier;

/**
 * One backend with one of the two types, so that a test is written once for all of them.
 *
 * <p>Rows are given as raw bits, to carry any NaN; results come widened to double. Each call runs
 * out of place and in place, in the middle of an array, and at T = 1 also without a temperature;
 * all must agree and leave the elements around the row and the input alone.
 */
abstract class Subject {
  /** Elements before and after a row, which no call may change. */
  static final int BEFORE = 5;

  static final int AFTER = 19;

  final Backends.Rows backend;

  Subject(Backends.Rows backend) {
    this.backend = backend;
  }

  /** Every backend with every type; a method source. */
  static List<Subject> all() {
    return Backends.all().stream()
        .<Subject>mapMulti(
            (backend, subjects) -> {
              subjects.accept(new FloatSubject(backend));
              subjects.accept(new DoubleSubject(backend));
            })
        .toList();
  }

  /** Results of the three operations on one row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outcome(double[] softmax, double[] logSoftmax, double logSumExp) {}

  /** The raw bits of a value that the type can hold. */
  abstract long bits(double value);

  abstract double value(long bits);

  /** Quiet, signalling and negative NaN with payloads. */
  abstract List<Long> nans();

  /** The largest finite number. */
  abstract double largest();

  /** The smallest positive number. */
  abstract double smallest();

  /** Half an ULP of 1. */
  abstract double unit();

  /** The number of the type nearest to a quotient of two doubles. */
  abstract double nearest(double quotient);

  abstract int argmax(long[] row);

  /** Runs all three operations. */
  final Outcome run(long[] row, double temperature) {
    Outcome outcome = runChecked(row, temperature);
    for (double p : outcome.softmax()) {
      Probabilities.check(p, () -> describe(row, temperature));
    }
    return outcome;
  }

  abstract Outcome runChecked(long[] row, double temperature);

  /** Fails unless all results lie within the documented bounds; finite maximum, finite T > 0. */
  abstract void assertWithinBounds(long[] row, double temperature);

  /** Only the log-sum-exp. */
  abstract void assertLogSumExpWithinBound(long[] row, double temperature);

  final long[] row(double... values) {
    long[] row = new long[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = bits(values[i]);
    }
    return row;
  }

  final double[] values(long[] row) {
    double[] values = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      values[i] = value(row[i]);
    }
    return values;
  }

  final void check(boolean holds, String what, long[] row, double temperature) {
    check(holds, () -> what, row, temperature);
  }

  /** With a message that is made only when it is needed. */
  final void check(boolean holds, Supplier<String> what, long[] row, double temperature) {
    if (!holds) {
      throw new AssertionError(what.get() + ": " + describe(row, temperature));
    }
  }

  final String describe(long[] row, double temperature) {
    StringBuilder text = new StringBuilder();
    text.append(this).append(" T=").append(temperature).append(" n=").append(row.length);
    for (int i = 0; i < row.length && i < 40; i++) {
      text.append(i == 0 ? " [" : ", ").append(value(row[i]));
    }
    return text.append(row.length > 40 ? ", ...]" : "]").toString();
  }
}
