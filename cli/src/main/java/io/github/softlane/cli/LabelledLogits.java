package io.github.softlane.cli;

import io.github.softlane.Calibration;
import io.github.softlane.TemperatureScaling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Rows of logits with the label of each, in the Java heap: a fit reads them several times.
 *
 * @param path where the logits come from
 * @param x the logits, a {@code float[]} or a {@code double[]}
 * @param n length of a row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LabelledLogits(Path path, NpyHeader header, Object x, int[] labels, int n) {
  /** Some virtual machines cannot make an array of the last few lengths of an int. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  /**
   * Reads both files.
   *
   * @param arena keeps them mapped meanwhile
   */
  static LabelledLogits read(Path logits, Path labels, Arena arena) {
    NpyInput in = NpyInput.open(logits, arena);
    RowShape shape = shape(in);
    NpyInput labelsIn = NpyInput.open(labels, arena, Dtype.LABELS);
    NpyHeader expected = in.header().withoutLastAxis();
    if (!labelsIn.header().shape().equals(expected.shape())) {
      throw Failure.data(
          labels,
          "shape "
              + labelsIn.header().shapeText()
              + "; logits of shape "
              + in.header().shapeText()
              + " need labels of shape "
              + expected.shapeText());
    }
    int[] targets = labels(labelsIn, shape);
    return new LabelledLogits(logits, in.header(), elements(in, shape), targets, shape.n());
  }

  private static RowShape shape(NpyInput in) {
    try {
      RowShape shape = RowShape.of(in.header());
      if (shape.rows() == 0) {
        throw new NpyFormatException("shape " + in.header().shapeText() + " has no rows to fit");
      }
      if (shape.elements() > MOST) {
        throw new NpyFormatException(
            "shape " + in.header().shapeText() + " has more than " + MOST + " values");
      }
      return shape;
    } catch (NpyFormatException e) {
      throw Failure.data(in.path(), e.getMessage());
    }
  }

  private static Object elements(NpyInput in, RowShape shape) {
    int count = (int) shape.elements();
    try {
      if (in.header().dtype() == Dtype.FLOAT32) {
        float[] x = new float[count];
        in.reading(() -> MemorySegment.copy(in.data(), littleEndianFloat(), 0, x, 0, count));
        return x;
      }
      double[] x = new double[count];
      in.reading(() -> MemorySegment.copy(in.data(), littleEndianDouble(), 0, x, 0, count));
      return x;
    } catch (OutOfMemoryError e) {
      throw Failure.data(
          in.path(),
          String.format(
              Locale.ROOT,
              "the logits take %d MiB of the Java heap, which may have %d MiB;"
                  + " raise it with SOFTLANE_JAVA_OPTS=-Xmx...",
              (in.header().dataBytes() >> 20) + 1,
              Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private static ValueLayout.OfFloat littleEndianFloat() {
    return ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  private static ValueLayout.OfDouble littleEndianDouble() {
    return ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  private static int[] labels(NpyInput in, RowShape shape) {
    int[] labels = new int[(int) shape.rows()];
    in.reading(
        () -> {
          for (int row = 0; row < labels.length; row++) {
            labels[row] = label(in, row, shape.n());
          }
        });
    return labels;
  }

  private static int label(NpyInput in, int row, int n) {
    Dtype dtype = in.header().dtype();
    long value = integer(in.data(), dtype, (long) row * dtype.bytes());
    if (value < 0 || value >= n) {
      String text = dtype == Dtype.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
      throw Failure.data(
          in.path(),
          "row "
              + row
              + " has the label "
              + text
              + "; allowed are 0 to "
              + (n - 1)
              + ", as rows have "
              + n
              + " logits");
    }
    return (int) value;
  }

  /** One element; of uint64 as the signed number of the same bits. */
  private static long integer(MemorySegment data, Dtype dtype, long offset) {
    return switch (dtype) {
      case INT8 -> data.get(ValueLayout.JAVA_BYTE, offset);
      case UINT8 -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, offset));
      case INT16 -> data.get(littleEndianShort(), offset);
      case UINT16 -> Short.toUnsignedLong(data.get(littleEndianShort(), offset));
      case INT32 -> data.get(littleEndianInt(), offset);
      case UINT32 -> Integer.toUnsignedLong(data.get(littleEndianInt(), offset));
      case INT64, UINT64 ->
          data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset);
      default -> throw new IllegalArgumentException(dtype + " is no type of labels");
    };
  }

  private static ValueLayout.OfShort littleEndianShort() {
    return ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  private static ValueLayout.OfInt littleEndianInt() {
    return ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  int rows() {
    return labels.length;
  }

  TemperatureScaling fit() {
    try {
      return x instanceof float[] floats
          ? TemperatureScaling.fit(floats, labels, n)
          : TemperatureScaling.fit((double[]) x, labels, n);
    } catch (IllegalArgumentException e) {
      // A row without a finite loss; everything else has been checked.
      throw Failure.data(path, e.getMessage());
    }
  }

  Calibration measure(int bins, double temperature) {
    return x instanceof float[] floats
        ? Calibration.measure(floats, labels, n, bins, temperature)
        : Calibration.measure((double[]) x, labels, n, bins, temperature);
  }
}
