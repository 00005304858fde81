package io.github.softlane.dispatch;

import static io.github.softlane.dispatch.ForkedJvm.VECTOR_MODULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * C1 compiles every method of the vector backend with a profile. One for which it has no registers
 * never gets one once C1 has compiled it without, and so is never compiled by C2: the warm-up then
 * waits for it in vain.
 */
@Tag("fork")
class ProfiledCompilationTest {
  private static final Pattern PROFILED =
      Pattern.compile(
          "^[^a-z]* 3 +io\\.github\\.softlane\\.internal\\.passes\\.vector\\.(\\S+) .*");

  private static List<String> vectors;

  @BeforeAll
  static void askTheJvm() {
    vectors = CpuReport.vectorBackends();
  }

  @Test
  void everyVectorMethodOfTheWidestBackendHasRegisters() {
    assumeThat(vectors).isNotEmpty();
    everyVectorMethodHasRegisters(vectors.getFirst());
  }

  @Tag("sweep")
  @Test
  void everyVectorMethodOf256BitsHasRegisters() {
    assumeThat(vectors).contains("vector-256");
    everyVectorMethodHasRegisters("vector-256", "-XX:UseAVX=2");
  }

  @Tag("sweep")
  @Test
  void everyVectorMethodOf128BitsHasRegisters() {
    assumeThat(vectors).isNotEmpty();
    everyVectorMethodHasRegisters("vector-128", "-XX:MaxVectorSize=16");
  }

  private static void everyVectorMethodHasRegisters(String backend, String... flags) {
    List<String> options = new ArrayList<>(List.of(VECTOR_MODULE, "-XX:+PrintCompilation"));
    // Never without a profile because C2 has much to do.
    options.add("-XX:Tier3DelayOn=1000000");
    options.addAll(List.of(flags));
    // A coverage tool's instructions need registers as well.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .forEach(options::add);

    List<String> out = ForkedJvm.run(WarmUpReport.class, options).succeeded().out();

    List<String> compiled = new ArrayList<>();
    List<String> givenUp = new ArrayList<>();
    for (String line : out) {
      Matcher profiled = PROFILED.matcher(line);
      if (profiled.matches()) {
        (line.contains("COMPILE SKIPPED") ? givenUp : compiled).add(profiled.group(1));
      }
    }
    String width = backend.substring("vector-".length());
    assertThat(givenUp).isEmpty();
    assertThat(compiled).contains("FloatPasses" + width + "::sumPlain");
    if (!width.equals("128")) {
      // The largest of all; vectors of 128 bits go pass by pass.
      assertThat(compiled).contains("FloatVectorLogs" + width + "::run");
    }
  }
}
