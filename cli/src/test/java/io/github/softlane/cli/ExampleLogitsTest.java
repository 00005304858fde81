package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExampleLogitsTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "logits.npy");

  @Test
  void theGeneratorMakesTheFileThatIsInTheProject() throws IOException {
    assertThat(ExampleLogits.bytes()).isEqualTo(Files.readAllBytes(EXAMPLE));
  }

  @Test
  void theFileIsSmallEnoughToShip() throws IOException {
    assertThat(Files.size(EXAMPLE)).isLessThan(2_000_000);
  }
}
