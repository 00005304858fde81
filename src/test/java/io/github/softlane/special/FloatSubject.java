package io.github.softlane.special;

import io.github.softlane.Backends;
import io.github.softlane.Kernel;
import io.github.softlane.accuracy.Bounds;
import io.github.softlane.accuracy.FloatReference;
import java.util.Arrays;
import java.util.List;

/** Rows of float. */
final class FloatSubject extends Subject {
  private static final float GUARD = 1.625f;

  FloatSubject(Backends.Rows backend) {
    super(backend);
  }

  @Override
  long bits(double value) {
    return Float.floatToRawIntBits((float) value);
  }

  @Override
  double value(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  @Override
  List<Long> nans() {
    return List.of(0x7fc00000L, 0x7f800001L, 0x7fbfffffL, 0xffc00000L, 0xff800001L, 0x7fffffffL);
  }

  @Override
  double largest() {
    return Float.MAX_VALUE;
  }

  @Override
  double smallest() {
    return Float.MIN_VALUE;
  }

  @Override
  double unit() {
    return 0x1p-24;
  }

  @Override
  double nearest(double quotient) {
    return (float) quotient;
  }

  @Override
  int argmax(long[] row) {
    return backend.argmax(floats(row, GUARD), BEFORE, row.length);
  }

  private interface Operation {
    void run(float[] x, int xOffset, float[] y, int yOffset, int n);
  }

  @Override
  Outcome runChecked(long[] row, double temperature) {
    int n = row.length;
    Kernel kernel = backend.kernel();
    float[] p =
        apply((x, xo, y, yo, m) -> backend.softmax(x, xo, y, yo, m, temperature), row, temperature);
    float[] logP =
        apply(
            (x, xo, y, yo, m) -> backend.logSoftmax(x, xo, y, yo, m, temperature),
            row,
            temperature);
    float[] x = floats(row, GUARD);
    float lse = backend.logSumExp(x, BEFORE, n, temperature);
    if (temperature == 1) {
      boolean same =
          Arrays.equals(apply(kernel::softmax, row, temperature), p)
              && Arrays.equals(apply(kernel::logSoftmax, row, temperature), logP)
              && Float.compare(kernel.logSumExp(x, BEFORE, n), lse) == 0;
      check(same, "another result without a temperature", row, temperature);
    }
    check(sameBits(x, floats(row, GUARD)), "logSumExp changed its input", row, temperature);
    return new Outcome(widened(p), widened(logP), lse);
  }

  /** Runs out of place and in place, and checks what lies around. */
  private float[] apply(Operation operation, long[] row, double temperature) {
    int n = row.length;
    float[] x = floats(row, GUARD);
    float[] y = new float[n + AFTER + 2];
    Arrays.fill(y, GUARD);
    operation.run(x, BEFORE, y, 2, n);
    check(sameBits(x, floats(row, GUARD)), "the input was changed", row, temperature);
    checkGuards(y, 2, n, row, temperature);
    operation.run(x, BEFORE, x, BEFORE, n);
    checkGuards(x, BEFORE, n, row, temperature);
    float[] result = Arrays.copyOfRange(y, 2, 2 + n);
    boolean same = Arrays.equals(result, Arrays.copyOfRange(x, BEFORE, BEFORE + n));
    check(same, "another result in place", row, temperature);
    return result;
  }

  private void checkGuards(float[] y, int from, int n, long[] row, double temperature) {
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
    FloatReference reference = new FloatReference(floats(row, 0), BEFORE, n, temperature);
    for (int i = 0; i < n; i++) {
      int at = i;
      float p = (float) outcome.softmax()[i];
      float logP = (float) outcome.logSoftmax()[i];
      double share = Bounds.softmax(p, reference.softmax(i));
      check(share <= 1, () -> "softmax " + at + " is " + 2 * share + " ULP off", row, temperature);
      double exact = reference.logSoftmax(i);
      check(
          Bounds.logSoftmax(logP, exact) <= 1,
          () -> "logSoftmax " + at + " is " + logP + " for " + exact,
          row,
          temperature);
    }
    assertLogSumExpWithinBound(row, temperature);
  }

  @Override
  void assertLogSumExpWithinBound(long[] row, double temperature) {
    float lse = (float) run(row, temperature).logSumExp();
    FloatReference reference = new FloatReference(floats(row, 0), BEFORE, row.length, temperature);
    double exact = reference.logSumExp();
    check(
        Bounds.logSumExp(lse, exact, reference.maxIsZero()) <= 1,
        () -> "logSumExp is " + lse + " for " + exact,
        row,
        temperature);
  }

  private static float[] floats(long[] row, float around) {
    float[] x = new float[BEFORE + row.length + AFTER];
    Arrays.fill(x, around);
    for (int i = 0; i < row.length; i++) {
      x[BEFORE + i] = Float.intBitsToFloat((int) row[i]);
    }
    return x;
  }

  private static boolean sameBits(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
        return false;
      }
    }
    return true;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Override
  public String toString() {
    return backend + " float";
  }
}
