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
    Overlaps.checkSameOrApart("x", x, xOffset, n, "y", y, yOffset, n, 1, n);
  }

  static void checkRows(double[] x, int xOffset, double[] y, int yOffset, int n) {
    checkRange("x", length("x", x), xOffset, n);
    checkRange("y", length("y", y), yOffset, n);
    Overlaps.checkSameOrApart("x", x, xOffset, n, "y", y, yOffset, n, 1, n);
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
    Overlaps.checkSameOrApart("x", x, xOffset, xStride, "y", y, yOffset, yStride, rows, n);
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
    Overlaps.checkSameOrApart("x", x, xOffset, xStride, "y", y, yOffset, yStride, rows, n);
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
    Overlaps.checkApart(
        "y", y, yOffset, n == 0 ? 0 : rows, "x", x, xOffset, Overlaps.span(rows, xStride, n));
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
    Overlaps.checkApart(
        "y", y, yOffset, n == 0 ? 0 : rows, "x", x, xOffset, Overlaps.span(rows, xStride, n));
    checkTemperature(temperature);
  }

  /** Rows with the class of each, which is one of n. */
  static void checkLabelledRows(
      float[] x, int xOffset, int xStride, int[] targets, int targetsOffset, int rows, int n) {
    checkRows("x", length("x", x), xOffset, xStride, rows, n);
    checkTargets(targets, targetsOffset, rows, n);
  }

  /** Rows with the class of each, which is one of n. */
  static void checkLabelledRows(
      double[] x, int xOffset, int xStride, int[] targets, int targetsOffset, int rows, int n) {
    checkRows("x", length("x", x), xOffset, xStride, rows, n);
    checkTargets(targets, targetsOffset, rows, n);
  }

  /** The class of each row is one of a number of classes. */
  static void checkTargets(int[] targets, int targetsOffset, int rows, int classes) {
    checkRows("targets", length("targets", targets), targetsOffset, 1, rows, 1);
    for (int row = 0; row < rows; row++) {
      checkTarget(row, targets[targetsOffset + row], classes);
    }
  }

  /** One class of a number of classes. */
  static void checkTarget(int target, int classes) {
    if (target < 0 || target >= classes) {
      throw new IllegalArgumentException(
          "target is "
              + target
              + ", must be 0 or more and less than the number of classes, "
              + classes);
    }
  }

  private static void checkTarget(int row, int target, int classes) {
    if (target < 0 || target >= classes) {
      throw new IllegalArgumentException(
          "the target of row "
              + row
              + " is "
              + target
              + ", must be 0 or more and less than the number of classes, "
              + classes);
    }
  }

  /** One row of an argument that has another name than x. */
  static void checkRow(String name, float[] array, int offset, int n) {
    checkRange(name, length(name, array), offset, n);
  }

  /** One row of an argument that has another name than x. */
  static void checkRow(String name, double[] array, int offset, int n) {
    checkRange(name, length(name, array), offset, n);
  }

  /** Rows of an argument that has another name than x. */
  static void checkRows(String name, float[] array, int offset, int stride, int rows, int n) {
    checkRows(name, length(name, array), offset, stride, rows, n);
  }

  /** Rows of an argument that has another name than x. */
  static void checkRows(String name, double[] array, int offset, int stride, int rows, int n) {
    checkRows(name, length(name, array), offset, stride, rows, n);
  }

  /** A whole array with one element for each of a number of things. */
  static void checkLength(String name, int length, int expected, String things) {
    if (length != expected) {
      throw new IllegalArgumentException(
          name
              + " has "
              + length
              + " elements, must have as many as there are "
              + things
              + ": "
              + expected);
    }
  }

  /** Rows that follow one another fill the array. */
  static void checkWhole(int xLength, int rows, int n) {
    if ((long) rows * n != xLength) {
      throw new IllegalArgumentException(
          "x has " + xLength + " elements, must have rows * n: " + rows + " * " + n);
    }
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

  static void checkSameLength(String name, int length, String other, int otherLength) {
    if (length != otherLength) {
      throw new IllegalArgumentException(
          name
              + " has "
              + length
              + " elements, must have as many as "
              + other
              + ": "
              + otherLength);
    }
  }

  static void checkTemperature(double temperature) {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", must be 0 or more (+inf allowed)");
    }
  }

  static void checkPositiveTemperature(double temperature) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", must be above 0 and finite");
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

  static int length(String name, int[] array) {
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
}
