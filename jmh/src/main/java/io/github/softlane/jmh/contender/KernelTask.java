package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;

/** A {@link Kernel} over rows on the heap. */
final class KernelTask implements Task {
  private final Team team;
  private final int rows;
  private final Team.Body body;
  private final float[] floats;
  private final double[] doubles;

  KernelTask(Kernel kernel, Problem problem) {
    team = new Team(problem.threads());
    rows = problem.shape().rows();
    int n = problem.shape().columns();
    if (problem.type() == ElementType.FLOAT) {
      floats = new float[problem.resultElements()];
      doubles = null;
      body = body(kernel, problem.operation(), problem.logits().floats(), floats, n);
    } else {
      floats = null;
      doubles = new double[problem.resultElements()];
      body = body(kernel, problem.operation(), problem.logits().doubles(), doubles, n);
    }
  }

  private static Team.Body body(Kernel kernel, Operation operation, float[] x, float[] y, int n) {
    return switch (operation) {
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
    };
  }

  private static Team.Body body(Kernel kernel, Operation operation, double[] x, double[] y, int n) {
    return switch (operation) {
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
