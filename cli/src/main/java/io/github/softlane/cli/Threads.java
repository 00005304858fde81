package io.github.softlane.cli;

import io.github.softlane.ParallelLogits;
import java.util.concurrent.ForkJoinPool;

/** The threads that compute: the caller's own and, for a large input, those of a pool. */
final class Threads implements AutoCloseable {
  /** Elements for each of several threads; it takes about as long to start one as to do these. */
  private static final long ELEMENTS_PER_THREAD = 1 << 19;

  private final int count;
  private final ForkJoinPool pool;
  private final ParallelLogits logits;

  private Threads(int count, ForkJoinPool pool, ParallelLogits logits) {
    this.count = count;
    this.pool = pool;
    this.logits = logits;
  }

  /** As many as rows of a shape are worth; a small input is left to the caller's thread alone. */
  static Threads of(int atMost, RowShape shape) {
    int count = Math.clamp(shape.elements() / ELEMENTS_PER_THREAD, 1, atMost);
    if (count == 1) {
      return new Threads(1, null, ParallelLogits.of(Runnable::run, 1));
    }
    // Its threads are daemons, so that an error leaves no process behind.
    ForkJoinPool pool = new ForkJoinPool(count - 1);
    return new Threads(count, pool, ParallelLogits.of(pool, count));
  }

  /** How many there are, the caller's included. */
  int count() {
    return count;
  }

  /** The calls that these threads share. */
  ParallelLogits logits() {
    return logits;
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
