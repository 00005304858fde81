package io.github.softlane.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.Kernels;
import io.github.softlane.ParallelLogits;
import io.github.softlane.bits.DoubleRowType;
import io.github.softlane.bits.FloatRowType;
import io.github.softlane.bits.ManyRowsCalls;
import io.github.softlane.bits.ManyRowsComparison;
import io.github.softlane.bits.RowCalls;
import io.github.softlane.bits.RowKind;
import io.github.softlane.bits.RowType;
import io.github.softlane.internal.threads.Crew;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Any number of threads gives the bits of one, NaNs included, whatever the executor does. */
@Tag("slow")
class ThreadsTest {
  private static final int MOST_THREADS = 5;
  private static final List<RowKind> KINDS = List.of(RowKind.values());
  private static final double[] TEMPERATURES = {1, 0.7, 1e-3, 30, 0, Double.POSITIVE_INFINITY};

  /** Distances of the maxima of blocks, around every limit at which a reference moves. */
  private static final double[] STEPS = {
    0, 1, 16, 17, 18, 60, 87, 89, 120, 134, 168, 400, 800, 1e9
  };

  static final List<Logits<?>> LOGITS =
      List.of(Logits.draw(new FloatRowType()), Logits.draw(new DoubleRowType()));

  private static final ForkJoinPool POOL = new ForkJoinPool(MOST_THREADS - 1);

  @AfterAll
  static void closePool() {
    POOL.close();
  }

