package io.github.softlane.jmh.contender;

import io.github.softlane.Kernels;
import org.junit.jupiter.api.Test;

class PollutionTest {
  @Test
  void everyKindOfRowIsAccepted() {
    new Pollution(8).pollute(Kernels.best());
  }
}
