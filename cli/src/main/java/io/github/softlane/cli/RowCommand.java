package io.github.softlane.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands that read rows of logits have in common: options, order of work, summary. */
abstract class RowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "IN.npy",
      description = "Logits, float32 or float64, of 1 or more dimensions. Rows run along the last.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.npy",
      required = true,
      description = "The file to write, of the same element type.")
  private Path output;

  @Option(
      names = {"-t", "--temperature"},
      paramLabel = "T",
      defaultValue = "1",
      converter = TemperatureConverter.class,
      description = "Divide the logits by T first: 0, a positive number or inf. Default: 1.")
  private double temperature;

  @Option(
      names = {"-b", "--backend"},
      paramLabel = "B",
      converter = BackendConverter.class,
      description = "auto, scalar, vector, vector-128, vector-256 or vector-512. Default: auto.")
  private String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = ThreadsConverter.class,
      description = "Compute on up to N threads, on one if IN.npy is small. Default: all CPUs.")
  private Integer threads;

  @Option(
      names = {"-f", "--force"},
      description = "Replace an existing OUT.npy.")
  private boolean force;

  @ArgGroup(exclusive = true)
  private Report report = new Report();

  @Spec private CommandSpec spec;

  private final Operation operation;

  RowCommand(Operation operation) {
    this.operation = operation;
  }

  /** How the command tells what it did, other than by two lines on standard error. */
  private static final class Report {
    @Option(
        names = "--json",
        description = "Print the summary as one JSON object on standard output.")
    private boolean json;

    @Option(
        names = {"-q", "--quiet"},
        description = "Print nothing but errors.")
    private boolean quiet;
  }

  @Override
  public Integer call() {
    try (Arena arena = Arena.ofConfined()) {
      NpyInput in = NpyInput.open(input, arena);
      RowShape shape = rowShape(in);
      Backend.pick(backend);
      print(run(in, shape));
    }
    return ExitCodes.OK;
  }

  private static RowShape rowShape(NpyInput in) {
    try {
      return RowShape.of(in.header());
    } catch (NpyFormatException e) {
      throw Failure.data(in.path(), e.getMessage());
    }
  }

  private Summary run(NpyInput in, RowShape shape) {
    NpyHeader result = operation.resultOf(in.header());
    int atMost = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    int used;
    long start = System.nanoTime();
    try (OutputFile out = OutputFile.create(output, input, force, result)) {
      try (Threads team = Threads.of(atMost, shape);
          Progress progress = progress(shape)) {
        used = team.count();
        new RowJob(in, shape, operation, temperature, team).run(out, progress);
      }
      out.commit();
    }
    long nanos = System.nanoTime() - start;
    return new Summary(
        operation,
        input,
        output,
        in.header(),
        shape,
        temperature,
        Backend.now(),
        used,
        in.header().dataBytes() + result.dataBytes(),
        nanos);
  }

  private Progress progress(RowShape shape) {
    return report.quiet ? Progress.none() : Progress.over(operation.displayName(), shape.rows());
  }

  private void print(Summary summary) {
    if (report.json) {
      StandardOutput.println(spec.commandLine().getOut(), summary.json());
    } else if (!report.quiet) {
      spec.commandLine().getErr().println(summary.text());
    }
  }
}
