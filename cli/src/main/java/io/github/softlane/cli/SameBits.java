package io.github.softlane.cli;

import io.github.softlane.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Compares a kernel with another one bit for bit, over rows with and without a tail. The rows are
 * few and short, since vector code that is not compiled yet takes microseconds for each element.
 */
final class SameBits {
  private static final int[] LENGTHS = {1, 2, 7, 8, 15, 16, 17, 31, 64, 100, 513};
  private static final double[] SCALES = {1, 40};

  private final Kernel expected;

  SameBits(Kernel expected) {
    this.expected = expected;
  }

  /** The number of rows that {@link #check} compares. */
  static int rows() {
    return LENGTHS.length * SCALES.length;
  }

  /** The first difference in each operation, one line each; empty when there is none. */
  List<String> check(Kernel kernel) {
    List<String> different = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(0x50f71a9e);
    for (int n : LENGTHS) {
      for (double scale : SCALES) {
        double[] x = random.doubles(n, -scale, scale).toArray();
        checkFloat(kernel, x, different);
        checkDouble(kernel, x, different);
      }
    }
    return different;
  }

  private void checkFloat(Kernel kernel, double[] logits, List<String> different) {
    int n = logits.length;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) logits[i];
    }
    float[] found = new float[n];
    float[] wanted = new float[n];
    kernel.softmax(x, 0, found, 0, n);
    expected.softmax(x, 0, wanted, 0, n);
    report(Arrays.equals(found, wanted), kernel, "float softmax", n, different);
    kernel.logSoftmax(x, 0, found, 0, n);
    expected.logSoftmax(x, 0, wanted, 0, n);
    report(Arrays.equals(found, wanted), kernel, "float log-softmax", n, different);
    float lse = kernel.logSumExp(x, 0, n);
    boolean same = Float.compare(lse, expected.logSumExp(x, 0, n)) == 0;
    report(same, kernel, "float log-sum-exp", n, different);
  }

  private void checkDouble(Kernel kernel, double[] x, List<String> different) {
    int n = x.length;
    double[] found = new double[n];
    double[] wanted = new double[n];
    kernel.softmax(x, 0, found, 0, n);
    expected.softmax(x, 0, wanted, 0, n);
    report(Arrays.equals(found, wanted), kernel, "double softmax", n, different);
    kernel.logSoftmax(x, 0, found, 0, n);
    expected.logSoftmax(x, 0, wanted, 0, n);
    report(Arrays.equals(found, wanted), kernel, "double log-softmax", n, different);
    double lse = kernel.logSumExp(x, 0, n);
    boolean same = Double.compare(lse, expected.logSumExp(x, 0, n)) == 0;
    report(same, kernel, "double log-sum-exp", n, different);
  }

  private void report(boolean same, Kernel kernel, String what, int n, List<String> different) {
    if (!same) {
      different.add(
          kernel.name() + ": " + what + " of a row of " + n + " differs from " + expected.name());
    }
  }
}
