package io.github.softlane.bits;

/**
 * The three operations of one backend on rows of one type.
 *
 * @param <A> the array type of the rows
 */
public interface RowCalls<A> {
  /** Softmax of a row. */
  void softmax(A x, int xOffset, A y, int yOffset, int n, double temperature);

  /** Log-softmax of a row. */
  void logSoftmax(A x, int xOffset, A y, int yOffset, int n, double temperature);

  /** The raw bits of the log-sum-exp of a row. */
  long logSumExpBits(A x, int xOffset, int n, double temperature);
}
