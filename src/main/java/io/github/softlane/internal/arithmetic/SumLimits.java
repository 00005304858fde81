package io.github.softlane.internal.arithmetic;

/** Where the sum of a row, in units of its largest term, shows that the row is a special one. */
public final class SumLimits {
  /** A sum within this of n times its largest term may be that of a constant row. */
  public static final double NEARLY_CONSTANT = 1 - 0x1p-16;

  /** Below this share of the largest term the rest of a row is summed on its own. */
  public static final double DOMINATED = 0x1p-20;

  /** The same for log-sum-exp where the maximum is 0, so that the result is that rest. */
  public static final double DOMINATED_AT_ZERO = 0.25;

  private SumLimits() {}
}
