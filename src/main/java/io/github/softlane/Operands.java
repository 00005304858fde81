package io.github.softlane;

/**
 * The checks of calls with two inputs and one output, whose names are those of the call.
 *
 * <p>The first input may be the output itself; the second only where {@code inPlace} says so.
 */
final class Operands {
  private Operands() {}

  static void check(
      String a,
      float[] x,
      int xOffset,
      String b,
      float[] g,
      int gOffset,
      boolean inPlace,
      String c,
      float[] y,
      int yOffset,
      int n,
      double temperature) {
    Arguments.checkRange(a, Arguments.length(a, x), xOffset, n);
    Arguments.checkRange(b, Arguments.length(b, g), gOffset, n);
    Arguments.checkRange(c, Arguments.length(c, y), yOffset, n);
    checkOverlap(true, a, x, xOffset, n, c, y, yOffset, n, 1, n);
    checkOverlap(inPlace, b, g, gOffset, n, c, y, yOffset, n, 1, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkRows(
      String a,
      float[] x,
      int xOffset,
      int xStride,
      String b,
      float[] g,
      int gOffset,
      int gStride,
      boolean inPlace,
      String c,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(a, Arguments.length(a, x), xOffset, xStride, rows, n);
    Arguments.checkRows(b, Arguments.length(b, g), gOffset, gStride, rows, n);
    Arguments.checkRows(c, Arguments.length(c, y), yOffset, yStride, rows, n);
    checkOverlap(true, a, x, xOffset, xStride, c, y, yOffset, yStride, rows, n);
    checkOverlap(inPlace, b, g, gOffset, gStride, c, y, yOffset, yStride, rows, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkGradient(
      float[] x, int xOffset, float[] gradX, int gradXOffset, int n, double temperature) {
    Arguments.checkRange("x", Arguments.length("x", x), xOffset, n);
    Arguments.checkRange("gradX", Arguments.length("gradX", gradX), gradXOffset, n);
    checkOverlap(true, "x", x, xOffset, n, "gradX", gradX, gradXOffset, n, 1, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkGradientRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("x", Arguments.length("x", x), xOffset, xStride, rows, n);
    int length = Arguments.length("gradX", gradX);
    Arguments.checkRows("gradX", length, gradXOffset, gradXStride, rows, n);
    checkOverlap(true, "x", x, xOffset, xStride, "gradX", gradX, gradXOffset, gradXStride, rows, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkJacobian(
      float[] x, int xOffset, float[] jacobian, int jacobianOffset, int n, double temperature) {
    Arguments.checkRange("x", Arguments.length("x", x), xOffset, n);
    int length = Arguments.length("jacobian", jacobian);
    checkMatrix(x, xOffset, jacobian, length, jacobianOffset, n);
    Arguments.checkTemperature(temperature);
  }

  /** Two rows of logits, of which nothing is written. */
  static void checkPair(
      float[] xp, int xpOffset, float[] xq, int xqOffset, int n, double temperature) {
    Arguments.checkRange("xp", Arguments.length("xp", xp), xpOffset, n);
    Arguments.checkRange("xq", Arguments.length("xq", xq), xqOffset, n);
    Arguments.checkTemperature(temperature);
  }

  /** Pairs of rows of logits, and one result each. */
  static void checkPairs(
      float[] xp,
      int xpOffset,
      int xpStride,
      float[] xq,
      int xqOffset,
      int xqStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("xp", Arguments.length("xp", xp), xpOffset, xpStride, rows, n);
    Arguments.checkRows("xq", Arguments.length("xq", xq), xqOffset, xqStride, rows, n);
    Arguments.checkRows("y", Arguments.length("y", y), yOffset, 1, rows, 1);
    Overlaps.checkApart(
        "y", y, yOffset, n == 0 ? 0 : rows, "xp", xp, xpOffset, Overlaps.span(rows, xpStride, n));
    Overlaps.checkApart(
        "y", y, yOffset, n == 0 ? 0 : rows, "xq", xq, xqOffset, Overlaps.span(rows, xqStride, n));
    Arguments.checkTemperature(temperature);
  }

  static void check(
      String a,
      double[] x,
      int xOffset,
      String b,
      double[] g,
      int gOffset,
      boolean inPlace,
      String c,
      double[] y,
      int yOffset,
      int n,
      double temperature) {
    Arguments.checkRange(a, Arguments.length(a, x), xOffset, n);
    Arguments.checkRange(b, Arguments.length(b, g), gOffset, n);
    Arguments.checkRange(c, Arguments.length(c, y), yOffset, n);
    checkOverlap(true, a, x, xOffset, n, c, y, yOffset, n, 1, n);
    checkOverlap(inPlace, b, g, gOffset, n, c, y, yOffset, n, 1, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkRows(
      String a,
      double[] x,
      int xOffset,
      int xStride,
      String b,
      double[] g,
      int gOffset,
      int gStride,
      boolean inPlace,
      String c,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows(a, Arguments.length(a, x), xOffset, xStride, rows, n);
    Arguments.checkRows(b, Arguments.length(b, g), gOffset, gStride, rows, n);
    Arguments.checkRows(c, Arguments.length(c, y), yOffset, yStride, rows, n);
    checkOverlap(true, a, x, xOffset, xStride, c, y, yOffset, yStride, rows, n);
    checkOverlap(inPlace, b, g, gOffset, gStride, c, y, yOffset, yStride, rows, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkGradient(
      double[] x, int xOffset, double[] gradX, int gradXOffset, int n, double temperature) {
    Arguments.checkRange("x", Arguments.length("x", x), xOffset, n);
    Arguments.checkRange("gradX", Arguments.length("gradX", gradX), gradXOffset, n);
    checkOverlap(true, "x", x, xOffset, n, "gradX", gradX, gradXOffset, n, 1, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkGradientRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("x", Arguments.length("x", x), xOffset, xStride, rows, n);
    int length = Arguments.length("gradX", gradX);
    Arguments.checkRows("gradX", length, gradXOffset, gradXStride, rows, n);
    checkOverlap(true, "x", x, xOffset, xStride, "gradX", gradX, gradXOffset, gradXStride, rows, n);
    Arguments.checkTemperature(temperature);
  }

  static void checkJacobian(
      double[] x, int xOffset, double[] jacobian, int jacobianOffset, int n, double temperature) {
    Arguments.checkRange("x", Arguments.length("x", x), xOffset, n);
    int length = Arguments.length("jacobian", jacobian);
    checkMatrix(x, xOffset, jacobian, length, jacobianOffset, n);
    Arguments.checkTemperature(temperature);
  }

  /** Two rows of logits, of which nothing is written. */
  static void checkPair(
      double[] xp, int xpOffset, double[] xq, int xqOffset, int n, double temperature) {
    Arguments.checkRange("xp", Arguments.length("xp", xp), xpOffset, n);
    Arguments.checkRange("xq", Arguments.length("xq", xq), xqOffset, n);
    Arguments.checkTemperature(temperature);
  }

  /** Pairs of rows of logits, and one result each. */
  static void checkPairs(
      double[] xp,
      int xpOffset,
      int xpStride,
      double[] xq,
      int xqOffset,
      int xqStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("xp", Arguments.length("xp", xp), xpOffset, xpStride, rows, n);
    Arguments.checkRows("xq", Arguments.length("xq", xq), xqOffset, xqStride, rows, n);
    Arguments.checkRows("y", Arguments.length("y", y), yOffset, 1, rows, 1);
    Overlaps.checkApart(
        "y", y, yOffset, n == 0 ? 0 : rows, "xp", xp, xpOffset, Overlaps.span(rows, xpStride, n));
    Overlaps.checkApart(
        "y", y, yOffset, n == 0 ? 0 : rows, "xq", xq, xqOffset, Overlaps.span(rows, xqStride, n));
    Arguments.checkTemperature(temperature);
  }

  static void checkSquare(int xLength, int jacobianLength) {
    if (jacobianLength != (long) xLength * xLength) {
      throw new IllegalArgumentException(
          "jacobian has "
              + jacobianLength
              + " elements, must have as many as x squared: "
              + (long) xLength * xLength);
    }
  }

  private static void checkMatrix(
      Object x, int xOffset, Object jacobian, int length, int jacobianOffset, int n) {
    long size = (long) n * n;
    if (jacobianOffset < 0 || jacobianOffset + size > length) {
      throw new IndexOutOfBoundsException(
          "jacobianOffset is "
              + jacobianOffset
              + " and n * n is "
              + size
              + ", but jacobian has "
              + length
              + " elements");
    }
    Overlaps.checkApart("x", x, xOffset, n, "jacobian", jacobian, jacobianOffset, size);
  }

  /** An input must be the output, where that is allowed, or lie apart from it. */
  private static void checkOverlap(
      boolean inPlace,
      String a,
      Object x,
      int xOffset,
      int xStride,
      String c,
      Object y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    if (inPlace) {
      Overlaps.checkSameOrApart(a, x, xOffset, xStride, c, y, yOffset, yStride, rows, n);
    } else {
      Overlaps.checkRowsApart(a, x, xOffset, xStride, c, y, yOffset, yStride, rows, n);
    }
  }
}
