package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad input of each kind through the launcher: one line, and the exit code of its kind. */
class RefusalIT {
  @TempDir private Path folder;

  @Test
  void badData() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.npy"), "1 2 3 4");

    assertRefused(ExitCodes.DATA, bad + ": not a .npy file: it starts with", bad);
  }

  @Test
  void aMissingInput() throws Exception {
    Path missing = folder.resolve("missing.npy");

    assertRefused(ExitCodes.IO, missing + ": cannot read: no such file", missing);
  }

  @Test
  void anExistingOutput() throws Exception {
    Path good = folder.resolve("good.npy");
    Files.write(good, NpyBytes.file(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    Path output = Files.writeString(folder.resolve("out.npy"), "previous");

    assertRefused(ExitCodes.USAGE, output + ": output exists; -f replaces", good);
    assertThat(output).hasContent("previous");
  }

  private void assertRefused(int exitCode, String start, Path in) throws Exception {
    Outcome outcome =
        Launcher.run("softmax", in.toString(), "-o", folder.resolve("out.npy").toString());

    assertThat(outcome.errors()).as("lines on standard error").hasSize(1);
    assertThat(outcome.errors().getFirst()).startsWith("softlane: " + start);
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.output()).isEmpty();
  }
}
