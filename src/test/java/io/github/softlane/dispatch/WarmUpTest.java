package io.github.softlane.dispatch;

import static io.github.softlane.dispatch.ForkedJvm.VECTOR_MODULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The warm-up in fresh JVMs: when its thread runs, what it says, and when there is none. */
@Tag("fork")
class WarmUpTest {
  private static List<String> vectors;

  @BeforeAll
  static void askTheJvm() {
    vectors = CpuReport.vectorBackends();
  }

  private static Map<String, String> report(List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(List.of(VECTOR_MODULE));
    all.addAll(options);
    return ForkedJvm.run(WarmUpReport.class, all, arguments).succeeded().values();
  }

  @Test
  void theFirstCallStartsTheThreadAndTheSwitchEndsIt() {
    assumeThat(vectors).isNotEmpty();
    String best = vectors.getFirst();

    Map<String, String> values = report(List.of());

    assertThat(values)
        .containsEntry("threadsBefore", "0")
        .containsEntry("threadsOfOthers", "0")
        .containsEntry("threadsAfter", "1")
        .containsEntry("threadsWarm", "0")
        .containsEntry("warmUp", "true")
        .containsEntry("again", "true");
    assertThat(values.get("result")).startsWith("1.69314");
    assertThat(values.get("described"))
        .isEqualTo(
            best
                + ": the widest that this CPU has | scalar serves first:"
                + " the warm-up starts with the first call");
    assertThat(values.get("describedWarm"))
        .startsWith(best + ": the widest that this CPU has | " + best + " serves: faster than")
        .matches(".* after [0-9.]+ s of warm-up");
    assertThat(Long.parseLong(values.get("againMillis"))).isLessThan(1000);
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    assumeThat(vectors).isNotEmpty();
    Map<String, String> values = report(List.of(), "interrupt");
    assertThat(values)
        .containsEntry("interruptedWarmUp", "false")
        .containsEntry("interrupted", "true")
        .containsEntry("warmUp", "true");
  }

  @Tag("sweep")
  @Test
  void offMayBeWrittenInCapitals() {
    offStartsNoThread("OFF");
  }

  @Test
  void offStartsNoThreadUntilTheWarmUpIsAskedFor() {
    offStartsNoThread("off");
  }

  private static void offStartsNoThread(String value) {
    assumeThat(vectors).isNotEmpty();
    Map<String, String> values = report(List.of("-Dsoftlane.warmup=" + value));
    assertThat(values)
        .containsEntry("threadsAfter", "0")
        .containsEntry("warmUp", "true")
        .containsEntry("again", "true")
        .containsEntry("threadsWarm", "0");
    assertThat(values.get("describedWarm"))
        .isEqualTo(
            vectors.getFirst()
                + ": the widest that this CPU has | "
                + vectors.getFirst()
                + " serves from the first call on: -Dsoftlane.warmup=off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void aBackendAskedForByNameNeedsNone(String backend) {
    assumeThat(vectors).isNotEmpty();
    Map<String, String> values = report(List.of("-Dsoftlane.backend=" + backend));
    assertThat(values)
        .containsEntry("threadsAfter", "0")
        .containsEntry("warmUp", "true")
        .containsEntry("threadsWarm", "0");
    assertThat(values.get("describedWarm")).doesNotContain("serves");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "--limit-modules=java.base"})
  void withoutVectorsItReturnsAtOnceAndDescribesWhy(String option) {
    List<String> options = new ArrayList<>(List.of(option));
    if (!option.startsWith("--limit")) {
      options.add(VECTOR_MODULE);
    }
    Map<String, String> values = ForkedJvm.run(WarmUpReport.class, options).succeeded().values();
    assertThat(values)
        .containsEntry("warmUp", "false")
        .containsEntry("again", "false")
        .containsEntry("threadsWarm", "0");
    assertThat(values.get("describedWarm"))
        .startsWith("scalar: ")
        .contains("for vector speed: ")
        .doesNotContain("serves");
  }
}
