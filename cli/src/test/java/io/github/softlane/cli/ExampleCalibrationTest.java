package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExampleCalibrationTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @Test
  void theGeneratorMakesTheFilesThatAreInTheProject() throws IOException {
    assertThat(ExampleCalibration.logits())
        .isEqualTo(Files.readAllBytes(EXAMPLES.resolve("calibration-logits.npy")));
    assertThat(ExampleCalibration.labels())
        .isEqualTo(Files.readAllBytes(EXAMPLES.resolve("calibration-labels.npy")));
  }
}
