package io.github.softlane.jmh;

import io.github.softlane.jmh.cold.ColdStart;
import io.github.softlane.jmh.contender.Contenders;
import io.github.softlane.jmh.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks of a plan, makes the report of a run, or compares in a minute.
 *
 * <p>Exit codes: 1 a benchmark failed, 2 usage, 3 a file could not be written.
 */
public final class Main {
  private static final String USAGE =
      """
      Usage: java --add-modules jdk.incubator.vector -jar benchmarks.jar [--plan PLAN] [JMH OPTIONS]
             java -jar benchmarks.jar report RESULT.json... -o BENCHMARKS.md
                  [--charts FOLDER] [--caches L1D,L2,L3]
             java --add-modules jdk.incubator.vector -jar benchmarks.jar bench [--json] [--peers]
             java --add-modules jdk.incubator.vector -jar benchmarks.jar --cold-start [FORKS]

        --plan PLAN      quick (default, some minutes), standard (an hour) or full (hours)
        --cold-start     softmax in the first two seconds of fresh JVMs, FORKS of each kind (5)
        --contenders     lists the contenders and exits
        -rff RESULT.json where to write the result; always JSON
        -p NAME=VALUES   replaces the plan's values of operation, type, shape, mask, threads, fresh,
                         contender or roof

      Every other option is JMH's, see --jmh-help.
      """;

  private Main() {}

  /**
   * Runs the benchmarks.
   *
   * @param args see the usage text, which {@code -h} prints
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    try {
      return dispatch(args);
    } catch (IllegalArgumentException | CommandLineOptionException usage) {
      System.err.println("benchmarks: " + usage.getMessage());
      return 2;
    } catch (IOException failure) {
      System.err.println("benchmarks: " + failure);
      return 3;
    } catch (RunnerException failure) {
      System.err.println("benchmarks: " + failure.getMessage());
      return 1;
    }
  }

  private static int dispatch(String... args)
      throws IOException, CommandLineOptionException, RunnerException {
    List<String> rest = new ArrayList<>(Arrays.asList(args));
    if (!rest.isEmpty() && rest.getFirst().equals("bench")) {
      Bench.run(rest.subList(1, rest.size()));
      return 0;
    }
    if (rest.contains("-h") || rest.contains("--help")) {
      System.out.print(USAGE);
      return 0;
    }
    if (rest.contains("--contenders")) {
      Contenders.all().forEach(contender -> System.out.println(contender.name()));
      return 0;
    }
    if (rest.contains("--jmh-help")) {
      org.openjdk.jmh.Main.main(new String[] {"-h"});
      return 0;
    }
    if (!rest.isEmpty() && rest.getFirst().equals("report")) {
      Report.run(rest.subList(1, rest.size()));
      return 0;
    }
    if (!rest.isEmpty() && rest.getFirst().equals("--cold-start")) {
      ColdStart.run(rest.subList(1, rest.size()));
      return 0;
    }
    String planName = take(rest, "--plan");
    Plan plan = planName == null ? Plan.QUICK : Plan.named(planName);
    // Taken from JMH, which would write a file of its own there after each group.
    String result = take(rest, "-rff");
    Path file = result == null ? null : Path.of(result);
    CommandLineOptions options = new CommandLineOptions(rest.toArray(String[]::new));
    int missing = new Runs(plan, options).run(file, Environment.current(args));
    if (missing > 0) {
      System.err.println("benchmarks: " + missing + " failed; their messages are above");
      return 1;
    }
    return 0;
  }

  /** Takes an option and its value out of the arguments. */
  private static String take(List<String> args, String option) {
    int at = args.indexOf(option);
    if (at < 0) {
      return null;
    }
    if (at + 1 == args.size()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    args.remove(at);
    return args.remove(at);
  }
}
