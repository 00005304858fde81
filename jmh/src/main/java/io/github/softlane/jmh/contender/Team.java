package io.github.softlane.jmh.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The caller's thread and a fixed number of others, each with its share of the rows. */
public final class Team implements AutoCloseable {

  /** Work on some of the rows. */
  public interface Body {
    /**
     * Does it.
     *
     * @param fromRow the first row
     * @param toRow the row after the last one
     */
    void run(int fromRow, int toRow);
  }

  private final int threads;
  private final ExecutorService others;

  /**
   * Starts the threads.
   *
   * @param threads how many, with the caller's, 1 or more
   */
  public Team(int threads) {
    this.threads = threads;
    others =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1, Thread.ofPlatform().daemon().name("benchmark-", 1).factory());
  }

  /**
   * Splits the rows evenly and waits for the last one.
   *
   * @param rows the number of rows
   * @param body what to do with them
   */
  public void run(int rows, Body body) {
    if (others == null) {
      body.run(0, rows);
      return;
    }
    List<Future<?>> shares = new ArrayList<>(threads - 1);
    for (int share = 1; share < threads; share++) {
      int from = boundary(rows, share);
      int to = boundary(rows, share + 1);
      if (from < to) {
        shares.add(others.submit(() -> body.run(from, to)));
      }
    }
    int own = boundary(rows, 1);
    if (own > 0) {
      body.run(0, own);
    }
    for (Future<?> share : shares) {
      await(share);
    }
  }

  private int boundary(int rows, int share) {
    return (int) ((long) rows * share / threads);
  }

  private static void await(Future<?> share) {
    try {
      share.get();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while other threads computed", interruption);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("another thread failed", failure.getCause());
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.close();
    }
  }
}
