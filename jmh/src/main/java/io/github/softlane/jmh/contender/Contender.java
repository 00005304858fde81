package io.github.softlane.jmh.contender;

/** Something that computes the operations. Creating one loads no native library. */
public interface Contender {

  /**
   * The name in parameters and tables.
   *
   * @return the name
   */
  String name();

  /**
   * Whether the work is done outside the JVM.
   *
   * @return true for a native library
   */
  boolean isNative();

  /**
   * Whether there is anything to measure.
   *
   * @param operation the operation
   * @param type the type of the elements
   * @return false when the contender does not have this operation for this type
   */
  boolean offers(Operation operation, ElementType type);

  /** Runs every kind of row, to leave the JIT compiler with the profile of a long-lived JVM. */
  void pollute();

  /**
   * Gets everything ready.
   *
   * @param problem what to compute
   * @return the task; the caller closes it
   * @throws IllegalStateException when another backend than the one of this name would run
   */
  Task prepare(Problem problem);

  /**
   * The least unit of an error that counts, where a difference of larger numbers is the result.
   *
   * <p>For softmax it is 0: nothing cancels. For the gradient of cross-entropy it is that of the
   * element of the row's target, {@code (p - 1) / rows}; the others have no such difference.
   *
   * @param problem what was computed
   * @return the unit: half an ULP of 1 by default, or of its share for one row
   */
  default double leastUnit(Problem problem) {
    double halfUlpOfOne = problem.type().halfUlpOfOne();
    return switch (problem.operation()) {
      case SOFTMAX -> 0;
      case LOG_SOFTMAX, LOG_SUM_EXP, SPARSEMAX -> halfUlpOfOne;
      case CROSS_ENTROPY_GRADIENT -> halfUlpOfOne / problem.shape().rows();
    };
  }

  /**
   * The largest error that counts as right.
   *
   * @param problem what was computed
   * @return the error in units of {@link Verification}
   */
  default double allowedUlp(Problem problem) {
    // Five percent: a sum of 16M floats in one accumulator is off by one, a wrong result by more.
    return 0.05 / problem.type().halfUlpOfOne();
  }
}
