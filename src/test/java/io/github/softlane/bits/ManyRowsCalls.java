package io.github.softlane.bits;

/**
 * The three operations on many rows of one type.
 *
 * @param <A> the array type of the rows
 */
public interface ManyRowsCalls<A> {
  /** Softmax of each row. */
  void softmax(
      A x, int xOffset, int xStride, A y, int yOffset, int yStride, int rows, int n, double t);

  /** Log-softmax of each row. */
  void logSoftmax(
      A x, int xOffset, int xStride, A y, int yOffset, int yStride, int rows, int n, double t);

  /** Log-sum-exp of each row. */
  void logSumExp(A x, int xOffset, int xStride, A y, int yOffset, int rows, int n, double t);
}
