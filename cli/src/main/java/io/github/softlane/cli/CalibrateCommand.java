package io.github.softlane.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code calibrate}. */
@Command(
    name = "calibrate",
    description = {
      "Fit the one temperature T at which the probabilities softmax(x/T) of held-out rows are"
          + " most honest, that is the likelihood of their labels largest, and print how well"
          + " calibrated they are before and after: negative log-likelihood, Brier score,"
          + " expected and maximum calibration error, and the reliability table.",
      "T is 0 when every label is the largest of its row, and inf when the logits are no better"
          + " than chance."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  softlane calibrate examples/calibration-logits.npy \\",
      "    examples/calibration-labels.npy --plot reliability.png",
      "  softlane calibrate logits.npy labels.npy --bins 10 --json",
      "",
      "Exit codes:",
      "  0  done",
      "  1  a file is not what is needed: rows of float32 or float64, and an integer",
      "     label for each",
      "  2  an option is wrong, or the picture exists or is an input",
      "  3  a file cannot be read or written"
    })
final class CalibrateCommand implements Callable<Integer> {
  /** So many that a bin of the table still has rows in a held-out set of a few hundred. */
  private static final String BINS = "15";

  @Parameters(
      index = "0",
      paramLabel = "LOGITS.npy",
      description = "Logits, float32 or float64, of 1 or more dimensions. Rows run along the last.")
  private Path logits;

  @Parameters(
      index = "1",
      paramLabel = "LABELS.npy",
      description = "The class of each row, from 0 on, of any integer type.")
  private Path labels;

  @Option(
      names = "--bins",
      paramLabel = "N",
      defaultValue = BINS,
      converter = BinsConverter.class,
      description = "Bins of equal width over the confidence. Default: " + BINS + ".")
  private int bins;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      converter = PlotFileConverter.class,
      description = "Draw the reliability diagram, before and after, as FILE.png or FILE.svg.")
  private Path plot;

  @Option(
      names = {"-f", "--force"},
      description = "Replace an existing FILE.")
  private boolean force;

  @ArgGroup(exclusive = true)
  private Report report = new Report();

  @Spec private CommandSpec spec;

  /** How the command tells what it found, other than by a text. */
  private static final class Report {
    @Option(names = "--json", description = "Print the figures as one JSON object.")
    private boolean json;

    @Option(
        names = {"-q", "--quiet"},
        description = "Print nothing but errors.")
    private boolean quiet;
  }

  @Override
  public Integer call() {
    List<Path> inputs = List.of(logits, labels);
    LabelledLogits rows;
    try (Arena arena = Arena.ofConfined()) {
      rows = LabelledLogits.read(logits, labels, arena);
    }
    if (plot != null) {
      OutputFile.check(plot, inputs, force);
    }
    Backend.pick(null);
    CalibrationReport found = CalibrationReport.of(rows, bins);
    if (plot != null) {
      OutputFile.write(plot, inputs, force, ReliabilityDiagram.draw(found, plot));
    }
    if (!report.quiet) {
      StandardOutput.println(
          spec.commandLine().getOut(), report.json ? found.json(plot) : found.text());
    }
    return ExitCodes.OK;
  }
}
