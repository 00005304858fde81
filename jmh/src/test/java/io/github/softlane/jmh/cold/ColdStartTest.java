package io.github.softlane.jmh.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColdStartTest {
  private static Windows windows(String... lines) {
    Windows windows = new Windows();
    List.of(lines).forEach(windows::add);
    return windows;
  }

  @Test
  void medianOfEachWindow() {
    Windows odd = windows("1 20 300", "3 10 100", "2 90 200");
    assertThat(List.of(odd.median(0), odd.median(1), odd.median(2))).containsExactly(2., 20., 200.);
    assertThat(windows("1 20", "2 30").median(1)).isEqualTo(25);
    assertThat(odd.count()).isEqualTo(3);
  }

  @Test
  void leastShareIsThatOfTheWorstWindow() {
    assertThat(windows("50 120 900").leastShareOf(windows("100 100 100"))).isEqualTo(0.5);
  }

  @Test
  void fullSpeedBeginsWhereItStays() {
    assertThat(windows("10 95 10 85 100 90").firstOfFullSpeed()).isEqualTo(3);
    assertThat(windows("100 100").firstOfFullSpeed()).isZero();
    assertThat(windows("100 10").firstOfFullSpeed()).isEqualTo(2);
  }

  @Test
  void runsOfAnotherLengthAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> windows("1 2 3", "1 2"))
        .withMessageContaining("2 windows after 3");
  }

  @Test
  void theTableHasALineForEachWindowAndTwoSums() {
    Map<String, Windows> results = new LinkedHashMap<>();
    results.put("naive", windows("100 200"));
    results.put("best", windows("90 1000"));
    assertThat(ColdStart.table(results).lines())
        .containsExactly(
            "| ms from first use | naive | best |",
            "|---|---:|---:|",
            "| 0 to 100 | 100 | 90 |",
            "| 100 to 200 | 200 | 1000 |",
            "| least share of naive | 1.00 | 0.90 |",
            "| full speed from, ms | 100 | 100 |");
  }

  @Test
  void theNumberOfJvmsIsChecked() {
    assertThat(ColdStart.forks(List.of())).isEqualTo(5);
    assertThat(ColdStart.forks(List.of("12"))).isEqualTo(12);
    for (List<String> wrong : List.of(List.of("0"), List.of("many"), List.of("1", "2"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ColdStart.forks(wrong))
          .withMessageContaining("--cold-start takes a number");
    }
  }
}
