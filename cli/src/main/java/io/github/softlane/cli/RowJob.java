package io.github.softlane.cli;

import java.util.Locale;
import java.util.function.LongConsumer;

/** Streams the rows of a file through an operation, a block of rows at a time. */
final class RowJob {
  /** Small enough for a block and its results to stay in the second-level cache. */
  private static final int BLOCK_ELEMENTS = 1 << 15;

  private final NpyInput input;
  private final RowShape shape;
  private final Operation operation;
  private final double temperature;

  RowJob(NpyInput input, RowShape shape, Operation operation, double temperature) {
    this.input = input;
    this.shape = shape;
    this.operation = operation;
    this.temperature = temperature;
  }

  /**
   * Does all rows.
   *
   * @param progress told the number of rows that are done, after each block
   */
  void run(NpyOutput output, LongConsumer progress) {
    long rowsPerBlock = Math.clamp(BLOCK_ELEMENTS / shape.n(), 1, Math.max(1, shape.rows()));
    RowBlock block = allocate(new RowShape(rowsPerBlock, shape.n()));
    for (long done = 0; done < shape.rows(); ) {
      RowShape part = new RowShape(Math.min(rowsPerBlock, shape.rows() - done), shape.n());
      load(block, done * shape.n(), part);
      block.apply(operation, part, temperature);
      block.store(output, (int) (operation.reduces() ? part.rows() : part.elements()));
      done += part.rows();
      progress.accept(done);
    }
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

  private void load(RowBlock block, long firstElement, RowShape rows) {
    try {
      block.load(input.data(), firstElement, rows);
    } catch (InternalError e) {
      // What a read of a mapped page gives when the file has become shorter or its disk fails.
      throw Failure.io(input.path(), "cannot read: the file changed or its disk failed");
    }
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
