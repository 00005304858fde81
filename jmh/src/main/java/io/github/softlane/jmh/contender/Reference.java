package io.github.softlane.jmh.contender;

/**
 * What a row should give, with many more bits than its type has: in double for {@code float}, in
 * double-double for {@code double}. For rows that have at least one finite entry and no NaN or
 * positive infinity, as all rows of the benchmarks.
 */
final class Reference {
  private final Problem problem;
  private final int from;
  private final double max;
  private final DoubleDouble sum;
  private final DoubleDouble logOfSum;

  Reference(Problem problem, int row) {
    this.problem = problem;
    int n = problem.shape().columns();
    from = row * n;
    max = max(problem.logits(), from, n);
    DoubleDouble total = DoubleDouble.ZERO;
    for (int i = 0; i < n; i++) {
      total = total.plus(exp(i));
    }
    sum = total;
    logOfSum = total.log();
  }

  private static double max(Logits logits, int from, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, logits.at(from + i));
    }
    return max;
  }

  private DoubleDouble exp(int i) {
    double x = problem.logits().at(from + i);
    if (x == Double.NEGATIVE_INFINITY) {
      return DoubleDouble.ZERO;
    }
    return problem.type() == ElementType.FLOAT
        ? DoubleDouble.of(Math.exp(x - max))
        : DoubleDouble.difference(x, max).exp();
  }

  /** The i-th element of the row's result; log-sum-exp has only the one with index 0. */
  DoubleDouble at(int i) {
    return switch (problem.operation()) {
      case SOFTMAX -> exp(i).dividedBy(sum);
      case LOG_SOFTMAX -> {
        double x = problem.logits().at(from + i);
        yield x == Double.NEGATIVE_INFINITY
            ? DoubleDouble.of(x)
            : DoubleDouble.difference(x, max).minus(logOfSum);
      }
      case LOG_SUM_EXP -> DoubleDouble.of(max).plus(logOfSum);
    };
  }
}
