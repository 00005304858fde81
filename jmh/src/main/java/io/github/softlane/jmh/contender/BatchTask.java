package io.github.softlane.jmh.contender;

import io.github.softlane.CrossEntropy;
import io.github.softlane.ParallelLogits;
import io.github.softlane.Reduction;
import io.github.softlane.Sparsemax;
import java.util.concurrent.ForkJoinPool;

/**
 * All rows in one call of the library, which shares them, and long rows, among threads. Losses and
 * sparsemax it has on the caller's thread only.
 */
final class BatchTask implements Task {
  private static final CrossEntropy MEAN = CrossEntropy.of(Reduction.MEAN);

  private final ForkJoinPool pool;
  private final Runnable all;
  private final float[] floats;
  private final double[] doubles;

  /** Computed like the rest of the result, and kept like it. */
  private double loss;

  BatchTask(Problem problem) {
    // The benchmark's thread is one of them.
    int helpers = problem.threads() - 1;
    pool = helpers == 0 ? null : new ForkJoinPool(helpers);
    ParallelLogits parallel = helpers == 0 ? null : ParallelLogits.of(pool, problem.threads());
    if (problem.type() == ElementType.FLOAT) {
      floats = new float[problem.resultElements()];
      doubles = null;
      all = all(parallel, problem, problem.logits().floats(), floats);
    } else {
      floats = null;
      doubles = new double[problem.resultElements()];
      all = all(parallel, problem, problem.logits().doubles(), doubles);
    }
  }

  private Runnable all(ParallelLogits parallel, Problem problem, float[] x, float[] y) {
    int rows = problem.shape().rows();
    int n = problem.shape().columns();
    int[] targets = problem.logits().targets();
    if (parallel == null || !problem.operation().isOfEveryBackend()) {
      return switch (problem.operation()) {
        case SOFTMAX -> () -> io.github.softlane.Logits.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SOFTMAX ->
            () -> io.github.softlane.Logits.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SUM_EXP ->
            () -> io.github.softlane.Logits.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
        case CROSS_ENTROPY_GRADIENT ->
            () -> loss = MEAN.lossAndGradient(x, 0, n, targets, 0, y, 0, n, rows, n);
        case SPARSEMAX -> () -> Sparsemax.sparsemaxRows(x, 0, n, y, 0, n, rows, n, 1);
      };
    }
    return switch (problem.operation()) {
      case SOFTMAX -> () -> parallel.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SOFTMAX -> () -> parallel.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SUM_EXP -> () -> parallel.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
      case CROSS_ENTROPY_GRADIENT, SPARSEMAX -> throw new AssertionError(problem.operation());
    };
  }

  private Runnable all(ParallelLogits parallel, Problem problem, double[] x, double[] y) {
    int rows = problem.shape().rows();
    int n = problem.shape().columns();
    int[] targets = problem.logits().targets();
    if (parallel == null || !problem.operation().isOfEveryBackend()) {
      return switch (problem.operation()) {
        case SOFTMAX -> () -> io.github.softlane.Logits.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SOFTMAX ->
            () -> io.github.softlane.Logits.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
        case LOG_SUM_EXP ->
            () -> io.github.softlane.Logits.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
        case CROSS_ENTROPY_GRADIENT ->
            () -> loss = MEAN.lossAndGradient(x, 0, n, targets, 0, y, 0, n, rows, n);
        case SPARSEMAX -> () -> Sparsemax.sparsemaxRows(x, 0, n, y, 0, n, rows, n, 1);
      };
    }
    return switch (problem.operation()) {
      case SOFTMAX -> () -> parallel.softmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SOFTMAX -> () -> parallel.logSoftmaxRows(x, 0, n, y, 0, n, rows, n, 1);
      case LOG_SUM_EXP -> () -> parallel.logSumExpRows(x, 0, n, y, 0, rows, n, 1);
      case CROSS_ENTROPY_GRADIENT, SPARSEMAX -> throw new AssertionError(problem.operation());
    };
  }

  @Override
  public void run() {
    all.run();
  }

  /** The mean loss of the last run. */
  double loss() {
    return loss;
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
