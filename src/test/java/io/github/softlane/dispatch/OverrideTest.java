package io.github.softlane.dispatch;

import static io.github.softlane.dispatch.ForkedJvm.VECTOR_MODULE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The property softlane.backend, in JVMs in which the vector backends work if the CPU has any. */
@Tag("fork")
class OverrideTest {
  private static List<String> vectors;

  @BeforeAll
  static void askTheJvm() {
    vectors = CpuReport.vectorBackends();
    if (CpuReport.vectorsRequired()) {
      assertThat(vectors).isNotEmpty();
    }
  }

  private static ForkedJvm.Result run(String... options) {
    List<String> all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(VECTOR_MODULE), java.util.stream.Stream.of(options))
            .toList();
    return ForkedJvm.run(DispatchReport.class, all).succeeded();
  }

  private static String allNames() {
    return vectors.isEmpty() ? "scalar" : String.join(" ", vectors) + " scalar";
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "", "absent"})
  void autoTakesTheWidestAndLogsNothing(String value) {
    var result =
        switch (value) {
          case "absent" -> run();
          case "" -> run("-Dsoftlane.backend=auto", "-Duser.language=tr");
          default -> run("-Dsoftlane.backend=" + value);
        };
    Map<String, String> values = result.values();
    String best = vectors.isEmpty() ? "scalar" : vectors.getFirst();
    assertThat(values)
        .containsEntry("best", best)
        .containsEntry("bestAgain", best)
        .containsEntry("bestAfterUse", best)
        .containsEntry("all", allNames())
        .containsEntry("allAfterUse", allNames())
        .containsEntry("properties", "[]");
    assertThat(values.get("describe")).startsWith(best + ": ");
    if (!vectors.isEmpty()) {
      assertThat(result.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "Scalar"})
  void scalarCanBeForced(String value) {
    var result = run("-Dsoftlane.backend=" + value);
    assertThat(result.values())
        .containsEntry("best", "scalar")
        .containsEntry("bestAfterUse", "scalar")
        .containsEntry("all", allNames())
        .containsEntry("properties", "[]");
    assertThat(result.values().get("describe"))
        .startsWith("scalar: asked for by -Dsoftlane.backend=scalar");
    assertThat(result.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "vector-128", "vector-256", "vector-512", "Vector-128"})
  void aWidthIsTakenWhereTheCpuHasItAndThrowsElsewhere(String value) {
    var result = run("-Dsoftlane.backend=" + value);
    String asked = value.toLowerCase(Locale.ROOT);
    String backend = asked.equals("vector") && !vectors.isEmpty() ? vectors.getFirst() : asked;
    Map<String, String> values = result.values();
    assertThat(values).containsEntry("all", allNames()).containsEntry("properties", "[]");
    assertThat(result.messages()).isEmpty();
    if (vectors.contains(backend)) {
      assertThat(values)
          .containsEntry("best", backend)
          .containsEntry("bestAgain", backend)
          .containsEntry("bestAfterUse", backend);
      assertThat(values.get("logits")).startsWith("1.69314");
      assertThat(values.get("describe"))
          .startsWith(backend + ": ")
          .containsIgnoringCase("-Dsoftlane.backend=" + asked);
    } else {
      assertThat(values.get("best")).startsWith(IllegalStateException.class.getName());
    }
  }

  @Test
  void aWidthBeyondTheJvmsThrowsWithTheReason() {
    List<String> narrow = CpuReport.vectorBackends("-XX:MaxVectorSize=32");
    assertThat(narrow).doesNotContain("vector-512");
    var result = run("-Dsoftlane.backend=vector-512", "-XX:MaxVectorSize=32");
    for (String call : List.of("best", "bestAgain", "logits", "logitsAgain", "bestAfterUse")) {
      assertThat(result.values().get(call))
          .startsWith(IllegalStateException.class.getName())
          .contains("-Dsoftlane.backend=vector-512 cannot work: ");
      if (!narrow.isEmpty()) {
        assertThat(result.values().get(call))
            .contains("the JVM's widest vectors here are " + narrow.getFirst());
      }
    }
    assertThat(result.values())
        .containsEntry("scalar", "scalar")
        .containsEntry("all", String.join(" ", narrow) + (narrow.isEmpty() ? "" : " ") + "scalar");
    assertThat(result.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"avx2", "vector-64", "", " scalar"})
  void anotherValueThrowsAndListsTheAllowedOnes(String value) {
    var result = run("-Dsoftlane.backend=" + value);
    for (String call : List.of("best", "bestAgain", "logits", "describe")) {
      assertThat(result.values().get(call))
          .contains("-Dsoftlane.backend=" + value + " cannot work")
          .contains("auto, scalar, vector, vector-128, vector-256 or vector-512");
    }
    assertThat(result.values()).containsEntry("scalar", "scalar").containsEntry("all", allNames());
    assertThat(result.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"on, auto", "'', scalar", "'OFF ', auto", "foreground, scalar"})
  void anotherModeOfWarmUpThrowsAndListsTheAllowedOnes(String value, String backend) {
    var result = run("-Dsoftlane.warmup=" + value, "-Dsoftlane.backend=" + backend);
    for (String call : List.of("best", "bestAgain", "logits", "describe")) {
      assertThat(result.values().get(call))
          .contains("-Dsoftlane.warmup=" + value + " cannot work")
          .contains("use background or off");
    }
    assertThat(result.values()).containsEntry("scalar", "scalar").containsEntry("all", allNames());
  }

  @Tag("sweep")
  @ParameterizedTest
  @CsvSource({"on, scalar", "'', auto", "'OFF ', scalar", "foreground, auto"})
  void anotherModeOfWarmUpBesideTheOtherBackend(String value, String backend) {
    anotherModeOfWarmUpThrowsAndListsTheAllowedOnes(value, backend);
  }
}
