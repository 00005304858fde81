package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {
  @Test
  void readsTypeAndShape() throws NpyFormatException {
    NpyHeader header = NpyHeader.parse(text("<f8", false, "(2, 3, 5)"));

    assertThat(header).isEqualTo(new NpyHeader(Dtype.FLOAT64, List.of(2L, 3L, 5L)));
    assertThat(header.elements()).isEqualTo(30);
    assertThat(header.dataBytes()).isEqualTo(240);
    assertThat(header.shapeText()).isEqualTo("(2, 3, 5)");
    assertThat(header.withoutLastAxis().shapeText()).isEqualTo("(2, 3)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ">f4   ; big-endian dtype \">f4\"",
        ">f8   ; big-endian dtype \">f8\"",
        "<f2   ; unsupported dtype \"<f2\"",
        "<i8   ; unsupported dtype \"<i8\"",
        "=f4   ; unsupported dtype \"=f4\"",
        "|f4   ; unsupported dtype \"|f4\"",
        "f4    ; unsupported dtype \"f4\"",
        "<c8   ; unsupported dtype \"<c8\"",
        "<f16  ; unsupported dtype \"<f16\"",
        "|b1   ; unsupported dtype \"|b1\"",
        "''    ; unsupported dtype \"\""
      })
  void refusesOtherTypes(String descr, String message) {
    assertThatThrownBy(() -> NpyHeader.parse(text(descr, false, "(3,)")))
        .isInstanceOf(NpyFormatException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("allowed are '<f4' (float32) and '<f8' (float64)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"()", "(7,)", "(1, 7)", "(7, 1)", "(1, 7, 1)", "(0, 5)", "(3, 0, 4)"})
  void acceptsFortranOrderWhereItMakesNoDifference(String shape) throws NpyFormatException {
    assertThat(NpyHeader.parse(text("<f4", true, shape)))
        .isEqualTo(NpyHeader.parse(text("<f4", false, shape)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(2, 3)", "(2, 1, 3)", "(1, 2, 2)"})
  void refusesFortranOrderWhereItMakesADifference(String shape) {
    assertThatThrownBy(() -> NpyHeader.parse(text("<f4", true, shape)))
        .isInstanceOf(NpyFormatException.class)
        .hasMessageContainingAll("Fortran order", shape, "only C order is allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(9223372036854775807,)",
        "(4294967296, 4294967296)",
        "(0, 4294967296, 4294967296)",
        "(2305843009213693952,)"
      })
  void refusesSizesBeyondALong(String shape) {
    assertThatThrownBy(() -> NpyHeader.parse(text("<f4", false, shape)))
        .isInstanceOf(NpyFormatException.class)
        .hasMessageContaining(shape + " needs more than 9223372036854775807 bytes");
  }

  @Test
  void writesTheBytesThatNumPyWrites() {
    // numpy.save of numpy.zeros((12, 32000), 'f4'), (9,) and () as float64, NumPy 2.4.
    assertThat(new NpyHeader(Dtype.FLOAT32, List.of(12L, 32000L)).toBytes())
        .isEqualTo(
            bytes(
                "\u0093NUMPY\1\0\166\0{'descr': '<f4', 'fortran_order': False, 'shape': (12,"
                    + " 32000), }",
                128));
    assertThat(new NpyHeader(Dtype.FLOAT64, List.of(9L)).toBytes())
        .isEqualTo(
            bytes(
                "\u0093NUMPY\1\0\166\0{'descr': '<f8', 'fortran_order': False, 'shape': (9,), }",
                128));
    assertThat(new NpyHeader(Dtype.FLOAT64, List.of()).toBytes())
        .isEqualTo(
            bytes(
                "\u0093NUMPY\1\0\166\0{'descr': '<f8', 'fortran_order': False, 'shape': (), }",
                128));
  }

  @Test
  void writesVersion2WhereVersion1CannotHoldTheShape() throws NpyFormatException {
    NpyHeader header = new NpyHeader(Dtype.FLOAT32, Collections.nCopies(30_000, 1L));
    byte[] bytes = header.toBytes();

    assertThat(bytes[6]).isEqualTo((byte) 2);
    assertThat(bytes.length % 64).isZero();
    assertReadsBack(header);
  }

  @Test
  void readsBackWhatItWrites() throws NpyFormatException {
    for (int dimensions = 0; dimensions < 200; dimensions++) {
      assertReadsBack(new NpyHeader(Dtype.FLOAT64, Collections.nCopies(dimensions, 1L)));
    }
    assertReadsBack(new NpyHeader(Dtype.FLOAT32, List.of(0L, 1L << 60)));
    assertReadsBack(new NpyHeader(Dtype.FLOAT32, List.of(1L << 60)));
  }

  private static void assertReadsBack(NpyHeader header) throws NpyFormatException {
    byte[] bytes = header.toBytes();
    NpyPreamble preamble = NpyPreamble.read(MemorySegment.ofArray(bytes));

    assertThat(preamble.dataOffset()).isEqualTo(bytes.length);
    assertThat(bytes.length % 64).isZero();
    assertThat(bytes[bytes.length - 1]).isEqualTo((byte) '\n');
    assertThat(NpyHeader.parse(preamble.headerText())).isEqualTo(header);
  }

  private static String text(String descr, boolean fortranOrder, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
        .formatted(descr, fortranOrder ? "True" : "False", shape);
  }

  private static byte[] bytes(String start, int length) {
    String padded = start + " ".repeat(length - 1 - start.length()) + "\n";
    return padded.getBytes(StandardCharsets.ISO_8859_1);
  }
}
