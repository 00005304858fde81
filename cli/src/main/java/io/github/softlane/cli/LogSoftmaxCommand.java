package io.github.softlane.cli;

import picocli.CommandLine.Command;

/** The command {@code log-softmax}. */
@Command(
    name = "log-softmax",
    description = "Write the log-softmax of each row: x/T - log(sum(exp(x/T))).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  softlane log-softmax examples/logits.npy -o logprobs.npy",
      "  softlane log-softmax logits.npy -o logprobs.npy --json",
      ExitCodes.HELP
    })
final class LogSoftmaxCommand extends RowCommand {
  LogSoftmaxCommand() {
    super(Operation.LOG_SOFTMAX);
  }
}
