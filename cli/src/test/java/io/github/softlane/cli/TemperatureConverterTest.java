package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TemperatureConverterTest {
  private final TemperatureConverter converter = new TemperatureConverter();

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0.7, 0.7",
    "1e-3, 0.001",
    "+2, 2",
    "0, 0",
    "-0, 0",
    "4.9e-324, 4.9e-324",
    "1e308, 1e308",
    "inf, Infinity",
    "Infinity, Infinity",
    "+inf, Infinity"
  })
  void accepts(String text, double expected) {
    assertThat(converter.convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1", "-1e-300", "-inf", "nan", "NaN", "", " ", "x", "1f", "0x1p0", "1e400", "1e-400", "1,5"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith("'" + text + "' is not a number from 4.9e-324 to 1.8e308, 0")
        .hasMessageEndingWith("or inf (uniform)");
  }
}
