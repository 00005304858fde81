package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "logits.npy").toAbsolutePath();
  private static final int OUTPUT_BYTES = 12 * 32_000 * Float.BYTES + 128;

  @TempDir private Path folder;

  @Test
  void aLimitOnTheSizeOfFilesIsToldInOneLine() throws Exception {
    Path out = Files.writeString(folder.resolve("out.npy"), "previous");

    // In blocks of 512 or 1024 bytes: too little for the output, enough for the JVM's own files.
    Outcome outcome =
        Launcher.afterShell("ulimit -f 400")
            .start("softmax", EXAMPLE.toString(), "-o", out.toString(), "-f")
            .finish();

    assertThat(outcome.errors())
        .containsExactly(
            "softlane: " + out + ": cannot write " + OUTPUT_BYTES + " bytes: File too large");
    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.IO);
    assertThat(out).hasContent("previous");
    assertOnlyFile(out);
  }

  @Test
  void aFullDiskIsToldInOneLine() throws Exception {
    assumeTrue(canMount(), "this system lets nobody mount a small file system of their own");
    Path out = folder.resolve("out.npy");

    // The listing comes last, so that it shows the folder as the command left it.
    Outcome outcome =
        Launcher.inShell(
                "mount -t tmpfs -o size=512k tmpfs '"
                    + folder
                    + "' && { \"$0\" \"$@\"; code=$?; ls -A '"
                    + folder
                    + "'; exit $code; }",
                "unshare",
                "--user",
                "--map-root-user",
                "--mount")
            .start("softmax", EXAMPLE.toString(), "-o", out.toString())
            .finish();

    assertThat(outcome.errors())
        .containsExactly(
            "softlane: "
                + out
                + ": cannot write "
                + OUTPUT_BYTES
                + " bytes: No space left on device");
    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.IO);
    assertThat(outcome.output()).as("files left").isEmpty();
  }

  private boolean canMount() throws Exception {
    Process trial =
        new ProcessBuilder(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "mount",
                "-t",
                "tmpfs",
                "tmpfs",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    trial.getInputStream().readAllBytes();
    return trial.waitFor() == 0;
  }

  private void assertOnlyFile(Path file) throws Exception {
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
