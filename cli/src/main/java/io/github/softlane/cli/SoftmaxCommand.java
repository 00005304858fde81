package io.github.softlane.cli;

import picocli.CommandLine.Command;

/** The command {@code softmax}. */
@Command(
    name = "softmax",
    description = "Write the softmax of each row: exp(x/T) / sum(exp(x/T)).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  softlane softmax examples/logits.npy -o probabilities.npy",
      "  softlane softmax logits.npy -o sharp.npy --temperature 0.7",
      ExitCodes.HELP
    })
final class SoftmaxCommand extends RowCommand {
  SoftmaxCommand() {
    super(Operation.SOFTMAX);
  }
}
