package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The launcher hands {@code bench} to the benchmarks. */
class BenchIT {
  @Test
  void helpSaysWhatItDoes() throws Exception {
    Outcome outcome = Launcher.run("bench", "--help");

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(outcome.output()).startsWith("Usage: softlane bench [--json] [--peers]");
  }

  @Test
  void anUnknownOptionIsAUsageError() throws Exception {
    Outcome outcome = Launcher.run("bench", "--fast");

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(outcome.errors()).anyMatch(line -> line.contains("bench has no option '--fast'"));
  }
}
