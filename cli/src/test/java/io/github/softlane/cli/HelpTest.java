package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(strings = {"softmax", "log-softmax", "logsumexp", "doctor"})
  void everyCommandExplainsItself(String command) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();

    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(errors), command, "--help");

    assertThat(exitCode).isZero();
    assertThat(errors.toString()).isEmpty();
    assertThat(out.toString()).contains("Usage: softlane " + command, "Examples:", "Exit codes:");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }
}
