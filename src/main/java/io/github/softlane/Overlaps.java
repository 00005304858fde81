package io.github.softlane;

/** Refuses what a call must not mix up: ranges of one array that overlap. */
final class Overlaps {
  private Overlaps() {}

  /** Whether both are one array, not whether they hold the same. */
  @SuppressWarnings("ReferenceEquality")
  static boolean sameArray(Object x, Object y) {
    return x == y;
  }

  /** From the first element of rows to the end of the last, which needs only its own n. */
  static long span(int rows, int stride, int n) {
    return rows == 0 || n == 0 ? 0 : (rows - 1L) * stride + n;
  }

  /** Two ranges, each of some elements from its offset on, share none. */
  static void checkApart(
      String aName,
      Object a,
      int aOffset,
      long aSpan,
      String bName,
      Object b,
      int bOffset,
      long bSpan) {
    check(aName, a, aOffset, aSpan, bName, b, bOffset, bSpan, "they must lie apart");
  }

  /** Two sets of as many rows share no element. */
  static void checkRowsApart(
      String aName,
      Object a,
      int aOffset,
      int aStride,
      String bName,
      Object b,
      int bOffset,
      int bStride,
      int rows,
      int n) {
    long aSpan = span(rows, aStride, n);
    checkApart(aName, a, aOffset, aSpan, bName, b, bOffset, span(rows, bStride, n));
  }

  /** Two sets of as many rows are the same rows or share no element. */
  static void checkSameOrApart(
      String aName,
      Object a,
      int aOffset,
      int aStride,
      String bName,
      Object b,
      int bOffset,
      int bStride,
      int rows,
      int n) {
    if (aOffset != bOffset || (aStride != bStride && rows > 1)) {
      String allowed = "they must be the same rows or lie apart";
      long aSpan = span(rows, aStride, n);
      check(aName, a, aOffset, aSpan, bName, b, bOffset, span(rows, bStride, n), allowed);
    }
  }

  private static void check(
      String aName,
      Object a,
      int aOffset,
      long aSpan,
      String bName,
      Object b,
      int bOffset,
      long bSpan,
      String allowed) {
    if (sameArray(a, b)
        && aSpan > 0
        && bSpan > 0
        && aOffset < bOffset + bSpan
        && bOffset < aOffset + aSpan) {
      throw new IllegalArgumentException(
          aName
              + " and "
              + bName
              + " are one array, and the "
              + aSpan
              + " elements from "
              + aName
              + "Offset "
              + aOffset
              + " overlap the "
              + bSpan
              + " from "
              + bName
              + "Offset "
              + bOffset
              + "; "
              + allowed);
    }
  }
}
