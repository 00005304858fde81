package io.github.softlane.api;

import static io.github.softlane.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.softlane.Logits;
import io.github.softlane.ParallelLogits;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** {@link ParallelLogits} refuses what {@link Logits} refuses, in the same words. */
class ParallelLogitsArgumentsTest {
  private static final int LENGTH = 40;
  private static final int MAX = Integer.MAX_VALUE;

  private final Refusals.Arrays arrays = new Refusals.Arrays(LENGTH);
  private final float[] x = arrays.x;
  private final float[] y = arrays.y;
  private final double[] z = arrays.z;
  private final double[] w = arrays.w;
  private final ParallelLogits parallel = ParallelLogits.of(Runnable::run, 2);

  @Test
  void factories() {
    assertThatThrownBy(() -> ParallelLogits.of(null, 2))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("executor is null");
    assertThatThrownBy(() -> ParallelLogits.of(null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("pool is null");
    for (int threads : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> ParallelLogits.of(Runnable::run, threads))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("threads is " + threads + ", must be 1 or more");
    }
  }

  @Test
  void nullArrays() {
    same(() -> Logits.softmax(null, 0, y, 0, 1, 1), () -> parallel.softmax(null, 0, y, 0, 1, 1));
    same(() -> Logits.softmax(z, 0, null, 0, 1, 1), () -> parallel.softmax(z, 0, null, 0, 1, 1));
    same(
        () -> Logits.logSoftmaxRows(x, 0, 1, null, 0, 1, 1, 1, 1),
        () -> parallel.logSoftmaxRows(x, 0, 1, null, 0, 1, 1, 1, 1));
    same(
        () -> Logits.logSumExp((float[]) null, 0, 1, 1),
        () -> parallel.logSumExp((float[]) null, 0, 1, 1));
    same(
        () -> Logits.logSumExpRows(null, 0, 1, w, 0, 1, 1, 1),
        () -> parallel.logSumExpRows(null, 0, 1, w, 0, 1, 1, 1));
  }

  @Test
  void temperatures() {
    for (double t : new double[] {-1, -Double.MIN_VALUE, Double.NaN}) {
      same(() -> Logits.softmax(x, 0, y, 0, 4, t), () -> parallel.softmax(x, 0, y, 0, 4, t));
      same(() -> Logits.logSoftmax(z, 0, w, 0, 0, t), () -> parallel.logSoftmax(z, 0, w, 0, 0, t));
      same(() -> Logits.logSumExp(x, 0, 0, t), () -> parallel.logSumExp(x, 0, 0, t));
      same(
          () -> Logits.softmaxRows(z, 0, 4, w, 0, 4, 0, 4, t),
          () -> parallel.softmaxRows(z, 0, 4, w, 0, 4, 0, 4, t));
      same(
          () -> Logits.logSumExpRows(z, 0, 4, w, 0, 2, 0, t),
          () -> parallel.logSumExpRows(z, 0, 4, w, 0, 2, 0, t));
    }
  }

  @Test
  void ranges() {
    same(() -> Logits.softmax(x, 0, y, 0, -1, 1), () -> parallel.softmax(x, 0, y, 0, -1, 1));
    same(() -> Logits.softmax(z, -1, w, 0, 4, 1), () -> parallel.softmax(z, -1, w, 0, 4, 1));
    same(() -> Logits.softmax(x, 0, x, 3, 4, 1), () -> parallel.softmax(x, 0, x, 3, 4, 1));
    same(
        () -> Logits.logSoftmax(x, 0, y, MAX, 4, 1), () -> parallel.logSoftmax(x, 0, y, MAX, 4, 1));
    same(() -> Logits.logSoftmax(z, 3, z, 0, 4, 1), () -> parallel.logSoftmax(z, 3, z, 0, 4, 1));
    same(() -> Logits.logSumExp(x, 38, 3, 1), () -> parallel.logSumExp(x, 38, 3, 1));
    same(() -> Logits.logSumExp(z, 38, -3, 1), () -> parallel.logSumExp(z, 38, -3, 1));
  }

  @Test
  void manyRows() {
    int[][] bad = {
      {0, 4, 0, 4, -1, 4},
      {0, 4, 0, 4, 2, -4},
      {0, 3, 0, 4, 2, 4},
      {0, 4, 0, 3, 2, 4},
      {33, 4, 0, 4, 2, 4},
      {0, MAX, 0, 4, MAX, 4},
      {0, 4, MAX, 4, 2, 4}
    };
    for (int[] b : bad) {
      same(
          () -> Logits.softmaxRows(x, b[0], b[1], y, b[2], b[3], b[4], b[5], 1),
          () -> parallel.softmaxRows(x, b[0], b[1], y, b[2], b[3], b[4], b[5], 1));
      same(
          () -> Logits.logSoftmaxRows(z, b[0], b[1], w, b[2], b[3], b[4], b[5], 1),
          () -> parallel.logSoftmaxRows(z, b[0], b[1], w, b[2], b[3], b[4], b[5], 1));
    }
    same(
        () -> Logits.softmaxRows(x, 0, 8, x, 7, 8, 2, 8, 1),
        () -> parallel.softmaxRows(x, 0, 8, x, 7, 8, 2, 8, 1));
    same(
        () -> Logits.logSumExpRows(z, 4, 8, z, 5, 2, 8, 1),
        () -> parallel.logSumExpRows(z, 4, 8, z, 5, 2, 8, 1));
    same(
        () -> Logits.logSumExpRows(x, 0, 4, y, 39, 2, 4, 1),
        () -> parallel.logSumExpRows(x, 0, 4, y, 39, 2, 4, 1));
  }

  @Test
  void emptyRowsAndSmallOnesAskNobody() {
    AtomicInteger tasks = new AtomicInteger();
    Executor counting = task -> tasks.incrementAndGet();
    ParallelLogits small = ParallelLogits.of(counting, 4);
    small.softmaxRows(x, 0, 4, y, 0, 4, 0, 4, 1);
    small.softmaxRows(x, 0, 4, y, 0, 4, 5, 0, 1);
    small.softmax(x, 40, y, 40, 0, 1);
    assertThat(small.logSumExp(z, 40, 0, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    small.logSumExpRows(x, 0, 4, y, 3, 2, 0, 1);
    assertThat(y[2]).isEqualTo(-2f);
    assertThat(new float[] {y[3], y[4]}).containsOnly(Float.NEGATIVE_INFINITY);
    assertThat(y[5]).isEqualTo(-5f);
    small.softmaxRows(x, 0, 4, y, 0, 4, 10, 4, 1);
    assertThat(tasks.get()).isZero();
    float[] large = new float[1 << 16];
    small.softmax(large, 0, large, 0, large.length, 1);
    assertThat(tasks.get()).isEqualTo(1);
    assertThat(large).containsOnly(0x1p-16f);
  }

  @Test
  void aPoolGivesAsManyThreadsAsItsParallelism() {
    AtomicInteger created = new AtomicInteger();
    ForkJoinPool.ForkJoinWorkerThreadFactory counting =
        pool -> {
          created.incrementAndGet();
          return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        };
    float[] large = new float[1 << 20];
    try (ForkJoinPool pool = new ForkJoinPool(1, counting, null, false)) {
      ParallelLogits.of(pool).softmax(large, 0, large, 0, large.length, 1);
      assertThat(created.get()).isZero();
      ParallelLogits.of(pool, 2).softmax(large, 0, large, 0, large.length, 1);
      assertThat(created.get()).isEqualTo(1);
    }
  }

  private void same(ThrowingCallable one, ThrowingCallable many) {
    Throwable expected = catchThrowable(one);
    assertThat(expected).isNotNull();
    assertRefused(expected.getClass(), many, arrays, expected.getMessage());
  }
}
