package io.github.softlane.conformance;

import io.github.softlane.Backends;
import io.github.softlane.accuracy.Bounds;
import io.github.softlane.accuracy.Probabilities;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Runs an operation on rows of an array and compares the results with expected values, to the
 * documented bound widened by the error that the expected values may have.
 *
 * <p>NaN, infinities and the sign of a zero probability must be exactly right.
 *
 * @param rows the positions of the elements of each row
 * @param slack the error of the expected values in ULP of the type: 0.5 for exact results rounded
 *     to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RowCheck(
    Backends.Rows backend,
    boolean isFloat,
    double[] x,
    int[][] rows,
    double temperature,
    double slack) {

  RowCheck(Backends.Rows backend, Npy x, int[][] rows, double temperature, double slack) {
    this(backend, x.dtype().equals("<f4"), x.doubles(), rows, temperature, slack);
  }

  /** Compares with an array of the shape of the logits. */
  void softmax(double[] expected) {
    for (int[] row : rows) {
      Results results = results(row);
      for (int i = 0; i < row.length; i++) {
        double actual = results.softmax()[i];
        double exact = expected[row[i]];
        Probabilities.check(actual, () -> "a row of " + row.length + " on " + backend);
        double share =
            isFloat ? Bounds.softmax((float) actual, exact) : Bounds.softmax(actual, exact, 0);
        within(share, 1 + slack / 2, () -> "softmax gives " + actual + " for " + exact);
      }
    }
  }

  /** Compares with an array of the shape of the logits. */
  void logSoftmax(double[] expected) {
    for (int[] row : rows) {
      Results results = results(row);
      for (int i = 0; i < row.length; i++) {
        double actual = results.logSoftmax()[i];
        double exact = expected[row[i]];
        double share =
            isFloat
                ? Bounds.logSoftmax((float) actual, exact)
                : Bounds.logSoftmax(actual, exact, 0);
        within(share, 1 + slack / 2, () -> "logSoftmax gives " + actual + " for " + exact);
      }
    }
  }

  /** Compares with one value a row. */
  void logSumExp(double[] expected) {
    for (int r = 0; r < rows.length; r++) {
      Results results = results(rows[r]);
      double actual = results.logSumExp();
      double exact = expected[r];
      double share =
          isFloat
              ? Bounds.logSumExp((float) actual, exact, results.maxIsZero())
              : Bounds.logSumExp(actual, exact, 0, results.maxIsZero());
      within(share, 1 + slack, () -> "logSumExp gives " + actual + " for " + exact);
    }
  }

  private Results results(int[] positions) {
    double[] row = Arrays.stream(positions).mapToDouble(i -> x[i]).toArray();
    return Results.of(backend, isFloat, row, temperature);
  }

  /** The index of the maximum within each row. */
  long[] argmax() {
    return Arrays.stream(rows).mapToLong(row -> results(row).argmax()).toArray();
  }

  private void within(double share, double allowed, Supplier<String> what) {
    if (!(share <= allowed)) {
      throw new AssertionError(
          what.get()
              + " at T="
              + temperature
              + " on "
              + backend
              + ", "
              + share
              + " of the bound, "
              + allowed
              + " allowed");
    }
  }
}
