package io.github.softlane.internal.dispatch;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.rows.DoubleRows;
import io.github.softlane.internal.rows.FloatRows;
import java.util.Arrays;

/**
 * Runs every pass of a backend once and compares its bits with the scalar ones, so that a JVM or a
 * CPU that computes something else is found before it serves a caller.
 */
final class Probe {
  /** Whole vectors of every width, a tail, and a masked entry; short, as it runs interpreted. */
  private static final int LENGTH = 35;

  private Probe() {}

  /** What differs, or null. */
  static String difference(Backend backend) {
    float[] x = new float[LENGTH];
    double[] z = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      x[i] = (i * 37 % LENGTH - 17) * 0.61f;
      z[i] = (i * 37 % LENGTH - 17) * 0.61;
    }
    x[5] = Float.NEGATIVE_INFINITY;
    z[5] = Double.NEGATIVE_INFINITY;
    if (!Arrays.equals(floats(Backend.SCALAR, x), floats(backend, x))) {
      return "float results differ from the scalar ones";
    }
    if (!Arrays.equals(doubles(Backend.SCALAR, z), doubles(backend, z))) {
      return "double results differ from the scalar ones";
    }
    return null;
  }

  private static float[] floats(Backend backend, float[] x) {
    float[] results = new float[2 * LENGTH + 4];
    FloatRows.softmax(backend.floats(), FloatExp.UNIT, x, 0, results, 0, LENGTH);
    FloatRows.logSoftmax(backend.floats(), FloatExp.UNIT, x, 0, results, LENGTH, LENGTH);
    results[2 * LENGTH] = FloatRows.logSumExp(backend.floats(), FloatExp.UNIT, x, 0, LENGTH);
    results[2 * LENGTH + 1] = backend.floats().firstAtLeast(x, 0, LENGTH, 10f);
    results[2 * LENGTH + 2] = backend.floats().firstOtherThan(x, 0, LENGTH, x[0]);
    results[2 * LENGTH + 3] = backend.floats().firstNaN(x, 0, LENGTH);
    return results;
  }

  private static double[] doubles(Backend backend, double[] x) {
    double[] results = new double[2 * LENGTH + 4];
    DoubleRows.softmax(backend.doubles(), DoubleExp.UNIT, x, 0, results, 0, LENGTH);
    DoubleRows.logSoftmax(backend.doubles(), DoubleExp.UNIT, x, 0, results, LENGTH, LENGTH);
    results[2 * LENGTH] = DoubleRows.logSumExp(backend.doubles(), DoubleExp.UNIT, x, 0, LENGTH);
    results[2 * LENGTH + 1] = backend.doubles().firstAtLeast(x, 0, LENGTH, 10);
    results[2 * LENGTH + 2] = backend.doubles().firstOtherThan(x, 0, LENGTH, x[0]);
    results[2 * LENGTH + 3] = backend.doubles().firstNaN(x, 0, LENGTH);
    return results;
  }
}
