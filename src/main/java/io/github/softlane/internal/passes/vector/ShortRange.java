package io.github.softlane.internal.passes.vector;

/**
 * Whether a range is too short for the loops of a pass, which then ends early: one question for all
 * passes, because of how the compiler takes the answer.
 *
 * <p>The compiler learns from the profile of a branch how often the code behind it runs, and in
 * loops that hardly ever run it makes every constant vector anew for each use instead of keeping it
 * in a register. The calls that count in the profile of a vector pass are those of the warm-up,
 * nearly all of which end early; the last pass of softmax took 0.18 ns an element for it instead of
 * 0.07 (AVX2). Asked here, the branch is the one in {@link #less}, and whoever ends early asks it
 * once more with the opposite answer. So no profile can make the loops look rare.
 */
final class ShortRange {
  private ShortRange() {}

  /** Whether n is less than the least that a loop can take. */
  static boolean isBelow(int n, int least) {
    return less(n, least) && !less(least, n);
  }

  private static boolean less(int a, int b) {
    return a < b;
  }
}
