package io.github.softlane.jmh.contender;

/**
 * One thing to compute.
 *
 * @param operation what to compute of each row
 * @param logits the rows
 * @param threads how many threads may compute, 1 or more
 */
public record Problem(Operation operation, Logits logits, int threads) {
  /** Checks the limits. */
  public Problem {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", must be 1 or more");
    }
  }

  /**
   * The number of rows and their length.
   *
   * @return the shape
   */
  public Shape shape() {
    return logits.shape();
  }

  /**
   * The type of the logits and of the result.
   *
   * @return the type
   */
  public ElementType type() {
    return logits.type();
  }

  /**
   * The size of the result.
   *
   * @return the number of elements
   */
  public int resultElements() {
    return operation.givesRows() ? shape().elements() : shape().rows();
  }

  @Override
  public String toString() {
    return operation.label() + " " + type().label() + " " + shape();
  }
}
