package io.github.softlane.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command {@code softlane}. */
@Command(
    name = "softlane",
    description =
        "Softmax, log-softmax, log-sum-exp and calibration over the rows of a NumPy file of logits.",
    subcommands = {
      SoftmaxCommand.class,
      LogSoftmaxCommand.class,
      LogSumExpCommand.class,
      CalibrateCommand.class,
      DoctorCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  softlane softmax examples/logits.npy -o probabilities.npy",
      "  softlane logsumexp logits.npy -o lse.npy --temperature 0.7 --json",
      "  softlane calibrate logits.npy labels.npy --plot reliability.png",
      "  softlane doctor",
      ExitCodes.HELP,
      "",
      "'softlane COMMAND --help' tells more about a command.",
      "'./softlane bench' times the backends of this machine, in about a minute."
    })
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(out, err, args));
  }

  /** Runs a command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    try {
      return new CommandLine(new Main())
          .setOut(out)
          .setErr(err)
          .setParameterExceptionHandler(Main::wrongUsage)
          .setExecutionExceptionHandler((e, command, result) -> failed(e, command.getErr()))
          .execute(args);
    } catch (OutOfMemoryError e) {
      err.println("softlane: the Java heap is full; raise it with SOFTLANE_JAVA_OPTS=-Xmx...");
      return ExitCodes.DATA;
    }
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    // The library starts the messages about exclusive options, and only those, with a word more.
    String message = firstLine(e).replaceFirst("^Error: ", "");
    command.getErr().println("softlane: " + message + "; see '" + name + " --help'");
    return ExitCodes.USAGE;
  }

  private static int failed(Exception e, PrintWriter err) {
    if (e instanceof Failure failure) {
      err.println("softlane: " + firstLine(e));
      return failure.exitCode();
    }
    err.println("softlane: internal error, please report it:");
    e.printStackTrace(err);
    return ExitCodes.INTERNAL;
  }

  private static String firstLine(Exception e) {
    return e.getMessage().lines().findFirst().orElse("");
  }
}