  static List<RowType<?>> types() {
    return RowType.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void blocksOfOneRow(RowType<A> type) {
    Random random = new Random(1);
    int block = type.block();
    for (int n : new int[] {1, block - 1, block, block + 1, 8 * block, 8 * block + 17, 70_001}) {
      for (RowKind kind : RowKind.values()) {
        A x = type.array(n + 5);
        type.fill(x, 2, n, kind, random);
        checkOnAllBackends(type, x, n, random, kind + " n " + n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void blocksFarApart(RowType<A> type) {
    checkBlocksFarApart(type, 150, new Random(2));
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("types")
  <A> void manyBlocksFarApart(RowType<A> type) {
    checkBlocksFarApart(type, 1000, new Random(5));
  }

  private static <A> void checkBlocksFarApart(RowType<A> type, int rows, Random random) {
    for (int i = 0; i < rows; i++) {
      int blocks = 2 + random.nextInt(20);
      int n = blocks * type.block() - random.nextInt(50);
      double base = random.nextInt(3) == 0 ? 1e4 * random.nextGaussian() : random.nextGaussian();
      A x = type.array(n + 5);
      double max = base;
      for (int j = 0; j < n; j++) {
        if (j % type.block() == 0) {
          max = blockMax(base, random);
        }
        type.set(x, 2 + j, max - 8 * random.nextDouble());
      }
      checkOnAllBackends(type, x, n, random, "row " + i);
    }
  }

  /** Seldom far above the first block, so that many rows keep its reference. */
  private static double blockMax(double base, Random random) {
    double step = STEPS[random.nextInt(STEPS.length)];
    return switch (random.nextInt(100)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2, 3, 4, 5 -> base + step;
      case 6, 7, 8, 9 -> -Float.MAX_VALUE;
      default -> random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : base - step;
    };
  }

  /** A row from index 2 on, on several threads, apart and in place. */
  private static <A> void checkOnAllBackends(
      RowType<A> type, A x, int n, Random random, String row) {
    double t = TEMPERATURES[random.nextInt(TEMPERATURES.length)];
    int threads = 1 + random.nextInt(MOST_THREADS);
    for (Backends.Rows backend : Backends.all()) {
      try (Crew crew = new Crew(POOL, threads - 1)) {
        String what = backend + " " + row + " T " + t + " threads " + threads;
        check(type, type.of(backend), type.of(backend, crew), x, 2, n, t, what);
      }
    }
  }

  private static <A> void check(
      RowType<A> type,
      RowCalls<A> one,
      RowCalls<A> many,
      A x,
      int xOffset,
      int n,
      double t,
      String what) {
    compare(type, one::softmax, many::softmax, x, xOffset, n, t, "softmax " + what);
    compare(type, one::logSoftmax, many::logSoftmax, x, xOffset, n, t, "logSoftmax " + what);
    assertThat(type.show(many.logSumExpBits(x, xOffset, n, t)))
        .as("logSumExp %s", what)
        .isEqualTo(type.show(one.logSumExpBits(x, xOffset, n, t)));
  }

  /** An operation that gives a row for a row. */
  private interface RowCall<A> {
    void run(A x, int xOffset, A y, int yOffset, int n, double temperature);
  }

  private static <A> void compare(
      RowType<A> type,
      RowCall<A> one,
      RowCall<A> many,
      A x,
      int xOffset,
      int n,
      double t,
      String what) {
    A expected = type.copy(x);
    A found = type.copy(x);
    one.run(x, xOffset, expected, 1, n, t);
    many.run(x, xOffset, found, 1, n, t);
    type.assertSame(expected, found, what);
    expected = type.copy(x);
    found = type.copy(x);
    one.run(expected, xOffset, expected, xOffset, n, t);
    many.run(found, xOffset, found, xOffset, n, t);
    type.assertSame(expected, found, what + " in place");
  }

  /** Shapes with fewer rows than threads and with more, long and short, and with a rest. */
  @ParameterizedTest
  @MethodSource("types")
  <A> void manyRows(RowType<A> type) {
    int[][] shapes = {{1, 5}, {70_000, 1}, {1000, 77}, {300, 2300}, {1, 140_000}, {5, 66_001}};
    Random random = new Random(3);
    ManyRowsCalls<A> one = type.manyRows();
    for (int[] shape : shapes) {
      for (int threads = 1; threads <= MOST_THREADS; threads++) {
        RowKind kind = KINDS.get(random.nextInt(KINDS.size()));
        ManyRowsCalls<A> many = type.manyRows(ParallelLogits.of(POOL, threads));
        double t = TEMPERATURES[random.nextInt(TEMPERATURES.length)];
        checkManyRows(type, one, many, shape[0], shape[1], kind, t, random);
      }
    }
  }

  private static <A> void checkManyRows(
      RowType<A> type,
      ManyRowsCalls<A> one,
      ManyRowsCalls<A> many,
      int rows,
      int n,
      RowKind kind,
      double t,
      Random random) {
    int xStride = n + random.nextInt(3);
    int yStride = n + random.nextInt(3);
    A x = type.array(4 + rows * xStride);
    for (int row = 0; row < rows; row++) {
      type.fill(x, 4 + row * xStride, n, kind, random);
    }
    String what = rows + " x " + n + " " + kind + " T " + t;
    new ManyRowsComparison<>(type, one, many).check(x, 4, xStride, 2, yStride, rows, n, t, what);
  }

  @ParameterizedTest
  @EnumSource
  void executors(Helpers helpers) {
    Executor executor = helpers.start();
    for (Logits<?> logits : LOGITS) {
      for (int threads = 1; threads <= MOST_THREADS; threads++) {
        checkExecutor(logits, ParallelLogits.of(executor, threads));
      }
    }
    Helpers.stop(executor);
  }

  /** Logits that are drawn once and read by many calls. */
  record Logits<A>(RowType<A> type, A manyRows, A fewRows, A oneRow) {
    static <A> Logits<A> draw(RowType<A> type) {
      Random random = new Random(4);
      return new Logits<>(
          type,
          row(type, 300 * 1000, RowKind.MASKED_30, random),
          row(type, 3 * 150_000, RowKind.UNIT, random),
          row(type, 200_000, RowKind.WIDE, random));
    }

    private static <A> A row(RowType<A> type, int n, RowKind kind, Random random) {
      A x = type.array(3 + n);
      type.fill(x, 3, n, kind, random);
      return x;
    }
  }

  private static <A> void checkExecutor(Logits<A> logits, ParallelLogits parallel) {
    RowType<A> type = logits.type();
    var many = new ManyRowsComparison<>(type, type.manyRows(), type.manyRows(parallel));
    many.check(logits.manyRows(), 3, 1000, 2, 1001, 300, 1000, 0.7, "many rows");
    many.check(logits.fewRows(), 3, 150_000, 1, 150_000, 3, 150_000, 1, "few rows");
    RowCalls<A> best = type.of(Kernels.best());
    check(type, best, type.of(parallel), logits.oneRow(), 3, 200_000, 1, "one row");
  }

  /** The only worker of a pool, and all workers of a pool, ask their own pool for help. */
  @ParameterizedTest
  @FieldSource("LOGITS")
  void callsFromWithinThePool(Logits<?> logits) {
    for (int workers = 1; workers <= 2; workers++) {
      try (ForkJoinPool pool = new ForkJoinPool(workers)) {
        ParallelLogits parallel = ParallelLogits.of(pool, 4);
        var calls =
            IntStream.range(0, 6)
                .mapToObj(i -> pool.submit(() -> checkExecutor(logits, parallel)))
                .toList();
        calls.forEach(call -> call.join());
      }
    }
  }
}
