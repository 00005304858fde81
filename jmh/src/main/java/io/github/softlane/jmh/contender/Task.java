package io.github.softlane.jmh.contender;

/** A problem with all that a contender needs to solve it: buffers, models, threads. */
public interface Task extends AutoCloseable {

  /** Computes the whole result, over the previous one. */
  void run();

  /**
   * One element of the result of the last {@link #run}.
   *
   * @param i its index, counted over all rows
   * @return the element; a {@code float} is exact in it
   */
  double result(int i);

  /** Gives back threads and memory outside the heap. */
  @Override
  void close();
}
