package io.github.softlane;

/** The checks that every public call makes once, before it reads or writes anything. */
final class Arguments {
  private Arguments() {}

  static void checkRow(float[] x, int xOffset, int n) {
    checkRange("x", length("x", x), xOffset, n);
  }

  static void checkRow(double[] x, int xOffset, int n) {
    checkRange("x", length("x", x), xOffset, n);
  }

  static void checkRows(float[] x, int xOffset, float[] y, int yOffset, int n) {
    checkRange("x", length("x", x), xOffset, n);
    checkRange("y", length("y", y), yOffset, n);
    if (sameArray(x, y) && xOffset != yOffset && Math.abs((long) xOffset - yOffset) < n) {
      throw overlap(xOffset, yOffset, n);
    }
  }

  static void checkRows(double[] x, int xOffset, double[] y, int yOffset, int n) {
    checkRange("x", length("x", x), xOffset, n);
    checkRange("y", length("y", y), yOffset, n);
    if (sameArray(x, y) && xOffset != yOffset && Math.abs((long) xOffset - yOffset) < n) {
      throw overlap(xOffset, yOffset, n);
    }
  }

  /** Two sets of rows, each in an array of its own or both in one, and a temperature. */
  static void checkRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    checkRows("x", length("x", x), xOffset, xStride, rows, n);
    checkRows("y", length("y", y), yOffset, yStride, rows, n);
    if (sameArray(x, y)) {
      checkApart(xOffset, xStride, yOffset, yStride, rows, n);
    }
    checkTemperature(temperature);
  }

  /** Two sets of rows, each in an array of its own or both in one, and a temperature. */
  static void checkRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    checkRows("x", length("x", x), xOffset, xStride, rows, n);
    checkRows("y", length("y", y), yOffset, yStride, rows, n);
    if (sameArray(x, y)) {
      checkApart(xOffset, xStride, yOffset, yStride, rows, n);
    }
    checkTemperature(temperature);
  }

  /** Rows with one result each, and a temperature. */
  static void checkResults(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    checkRows("x", length("x", x), xOffset, xStride, rows, n);
    checkRows("y", length("y", y), yOffset, 1, rows, 1);
    if (sameArray(x, y)) {
      checkResultsApart(xOffset, xStride, yOffset, rows, n);
    }
    checkTemperature(temperature);
  }

  /** Rows with one result each, and a temperature. */
  static void checkResults(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    checkRows("x", length("x", x), xOffset, xStride, rows, n);
    checkRows("y", length("y", y), yOffset, 1, rows, 1);
    if (sameArray(x, y)) {
      checkResultsApart(xOffset, xStride, yOffset, rows, n);
    }
    checkTemperature(temperature);
  }

  /** Rows {@code stride} apart; the last one needs only its own n elements. */
  static void checkRows(String name, int length, int offset, int stride, int rows, int n) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows is " + rows + ", must be 0 or more");
    }
    if (n < 0) {
      throw new IllegalArgumentException("n is " + n + ", must be 0 or more");
    }
    if (rows > 1 && stride < n) {
      throw new IllegalArgumentException(
          name + "Stride is " + stride + ", must be at least n, which is " + n);
    }
    long span = rows == 0 ? 0 : (rows - 1L) * stride + n;
    if (offset < 0 || offset + span > length) {
      throw new IndexOutOfBoundsException(
          name
              + "Offset is "
              + offset
              + " and the "
              + rows
              + " rows span "
              + span
              + " elements, but "
              + name
              + " has "
              + length);
    }
  }

  /** Two sets of rows in one array must be the same rows or lie apart. */
  private static void checkApart(
      int xOffset, int xStride, int yOffset, int yStride, int rows, int n) {
    boolean same = xOffset == yOffset && (xStride == yStride || rows <= 1);
    if (same || rows == 0 || n == 0) {
      return;
    }
    long xEnd = xOffset + (rows - 1L) * xStride + n;
    long yEnd = yOffset + (rows - 1L) * yStride + n;
    if (xOffset < yEnd && yOffset < xEnd) {
      throw new IllegalArgumentException(
          "x and y are one array, and the rows from xOffset "
              + xOffset
              + " with xStride "
              + xStride
              + " overlap those from yOffset "
              + yOffset
              + " with yStride "
              + yStride
              + "; they must be the same rows or lie apart");
    }
  }

  /** One result a row must not lie where a later row is still to be read. */
  private static void checkResultsApart(int xOffset, int xStride, int yOffset, int rows, int n) {
    long xEnd = rows == 0 ? xOffset : xOffset + (rows - 1L) * xStride + n;
    if (n > 0 && yOffset < xEnd && xOffset < yOffset + (long) rows) {
      throw new IllegalArgumentException(
          "x and y are one array, and the "
              + rows
              + " results from yOffset "
              + yOffset
              + " overlap the rows from xOffset "
              + xOffset);
    }
  }

  /** Whether both are one array, not whether they hold the same. */
  @SuppressWarnings("ReferenceEquality")
  static boolean sameArray(Object x, Object y) {
    return x == y;
  }

  static void checkTemperature(double temperature) {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", must be 0 or more (+inf allowed)");
    }
  }

  static void checkNotEmpty(int n) {
    if (n == 0) {
      throw new IllegalArgumentException("n is 0, must be 1 or more: an empty row has no maximum");
    }
  }

  static int length(String name, float[] array) {
    if (array == null) {
      throw new NullPointerException(name + " is null");
    }
    return array.length;
  }

  static int length(String name, double[] array) {
    if (array == null) {
      throw new NullPointerException(name + " is null");
    }
    return array.length;
  }

  static void checkRange(String name, int length, int offset, int n) {
    // Sign bits of all four at once: this runs before every row.
    if ((offset | n | (length - n) | (length - n - offset)) < 0) {
      throw outside(name, length, offset, n);
    }
  }

  private static RuntimeException outside(String name, int length, int offset, int n) {
    if (n < 0) {
      return new IllegalArgumentException("n is " + n + ", must be 0 or more");
    }
    return new IndexOutOfBoundsException(
        name
            + "Offset is "
            + offset
            + " and n is "
            + n
            + ", but "
            + name
            + " has "
            + length
            + " elements");
  }

  private static IllegalArgumentException overlap(int xOffset, int yOffset, int n) {
    return new IllegalArgumentException(
        "x and y are one array, and the "
            + n
            + " elements from xOffset "
            + xOffset
            + " overlap those from yOffset "
            + yOffset
            + "; they must be the same or lie apart");
  }
}
