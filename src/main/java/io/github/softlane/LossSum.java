package io.github.softlane;

/** How the losses of the rows become one number, and what the gradient is divided by for it. */
final class LossSum {
  private LossSum() {}

  /**
   * What the gradient is divided by.
   *
   * @param weight what the mean divides by
   */
  static double divisor(Reduction reduction, double weight) {
    return reduction == Reduction.MEAN ? weight : 1;
  }

  /**
   * The sum of the losses, or their mean.
   *
   * @param lost what the sum leaves out
   * @param weight what the mean divides by
   */
  static double reduced(Reduction reduction, double sum, double lost, double weight) {
    // The error of an infinite sum is NaN.
    double all = Double.isNaN(lost) ? sum : sum + lost;
    if (reduction != Reduction.MEAN) {
      return all;
    }
    return weight == 0 ? Double.NaN : all / weight;
  }

  /** What the sum of a and b loses in rounding. */
  static double error(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }
}
