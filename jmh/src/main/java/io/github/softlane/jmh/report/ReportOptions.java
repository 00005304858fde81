package io.github.softlane.jmh.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line of the report. */
record ReportOptions(List<Path> inputs, Path output, Path charts, List<Long> caches) {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,9})([KMG]?)");

  static ReportOptions parse(List<String> args) {
    List<Path> inputs = new ArrayList<>();
    Path output = null;
    Path charts = null;
    List<Long> caches = new ArrayList<>();
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String arg = rest.next();
      switch (arg) {
        case "-o" -> output = Path.of(value(arg, rest));
        case "--charts" -> charts = Path.of(value(arg, rest));
        case "--caches" -> {
          for (String size : value(arg, rest).split(",", -1)) {
            caches.add(bytes(size));
          }
        }
        default -> {
          if (arg.startsWith("-")) {
            throw new IllegalArgumentException(
                "report has no option '" + arg + "', only -o, --charts and --caches");
          }
          inputs.add(Path.of(arg));
        }
      }
    }
    if (inputs.isEmpty() || output == null) {
      throw new IllegalArgumentException(
          "report needs one or more RESULT.json and -o FILE, was given " + args);
    }
    return new ReportOptions(inputs, output, charts, caches);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static long bytes(String size) {
    Matcher matcher = SIZE.matcher(size.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "--caches has the size '" + size + "', must be such as 32K, 1M or 32M");
    }
    int shift =
        switch (matcher.group(2)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    return Long.parseLong(matcher.group(1)) << shift;
  }
}
