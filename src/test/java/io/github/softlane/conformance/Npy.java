package io.github.softlane.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A NumPy file of version 1: little-endian, C order. */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int PREAMBLE = MAGIC.length + Short.BYTES;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']*)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\} *\n");

  private final Path file;
  private final String dtype;
  private final int[] shape;
  private final int size;
  private final ByteBuffer data;

  private Npy(Path file, String dtype, int[] shape, ByteBuffer data) {
    this.file = file;
    this.dtype = dtype;
    this.shape = shape;
    this.size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    this.data = data;
    if (data.remaining() != size * width()) {
      throw bad(
          "holds "
              + data.remaining()
              + " bytes of data, its shape "
              + Arrays.toString(shape)
              + " of "
              + dtype
              + " needs "
              + size * width());
    }
  }

  static Npy read(Path file) {
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Npy parse(Path file, byte[] bytes) {
    if (bytes.length < PREAMBLE || Arrays.mismatch(bytes, MAGIC) != MAGIC.length) {
      throw new IllegalArgumentException(file + " is not a NumPy file of version 1");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = Short.toUnsignedInt(buffer.getShort(MAGIC.length));
    if (PREAMBLE + length > bytes.length) {
      throw new IllegalArgumentException(file + " ends within its header");
    }
    String header = new String(bytes, PREAMBLE, length, StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(file + " has the header " + header.strip());
    }
    int[] shape =
        Pattern.compile("[0-9]+")
            .matcher(matcher.group(2))
            .results()
            .mapToInt(number -> Integer.parseInt(number.group()))
            .toArray();
    buffer.position(PREAMBLE + length);
    return new Npy(file, matcher.group(1), shape, buffer.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** As NumPy writes it, for example {@code <f4}. */
  String dtype() {
    return dtype;
  }

  int[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  int size() {
    return size;
  }

  /** The elements of a file of {@code <f4}. */
  float[] floats() {
    expect("<f4");
    float[] values = new float[size];
    data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** The elements of a file of any floating-point type, exact. */
  double[] doubles() {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (dtype) {
            case "<f8" -> data.getDouble(i * Double.BYTES);
            case "<f4" -> data.getFloat(i * Float.BYTES);
            case "<f2" -> Float.float16ToFloat(data.getShort(i * Short.BYTES));
            default -> throw bad("holds " + dtype + ", not floating-point numbers");
          };
    }
    return values;
  }

  /** The elements of a file of {@code <i8}. */
  long[] longs() {
    expect("<i8");
    long[] values = new long[size];
    data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
    return values;
  }

  private int width() {
    return switch (dtype) {
      case "<f8", "<i8", "<u8" -> 8;
      case "<f4", "<i4" -> 4;
      case "<f2" -> 2;
      case "|b1", "|u1", "|i1" -> 1;
      default -> throw bad("has the unknown dtype " + dtype);
    };
  }

  private void expect(String wanted) {
    if (!dtype.equals(wanted)) {
      throw bad("holds " + dtype + ", not " + wanted);
    }
  }

  private IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(file + " " + what);
  }
}
