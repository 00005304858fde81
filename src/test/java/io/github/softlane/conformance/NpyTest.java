package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NpyTest {
  private static final Path FILE = Path.of("a.npy");

  @Test
  void halfPrecision() {
    Npy npy = Npy.parse(FILE, file("<f2", "(3,)", 0x00, 0x3c, 0x00, 0xfc, 0x01, 0x00));
    assertThat(npy.shape()).containsExactly(3);
    assertThat(npy.doubles()).containsExactly(1, Double.NEGATIVE_INFINITY, 0x1p-24);
  }

  @Test
  void singlePrecision() {
    assertThat(Npy.parse(FILE, file("<f4", "(1, 1)", 0, 0, 0x80, 0x3f)).floats())
        .containsExactly(1);
  }

  @Test
  void integers() {
    assertThat(Npy.parse(FILE, file("<i8", "()", 0xfe, -1, -1, -1, -1, -1, -1, -1)).longs())
        .containsExactly(-2);
  }

  @Test
  void wrongMagic() {
    byte[] bytes = file("<f4", "(0,)");
    bytes[0] = 'P';
    assertThatThrownBy(() -> Npy.parse(FILE, bytes))
        .hasMessage("a.npy is not a NumPy file of version 1");
  }

  @Test
  void dataTooShort() {
    assertThatThrownBy(() -> Npy.parse(FILE, file("<f4", "(2,)", 0, 0, 0, 0)))
        .hasMessage("a.npy holds 4 bytes of data, its shape [2] of <f4 needs 8");
  }

  @Test
  void headerCut() {
    assertThatThrownBy(() -> Npy.parse(FILE, Arrays.copyOf(file("<f4", "(0,)"), 30)))
        .hasMessage("a.npy ends within its header");
  }

  @Test
  void fortranOrder() {
    byte[] bytes =
        new String(file("<f4", "(0,)"), StandardCharsets.ISO_8859_1)
            .replace("False", "True ")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Npy.parse(FILE, bytes))
        .hasMessageContaining("a.npy has the header")
        .hasMessageContaining("'fortran_order': True");
  }

  @Test
  void anotherType() {
    assertThatThrownBy(() -> Npy.parse(FILE, file("<f4", "(0,)")).longs())
        .hasMessage("a.npy holds <f4, not <i8");
  }

  private static byte[] file(String dtype, String shape, int... data) {
    String header = "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': " + shape + ", }";
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    byte[] text = padded.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[10 + text.length + data.length];
    byte[] preamble = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    System.arraycopy(preamble, 0, bytes, 0, preamble.length);
    System.arraycopy(text, 0, bytes, preamble.length, text.length);
    for (int i = 0; i < data.length; i++) {
      bytes[preamble.length + text.length + i] = (byte) data[i];
    }
    return bytes;
  }
}
