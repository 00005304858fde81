package io.github.softlane.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerQueueTest {
  private static final String IDLE =
      """
      Current compiles:\s

      C1 compile queue:
      Empty

      C2 compile queue:
      Empty

      """;

  @Test
  void twoEmptyQueuesAreEmpty() {
    assertThat(CompilerQueue.isEmpty(IDLE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C2 CompilerThread0  1334   !   4       com.sun.tools.javac.jvm.ClassReader::next (530 bytes)",
        "1699       4       java.util.HashMap::get (19 bytes)"
      })
  void aCompilationThatRunsOrWaitsIsNot(String compilation) {
    assertThat(CompilerQueue.isEmpty(IDLE + compilation + "\n")).isFalse();
    assertThat(CompilerQueue.isEmpty(compilation + "\n" + IDLE)).isFalse();
  }

  @Test
  void ofThisJvmRunsEmpty() {
    assertThat(CompilerQueue.drain()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    Thread.currentThread().interrupt();
    CompilerQueue.drain();
    // Set still, or never seen as there was nothing to wait for.
    assertThat(Thread.interrupted()).isTrue();
  }
}
