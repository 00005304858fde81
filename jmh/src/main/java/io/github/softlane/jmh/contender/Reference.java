package io.github.softlane.jmh.contender;

import java.util.Arrays;

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

  /** Of sparsemax, otherwise null. */
  private final DoubleDouble threshold;

  private final int target;

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
    threshold =
        problem.operation() == Operation.SPARSEMAX ? threshold(problem.logits(), from, n) : null;
    target = problem.logits().targets()[row];
  }

  private static double max(Logits logits, int from, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, logits.at(from + i));
    }
    return max;
  }

  /** The largest logits are the support as long as the next one is above the threshold. */
  private static DoubleDouble threshold(Logits logits, int from, int n) {
    double[] sorted = new double[n];
    for (int i = 0; i < n; i++) {
      sorted[i] = logits.at(from + i);
    }
    Arrays.sort(sorted);
    DoubleDouble lessOne = DoubleDouble.of(-1);
    DoubleDouble threshold = DoubleDouble.of(Double.NEGATIVE_INFINITY);
    int support = 0;
    for (int i = n - 1; i >= 0 && (support == 0 || isAbove(sorted[i], threshold)); i--) {
      support++;
      lessOne = lessOne.plus(DoubleDouble.of(sorted[i]));
      threshold = lessOne.dividedBy(DoubleDouble.of(support));
    }
    return threshold;
  }

  private static boolean isAbove(double x, DoubleDouble threshold) {
    return x > threshold.hi() || (x == threshold.hi() && threshold.lo() < 0);
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
      case CROSS_ENTROPY_GRADIENT -> {
        // The difference before the quotient: p - 1 would lose what the others have.
        DoubleDouble share = i == target ? exp(i).minus(sum) : exp(i);
        yield share.dividedBy(sum).dividedBy(DoubleDouble.of(problem.shape().rows()));
      }
      case SPARSEMAX -> {
        double x = problem.logits().at(from + i);
        yield isAbove(x, threshold) ? DoubleDouble.of(x).minus(threshold) : DoubleDouble.ZERO;
      }
    };
  }
}
