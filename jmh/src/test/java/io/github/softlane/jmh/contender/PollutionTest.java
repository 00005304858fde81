package io.github.softlane.jmh.contender;

import io.github.softlane.Kernels;
import org.junit.jupiter.api.Test;

class PollutionTest {
  @Test
  void everyKindOfRowIsAccepted() {
    new Pollution(8).pollute(new Pollution.KernelRows(Kernels.best()));
  }

  @Test
  void everyKindOfRowIsAcceptedByTheLibrarysOtherOperations() {
    new Pollution(8).pollute(new Pollution.LibraryRows());
  }

  @Test
  void everyKindOfRowIsAcceptedByTheYardsticks() {
    new Pollution(8).pollute(new Pollution.KernelRows(new NaiveKernel()));
    new Pollution(8).pollute(new Pollution.KernelRows(new LambdaKernel()));
  }
}
