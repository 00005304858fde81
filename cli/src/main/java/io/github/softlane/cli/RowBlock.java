package io.github.softlane.cli;

import io.github.softlane.ParallelLogits;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Room for a few rows in the Java heap, used again and again while a file streams through. */
sealed interface RowBlock {

  /** Copies adjoining rows from the data of a file, starting at an element. */
  void load(MemorySegment data, long firstElement, RowShape rows);

  /** Does the operation on the rows loaded last. */
  void apply(Operation operation, ParallelLogits logits, RowShape rows, double temperature);

  /** Appends the results to a file. */
  void store(OutputFile output, int values);

  /** Makes room for a number of rows. */
  static RowBlock allocate(Dtype dtype, RowShape rows, boolean reduces) {
    int elements = Math.toIntExact(rows.elements());
    int results = reduces ? (int) rows.rows() : 0;
    return switch (dtype) {
      case FLOAT32 -> {
        float[] x = new float[elements];
        yield new OfFloat(x, reduces ? new float[results] : x);
      }
      case FLOAT64 -> {
        double[] x = new double[elements];
        yield new OfDouble(x, reduces ? new double[results] : x);
      }
      default -> throw new IllegalArgumentException(dtype + " is no type of logits");
    };
  }

  /** Rows of float32; {@code y} is {@code x} itself where the operation works in place. */
  final class OfFloat implements RowBlock {
    private static final ValueLayout.OfFloat LAYOUT =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final float[] x;
    private final float[] y;

    private OfFloat(float[] x, float[] y) {
      this.x = x;
      this.y = y;
    }

    @Override
    public void load(MemorySegment data, long firstElement, RowShape rows) {
      MemorySegment.copy(
          data, LAYOUT, firstElement * Float.BYTES, x, 0, Math.toIntExact(rows.elements()));
    }

    @Override
    public void apply(
        Operation operation, ParallelLogits logits, RowShape rows, double temperature) {
      operation.rows(logits, x, y, rows, temperature);
    }

    @Override
    public void store(OutputFile output, int values) {
      output.append(y, values);
    }
  }

  /** Rows of float64; {@code y} is {@code x} itself where the operation works in place. */
  final class OfDouble implements RowBlock {
    private static final ValueLayout.OfDouble LAYOUT =
        ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final double[] x;
    private final double[] y;

    private OfDouble(double[] x, double[] y) {
      this.x = x;
      this.y = y;
    }

    @Override
    public void load(MemorySegment data, long firstElement, RowShape rows) {
      MemorySegment.copy(
          data, LAYOUT, firstElement * Double.BYTES, x, 0, Math.toIntExact(rows.elements()));
    }

    @Override
    public void apply(
        Operation operation, ParallelLogits logits, RowShape rows, double temperature) {
      operation.rows(logits, x, y, rows, temperature);
    }

    @Override
    public void store(OutputFile output, int values) {
      output.append(y, values);
    }
  }
}
