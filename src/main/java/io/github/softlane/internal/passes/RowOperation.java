package io.github.softlane.internal.passes;

/** What becomes of a row once the sum of its e is known. */
public enum RowOperation {
  /** Every e over the sum. */
  SOFTMAX,
  /** Every logit less the logarithm of the sum. */
  LOG_SOFTMAX,
  /** The logarithm of the sum. */
  LOG_SUM_EXP
}
