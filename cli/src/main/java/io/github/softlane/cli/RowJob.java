package io.github.softlane.cli;

import java.util.Locale;
import java.util.function.LongConsumer;

/** Streams the rows of a file through an operation, a block of rows at a time. */
final class RowJob {
  /** On one thread: so small that a block and its results stay in the second-level cache. */
  private static final int ELEMENTS = 1 << 15;

  /** For each of several threads: so many that it pays to share them. */
  private static final long ELEMENTS_PER_THREAD = 1 << 17;

  /** What part of the heap the blocks for several threads may take. */
  private static final long SHARE_OF_HEAP = 8;

  private final NpyInput input;
  private final RowShape shape;
  private final Operation operation;
  private final double temperature;
  private final Threads threads;

  RowJob(NpyInput input, RowShape shape, Operation operation, double temperature, Threads threads) {
    this.input = input;
    this.shape = shape;
    this.operation = operation;
    this.temperature = temperature;
    this.threads = threads;
  }

  /**
   * Does all rows.
   *
   * @param progress told the number of rows that are done, after each block
   */
  void run(OutputFile output, LongConsumer progress) {
    long rowsPerBlock = Math.clamp(blockElements() / shape.n(), 1, Math.max(1, shape.rows()));
    RowBlock block = allocate(new RowShape(rowsPerBlock, shape.n()));
    for (long done = 0; done < shape.rows(); ) {
      RowShape part = new RowShape(Math.min(rowsPerBlock, shape.rows() - done), shape.n());
      long first = done * shape.n();
      input.reading(() -> block.load(input.data(), first, part));
      block.apply(operation, threads.logits(), part, temperature);
      block.store(output, (int) (operation.reduces() ? part.rows() : part.elements()));
      done += part.rows();
      progress.accept(done);
    }
  }

  private long blockElements() {
    if (threads.count() == 1) {
      return ELEMENTS;
    }
    long heap = Runtime.getRuntime().maxMemory() / input.header().dtype().bytes();
    return Math.min(threads.count() * ELEMENTS_PER_THREAD, heap / SHARE_OF_HEAP);
  }

  private RowBlock allocate(RowShape rows) {
    try {
      return RowBlock.allocate(input.header().dtype(), rows, operation.reduces());
    } catch (OutOfMemoryError e) {
      throw Failure.data(
          input.path(),
          String.format(
              Locale.ROOT,
              "a row of %d %s values takes %d MiB of the Java heap, which may have %d MiB;"
                  + " raise it with SOFTLANE_JAVA_OPTS=-Xmx...",
              shape.n(),
              input.header().dtype().displayName(),
              mebibytes(rows.elements() * input.header().dtype().bytes()),
              mebibytes(Runtime.getRuntime().maxMemory())));
    }
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
