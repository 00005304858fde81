package io.github.softlane.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import io.github.softlane.internal.rows.FloatManyRows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows of {@code float} that fit a vector, which may share it with their neighbours, and short rows
 * side by side, on every backend of this JVM against the scalar one: each kind of row beside each
 * other kind.
 */
class VectorRowsTest {
  private static final int LONGEST = 17;
  private static final int MOST_ROWS = 9;
  private static final RowKind[] KINDS = RowKind.values();
  private static final float UNTOUCHED = 7;

  private final FloatRowType type = new FloatRowType();
  private final FloatPasses scalar = Dispatch.scalar().floats();

  static List<Backend> backends() {
    return Dispatch.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void sameBits(Backend backend) {
    Random random = new Random(21);
    for (RowKind kind : KINDS) {
      for (int n = 2; n <= LONGEST; n++) {
        for (int rows = 1; rows <= MOST_ROWS; rows++) {
          check(backend, kind, 4, rows, n, random);
        }
      }
    }
  }

  /** Groups of rows as large as those that lie side by side in vectors, and what is left over. */
  @ParameterizedTest
  @MethodSource("backends")
  void sameBitsSideBySide(Backend backend) {
    Random random = new Random(22);
    for (RowKind kind : KINDS) {
      for (int n : new int[] {8, 16, 24, 32, 48, 64, 80, 128, 256}) {
        for (int rows : new int[] {7, 8, 16, 21, 41}) {
          check(backend, kind, 4 * rows, rows, n, random);
          check(backend, kind, rows, rows, n, random);
        }
      }
    }
  }

  /** One row among so many others is of any kind. */
  private void check(Backend backend, RowKind kind, int others, int rows, int n, Random random) {
    // Mostly one row after the other, and mostly with room for a whole vector after the last.
    int xStride = n + (random.nextInt(4) == 0 ? 1 : 0);
    int yStride = n + (random.nextInt(4) == 0 ? 2 : 0);
    int room = random.nextInt(4) == 0 ? 0 : 16;
    int offset = random.nextInt(3);
    float[] x = new float[offset + rows * xStride + room];
    // What lies around the rows must not count.
    Arrays.fill(x, Float.NaN);
    for (int row = 0; row < rows; row++) {
      RowKind its = random.nextInt(others) == 0 ? KINDS[random.nextInt(KINDS.length)] : kind;
      type.fill(x, offset + row * xStride, n, its, random);
    }
    for (RowOperation operation : RowOperation.values()) {
      int length = operation == RowOperation.LOG_SUM_EXP ? rows : rows * yStride;
      float[] expected = new float[offset + length + room];
      Arrays.fill(expected, UNTOUCHED);
      float[] found = expected.clone();
      run(operation, scalar, x, offset, xStride, expected, yStride, rows, n);
      run(operation, backend.floats(), x, offset, xStride, found, yStride, rows, n);
      String what = backend.name() + " " + operation + " " + rows + " x " + n + " " + kind;
      type.assertSame(expected, found, what);
      if (operation != RowOperation.LOG_SUM_EXP) {
        expected = x.clone();
        found = x.clone();
        run(operation, scalar, expected, offset, xStride, expected, xStride, rows, n);
        run(operation, backend.floats(), found, offset, xStride, found, xStride, rows, n);
        type.assertSame(expected, found, what + " in place");
      }
    }
  }

  private static void run(
      RowOperation operation,
      FloatPasses passes,
      float[] x,
      int offset,
      int xStride,
      float[] y,
      int yStride,
      int rows,
      int n) {
    FloatExp exp = FloatExp.UNIT;
    switch (operation) {
      case SOFTMAX ->
          FloatManyRows.softmax(passes, exp, x, offset, xStride, y, offset, yStride, rows, n);
      case LOG_SOFTMAX ->
          FloatManyRows.logSoftmax(passes, exp, x, offset, xStride, y, offset, yStride, rows, n);
      case LOG_SUM_EXP ->
          FloatManyRows.logSumExp(passes, exp, x, offset, xStride, y, offset, rows, n);
    }
  }

  /** Everyday, masked and dominated rows are done in one go where a vector backend works. */
  @Test
  void nothingIsLeftToTheLongerWay() {
    float none = Float.NEGATIVE_INFINITY;
    float[] x = {
      1, 2, 3, 4, 5, 6, 7, 8, 0, none, none, none, none, none, none, none, none, none, none, none,
      none, none, none, none, -40, 3, -50, -60, -40, -50, -60, -40, -1, -2, -3, -4, -5, -6, -7, -8,
      0, 0, 0, 0, 0, 0, 0, 0
    };
    float[] y = new float[x.length];
    for (Backend backend : backends()) {
      int fits = backend.name().equals("vector-512") || backend.name().equals("vector-256") ? 4 : 0;
      for (RowOperation operation : RowOperation.values()) {
        assertThat(backend.floats().shortRows(operation, x, 0, 8, y, 0, 8, 4, 8))
            .as("%s %s", backend.name(), operation)
            .isEqualTo(fits);
      }
    }
  }
}
