package io.github.softlane.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class RunsTest {
  private static List<Group> groups(Plan plan, String... args) throws Exception {
    return new Runs(plan, new CommandLineOptions(args)).groups();
  }

  @ParameterizedTest
  @EnumSource(Plan.class)
  void everyPlanHasRoofsAndTheNaiveLoopAndNothingTwice(Plan plan) throws Exception {
    List<Group> groups = groups(plan);
    assertThat(groups).anyMatch(group -> group.benchmark() == RoofBenchmark.class);
    assertThat(groups).anyMatch(group -> group.values().contains("naive"));
    Set<String> seen = new HashSet<>();
    for (Group group : groups) {
      for (String value : group.values()) {
        assertThat(seen.add(group.benchmark() + " " + group.params() + value)).isTrue();
      }
    }
  }

  @Test
  void parametersOfTheUserReplaceThoseOfThePlan() throws Exception {
    List<Group> groups =
        groups(
            Plan.FULL,
            "-p",
            "shape=2x3,4x5",
            "-p",
            "operation=softmax",
            "-p",
            "contender=naive",
            "-p",
            "type=double",
            "-p",
            "mask=7",
            "-p",
            "threads=3",
            "-p",
            "fresh=true",
            "RowBenchmark");
    assertThat(groups).hasSize(2);
    assertThat(groups.getFirst().values()).containsExactly("naive");
    assertThat(groups.getFirst().params())
        .containsEntry("shape", "2x3")
        .containsEntry("operation", "softmax")
        .containsEntry("type", "double")
        .containsEntry("mask", "7")
        .containsEntry("threads", "3")
        .containsEntry("fresh", "true");
  }

  @Test
  void theBackendBehindBestIsNotMeasuredTwice() throws Exception {
    String best = io.github.softlane.Kernels.best().name();
    assertThat(groups(Plan.FULL)).noneMatch(group -> group.values().contains(best));
  }

  @Test
  void onlyTheLongPlansHaveTheOtherOperations() throws Exception {
    assertThat(shapes(Plan.QUICK, "cross-entropy-gradient")).isEmpty();
    assertThat(shapes(Plan.STANDARD, "cross-entropy-gradient"))
        .containsExactly("32x32000", "8x128256");
    assertThat(shapes(Plan.STANDARD, "sparsemax")).containsExactly("32x32000");
    assertThat(shapes(Plan.STANDARD, "softmax")).contains("32x32000");
    assertThat(groups(Plan.STANDARD))
        .filteredOn(group -> "sparsemax".equals(group.params().get("operation")))
        .allMatch(group -> group.values().equals(List.of("best", "naive")));
  }

  private static List<String> shapes(Plan plan, String operation) throws Exception {
    return groups(plan).stream()
        .filter(group -> operation.equals(group.params().get("operation")))
        .map(group -> group.params().get("shape"))
        .toList();
  }

  @Test
  void unknownNamesAreUsageErrors() {
    assertThat(Main.run("--plan", "endless")).isEqualTo(2);
    assertThat(Main.run("--plan")).isEqualTo(2);
    assertThat(Main.run("-p", "operation=softmin")).isEqualTo(2);
    assertThat(Main.run("report")).isEqualTo(2);
    assertThat(Main.run("--help")).isEqualTo(0);
    assertThat(Main.run("--contenders")).isEqualTo(0);
    assertThatThrownBy(() -> Plan.named("x")).hasMessageContaining("[quick, standard, full]");
  }
}
