package io.github.softlane.cli;

import java.util.List;

/**
 * What a run of the command gave.
 *
 * @param errors the lines on standard error that are the command's own
 */
record Outcome(int exitCode, String output, List<String> errors) {
  /** The JVM says this whenever it runs with an incubator module. */
  private static final String INCUBATOR_WARNING = "WARNING: Using incubator modules: ";

  static Outcome of(int exitCode, String output, String errors) {
    return new Outcome(
        exitCode,
        output,
        errors.lines().filter(line -> !line.startsWith(INCUBATOR_WARNING)).toList());
  }
}
