package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code calibrate} through the launcher; everything else is in the unit test. */
class CalibrateIT {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir private Path folder;

  @Test
  void theDocumentedCommandRuns() throws Exception {
    Path plot = folder.resolve("reliability.png");

    Outcome outcome =
        Launcher.run(
            "calibrate",
            EXAMPLES.resolve("calibration-logits.npy").toString(),
            EXAMPLES.resolve("calibration-labels.npy").toString(),
            "--plot",
            plot.toString());

    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.output()).startsWith("calibration of 400 x 10 float32");
    assertThat(Files.readAllBytes(plot)).startsWith(0x89, 'P', 'N', 'G');
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(plot);
    }
  }
}
