package io.github.softlane.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.ParallelLogits;
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
    RowCalls<A> one = type.of(ParallelLogits.of(Runnable::run, 1));

    A expected = type.array(yOffset + rows * yStride);
    A found = type.copy(expected);
    for (int row = 0; row < rows; row++) {
      one.softmax(x, xOffset + row * xStride, expected, yOffset + row * yStride, n, t);
    }
    many.softmax(x, xOffset, xStride, found, yOffset, yStride, rows, n, t);
    assertSame(type, expected, found, "softmax " + what);

    for (int row = 0; row < rows; row++) {
      one.logSoftmax(x, xOffset + row * xStride, expected, yOffset + row * yStride, n, t);
    }
    many.logSoftmax(x, xOffset, xStride, found, yOffset, yStride, rows, n, t);
    assertSame(type, expected, found, "logSoftmax " + what);

    A sums = type.array(yOffset + rows);
    many.logSumExp(x, xOffset, xStride, sums, yOffset, rows, n, t);
    for (int row = 0; row < rows; row++) {
      assertThat(type.show(type.bits(sums, yOffset + row)))
          .as("logSumExp %s row %s", what, row)
          .isEqualTo(type.show(one.logSumExpBits(x, xOffset + row * xStride, n, t)));
    }

    expected = type.copy(x);
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      one.softmax(expected, xi, expected, xi, n, t);
    }
    many.softmax(x, xOffset, xStride, x, xOffset, xStride, rows, n, t);
    assertSame(type, expected, x, "softmax in place " + what);
  }

  private static <A> void assertSame(RowType<A> type, A expected, A found, String what) {
    for (int i = 0; i < java.lang.reflect.Array.getLength(expected); i++) {
      if (type.bits(expected, i) != type.bits(found, i)) {
        throw new AssertionError(
            "%s: at %d expected %s but got %s"
                .formatted(
                    what, i, type.show(type.bits(expected, i)), type.show(type.bits(found, i))));
      }
    }
  }
}
