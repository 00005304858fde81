package io.github.softlane;

import io.github.softlane.internal.rows.Workers;
import io.github.softlane.internal.threads.Crew;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * The calls of {@link Logits} over rows, on several threads, with the bits of one thread.
 *
 * <p><b>Threads.</b> None is started here. The caller computes and asks an executor, often a {@link
 * ForkJoinPool}, for help. Work is claimed part by part, so that a call ends even when the executor
 * is busy, runs its tasks late, in the caller or never, or when the caller is its only thread. Many
 * rows are split between rows, a long row within, where its sum is divided in any case. Below some
 * 65,000 elements the caller computes alone, as to wake a thread takes longer.
 *
 * <p><b>Executors.</b> A call submits at most one task for each thread beside the caller, and more
 * only in place of those that have ended. A task that begins when the call is over returns at once,
 * and holds no array. What {@link Executor#execute} throws is thrown by the call, and the contents
 * of {@code y} are then undefined; but after a {@link
 * java.util.concurrent.RejectedExecutionException} the call goes on with those who came. Everything
 * is done, or given up, when a call returns or throws. An interrupt is left to the caller.
 *
 * <p><b>Memory.</b> What the caller wrote before a call is visible to the work, and the results to
 * the caller when it returns. Meanwhile {@code x} and {@code y} must not be written to. A call
 * allocates a few small objects, and some bytes for every 1000 elements of a row that is split.
 *
 * <p>Temperature, ranges, in-place rules, special values and other errors are those of {@link
 * Logits}. Instances are immutable and can be shared by threads.
 */
public final class ParallelLogits {
  /** Two threads share so many elements, some 20 microseconds' work: waking one takes 5 to 10. */
  private static final int WORTH_SHARING = 1 << 16;

  /** Every further thread must find so many, 30 to 60 microseconds' work. */
  private static final int WORTH_A_THREAD = 1 << 17;

  /**
   * A part has at least so many: 3 microseconds' work and more, beside which claims cost little.
   */
  private static final int PART = 1 << 14;

  /** Parts for each thread, so that all end at about the same time though one began late. */
  private static final int PARTS_PER_THREAD = 16;

  private final Executor executor;
  private final int threads;

  private ParallelLogits(Executor executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  /**
   * Calls that the threads of an executor help with.
   *
   * @param executor runs the tasks; never shut down here
   * @param threads how many threads may compute at once, the caller's included: 1 or more
   * @return the calls
   * @throws IllegalArgumentException when threads is less than 1
   */
  public static ParallelLogits of(Executor executor, int threads) {
    Objects.requireNonNull(executor, "executor is null");
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", must be 1 or more");
    }
    return new ParallelLogits(executor, threads);
  }

  /**
   * Calls that the workers of a pool help with. As many threads compute as the pool's parallelism
   * says; the caller is one of them, whether or not it is a worker of the pool.
   *
   * @param pool runs the tasks; never shut down here
   * @return the calls
   */
  public static ParallelLogits of(ForkJoinPool pool) {
    Objects.requireNonNull(pool, "pool is null");
    return of(pool, pool.getParallelism());
  }

  /**
   * Softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    softmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
  }

  /**
   * Softmax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void softmaxRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    share(
        rows,
        n,
        (row, count) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().softmaxRows(x, xi, xStride, y, yi, yStride, count, n, temperature);
        },
        (row, workers) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().softmax(workers, x, xi, y, yi, n, temperature);
        });
  }

  /**
   * Log-softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the log-probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void logSoftmax(
      float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    logSoftmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
  }

  /**
   * Log-softmax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the log-probabilities; may be {@code x} with the same offset
   *     and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void logSoftmaxRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    share(
        rows,
        n,
        (row, count) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().logSoftmaxRows(x, xi, xStride, y, yi, yStride, count, n, temperature);
        },
        (row, workers) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().logSoftmax(workers, x, xi, y, yi, n, temperature);
        });
  }

  /**
   * Log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   * @return the log-sum-exp, -inf for an empty row
   */
  public float logSumExp(float[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    float[] y = new float[1];
    logSumExpRows(x, xOffset, n, y, 0, 1, n, temperature);
    return y[0];
  }

  /**
   * Log-sum-exp of many rows at a temperature, one result each.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param y the array that receives one value a row; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void logSumExpRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkResults(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    if (n == 0) {
      Arrays.fill(y, yOffset, yOffset + rows, Float.NEGATIVE_INFINITY);
    }
    share(
        rows,
        n,
        (row, count) -> {
          int xi = xOffset + row * xStride;
          Kernels.selected().logSumExpRows(x, xi, xStride, y, yOffset + row, count, n, temperature);
        },
        (row, workers) -> {
          int xi = xOffset + row * xStride;
          y[yOffset + row] = Kernels.selected().logSumExp(workers, x, xi, n, temperature);
        });
  }

  /**
   * Softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    softmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
  }

  /**
   * Softmax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void softmaxRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    share(
        rows,
        n,
        (row, count) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().softmaxRows(x, xi, xStride, y, yi, yStride, count, n, temperature);
        },
        (row, workers) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().softmax(workers, x, xi, y, yi, n, temperature);
        });
  }

  /**
   * Log-softmax of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the log-probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void logSoftmax(
      double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    logSoftmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
  }

  /**
   * Log-softmax of many rows at a temperature, each on its own.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the log-probabilities; may be {@code x} with the same offset
   *     and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void logSoftmaxRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    share(
        rows,
        n,
        (row, count) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().logSoftmaxRows(x, xi, xStride, y, yi, yStride, count, n, temperature);
        },
        (row, workers) -> {
          int xi = xOffset + row * xStride;
          int yi = yOffset + row * yStride;
          Kernels.selected().logSoftmax(workers, x, xi, y, yi, n, temperature);
        });
  }

  /**
   * Log-sum-exp of one row at a temperature.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   * @return the log-sum-exp, -inf for an empty row
   */
  public double logSumExp(double[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    double[] y = new double[1];
    logSumExpRows(x, xOffset, n, y, 0, 1, n, temperature);
    return y[0];
  }

  /**
   * Log-sum-exp of many rows at a temperature, one result each.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param y the array that receives one value a row; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public void logSumExpRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkResults(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    if (n == 0) {
      Arrays.fill(y, yOffset, yOffset + rows, Double.NEGATIVE_INFINITY);
    }
    share(
        rows,
        n,
        (row, count) -> {
          int xi = xOffset + row * xStride;
          Kernels.selected().logSumExpRows(x, xi, xStride, y, yOffset + row, count, n, temperature);
        },
        (row, workers) -> {
          int xi = xOffset + row * xStride;
          y[yOffset + row] = Kernels.selected().logSumExp(workers, x, xi, n, temperature);
        });
  }

  /** One row that threads share. */
  private interface LongRow {
    void run(int row, Workers workers);
  }

  /**
   * Splits the work among the threads that it is worth.
   *
   * @param some does rows, from the first one on, in one thread
   * @param one does one row in several
   */
  private void share(int rows, int n, Workers.Part some, LongRow one) {
    long elements = (long) rows * n;
    if (elements == 0) {
      return;
    }
    boolean isLong = n >= WORTH_SHARING;
    long worth = elements < WORTH_SHARING ? 1 : Math.max(2, elements / WORTH_A_THREAD);
    int crewSize = (int) Math.min(Math.min(threads, worth), isLong ? Integer.MAX_VALUE : rows);
    if (crewSize == 1) {
      some.run(0, rows);
      return;
    }
    // Long rows of which there is one for each thread go by rows, those left over by blocks.
    int byRows = isLong ? rows - rows % crewSize : rows;
    long part = Math.max(PART, elements / crewSize / PARTS_PER_THREAD);
    try (Crew crew = new Crew(executor, crewSize - 1)) {
      if (byRows > 0) {
        crew.share(byRows, (int) Math.max(1, part / n), some);
      }
      for (int row = byRows; row < rows; row++) {
        one.run(row, crew);
      }
    }
  }
}
