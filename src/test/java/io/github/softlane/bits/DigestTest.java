package io.github.softlane.bits;

import static io.github.softlane.dispatch.ForkedJvm.VECTOR_MODULE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.dispatch.CpuReport;
import io.github.softlane.dispatch.ForkedJvm;
import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bits in every JVM: each forced backend, narrower vectors, the interpreter, the quick
 * compiler, and the machines that the constants here were taken on.
 */
@Tag("fork")
class DigestTest {
  /** A change here is a change of results for every user. */
  private static final Map<Workload, String> GOLDEN =
      Map.of(
          Workload.SMALL, "e9aefd3f8aff44a9e70c2179a8bd6e246f9eece2585f2f57740d900b7d0ed5ac",
          Workload.FULL, "35c8f5b54e4d01f702d118afbacf705ed939defd5ee92ef8621f99dc8c79025c");

  private static List<String> vectors;

  @BeforeAll
  static void askTheJvm() {
    vectors = CpuReport.vectorBackends();
    if ("true".equals(System.getenv("SOFTLANE_REQUIRE_VECTOR"))) {
      assertThat(vectors).isNotEmpty();
    }
  }

  private static void assertGolden(Workload workload, String backend, String digest) {
    if (Fused.AVAILABLE) {
      assertThat(digest).as("%s, %s", workload, backend).isEqualTo(GOLDEN.get(workload));
    } else {
      // Without FMA results differ, which describe() says.
      assertThat(digest).isNotEqualTo(GOLDEN.get(workload));
    }
  }

  private static void assertGolden(
      Workload workload, String backend, String expectedName, String... options) {
    List<String> all = Stream.concat(Stream.of(VECTOR_MODULE), Stream.of(options)).toList();
    var values = ForkedJvm.run(Digest.class, all, workload.name(), backend).succeeded().values();
    assertThat(values).containsEntry("backend", expectedName);
    assertGolden(workload, String.join(" ", all) + " " + backend, values.get("digest"));
  }

  @Test
  void scalarHere() {
    for (Workload workload : Workload.values()) {
      assertGolden(workload, "scalar", workload.digest(Dispatch.scalar()));
    }
  }

  @Test
  void forcedBackends() {
    assertGolden(Workload.FULL, Digest.BEST, "scalar", "-Dsoftlane.backend=scalar");
    for (String backend : vectors) {
      assertGolden(Workload.FULL, Digest.BEST, backend, "-Dsoftlane.backend=" + backend);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:UseAVX=2", "-XX:MaxVectorSize=16"})
  void otherVectorUnits(String option) {
    List<String> names = CpuReport.vectorBackends(option);
    String widest = names.isEmpty() ? "scalar" : names.getFirst();
    assertGolden(Workload.FULL, Digest.BEST, widest, option);
  }

  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(strings = {"-XX:MaxVectorSize=32", "-XX:MaxVectorSize=64", "-XX:-TieredCompilation"})
  void moreVectorUnits(String option) {
    otherVectorUnits(option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void jvmsThatTheDispatcherRefuses(String option) {
    assertGolden(Workload.SMALL, Digest.BEST, "scalar", option);
    // Without the optimising compiler a vector is an object like any other, of any width.
    for (String backend : List.of("vector-128", "vector-256", "vector-512")) {
      assertGolden(Workload.SMALL, backend, backend, option);
    }
  }
}
