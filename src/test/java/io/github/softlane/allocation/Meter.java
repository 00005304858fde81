package io.github.softlane.allocation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that this thread allocates. */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Calls of one batch. */
  private static final int CALLS = 500;

  /**
   * Vector code boxes every vector until C2 has compiled it, and once more after a deoptimisation,
   * so that batches are taken until some in a row are free of allocation.
   */
  private static final int CLEAN_BATCHES = 4;

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private Meter() {}

  /**
   * The bytes that the last of several batches of calls allocated: 0 for an action that allocates
   * nothing once it is compiled.
   */
  static long bytes(Runnable action) {
    return bytes(action, PATIENCE_NANOS);
  }

  /** The same with less patience, for an action that is known to allocate. */
  static long bytes(Runnable action, long patienceNanos) {
    long deadline = System.nanoTime() + patienceNanos;
    int clean = 0;
    long bytes;
    do {
      bytes = batch(action);
      clean = bytes == 0 ? clean + 1 : 0;
    } while (clean < CLEAN_BATCHES && System.nanoTime() < deadline);
    return bytes;
  }

  private static long batch(Runnable action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int call = 0; call < CALLS; call++) {
      action.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
