package io.github.softlane.internal.rows;

/** What is measured of a row with a label: the indices of its figures in an array. */
public final class RowMeasures {
  /** {@code -log p[target]}. */
  public static final int LOSS = 0;

  /** The sum over all classes of {@code (p - y)^2}, where y is 1 for the target and else 0. */
  public static final int BRIER = 1;

  /** The largest probability. */
  public static final int CONFIDENCE = 2;

  /** 1 when the first maximum is the target, else 0. */
  public static final int CORRECT = 3;

  /** How many figures there are. */
  public static final int COUNT = 4;

  private RowMeasures() {}

  /** A row whose softmax is NaN. */
  static void undefined(double[] measures) {
    measures[LOSS] = Double.NaN;
    measures[BRIER] = Double.NaN;
    measures[CONFIDENCE] = Double.NaN;
    measures[CORRECT] = 0;
  }

  /** A row in which one class has all of the probability. */
  static void certain(double[] measures, boolean correct) {
    measures[LOSS] = correct ? 0 : Double.POSITIVE_INFINITY;
    measures[BRIER] = correct ? 0 : 2;
    measures[CONFIDENCE] = 1;
    measures[CORRECT] = correct ? 1 : 0;
  }

  /**
   * Any other row. Its Brier score is made of the classes other than the target alone, since {@code
   * 1 - p} of the target is their sum: nothing cancels.
   *
   * @param rest the sum of e over all elements but the maximum, whose e is 1
   * @param others the sum of e over all elements but the target
   * @param squares the sum of the squares of these
   */
  static void of(
      double[] measures, double loss, double rest, double others, double squares, boolean correct) {
    double sum = 1.0 + rest;
    double miss = others / sum;
    measures[LOSS] = loss;
    measures[BRIER] = miss * miss + squares / sum / sum;
    measures[CONFIDENCE] = 1.0 / sum;
    measures[CORRECT] = correct ? 1 : 0;
  }
}
