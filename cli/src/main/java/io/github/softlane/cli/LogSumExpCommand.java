package io.github.softlane.cli;

import picocli.CommandLine.Command;

/** The command {@code logsumexp}. */
@Command(
    name = "logsumexp",
    description = "Write the log-sum-exp of each row, log(sum(exp(x/T))), one value per row.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  softlane logsumexp examples/logits.npy -o lse.npy",
      "  softlane logsumexp logits.npy -o lse.npy -f --quiet",
      ExitCodes.HELP
    })
final class LogSumExpCommand extends RowCommand {
  LogSumExpCommand() {
    super(Operation.LOG_SUM_EXP);
  }
}
