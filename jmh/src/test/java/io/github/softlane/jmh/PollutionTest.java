package io.github.softlane.jmh;

import org.junit.jupiter.api.Test;

class PollutionTest {
  @Test
  void everyKindOfRowIsAccepted() {
    new Pollution().pollute(8);
  }
}
