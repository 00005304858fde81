package io.github.softlane.internal.arithmetic;

/** A standard Gumbel variate from random bits. */
public final class Gumbel {
  /** One bit fewer than a double has, so that the half in {@link #variate} still fits. */
  private static final int DROPPED_BITS = 12;

  private static final double GRID = 0x1p-52;

  private Gumbel() {}

  /**
   * {@code -log(-log(u))} for u in the middle of one of the 2^52 equal parts of (0, 1) that the
   * high bits choose. So u is never 0 or 1, and the variate lies in [-3.61, 36.74].
   */
  public static double variate(long bits) {
    double u = ((bits >>> DROPPED_BITS) + 0.5) * GRID;
    return -Log.log(-Log.log(u, 0), 0);
  }
}
