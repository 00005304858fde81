package io.github.softlane.bits;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many rows in one call have the bits of each row on its own, whatever its neighbours hold. */
class ManyRowsTest {
  private static final double[] TEMPERATURES = {1, 1, 0.7, 30, 1e-3, 0, Double.POSITIVE_INFINITY};
  private static final RowKind[] KINDS = RowKind.values();

  static List<RowType<?>> types() {
    return RowType.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void shortRows(RowType<A> type) {
    Random random = new Random(11);
    for (int i = 0; i < 400; i++) {
      check(type, 1 + random.nextInt(11), 1 + random.nextInt(i % 10 == 0 ? 700 : 70), random);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void rowsOfAboutOneBlock(RowType<A> type) {
    Random random = new Random(12);
    for (int more = -2; more <= 2; more++) {
      check(type, 5, type.block() + more, random);
    }
  }

  private static <A> void check(RowType<A> type, int rows, int n, Random random) {
    int xStride = n + random.nextInt(3);
    int yStride = n + random.nextInt(3);
    int xOffset = random.nextInt(18);
    int yOffset = random.nextInt(18);
    double t = TEMPERATURES[random.nextInt(TEMPERATURES.length)];
    A x = type.array(xOffset + rows * xStride);
    // Most rows of one kind, so that several in a row are ordinary.
    RowKind most = KINDS[random.nextInt(KINDS.length)];
    for (int row = 0; row < rows; row++) {
      RowKind kind = random.nextInt(8) == 0 ? KINDS[random.nextInt(KINDS.length)] : most;
      type.fill(x, xOffset + row * xStride, n, kind, random);
    }
    String what = rows + " x " + n + " mostly " + most + " T " + t;
    ManyRowsCalls<A> many = type.manyRows();
    new ManyRowsComparison<>(type, new EachRow<>(many), many)
        .check(x, xOffset, xStride, yOffset, yStride, rows, n, t, what);
  }

  /** One call a row. */
  private record EachRow<A>(ManyRowsCalls<A> calls) implements ManyRowsCalls<A> {
    @Override
    public void softmax(A x, int xo, int xs, A y, int yo, int ys, int rows, int n, double t) {
      for (int row = 0; row < rows; row++) {
        calls.softmax(x, xo + row * xs, xs, y, yo + row * ys, ys, 1, n, t);
      }
    }

    @Override
    public void logSoftmax(A x, int xo, int xs, A y, int yo, int ys, int rows, int n, double t) {
      for (int row = 0; row < rows; row++) {
        calls.logSoftmax(x, xo + row * xs, xs, y, yo + row * ys, ys, 1, n, t);
      }
    }

    @Override
    public void logSumExp(A x, int xo, int xs, A y, int yo, int rows, int n, double t) {
      for (int row = 0; row < rows; row++) {
        calls.logSumExp(x, xo + row * xs, xs, y, yo + row, 1, n, t);
      }
    }
  }
}
