package io.github.softlane.dispatch;

import static io.github.softlane.dispatch.ForkedJvm.VECTOR_MODULE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each gate of the dispatcher, in a JVM that closes it. */
@Tag("fork")
class GatesTest {
  /** A gate, the options that close it, and what the dispatcher must then say. */
  record Gate(String reason, String remedy, List<String> options) {
    Gate(String reason, String remedy, String... options) {
      this(reason, remedy, List.of(options));
    }

    @Override
    public String toString() {
      return String.join(" ", options);
    }
  }

  static Stream<Gate> gates() {
    return Stream.of(
        new Gate(
            "the module jdk.incubator.vector is not resolved",
            "start the JVM with --add-modules jdk.incubator.vector"),
        new Gate("the JVM only interprets (-Xint)", "remove -Xint", VECTOR_MODULE, "-Xint"),
        compilerOff("-XX:TieredStopAtLevel=1"),
        compilerOff("-XX:TieredStopAtLevel=2"),
        compilerOff("-XX:TieredStopAtLevel=3"),
        compilerOff("-XX:TieredStopAtLevel=0"),
        compilerOff("-XX:-UseCompiler"),
        compilerOff("-XX:CompilationMode=quick-only"),
        new Gate(
            "the JVM prefers vectors of 64 bits, and at least 128 are needed",
            "remove -XX:MaxVectorSize",
            VECTOR_MODULE,
            "-XX:MaxVectorSize=8"),
        new Gate(
            "there is no fused multiply-add in hardware, so results differ from other machines",
            "remove -XX:-UseFMA",
            VECTOR_MODULE,
            "-XX:-UseFMA"));
  }

  private static Gate compilerOff(String option) {
    String flag = option.replaceAll("-XX:-?|=.*", "");
    return new Gate("the optimising compiler is off (", flag, VECTOR_MODULE, option);
  }

  @ParameterizedTest
  @MethodSource("gates")
  void aClosedGateGivesScalarAndOneLogLine(Gate gate) {
    var result = ForkedJvm.run(DispatchReport.class, gate.options()).succeeded();
    Map<String, String> values = result.values();

    assertThat(values)
        .containsEntry("best", "scalar")
        .containsEntry("bestAgain", "scalar")
        .containsEntry("bestAfterUse", "scalar")
        .containsEntry("scalar", "scalar")
        .containsEntry("all", "scalar")
        .containsEntry("allAfterUse", "scalar")
        .containsEntry("properties", "[]");
    assertThat(values.get("logits")).startsWith("1.69314");
    assertThat(values.get("describe"))
        .startsWith("scalar: " + gate.reason())
        .contains(gate.remedy());
    assertThat(result.messages()).hasSize(1);
    assertThat(result.messages().getFirst())
        .startsWith("INFO io.github.softlane Softlane uses its scalar backend: " + gate.reason())
        .contains(gate.remedy());
  }

  @ParameterizedTest
  @MethodSource("gates")
  void aForcedVectorBackendThrowsOnEveryCall(Gate gate) {
    List<String> options = new ArrayList<>(gate.options());
    options.add("-Dsoftlane.backend=vector");
    assertImpossible("vector", gate, options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector-128", "vector-256", "vector-512"})
  void aForcedWidthThrowsWithoutTheModule(String backend) {
    assertImpossible(
        backend, gates().findFirst().orElseThrow(), List.of("-Dsoftlane.backend=" + backend));
  }

  private static void assertImpossible(String backend, Gate gate, List<String> options) {
    var result = ForkedJvm.run(DispatchReport.class, options).succeeded();
    Map<String, String> values = result.values();

    for (String call : List.of("best", "bestAgain", "logits", "logitsAgain", "bestAfterUse")) {
      assertThat(values.get(call))
          .startsWith(IllegalStateException.class.getName())
          .contains("-Dsoftlane.backend=" + backend + " cannot work: " + gate.reason())
          .contains(gate.remedy());
    }
    assertThat(values).containsEntry("scalar", "scalar").containsEntry("all", "scalar");
    assertThat(values.get("describe")).contains(gate.reason()).contains(gate.remedy());
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void withoutFmaEveryDescriptionSaysThatResultsDiffer() {
    for (String backend : List.of("auto", "scalar")) {
      for (List<String> module : List.of(List.of(VECTOR_MODULE), List.<String>of())) {
        List<String> options = new ArrayList<>(module);
        options.add("-XX:-UseFMA");
        options.add("-Dsoftlane.backend=" + backend);
        var values = ForkedJvm.run(DispatchReport.class, options).succeeded().values();
        assertThat(values.get("describe"))
            .as("%s", options)
            .contains("results differ from other machines");
      }
    }
  }
}
