package io.github.softlane.cli;

import io.github.softlane.Kernels;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code doctor}. */
@Command(
    name = "doctor",
    description = "Tell whether the fast path runs on this machine, and if not, what to change.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  softlane doctor",
      "  softlane doctor --backend vector-256 --json",
      "",
      "Exit codes:",
      "  0  the vector backend runs and the self-check passed",
      "  1  the slow path would run, or the self-check failed",
      "  2  an option is wrong, or the backend cannot work here"
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = {"-b", "--backend"},
      paramLabel = "B",
      converter = BackendConverter.class,
      description = "auto, scalar, vector, vector-128, vector-256 or vector-512. Default: auto.")
  private String backend;

  @Option(names = "--json", description = "Print the findings as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Backend.pick(backend);
    Kernels.warmUp();
    Diagnosis diagnosis = new Diagnosis(Backend.now(), SelfCheck.run());
    StandardOutput.println(spec.commandLine().getOut(), json ? diagnosis.json() : diagnosis.text());
    return diagnosis.healthy() ? ExitCodes.OK : ExitCodes.DATA;
  }
}
