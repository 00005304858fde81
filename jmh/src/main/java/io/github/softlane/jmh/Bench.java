package io.github.softlane.jmh;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.softlane.jmh.contender.Contender;
import io.github.softlane.jmh.contender.Contenders;
import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The one-minute comparison of {@code ./softlane bench}: softmax by our backends and their peers.
 *
 * <p>All of it runs in this JVM, one contender after the other, each after all backends have run
 * every kind of row. That is quick, and one JVM's word only: the plans of {@link Main} take
 * several.
 */
final class Bench {
  private static final String USAGE =
      """
      Usage: softlane bench [--json] [--peers]
      Times softmax by every backend and its peers over five shapes, in about a minute.

        --json    prints the result as JSON
        --peers   also ONNX Runtime, oneDNN and libtorch; they need a build with
                  mvn -Ppeers -Dmaven.test.skip=true -pl jmh -am package
        -h, --help

      Figures of several JVMs, all operations and more shapes are in BENCHMARKS.md.
      """;

  private static final List<String> SHAPES =
      List.of("8192x64", "4096x128", "1024x1024", "128x4096", "8x128256");

  /**
   * The figures of one contender for one shape.
   *
   * @param nanosPerElement the median of the iterations
   * @param maxUlp the largest error of its result, NaN when unknown
   */
  record Figure(String contender, String shape, double nanosPerElement, double maxUlp) {}

  /** What {@code --json} prints. */
  private record Output(
      Environment environment, String operation, String type, int threads, List<Figure> figures) {}

  private final List<String> shapes;
  private final List<String> contenders;
  private final TimeValue iteration;

  Bench(List<String> shapes, List<String> contenders, TimeValue iteration) {
    this.shapes = shapes;
    this.contenders = contenders;
    this.iteration = iteration;
  }

  static void run(List<String> args) throws RunnerException {
    if (args.contains("-h") || args.contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    for (String arg : args) {
      if (!List.of("--json", "--peers").contains(arg)) {
        throw new IllegalArgumentException(
            "bench has no option '" + arg + "', only --json, --peers and --help");
      }
    }
    Bench bench =
        new Bench(SHAPES, contenders(args.contains("--peers")), TimeValue.milliseconds(200));
    List<Figure> figures = bench.measure();
    Environment environment = Environment.current("bench", String.join(" ", args));
    System.out.print(
        args.contains("--json") ? json(environment, figures) : bench.table(environment, figures));
  }

  /** Those that this build has, {@code best} among them: all rows in one call. */
  static List<String> contenders(boolean peers) {
    List<Contender> all = Contenders.all();
    if (peers && all.stream().noneMatch(Contender::isNative)) {
      throw new IllegalArgumentException(
          "--peers needs the native peers, which this build has not; build with"
              + " mvn -Ppeers -Dmaven.test.skip=true -pl jmh -am package");
    }
    return all.stream()
        .filter(contender -> peers || !contender.isNative())
        .filter(contender -> contender.offers(Operation.SOFTMAX, ElementType.FLOAT))
        .map(Contender::name)
        .toList();
  }

  List<Figure> measure() throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      System.err.printf("bench: %s, %d of %d%n", shapes.get(i), i + 1, shapes.size());
      for (RunResult result : new Runner(options(shapes.get(i))).run()) {
        figures.add(figure(result));
      }
    }
    if (figures.size() < shapes.size() * contenders.size()) {
      throw new RunnerException("some contenders failed; their messages are above");
    }
    return figures;
  }

  private Options options(String shape) {
    return new OptionsBuilder()
        .include(Pattern.quote(RowBenchmark.class.getName() + "."))
        .param("operation", "softmax")
        .param("type", "float")
        .param("shape", shape)
        .param("contender", contenders.toArray(String[]::new))
        .addProfiler(AccuracyProfiler.class)
        .forks(0)
        .warmupIterations(1)
        .warmupTime(iteration)
        .measurementIterations(3)
        .measurementTime(iteration)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  private static Figure figure(RunResult result) {
    String shape = result.getParams().getParam("shape");
    double[] scores =
        result.getAggregatedResult().getIterationResults().stream()
            .map(IterationResult::getPrimaryResult)
            .mapToDouble(score -> score.getScore())
            .sorted()
            .toArray();
    var ulp = result.getSecondaryResults().get(AccuracyProfiler.METRIC);
    return new Figure(
        result.getParams().getParam("contender"),
        shape,
        scores[scores.length / 2] / elements(shape),
        ulp == null ? Double.NaN : ulp.getScore());
  }

  private static double elements(String shape) {
    return Arrays.stream(shape.split("x"))
        .mapToDouble(Double::parseDouble)
        .reduce(1, (a, b) -> a * b);
  }

  String table(Environment environment, List<Figure> figures) {
    StringBuilder table = new StringBuilder();
    table.append("softmax of float rows, one thread: ns per element, less is better\n");
    table.append(environment.cpu()).append(", ").append(environment.jdk()).append("\n\n");
    table.append(String.format("%-16s", "rows x columns"));
    shapes.forEach(shape -> table.append(String.format("%11s", shape)));
    table.append(String.format("%11s%n", "max ULP"));
    for (String contender : contenders) {
      String mark = contender.equals(environment.best()) ? " *" : "";
      table.append(String.format("%-16s", contender + mark));
      double maxUlp = Double.NaN;
      for (String shape : shapes) {
        Figure figure = find(figures, contender, shape);
        table.append(String.format(Locale.ROOT, "%11.3f", figure.nanosPerElement()));
        maxUlp = Double.isNaN(maxUlp) ? figure.maxUlp() : Math.max(maxUlp, figure.maxUlp());
      }
      table.append(String.format(Locale.ROOT, "%11.1f%n", maxUlp));
    }
    table.append(
        """

        * what best runs here. best gets all rows in one call, a backend one row a call.
        One JVM's figures; see BENCHMARKS.md.
        """);
    return table.toString();
  }

  private static Figure find(List<Figure> figures, String contender, String shape) {
    for (Figure figure : figures) {
      if (figure.contender().equals(contender) && figure.shape().equals(shape)) {
        return figure;
      }
    }
    throw new IllegalStateException("no figure for " + contender + " at " + shape);
  }

  static String json(Environment environment, List<Figure> figures) {
    Gson gson =
        new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();
    return gson.toJson(new Output(environment, "softmax", "float", 1, figures)) + "\n";
  }
}
