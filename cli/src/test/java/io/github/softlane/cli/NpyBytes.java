package io.github.softlane.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Makes and takes apart {@code .npy} files by hand, without the code under test. */
final class NpyBytes {
  private NpyBytes() {}

  /** All before the data, with the text exactly as given. */
  static byte[] preamble(int version, String text) {
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    byte[] textBytes = text.getBytes(charset);
    ByteBuffer bytes =
        ByteBuffer.allocate((version == 1 ? 10 : 12) + textBytes.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) version).put((byte) 0);
    if (version == 1) {
      bytes.putShort((short) textBytes.length);
    } else {
      bytes.putInt(textBytes.length);
    }
    return bytes.put(textBytes).array();
  }

  /** A file of version 1 with a header of three entries and any data. */
  static byte[] file(String descr, boolean fortranOrder, String shape, byte[] data) {
    String order = fortranOrder ? "True" : "False";
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(descr, order, shape);
    byte[] preamble = preamble(1, text);
    return ByteBuffer.allocate(preamble.length + data.length).put(preamble).put(data).array();
  }

  static byte[] file(float[] values, long... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return file("<f4", false, tuple(shape), data.array());
  }

  static byte[] file(double[] values, long... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(values);
    return file("<f8", false, tuple(shape), data.array());
  }

  static String tuple(long... shape) {
    return LongStream.of(shape)
        .mapToObj(length -> length + ",")
        .collect(Collectors.joining(" ", "(", ")"));
  }

  /** The text of the header of a file of version 1. */
  static String headerText(byte[] file) {
    int length = Byte.toUnsignedInt(file[8]) + 256 * Byte.toUnsignedInt(file[9]);
    return new String(file, 10, length, StandardCharsets.ISO_8859_1).strip();
  }

  static float[] floats(byte[] file) {
    ByteBuffer data = data(file);
    float[] values = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(values);
    return values;
  }

  static double[] doubles(byte[] file) {
    ByteBuffer data = data(file);
    double[] values = new double[data.remaining() / Double.BYTES];
    data.asDoubleBuffer().get(values);
    return values;
  }

  private static ByteBuffer data(byte[] file) {
    int length = Byte.toUnsignedInt(file[8]) + 256 * Byte.toUnsignedInt(file[9]);
    return ByteBuffer.wrap(file, 10 + length, file.length - 10 - length)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
