package io.github.softlane.internal.threads;

import io.github.softlane.internal.rows.Workers;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The caller's thread and those of an executor that come to its help, for one call.
 *
 * <p>Parts are claimed, not assigned. The caller claims as well, until none is left, and then waits
 * only for parts that others are at. So a helper that comes late, or never, holds up nothing. A
 * helper stays for the loops that follow: to wake a thread takes as long as a loop. But it never
 * blocks. When the next loop keeps it waiting it leaves, and the next loop asks for another.
 */
public final class Crew implements Workers, AutoCloseable {
  /** How long a helper waits for the next loop: a few times what a part takes. */
  private static final long PATIENCE_NANOS = 20_000;

  /** Before the first loop and after the last one. */
  private static final Loop OVER = new Loop(1, 0, 1, null);

  private final Executor executor;
  private final int helpers;
  private final long caller = Thread.currentThread().threadId();
  private final AtomicReference<Loop> current = new AtomicReference<>(OVER);

  /** Helpers that were asked for and have not left. */
  private final AtomicInteger hired = new AtomicInteger();

  /** Helpers that ever came. */
  private final AtomicInteger arrived = new AtomicInteger();

  /**
   * A crew of the current thread, which is the only one that may call its methods.
   *
   * @param helpers how many threads of the executor may help, 0 or more
   */
  public Crew(Executor executor, int helpers) {
    this.executor = executor;
    this.helpers = helpers;
  }

  /**
   * {@inheritDoc}
   *
   * <p>What a part throws is thrown here, once no part runs any more; parts not begun by then are
   * left out.
   */
  @Override
  public void share(int n, int size, Part part) {
    Loop loop = new Loop(1 + helpers, n, size, part);
    current.set(loop);
    hire(loop);
    loop.work(0);
    loop.await();
  }

  /** Lets the helpers go; one that comes after this finds nothing, neither work nor arrays. */
  @Override
  public void close() {
    current.set(OVER);
  }

  private void hire(Loop loop) {
    try {
      for (int missing = helpers - hired.get(); missing > 0; missing--) {
        hired.incrementAndGet();
        executor.execute(this::help);
      }
    } catch (RejectedExecutionException e) {
      // As if all had come: an executor that is busy is not asked again.
      hired.addAndGet(helpers);
    } catch (RuntimeException | Error e) {
      loop.fail(e);
    }
  }

  private void help() {
    if (Thread.currentThread().threadId() == caller) {
      // An executor that runs tasks at once, in the caller: who waits for the next loop here would
      // wait for itself. It stays counted as well.
      return;
    }
    // Who comes in place of another may get the number of a third, which does no harm.
    int member = 1 + arrived.getAndIncrement() % helpers;
    for (Loop loop = current.get(); loop != OVER; loop = next(loop)) {
      loop.work(member);
    }
    hired.decrementAndGet();
  }

  /** The loop after one, or {@link #OVER} when none comes in time. */
  private Loop next(Loop last) {
    long start = System.nanoTime();
    do {
      Loop loop = current.get();
      if (loop != last) {
        return loop;
      }
      Thread.onSpinWait();
    } while (System.nanoTime() - start < PATIENCE_NANOS);
    return OVER;
  }
}
