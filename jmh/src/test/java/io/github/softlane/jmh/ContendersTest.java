package io.github.softlane.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.softlane.Kernels;
import org.junit.jupiter.api.Test;

class ContendersTest {
  @Test
  void everyNameStandsForAKernel() {
    for (String name : Contenders.names()) {
      String found = Contenders.named(name).name();
      assertThat(found).isEqualTo(name.equals("best") ? Kernels.best().name() : name);
    }
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Contenders.named("vector-77"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'vector-77'")
        .hasMessageContaining("scalar");
  }

  @Test
  void theCommandLineGetsEveryContender() {
    String[] args = Main.withContenders("-f", "1");
    assertThat(args).hasSize(4).startsWith("-f", "1", "-p");
    assertThat(args[3]).startsWith("kernel=best,").endsWith(",naive");
  }

  @Test
  void aChosenContenderIsKept() {
    assertThat(Main.withContenders("-p", "kernel=scalar")).containsExactly("-p", "kernel=scalar");
  }
}
