package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptIT {
  private static final long TIMEOUT_NANOS = 60_000_000_000L;

  @TempDir private Path folder;

  /** The exit codes are those that every JVM ends with at these signals: 128 and its number. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalLeavesNoTemporaryFileAndThePreviousOutput(String signal, int exitCode)
      throws Exception {
    Path in = folder.resolve("in.npy");
    byte[] start = NpyBytes.file("<f8", false, "(1000000, 1000)", new byte[0]);
    Files.write(in, start);
    try (RandomAccessFile access = new RandomAccessFile(in.toFile(), "rw")) {
      access.setLength(start.length + 1_000_000L * 1000 * Double.BYTES);
    }
    Path out = Files.writeString(folder.resolve("out.npy"), "previous");

    // A parent that runs in the background of a shell hands down that SIGINT is ignored.
    Launcher.Running running =
        Launcher.behind("env", "--default-signal=INT,TERM")
            .start("softmax", in.toString(), "-o", out.toString(), "-f");
    awaitTemporaryFile();
    new ProcessBuilder("kill", "-" + signal, String.valueOf(running.process().pid()))
        .start()
        .waitFor();
    Outcome outcome = running.finish();

    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(names()).containsExactlyInAnyOrder("in.npy", "out.npy");
    assertThat(out).hasContent("previous");
  }

  private void awaitTemporaryFile() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (names().size() < 3) {
      assertThat(System.nanoTime() - start).as("ns of waiting").isLessThan(TIMEOUT_NANOS);
      Thread.sleep(10);
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
