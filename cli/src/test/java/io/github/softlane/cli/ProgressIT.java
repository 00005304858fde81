package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that takes a few seconds, as nothing but the interpreter runs. */
class ProgressIT {
  private static final String BAR = "rows (";

  @TempDir private Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void makeInput() throws IOException {
    in = folder.resolve("in.npy");
    out = folder.resolve("out.npy");
    Files.write(in, NpyBytes.file(new float[12_000 * 1_000], 12_000, 1_000));
  }

  @Test
  void aTerminalShowsABar() throws Exception {
    assumeTrue(hasScript(), "the program `script`, which makes a terminal, is not installed");

    // The path of the launcher and its arguments hold no quotes, so they can be one string.
    Outcome outcome =
        Launcher.inShell("script -qec \"$0 $*\" /dev/null")
            .javaOptions("-Xint")
            .start("softmax", in.toString(), "-o", out.toString())
            .finish();

    assertThat(outcome.output()).contains("softmax ", "%", BAR, "softmax of 12000 x 1000 float32");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aTerminalShowsNoBarWhenQuiet() throws Exception {
    assumeTrue(hasScript(), "the program `script`, which makes a terminal, is not installed");

    Outcome outcome =
        Launcher.inShell("script -qec \"$0 $*\" /dev/null")
            .javaOptions("-Xint")
            .start("softmax", in.toString(), "-o", out.toString(), "--quiet")
            .finish();

    assertThat(Outcome.of(0, "", outcome.output()).errors()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aFileOrPipeGetsNoBar() throws Exception {
    Outcome outcome =
        Launcher.withJavaOptions("-Xint")
            .start("softmax", in.toString(), "-o", out.toString())
            .finish();

    assertThat(String.join("\n", outcome.errors())).doesNotContain(BAR, "\r");
    assertThat(outcome.exitCode()).isZero();
  }

  private static boolean hasScript() throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v script").start().waitFor() == 0;
  }
}
