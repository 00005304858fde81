package io.github.softlane.internal.threads;

import io.github.softlane.internal.rows.Workers;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A loop in parts, each of which is done by the thread that claims it.
 *
 * <p>The parts are divided into one share for each member of the crew, which claims from its own
 * share first and then from those of the others. So the same elements fall to the same thread in
 * one loop after another, and are still in its cache; when all threads take from one share, they
 * take each other's data as well, and two are no faster than one.
 */
final class Loop {
  /** How long the caller spins for the parts of others before it parks: some parts' time. */
  private static final long PATIENCE_NANOS = 20_000;

  /** Counters lie so many ints apart, two cache lines, so that threads do not share one. */
  private static final int APART = 32;

  private final int members;
  private final int n;
  private final int size;
  private final int parts;
  private final Workers.Part part;

  /** How many parts of a share are claimed. */
  private final AtomicIntegerArray claimed;

  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Semaphore end = new Semaphore(0);

  Loop(int members, int n, int size, Workers.Part part) {
    this.members = members;
    this.claimed = new AtomicIntegerArray(members * APART);
    this.n = n;
    this.size = size;
    this.parts = n == 0 ? 0 : (n - 1) / size + 1;
    this.part = part;
  }

  /** Does parts until none is left. */
  void work(int member) {
    int mine = 0;
    for (int i = 0; i < members; i++) {
      mine += workOn((member + i) % members);
    }
    if (mine > 0 && done.addAndGet(mine) == parts) {
      end.release();
    }
  }

  private int workOn(int share) {
    int first = firstPart(share);
    int length = firstPart(share + 1) - first;
    int mine = 0;
    while (claimed.get(share * APART) < length) {
      int claim = claimed.getAndIncrement(share * APART);
      if (claim < length) {
        run((first + claim) * size);
        mine++;
      }
    }
    return mine;
  }

  private int firstPart(int share) {
    return (int) ((long) parts * share / members);
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
    if (thrown != null) {
      throw new IllegalStateException("a part threw what it did not declare", thrown);
    }
  }
}
