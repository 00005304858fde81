package io.github.softlane.jmh.contender;

import io.github.softlane.ParallelLogits;
import java.util.concurrent.ForkJoinPool;

/** All rows in one call of the library, which shares them, and long rows, among threads. */
final class BatchTask implements Task {
  private final ForkJoinPool pool;
  private final Runnable all;
  private final float[] floats;
  private final double[] doubles;

  BatchTask(Problem problem) {
    // The benchmark's thread is one of them.
    int helpers = problem.threads() - 1;
    pool = helpers == 0 ? null : new ForkJoinPool(helpers);
    ParallelLogits parallel = helpers == 0 ? null : ParallelLogits.of(pool, problem.threads());
    Shape shape = problem.shape();
    if (problem.type() == ElementType.FLOAT) {
      floats = new float[problem.resultElements()];
      doubles = null;
      all = all(parallel, problem.operation(), problem.logits().floats(), floats, shape);
    } else {
      floats = null;
      doubles = new double[problem.resultElements()];
      all = all(parallel, problem.operation(), problem.logits().doubles(), doubles, shape);
    }
  }

  private static Runnable all(
      ParallelLogits parallel, Operation operation, float[] x, float[] y, Shape shape) {
    int rows = shape.rows();
    int n = shape.columns();
    if (parallel == null) {
      return switch (operation) {
        case SOFTMAX -> () -> io.github.softlane.Logits.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SOFTMAX ->
            () -> io.github.softlane.Logits.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SUM_EXP ->
            () -> io.github.softlane.Logits.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
      };
    }
    return switch (operation) {
      case SOFTMAX -> () -> parallel.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SOFTMAX -> () -> parallel.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SUM_EXP -> () -> parallel.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
    };
  }

  private static Runnable all(
      ParallelLogits parallel, Operation operation, double[] x, double[] y, Shape shape) {
    int rows = shape.rows();
    int n = shape.columns();
    if (parallel == null) {
      return switch (operation) {
        case SOFTMAX -> () -> io.github.softlane.Logits.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SOFTMAX ->
            () -> io.github.softlane.Logits.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SUM_EXP ->
            () -> io.github.softlane.Logits.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
      };
    }
    return switch (operation) {
      case SOFTMAX -> () -> parallel.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SOFTMAX -> () -> parallel.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SUM_EXP -> () -> parallel.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
    };
  }

  @Override
  public void run() {
    all.run();
  }

  @Override
  public double result(int i) {
    return floats == null ? doubles[i] : floats[i];
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
