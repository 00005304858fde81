package io.github.softlane.jmh.contender;

/**
 * The error of a task's result against {@link Reference}, in units in the last place of the true
 * value.
 *
 * <p>For log-softmax and log-sum-exp the unit is at least 2^-24 ({@code float}) or 2^-53 ({@code
 * double}): where logits and logarithm cancel, no implementation keeps more. For sparsemax, and for
 * a gradient at the target, the others are allowed the same; Softlane is held to the bounds that it
 * documents.
 */
public final class Verification {
  /** Long arrays are checked in some rows only: the reference takes its time. */
  private static final int ELEMENTS = 1 << 20;

  private Verification() {}

  /**
   * The largest error over all rows; over evenly spaced ones, with the first and the last, when
   * there are more than 2^20 elements.
   *
   * @param contender who computed it
   * @param problem what was computed
   * @param task has run
   * @return the error; infinite where only one of result and true value is finite
   */
  public static double maxUlp(Contender contender, Problem problem, Task task) {
    Shape shape = problem.shape();
    int rows = Math.max(Math.min(shape.rows(), 2), ELEMENTS / shape.columns());
    int checked = Math.min(rows, shape.rows());
    double leastUnit = contender.leastUnit(problem);
    double max = 0;
    for (int i = 0; i < checked; i++) {
      int row = checked == 1 ? 0 : (int) ((long) i * (shape.rows() - 1) / (checked - 1));
      max = Math.max(max, ofRow(problem, leastUnit, task, row));
    }
    return max;
  }

  /**
   * Refuses a wrong result.
   *
   * @param contender who computed it
   * @param problem what was computed
   * @param task has run
   * @return the largest error
   * @throws IllegalStateException when it is larger than the contender is allowed
   */
  public static double check(Contender contender, Problem problem, Task task) {
    double maxUlp = maxUlp(contender, problem, task);
    double allowed = contender.allowedUlp(problem);
    if (!(maxUlp <= allowed)) {
      throw new IllegalStateException(
          "%s computes a wrong %s: %.3g ULP off where %.3g are allowed"
              .formatted(contender.name(), problem, maxUlp, allowed));
    }
    return maxUlp;
  }

  private static double ofRow(Problem problem, double leastUnit, Task task, int row) {
    Reference reference = new Reference(problem, row);
    int n = problem.operation().givesRows() ? problem.shape().columns() : 1;
    double max = 0;
    for (int i = 0; i < n; i++) {
      double least = cancels(problem, row, i) ? leastUnit : 0;
      double error = error(problem.type(), least, reference.at(i), task.result(row * n + i));
      max = Math.max(max, error);
    }
    return max;
  }

  private static boolean cancels(Problem problem, int row, int i) {
    return problem.operation() != Operation.CROSS_ENTROPY_GRADIENT
        || i == problem.logits().targets()[row];
  }

  private static double error(
      ElementType type, double leastUnit, DoubleDouble expected, double actual) {
    if (expected.hi() == actual) {
      return Double.isInfinite(actual)
          ? 0
          : Math.abs(expected.lo()) / Math.max(type.ulp(actual), leastUnit);
    }
    if (!Double.isFinite(actual) || !Double.isFinite(expected.hi())) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = DoubleDouble.difference(actual, expected.hi()).hi() - expected.lo();
    return Math.abs(difference) / Math.max(type.ulp(expected.hi()), leastUnit);
  }
}
