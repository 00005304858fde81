package io.github.softlane.internal.threads;

import io.github.softlane.internal.rows.Workers;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A loop in parts, each of which is done by the thread that claims it. */
final class Loop {
  /** How long the caller spins for the parts of others before it parks: some parts' time. */
  private static final long PATIENCE_NANOS = 50_000;

  private final int n;
  private final int size;
  private final int parts;
  private final Workers.Part part;
  private final AtomicInteger claimed = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Semaphore end = new Semaphore(0);

  Loop(int n, int size, Workers.Part part) {
    this.n = n;
    this.size = size;
    this.parts = n == 0 ? 0 : (n - 1) / size + 1;
    this.part = part;
  }

  boolean hasUnclaimed() {
    return claimed.get() < parts;
  }

  /** Does parts until none is left. */
  void work() {
    int mine = 0;
    for (int claim = claimed.getAndIncrement(); claim < parts; claim = claimed.getAndIncrement()) {
      run(claim * size);
      mine++;
    }
    if (mine > 0 && done.addAndGet(mine) == parts) {
      end.release();
    }
  }

  private void run(int from) {
    if (failure.get() == null) {
      try {
        part.run(from, Math.min(size, n - from));
      } catch (Throwable e) {
        fail(e);
      }
    }
  }

  /** Leaves out the parts that have not begun, and keeps what the caller is to throw. */
  void fail(Throwable e) {
    failure.compareAndSet(null, e);
  }

  /** Waits until every part is done or left out; throws what a part has thrown. */
  void await() {
    long start = System.nanoTime();
    while (done.get() < parts) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        // Only of those who are at a part, never of those who might come.
        end.acquireUninterruptibly();
        break;
      }
      Thread.onSpinWait();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
