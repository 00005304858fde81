package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases within this process, and values of options, of which the launcher knows nothing. */
class BadInputTest extends BadInputCases {
  @Override
  Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(errors), args);
    return Outcome.of(exitCode, out.toString(), errors.toString());
  }

  @ParameterizedTest
  @CsvSource({"-0.5", "-inf", "nan", "NaN", "warm", "1e400", "''"})
  void badTemperaturesAreRefused(String temperature) throws Exception {
    assertRefused(
        ExitCodes.USAGE,
        "Invalid value for option '--temperature': ",
        "'" + temperature + "' is not a number from",
        "softmax",
        good,
        "-o",
        output,
        "--temperature=" + temperature);
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "32768", "1.5", "all", "99999999999", "''"})
  void badNumbersOfThreadsAreRefused(String threads) throws Exception {
    assertRefused(
        ExitCodes.USAGE,
        "Invalid value for option '--threads': ",
        "'" + threads + "' is not a whole number from 1 to 32767",
        "softmax",
        good,
        "-o",
        output,
        "--threads=" + threads);
    assertThat(output).doesNotExist();
  }
}
