package io.github.softlane.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the header of a {@code .npy} file says: a C-ordered, little-endian array.
 *
 * @param dtype the type of the elements
 * @param shape the length of each axis; none for a single value (0-d array)
 */
record NpyHeader(Dtype dtype, List<Long> shape) {
  private static final int ALIGNMENT = 64;
  private static final int LONGEST_VERSION_1 = 0xffff;

  /** NumPy leaves room for the longest first length, so that an array can grow in place. */
  private static final int GROWTH_DIGITS = 21;

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Reads the dict literal of a header of logits and refuses what the command cannot take. */
  static NpyHeader parse(String text) throws NpyFormatException {
    return parse(text, Dtype.LOGITS);
  }

  /** The same for elements of some types. */
  static NpyHeader parse(String text, Set<Dtype> allowed) throws NpyFormatException {
    HeaderLiteral literal = HeaderLiteral.parse(text);
    NpyHeader header = new NpyHeader(dtype(literal.descr(), allowed), literal.shape());
    header.checkSize();
    if (literal.fortranOrder() && header.orderMatters()) {
      throw new NpyFormatException(
          "Fortran order, shape "
              + header.shapeText()
              + "; only C order is allowed (numpy.ascontiguousarray converts)");
    }
    return header;
  }

  private static Dtype dtype(String descr, Set<Dtype> allowed) throws NpyFormatException {
    var dtype = Dtype.ofDescr(descr, allowed);
    if (dtype.isPresent()) {
      return dtype.get();
    }
    String kind = descr.startsWith(">") ? "big-endian dtype " : "unsupported dtype ";
    throw new NpyFormatException(
        kind + Quoted.of(descr) + "; allowed are " + Dtype.names(allowed) + ", little-endian");
  }

  /** Whether C and Fortran order of this shape are different sequences of bytes. */
  private boolean orderMatters() {
    return elements() > 0 && shape.stream().filter(length -> length > 1).count() > 1;
  }

  private void checkSize() throws NpyFormatException {
    try {
      long bytes = dtype.bytes();
      for (long length : shape) {
        // Zero lengths must not hide an overflow that the other axes have on their own.
        bytes = Math.multiplyExact(bytes, Math.max(1, length));
      }
    } catch (ArithmeticException e) {
      throw new NpyFormatException(
          "shape " + shapeText() + " needs more than " + Long.MAX_VALUE + " bytes");
    }
  }

  long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  long dataBytes() {
    return elements() * dtype.bytes();
  }

  /** The header of an array with one value for each row of this one. */
  NpyHeader withoutLastAxis() {
    return new NpyHeader(dtype, shape.subList(0, shape.size() - 1));
  }

  /** The shape as Python writes it, such as {@code (12, 32000)}. */
  String shapeText() {
    String lengths = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return shape.size() == 1 ? "(" + lengths + ",)" : "(" + lengths + ")";
  }

  /** The bytes that NumPy itself writes before the data of such an array. */
  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    text.append("{'descr': '").append(dtype.descr());
    text.append("', 'fortran_order': False, 'shape': ").append(shapeText()).append(", }");
    if (!shape.isEmpty()) {
      text.append(" ".repeat(GROWTH_DIGITS - String.valueOf(shape.getFirst()).length()));
    }
    boolean version1 = padded(text.length(), Short.BYTES) <= LONGEST_VERSION_1;
    int lengthBytes = version1 ? Short.BYTES : Integer.BYTES;
    int length = padded(text.length(), lengthBytes);
    text.append(" ".repeat(length - 1 - text.length())).append('\n');

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(NpyPreamble.magic());
    bytes.write(version1 ? 1 : 2);
    bytes.write(0);
    byte[] littleEndian =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
    bytes.write(littleEndian, 0, lengthBytes);
    bytes.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  /** The length of the text with its padding, which ends on a multiple of {@link #ALIGNMENT}. */
  private static int padded(int textLength, int lengthBytes) {
    int before = NpyPreamble.magic().length + 2 + lengthBytes;
    int unpadded = before + textLength + 1;
    // As in NumPy, a header that ends on a multiple already gets another full one.
    return unpadded + ALIGNMENT - unpadded % ALIGNMENT - before;
  }
}
