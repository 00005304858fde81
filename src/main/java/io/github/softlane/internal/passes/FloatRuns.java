package io.github.softlane.internal.passes;

/**
 * A row that is thinned out in place: elements that were dropped are passed over, the others stay
 * where they are.
 *
 * <p>The first element of a run of dropped ones holds the length of the run, as the payload of a
 * NaN; the others of the run hold anything. So sparse rows need no memory but their own, each
 * element that is kept knows its place, and the cost of a further round is that of what is left.
 * The row itself must hold no NaN.
 */
public final class FloatRuns {
  /** The quiet NaN whose payload is 0. */
  private static final int HEADER = 0x7fc00000;

  /** All bits of the payload; a longer run has several headers. */
  private static final int LONGEST = 0x3fffff;

  /** Elements looked at one by one before the next one to keep is searched for. */
  private static final int WINDOW = 16;

  private FloatRuns() {}

  /** The length of the run whose header this is. */
  public static int length(float header) {
    return Float.floatToRawIntBits(header) & LONGEST;
  }

  /** Drops the elements with the indices {@code from} to {@code to - 1}. */
  public static void drop(float[] y, int from, int to) {
    // The difference, since the sum may exceed the largest int.
    for (int i = from; to - i > 0; i += LONGEST) {
      y[i] = Float.intBitsToFloat(HEADER | Math.min(to - i, LONGEST));
    }
  }

  /**
   * Copies the elements that are at least the bound and drops all others.
   *
   * @param y receives the thinned row; may be the row itself
   */
  public static void keep(
      FloatPasses passes, float[] x, int xOffset, float[] y, int yOffset, int n, float bound) {
    int dropped = 0;
    int i = 0;
    while (i < n) {
      int end = i + Math.min(n - i, WINDOW);
      int before = dropped;
      for (; i < end; i++) {
        float element = x[xOffset + i];
        if (element >= bound) {
          drop(y, yOffset + dropped, yOffset + i);
          y[yOffset + i] = element;
          dropped = i + 1;
        }
      }
      if (dropped == before) {
        i += passes.firstAtLeast(x, xOffset + i, n - i, bound);
      }
    }
    drop(y, yOffset + dropped, yOffset + n);
  }
}
