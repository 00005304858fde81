package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.InverseTemperature;

/** Rows of logits with the class that each is labelled with, whatever the type of the logits. */
public interface LabelledRows {
  /** How many there are. */
  int rows();

  /** The first row whose softmax is NaN, or the number of rows. */
  int firstUndefined();

  /** The first row whose label has a logit of -inf, or the number of rows. */
  int firstMasked();

  /** The widest range of the finite logits of a row; +inf where it overflows. */
  double range();

  /** Whether no logit is larger than that of the label, in any row. */
  boolean labelsAreLargest();

  /** The limit of the mean loss as T goes to 0, when the labels are the largest. */
  double meanLossOfTies();

  /** The mean of {@code -log p[label]}; NaN without rows. */
  double meanLoss(InverseTemperature inverse);

  /** Sums slope and curvature of the loss over all rows, see {@link SlopeSums}. */
  void sumSlopes(InverseTemperature inverse, double[] slope);

  /**
   * Measures one row, see {@link RowMeasures}.
   *
   * @param inverse null for T = 0
   */
  void measure(int row, InverseTemperature inverse, double[] measures);
}
