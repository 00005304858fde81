package io.github.softlane.accuracy;

import java.util.function.Supplier;

/** What holds for every probability, whatever its accuracy. */
public final class Probabilities {
  private Probabilities() {}

  /** Fails unless p is NaN, or in [+0, 1]; -0 is outside. */
  public static void check(double p, Supplier<String> description) {
    if (p < 0 || p > 1 || Double.doubleToRawLongBits(p) == Long.MIN_VALUE) {
      throw new AssertionError("a probability of " + p + " at " + description.get());
    }
  }
}
