package io.github.softlane.bits;

/**
 * Two ways to do many rows, which must give the same bits.
 *
 * @param <A> the array type of the rows
 */
public record ManyRowsComparison<A>(RowType<A> type, ManyRowsCalls<A> one, ManyRowsCalls<A> other) {
  /** All operations on rows of x, apart and in place; fails with {@code what} where they differ. */
  public void check(
      A x,
      int xOffset,
      int xStride,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double t,
      String what) {
    A expected = type.array(yOffset + rows * yStride);
    A found = type.copy(expected);
    one.softmax(x, xOffset, xStride, expected, yOffset, yStride, rows, n, t);
    other.softmax(x, xOffset, xStride, found, yOffset, yStride, rows, n, t);
    type.assertSame(expected, found, "softmax " + what);
    one.logSoftmax(x, xOffset, xStride, expected, yOffset, yStride, rows, n, t);
    other.logSoftmax(x, xOffset, xStride, found, yOffset, yStride, rows, n, t);
    type.assertSame(expected, found, "logSoftmax " + what);
    one.logSumExp(x, xOffset, xStride, expected, yOffset, rows, n, t);
    other.logSumExp(x, xOffset, xStride, found, yOffset, rows, n, t);
    type.assertSame(expected, found, "logSumExp " + what);
    expected = type.copy(x);
    found = type.copy(x);
    one.softmax(expected, xOffset, xStride, expected, xOffset, xStride, rows, n, t);
    other.softmax(found, xOffset, xStride, found, xOffset, xStride, rows, n, t);
    type.assertSame(expected, found, "softmax in place " + what);
  }
}
