package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorIT {
  @Test
  void tellsWhatRunsAndChecksIt() throws Exception {
    Outcome outcome = Launcher.run("doctor");

    assertThat(outcome.errors()).isEmpty();
    for (String label : List.of("JDK", "Module", "CPU", "Backends", "Picked", "Self-check")) {
      assertThat(outcome.output().lines()).anyMatch(line -> line.startsWith(label + " "));
    }
    assertThat(outcome.output()).contains("jdk.incubator.vector present", "passed for each");
    if (outcome.output().contains("Picked      vector-")) {
      assertThat(outcome.output())
          .containsPattern("(?m)^Serving +vector-[0-9]+ serves: faster than scalar after ");
    }
    boolean slow = outcome.output().lines().anyMatch(line -> line.startsWith("Remedy"));
    assertThat(outcome.exitCode()).isEqualTo(slow ? ExitCodes.DATA : ExitCodes.OK);
  }

  @Test
  void jsonSaysTheSame() throws Exception {
    Outcome outcome = Launcher.run("doctor", "--json");

    JsonObject json = JsonParser.parseString(outcome.output()).getAsJsonObject();
    assertThat(json.get("selfCheckPassed").getAsBoolean()).isTrue();
    assertThat(json.get("faults").getAsJsonArray()).isEmpty();
    assertThat(json.get("module").getAsBoolean()).isTrue();
    assertThat(json.get("healthy").getAsBoolean()).isEqualTo(outcome.exitCode() == ExitCodes.OK);
    assertThat(json.get("remedies").getAsJsonArray().isEmpty())
        .isEqualTo(outcome.exitCode() == ExitCodes.OK);
  }

  @Test
  void aFullDiskBehindStandardOutputIsAnIoError() throws Exception {
    Outcome outcome =
        Launcher.inShell("exec \"$0\" \"$@\" >/dev/full").start("doctor", "--json").finish();

    assertThat(outcome.errors()).containsExactly("softlane: standard output: cannot write");
    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.IO);
  }

  @Test
  void theSlowPathIsReportedWithItsRemedy() throws Exception {
    Outcome outcome = Launcher.run("doctor", "--backend", "scalar");

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(outcome.output())
        .containsPattern("(?m)^Remedy +leave out --backend scalar")
        .doesNotContain("Serving ");
  }

  @Test
  void theInterpreterIsReportedWithItsRemedy() throws Exception {
    Outcome outcome = Launcher.withJavaOptions("-Xint").start("doctor").finish();

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(outcome.output()).containsPattern("(?m)^Remedy .*-Xint");
  }
}
