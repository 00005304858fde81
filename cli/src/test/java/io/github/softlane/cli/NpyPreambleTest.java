package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyPreambleTest {
  private static final String TEXT = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersion(int version) throws NpyFormatException {
    byte[] bytes = NpyBytes.preamble(version, TEXT);

    assertThat(read(bytes)).isEqualTo(new NpyPreamble(TEXT, bytes.length));
  }

  @Test
  void readsUtf8InVersion3Only() throws NpyFormatException {
    assertThat(read(NpyBytes.preamble(3, "{'\u00e9\u4e2d'}")).headerText())
        .isEqualTo("{'\u00e9\u4e2d'}");
    assertThat(read(NpyBytes.preamble(1, "{'\u00e9'}")).headerText()).isEqualTo("{'\u00e9'}");
  }

  @ParameterizedTest
  @CsvSource({"0,0,0.0", "4,0,4.0", "1,1,1.1", "255,255,255.255"})
  void refusesOtherVersions(int major, int minor, String version) {
    byte[] bytes = NpyBytes.preamble(1, TEXT);
    bytes[6] = (byte) major;
    bytes[7] = (byte) minor;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(NpyFormatException.class)
        .hasMessage(".npy format version " + version + "; allowed are 1.0, 2.0 and 3.0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void refusesAFileThatEndsInItsHeader(int version) {
    byte[] bytes = NpyBytes.preamble(version, TEXT);
    for (int length = NpyPreamble.magic().length; length < bytes.length; length++) {
      byte[] start = Arrays.copyOf(bytes, length);

      assertThatThrownBy(() -> read(start))
          .isInstanceOf(NpyFormatException.class)
          .hasMessageStartingWith(
              "truncated: the file ends in its header, after " + length + " bytes;");
    }
  }

  @Test
  void refusesOtherFiles() {
    assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("it is empty");
    assertThatThrownBy(() -> read(new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}))
        .hasMessage(
            "not a .npy file: it starts with the bytes 50 4b 03 04 14 00,"
                + " expected 93 4e 55 4d 50 59");
    assertThatThrownBy(() -> read(new byte[] {(byte) 0x93, 'N'}))
        .hasMessageContaining("it starts with the bytes 93 4e,");
  }

  @Test
  void refusesALengthThatNoHeaderHas() {
    byte[] bytes = NpyBytes.preamble(2, TEXT);
    Arrays.fill(bytes, 8, 12, (byte) 0xff);

    assertThatThrownBy(() -> read(bytes))
        .hasMessage("header of 4294967295 bytes; at most 1048576 are allowed");
  }

  private static NpyPreamble read(byte[] bytes) throws NpyFormatException {
    return NpyPreamble.read(MemorySegment.ofArray(bytes));
  }
}
