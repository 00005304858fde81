package io.github.softlane.conformance;

import io.github.softlane.Backends;

/**
 * The three operations on one row of either type, widened to double, which is exact.
 *
 * @param softmax empty for an empty row
 * @param logSoftmax empty for an empty row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Results(
    boolean isFloat,
    double[] softmax,
    double[] logSoftmax,
    double logSumExp,
    int argmax,
    boolean maxIsZero) {

  /** A row of float, where {@code isFloat}, or of double. */
  static Results of(Backends.Rows backend, boolean isFloat, double[] row, double temperature) {
    if (row.length == 0) {
      double lse =
          isFloat
              ? backend.kernel().logSumExp(new float[0], 0, 0)
              : backend.kernel().logSumExp(row, 0, 0);
      return new Results(isFloat, row, row, lse, -1, false);
    }
    double max = Double.NEGATIVE_INFINITY;
    for (double x : row) {
      max = Math.max(max, x);
    }
    if (isFloat) {
      float[] x = new float[row.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) row[i];
      }
      return new Results(
          true,
          widened(backend.softmax(x, temperature)),
          widened(backend.logSoftmax(x, temperature)),
          backend.logSumExp(x, temperature),
          backend.argmax(x, 0, x.length),
          max == 0);
    }
    return new Results(
        false,
        backend.softmax(row, temperature),
        backend.logSoftmax(row, temperature),
        backend.logSumExp(row, temperature),
        backend.argmax(row, 0, row.length),
        max == 0);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
