package io.github.softlane.jmh.cold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Softmax in the first two seconds of fresh JVMs: {@code Kernels.best()} with its warm-up, the same
 * without one, scalar code alone, and the naive loop. Not a JMH benchmark: JMH has warmed the JVM
 * before it measures.
 */
public final class ColdStart {
  private static final int DEFAULT_FORKS = 5;

  /** A kind of JVM: what it is called, and its arguments after the class path. */
  private record Kind(String label, String kernel, List<String> options) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("naive", "naive", List.of()),
          new Kind("best", "best", List.of()),
          new Kind("scalar", "scalar", List.of()),
          new Kind("warm-up off", "best", List.of("-Dsoftlane.warmup=off")));

  private ColdStart() {}

  /**
   * Runs the JVMs in turn and prints a table.
   *
   * @param args the number of JVMs of each kind, or nothing
   * @throws IOException when a JVM cannot be run
   */
  public static void run(List<String> args) throws IOException {
    int forks = forks(args);
    Map<String, Windows> results = new LinkedHashMap<>();
    for (int fork = 0; fork < forks; fork++) {
      for (Kind kind : KINDS) {
        List<String> lines = fork(kind);
        results.computeIfAbsent(kind.label(), label -> new Windows()).add(lines.getFirst());
        System.err.printf("%d of %d, %s: %s%n", fork + 1, forks, kind.label(), lines.getLast());
      }
    }
    System.out.print(table(results));
  }

  static int forks(List<String> args) {
    if (args.isEmpty()) {
      return DEFAULT_FORKS;
    }
    if (args.size() > 1 || !args.getFirst().matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException(
          "--cold-start takes a number of JVMs from 1 to 999, not " + String.join(" ", args));
    }
    return Integer.parseInt(args.getFirst());
  }

  private static List<String> fork(Kind kind) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(kind.options());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FirstSeconds.class.getName(), kind.kernel()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = out.lines().toList();
    if (lines.size() != 2) {
      throw new IOException("a JVM failed: " + String.join(" ", command));
    }
    return lines;
  }

  /** The medians as Markdown, the first kind being what the others are compared with. */
  static String table(Map<String, Windows> results) {
    Windows naive = results.values().iterator().next();
    StringBuilder table = new StringBuilder("| ms from first use |");
    results.keySet().forEach(label -> table.append(' ').append(label).append(" |"));
    table.append("\n|---|").append("---:|".repeat(results.size())).append('\n');
    for (int window = 0; window < naive.count(); window++) {
      int from = window * FirstSeconds.WINDOW_MILLIS;
      table.append("| ").append(from).append(" to ").append(from + FirstSeconds.WINDOW_MILLIS);
      table.append(" |");
      for (Windows windows : results.values()) {
        table.append(String.format(Locale.ROOT, " %.0f |", windows.median(window)));
      }
      table.append('\n');
    }
    table.append("| least share of naive |");
    for (Windows windows : results.values()) {
      table.append(String.format(Locale.ROOT, " %.2f |", windows.leastShareOf(naive)));
    }
    table.append("\n| full speed from, ms |");
    for (Windows windows : results.values()) {
      table.append(' ').append(windows.firstOfFullSpeed() * FirstSeconds.WINDOW_MILLIS);
      table.append(" |");
    }
    return table.append('\n').toString();
  }
}
