package io.github.softlane.cli;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The part of a {@code .npy} file before its data: magic, version, length of the header and its
 * text.
 *
 * @param headerText the dict literal with its padding
 * @param dataOffset the place in the file where the data start
 */
record NpyPreamble(String headerText, long dataOffset) {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int VERSION_BYTES = 2;

  /** Far above any real header; keeps foreign bytes from being taken for a length. */
  private static final long LONGEST_HEADER = 1 << 20;

  /** The bytes that every {@code .npy} file starts with. */
  static byte[] magic() {
    return MAGIC.clone();
  }

  static NpyPreamble read(MemorySegment file) throws NpyFormatException {
    checkMagic(file);
    int lengthOffset = MAGIC.length + VERSION_BYTES;
    checkHolds(file, lengthOffset);
    int major = Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, MAGIC.length));
    int minor = Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, MAGIC.length + 1));
    if (major < 1 || major > 3 || minor != 0) {
      throw new NpyFormatException(
          ".npy format version " + major + "." + minor + "; allowed are 1.0, 2.0 and 3.0");
    }
    int textOffset = lengthOffset + (major == 1 ? Short.BYTES : Integer.BYTES);
    checkHolds(file, textOffset);
    long length =
        major == 1
            ? Short.toUnsignedLong(file.get(SHORT, lengthOffset))
            : Integer.toUnsignedLong(file.get(INT, lengthOffset));
    if (length > LONGEST_HEADER) {
      throw new NpyFormatException(
          "header of " + length + " bytes; at most " + LONGEST_HEADER + " are allowed");
    }
    checkHolds(file, textOffset + length);
    byte[] text = file.asSlice(textOffset, length).toArray(ValueLayout.JAVA_BYTE);
    Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return new NpyPreamble(new String(text, charset), textOffset + length);
  }

  private static void checkMagic(MemorySegment file) throws NpyFormatException {
    long length = Math.min(file.byteSize(), MAGIC.length);
    byte[] start = file.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    if (!Arrays.equals(start, MAGIC)) {
      HexFormat hex = HexFormat.ofDelimiter(" ");
      String found =
          length == 0 ? "it is empty" : "it starts with the bytes " + hex.formatHex(start);
      throw new NpyFormatException(
          "not a .npy file: " + found + ", expected " + hex.formatHex(MAGIC));
    }
  }

  private static void checkHolds(MemorySegment file, long bytes) throws NpyFormatException {
    if (file.byteSize() < bytes) {
      throw new NpyFormatException(
          "truncated: the file ends in its header, after "
              + file.byteSize()
              + " bytes; the header needs at least "
              + bytes);
    }
  }
}
