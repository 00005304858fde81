package io.github.softlane.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the groups of a plan, as JMH's own options change it. */
final class Runs {
  private final Plan plan;
  private final CommandLineOptions options;

  Runs(Plan plan, CommandLineOptions options) {
    this.plan = plan;
    this.options = options;
  }

  List<Group> groups() {
    Set<Group> groups = new LinkedHashSet<>();
    for (Sweep sweep : plan.sweeps()) {
      for (Group group : sweep.groups(name -> options.getParameter(name).orElse(null))) {
        if (isIncluded(group)) {
          groups.add(group);
        }
      }
    }
    return withoutRepeats(groups);
  }

  /** What several sweeps have in common is measured in the first of them. */
  private static List<Group> withoutRepeats(Collection<Group> groups) {
    record Key(Class<?> benchmark, Map<String, String> params, String value) {}
    Set<Key> seen = new LinkedHashSet<>();
    List<Group> distinct = new ArrayList<>();
    for (Group group : groups) {
      List<String> values =
          group.values().stream()
              .filter(value -> seen.add(new Key(group.benchmark(), group.params(), value)))
              .toList();
      if (!values.isEmpty()) {
        distinct.add(
            new Group(group.benchmark(), group.params(), group.varied(), values, group.forks()));
      }
    }
    return distinct;
  }

  private boolean isIncluded(Group group) {
    return options.getIncludes().isEmpty()
        || options.getIncludes().stream()
            .anyMatch(regex -> Pattern.compile(regex).matcher(group.benchmark().getName()).find());
  }

  /**
   * Runs everything; the file is written after every group, so that little is lost when a long run
   * is stopped.
   *
   * @return how many benchmarks failed
   */
  int run(Path file, Environment environment) throws RunnerException, IOException {
    List<Group> groups = groups();
    List<RunResult> results = new ArrayList<>();
    int missing = 0;
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      System.out.printf(
          "%n== %d of %d: %s %s%n",
          i + 1, groups.size(), group.benchmark().getSimpleName(), group.params());
      Collection<RunResult> found = new Runner(options(group).build()).run();
      missing += group.values().size() - found.size();
      results.addAll(found);
      if (file != null) {
        ResultFile.write(file, environment, results);
      }
    }
    return missing;
  }

  private ChainedOptionsBuilder options(Group group) {
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .parent(options)
            .include(Pattern.quote(group.benchmark().getName() + "."))
            .addProfiler(AccuracyProfiler.class)
            .param(group.varied(), group.values().toArray(String[]::new));
    group.params().forEach((name, value) -> builder.param(name, value));
    if (!options.getForkCount().hasValue()) {
      builder.forks(group.forks());
    }
    if (plan.isShort() && !options.getMeasurementTime().hasValue()) {
      builder.measurementTime(TimeValue.milliseconds(250));
    }
    return builder;
  }
}
