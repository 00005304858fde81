package io.github.softlane.jmh.contender;

import java.util.Arrays;

/** What is measured. */
public enum Operation {
  /** Softmax of each row. */
  SOFTMAX("softmax"),
  /** Log-softmax of each row. */
  LOG_SOFTMAX("log-softmax"),
  /** Log-sum-exp of each row: one number per row. */
  LOG_SUM_EXP("log-sum-exp");

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
