package io.github.softlane.jmh.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamTest {
  @ParameterizedTest
  @CsvSource({"1, 10", "2, 10", "2, 1", "3, 2", "3, 1000", "2, 0"})
  void everyRowIsDoneOnce(int threads, int rows) {
    AtomicIntegerArray done = new AtomicIntegerArray(Math.max(rows, 1));
    try (Team team = new Team(threads)) {
      team.run(
          rows,
          (from, to) -> {
            for (int row = from; row < to; row++) {
              done.incrementAndGet(row);
            }
          });
    }
    for (int row = 0; row < rows; row++) {
      assertThat(done.get(row)).isEqualTo(1);
    }
  }

  @Test
  void aFailureOfAnotherThreadIsReported() {
    try (Team team = new Team(2)) {
      assertThatThrownBy(
              () ->
                  team.run(
                      2,
                      (from, to) -> {
                        if (from > 0) {
                          throw new IllegalArgumentException("second row");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("second row");
    }
  }
}
