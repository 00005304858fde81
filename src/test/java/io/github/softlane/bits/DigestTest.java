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
          Workload.TINY, "5572df43e4390b2d755b2ab0499dffd744aa23706fc512f16452fb04226bea60",
          Workload.SMALL, "7e82250c42d6507b781373a9c37cfa853bf22a247da8bda5b81d4990d3274f72",
          Workload.MEDIUM, "dad6a7046da081189da5fa65e071b9b9f46fb67a984334533737c2e7f512af9f",
          Workload.FULL, "acfffba60b0931b9c46e93fe92210d1f79a6449e1883b5fb4ccfb5ef3a918d12");

  private static List<String> vectors;

  @BeforeAll
  static void askTheJvm() {
    vectors = CpuReport.vectorBackends();
    if (CpuReport.vectorsRequired()) {
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

  /** The digest of the best backend in a JVM with these options. */
  private static void assertBest(Workload workload, String expectedName, String... options) {
    Map<String, String> values = digests(workload, List.of(Digest.BEST), options);
    assertThat(values).containsEntry("name " + Digest.BEST, expectedName);
    assertGolden(workload, String.join(" ", options), values.get("digest " + Digest.BEST));
  }

  private static Map<String, String> digests(
      Workload workload, List<String> backends, String... options) {
    List<String> all = Stream.concat(Stream.of(VECTOR_MODULE), Stream.of(options)).toList();
    String[] arguments =
        Stream.concat(Stream.of(workload.name()), backends.stream()).toArray(String[]::new);
    return ForkedJvm.run(Digest.class, all, arguments).succeeded().values();
  }

  @Test
  void scalarHere() {
    for (Workload workload : Workload.values()) {
      assertGolden(workload, "scalar", workload.digest(Dispatch.scalar()));
    }
  }

  @Test
  void forcedBackends() {
    forcedBackends(Workload.MEDIUM);
  }

  @Tag("sweep")
  @Test
  void forcedBackendsOverAllRows() {
    forcedBackends(Workload.FULL);
  }

  private static void forcedBackends(Workload workload) {
    assertBest(workload, "scalar", "-Dsoftlane.backend=scalar");
    for (String backend : vectors) {
      assertBest(workload, backend, "-Dsoftlane.backend=" + backend);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:UseAVX=2", "-XX:MaxVectorSize=16"})
  void otherVectorUnits(String option) {
    vectorUnits(Workload.MEDIUM, option);
  }

  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:UseAVX=2",
        "-XX:MaxVectorSize=16",
        "-XX:MaxVectorSize=32",
        "-XX:MaxVectorSize=64",
        "-XX:-TieredCompilation"
      })
  void moreVectorUnitsOverAllRows(String option) {
    vectorUnits(Workload.FULL, option);
  }

  private static void vectorUnits(Workload workload, String option) {
    List<String> names = CpuReport.vectorBackends(option);
    assertBest(workload, names.isEmpty() ? "scalar" : names.getFirst(), option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void jvmsThatTheDispatcherRefuses(String option) {
    refused(Workload.TINY, option);
  }

  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void jvmsThatTheDispatcherRefusesOverMoreRows(String option) {
    refused(Workload.SMALL, option);
  }

  private static void refused(Workload workload, String option) {
    // Without the optimising compiler a vector is an object like any other, of any width.
    List<String> widths = List.of("vector-128", "vector-256", "vector-512");
    List<String> backends = Stream.concat(Stream.of(Digest.BEST), widths.stream()).toList();
    Map<String, String> values = digests(workload, backends, option);
    assertThat(values).containsEntry("name " + Digest.BEST, "scalar");
    for (String width : widths) {
      assertThat(values).containsEntry("name " + width, width);
    }
    for (String backend : backends) {
      assertGolden(workload, option + " " + backend, values.get("digest " + backend));
    }
  }
}
