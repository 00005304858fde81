package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConformanceTest {
  @Test
  void theCompactCopyIsAlwaysThere() {
    assertThat(Conformance.sets()).contains(Conformance.COMPACT);
  }

  @Test
  void theWholeSetIsThereInContinuousIntegration() {
    if (Conformance.inContinuousIntegration()) {
      assertThat(Conformance.SHARED.path("mp")).isDirectory();
    }
    assertThat(Conformance.sets().contains(Conformance.SHARED))
        .isEqualTo(Conformance.SHARED.path("README.md").toFile().exists());
  }
}
