package io.github.softlane.jmh.contender;

import java.util.Arrays;

/** What is measured. */
public enum Operation {
  /** Softmax of each row. */
  SOFTMAX("softmax"),
  /** Log-softmax of each row. */
  LOG_SOFTMAX("log-softmax"),
  /** Log-sum-exp of each row: one number per row. */
  LOG_SUM_EXP("log-sum-exp"),
  /** Mean cross-entropy with a class a row, and its gradient, which is the result. */
  CROSS_ENTROPY_GRADIENT("cross-entropy-gradient"),
  /** Sparsemax of each row. */
  SPARSEMAX("sparsemax");

  private final String label;

  Operation(String label) {
    this.label = label;
  }

  /**
   * The name in parameters and tables.
   *
   * @return the name
   */
  public String label() {
    return label;
  }

  /**
   * Whether the result is as large as the input.
   *
   * @return false for one number per row
   */
  public boolean givesRows() {
    return this != LOG_SUM_EXP;
  }

  /**
   * Whether every backend has the operation by itself, and every plan measures it.
   *
   * @return false for those that the library has for the backend that it picked only
   */
  public boolean isOfEveryBackend() {
    return this == SOFTMAX || this == LOG_SOFTMAX || this == LOG_SUM_EXP;
  }

  /**
   * Whether the arithmetic is an exponential for each element.
   *
   * @return false where there are none
   */
  public boolean hasExponentials() {
    return this != SPARSEMAX;
  }

  /**
   * The operation of a name.
   *
   * @param label a name as {@link #label} gives it
   * @return the operation
   */
  public static Operation named(String label) {
    for (Operation operation : values()) {
      if (operation.label.equals(label)) {
        return operation;
      }
    }
    throw new IllegalArgumentException(
        "operation is '"
            + label
            + "', must be one of "
            + Arrays.stream(values()).map(Operation::label).toList());
  }
}
