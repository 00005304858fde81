package io.github.softlane.internal.rows;

/**
 * Threads that share a loop over n elements, none of which needs the result of another.
 *
 * <p>Which of them does a part, and when, is left open; so a part writes only what belongs to its
 * own elements.
 */
public interface Workers {

  /** What is done to some of the elements. */
  interface Part {
    /**
     * Does it.
     *
     * @param from the first element
     * @param count the number of elements, 1 or more
     */
    void run(int from, int count);
  }

  /**
   * Does the work on all elements. What was written before is visible to every part, and what the
   * parts write to the caller when this returns.
   *
   * @param n the number of elements, 1 or more
   * @param size the number of elements of a part; the last one may be smaller
   */
  void share(int n, int size, Part part);
}
