package io.github.softlane.cli;

/**
 * An array seen as rows along its last axis.
 *
 * @param rows number of rows, 0 or more
 * @param n length of a row, 1 or more
 */
record RowShape(long rows, int n) {
  /** Some virtual machines cannot make an array of the last few lengths of an int. */
  private static final int LONGEST_ROW = Integer.MAX_VALUE - 8;

  static RowShape of(NpyHeader header) throws NpyFormatException {
    if (header.shape().isEmpty()) {
      throw new NpyFormatException(
          "shape () is a single value; an array of at least 1 dimension is needed");
    }
    long n = header.shape().getLast();
    if (n == 0) {
      throw new NpyFormatException(
          "shape " + header.shapeText() + " has rows of 0 values; at least 1 is needed");
    }
    if (n > LONGEST_ROW) {
      throw new NpyFormatException(
          "shape " + header.shapeText() + " has rows of " + n + " values; at most " + LONGEST_ROW);
    }
    return new RowShape(header.elements() / n, (int) n);
  }

  long elements() {
    return rows * n;
  }
}
