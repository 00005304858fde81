package io.github.softlane.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The examples of the encoding's own documentation. */
class ProtobufWriterTest {
  @Test
  void numbers() {
    assertThat(new ProtobufWriter().number(1, 150).toByteArray()).containsExactly(0x08, 0x96, 0x01);
  }

  @Test
  void texts() {
    assertThat(new ProtobufWriter().text(2, "testing").toByteArray())
        .containsExactly(0x12, 0x07, 't', 'e', 's', 't', 'i', 'n', 'g');
  }

  @Test
  void messages() {
    ProtobufWriter inner = new ProtobufWriter().number(1, 150);
    assertThat(new ProtobufWriter().message(3, inner).toByteArray())
        .containsExactly(0x1a, 0x03, 0x08, 0x96, 0x01);
  }

  @Test
  void negativeNumbersTakeTenBytes() {
    assertThat(new ProtobufWriter().number(1, -1).toByteArray()).hasSize(11).endsWith(1);
  }
}
