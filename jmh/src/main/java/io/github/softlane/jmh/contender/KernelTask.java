package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;

/** A {@link Kernel} over rows on the heap. */
final class KernelTask implements Task {
  private final Team team;
  private final int rows;
  private final Team.Body body;

  /** Of each row, where there is one: computed like the rest of the result, and kept like it. */
  private final double[] loss;

  private final float[] floats;
  private final double[] doubles;

  KernelTask(Kernel kernel, Problem problem) {
    team = new Team(problem.threads());
    rows = problem.shape().rows();
    loss = new double[rows];
    if (problem.type() == ElementType.FLOAT) {
      floats = new float[problem.resultElements()];
      doubles = null;
      body = body(kernel, problem, problem.logits().floats(), floats);
    } else {
      floats = null;
      doubles = new double[problem.resultElements()];
      body = body(kernel, problem, problem.logits().doubles(), doubles);
    }
  }

  private Team.Body body(Kernel kernel, Problem problem, float[] x, float[] y) {
    int n = problem.shape().columns();
    int[] targets = problem.logits().targets();
    return switch (problem.operation()) {
      case SOFTMAX ->
          (from, to) -> {
            for (int row = from; row < to; row++) {
              kernel.softmax(x, row * n, y, row * n, n);
            }
          };
      case LOG_SOFTMAX ->
          (from, to) -> {
            for (int row = from; row < to; row++) {
              kernel.logSoftmax(x, row * n, y, row * n, n);
            }
          };
      case LOG_SUM_EXP ->
          (from, to) -> {
            for (int row = from; row < to; row++) {
              y[row] = kernel.logSumExp(x, row * n, n);
            }
          };
      case CROSS_ENTROPY_GRADIENT -> {
        LossKernel losses = (LossKernel) kernel;
        yield (from, to) -> {
          for (int row = from; row < to; row++) {
            loss[row] = losses.crossEntropy(x, row * n, targets[row], y, row * n, n, rows);
          }
        };
      }
      case SPARSEMAX -> {
        SparseKernel sparse = (SparseKernel) kernel;
        yield (from, to) -> {
          for (int row = from; row < to; row++) {
            sparse.sparsemax(x, row * n, y, row * n, n);
          }
        };
      }
    };
  }

  private Team.Body body(Kernel kernel, Problem problem, double[] x, double[] y) {
    int n = problem.shape().columns();
    int[] targets = problem.logits().targets();
    return switch (problem.operation()) {
      case SOFTMAX ->
          (from, to) -> {
            for (int row = from; row < to; row++) {
              kernel.softmax(x, row * n, y, row * n, n);
            }
          };
      case LOG_SOFTMAX ->
          (from, to) -> {
            for (int row = from; row < to; row++) {
              kernel.logSoftmax(x, row * n, y, row * n, n);
            }
          };
      case LOG_SUM_EXP ->
          (from, to) -> {
            for (int row = from; row < to; row++) {
              y[row] = kernel.logSumExp(x, row * n, n);
            }
          };
      case CROSS_ENTROPY_GRADIENT -> {
        LossKernel losses = (LossKernel) kernel;
        yield (from, to) -> {
          for (int row = from; row < to; row++) {
            loss[row] = losses.crossEntropy(x, row * n, targets[row], y, row * n, n, rows);
          }
        };
      }
      case SPARSEMAX -> {
        SparseKernel sparse = (SparseKernel) kernel;
        yield (from, to) -> {
          for (int row = from; row < to; row++) {
            sparse.sparsemax(x, row * n, y, row * n, n);
          }
        };
      }
    };
  }

  @Override
  public void run() {
    team.run(rows, body);
  }

  @Override
  public double result(int i) {
    return floats == null ? doubles[i] : floats[i];
  }

  @Override
  public void close() {
    team.close();
  }
}
