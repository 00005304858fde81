package io.github.softlane.special;

import io.github.softlane.Backends;
import io.github.softlane.Kernel;
import io.github.softlane.accuracy.Bounds;
import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.DoubleReference;
import java.util.Arrays;
import java.util.List;

/** Rows of double. */
final class DoubleSubject extends Subject {
  private static final double GUARD = 1.625;

  DoubleSubject(Backends.Rows backend) {
    super(backend);
  }

  @Override
  long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Override
  double value(long bits) {
    return Double.longBitsToDouble(bits);
  }

  @Override
  List<Long> nans() {
    return List.of(
        0x7ff8000000000000L,
        0x7ff0000000000001L,
        0x7ff7ffffffffffffL,
        0xfff8000000000000L,
        0xfff0000000000001L,
        0x7fffffffffffffffL);
  }

  @Override
  double largest() {
    return Double.MAX_VALUE;
  }

  @Override
  double smallest() {
    return Double.MIN_VALUE;
  }

  @Override
  double unit() {
    return 0x1p-53;
  }

  @Override
  double nearest(double quotient) {
    return quotient;
  }

  @Override
  int argmax(long[] row) {
    return backend.argmax(doubles(row, GUARD), BEFORE, row.length);
  }

  private interface Operation {
    void run(double[] x, int xOffset, double[] y, int yOffset, int n);
  }

  @Override
  Outcome runChecked(long[] row, double temperature) {
    int n = row.length;
    Kernel kernel = backend.kernel();
    double[] p =
        apply((x, xo, y, yo, m) -> backend.softmax(x, xo, y, yo, m, temperature), row, temperature);
    double[] logP =
        apply(
            (x, xo, y, yo, m) -> backend.logSoftmax(x, xo, y, yo, m, temperature),
            row,
            temperature);
    double[] x = doubles(row, GUARD);
    double lse = backend.logSumExp(x, BEFORE, n, temperature);
    if (temperature == 1) {
      boolean same =
          Arrays.equals(apply(kernel::softmax, row, temperature), p)
              && Arrays.equals(apply(kernel::logSoftmax, row, temperature), logP)
              && Double.compare(kernel.logSumExp(x, BEFORE, n), lse) == 0;
      check(same, "another result without a temperature", row, temperature);
    }
    check(sameBits(x, doubles(row, GUARD)), "logSumExp changed its input", row, temperature);
    return new Outcome(p, logP, lse);
  }

  /** Runs out of place and in place, and checks what lies around. */
  private double[] apply(Operation operation, long[] row, double temperature) {
    int n = row.length;
    double[] x = doubles(row, GUARD);
    double[] y = new double[n + AFTER + 2];
    Arrays.fill(y, GUARD);
    operation.run(x, BEFORE, y, 2, n);
    check(sameBits(x, doubles(row, GUARD)), "the input was changed", row, temperature);
    checkGuards(y, 2, n, row, temperature);
    operation.run(x, BEFORE, x, BEFORE, n);
    checkGuards(x, BEFORE, n, row, temperature);
    double[] result = Arrays.copyOfRange(y, 2, 2 + n);
    boolean same = Arrays.equals(result, Arrays.copyOfRange(x, BEFORE, BEFORE + n));
    check(same, "another result in place", row, temperature);
    return result;
  }

  private void checkGuards(double[] y, int from, int n, long[] row, double temperature) {
    boolean kept = true;
    for (int i = 0; i < from; i++) {
      kept &= y[i] == GUARD;
    }
    for (int i = from + n; i < y.length; i++) {
      kept &= y[i] == GUARD;
    }
    check(kept, "written outside the row", row, temperature);
  }

  @Override
  void assertWithinBounds(long[] row, double temperature) {
    Outcome outcome = run(row, temperature);
    int n = row.length;
    DoubleReference reference = new DoubleReference(doubles(row, 0), BEFORE, n, temperature);
    for (int i = 0; i < n; i++) {
      int at = i;
      double p = outcome.softmax()[i];
      double logP = outcome.logSoftmax()[i];
      double share = Bounds.softmax(p, reference.softmax(i));
      check(share <= 1, () -> "softmax " + at + " is " + 2 * share + " ULP off", row, temperature);
      DoubleDouble exact = reference.logSoftmax(i);
      check(
          Bounds.logSoftmax(logP, exact.hi(), exact.lo()) <= 1,
          () -> "logSoftmax " + at + " is " + logP + " for " + exact.hi(),
          row,
          temperature);
    }
    assertLogSumExpWithinBound(row, temperature);
  }

  @Override
  void assertLogSumExpWithinBound(long[] row, double temperature) {
    double lse = run(row, temperature).logSumExp();
    DoubleReference reference =
        new DoubleReference(doubles(row, 0), BEFORE, row.length, temperature);
    DoubleDouble.Scaled exact = reference.logSumExp();
    check(
        Bounds.logSumExp(lse, exact, reference.maxIsZero()) <= 1,
        () -> "logSumExp is " + lse + " for " + exact.value().hi(),
        row,
        temperature);
  }

  private static double[] doubles(long[] row, double around) {
    double[] x = new double[BEFORE + row.length + AFTER];
    Arrays.fill(x, around);
    for (int i = 0; i < row.length; i++) {
      x[BEFORE + i] = Double.longBitsToDouble(row[i]);
    }
    return x;
  }

  private static boolean sameBits(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToRawLongBits(a[i]) != Double.doubleToRawLongBits(b[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return backend + " double";
  }
}
