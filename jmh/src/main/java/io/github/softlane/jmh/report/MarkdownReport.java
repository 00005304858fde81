package io.github.softlane.jmh.report;

import io.github.softlane.jmh.Environment;
import java.util.List;
import java.util.Locale;

/** The text of the report. */
final class MarkdownReport {
  private static final String HOW_TO_READ =
      """
      Times are nanoseconds per element (lower is better): the median over the forks (JVMs), each of which
      counts with the median of its iterations. Behind it stands half the distance between the fastest and the
      slowest fork, in percent of the median; of the iterations when there was one fork. A shape is
      rows x columns, the operation runs along the columns, and the score is for all rows in one run.

      * Every fork has first run every operation, type, row length and offset, so that the JIT compiler
        knows no more than in a long-lived program; "fresh JVM" marks those that have not.
      * `best` is the backend that the dispatcher picks, with all rows in one call, as the native libraries get
        them; a backend by its name is called once for each row. `fastest native / best` above 1 means that
        Softlane is faster than ONNX Runtime, oneDNN and libtorch.
      * The roofs are what no kernel can beat: reading all logits once, copying them once, and a bare chain of
        as many fused multiply-adds as the exponentials take. `% of the roof` is against the one in brackets, the
        slower one of arithmetic and memory (copy, or read for log-sum-exp); sparsemax has memory's only.
      * `max ULP` is the largest error over the shapes against a reference of higher precision. For
        log-softmax and log-sum-exp the unit is at least 2^-24 (float) or 2^-53 (double), and so it is for
        the others' sparsemax, and as a share of one row for their gradient at the target.
      * Cross-entropy is the mean over the rows, each with a class as its target, and its gradient by the logits.
        `libtorch` takes both from autograd (`cross_entropy`, then `backward`); `libtorch-composite` computes
        log-softmax, the loss and (p - y) / rows with a call each, without autograd, into memory that stays.
      """;

  private final Results results;
  private final List<Chart> charts;

  /** A chart, as the text links to it. */
  record Chart(String title, String link) {}

  MarkdownReport(Results results, List<Chart> charts) {
    this.results = results;
    this.charts = charts;
  }

  String text() {
    StringBuilder text = new StringBuilder("# Benchmarks\n\n").append(HOW_TO_READ).append('\n');
    for (Environment environment : results.environments()) {
      text.append(environment(environment)).append('\n');
    }
    text.append("## Where we lose\n\n").append(new Losses(results).markdown()).append('\n');
    if (!charts.isEmpty()) {
      text.append("## Charts\n\n");
      for (Chart chart : charts) {
        text.append("![%s](%s)%n%n".formatted(chart.title(), chart.link()));
      }
    }
    for (Setting setting : results.settings()) {
      text.append("## ").append(capitalised(setting.title())).append("\n\n");
      text.append(new SettingTable(results, setting).markdown()).append('\n');
    }
    return text.toString().strip() + "\n";
  }

  private static String environment(Environment environment) {
    return """
        | | |
        |---|---|
        | CPU | %s, %d processors |
        | OS | %s |
        | JDK | %s |
        | `best` is | %s |
        | date | %s |
        | command | `%s` |
        """
        .formatted(
            environment.cpu(),
            environment.processors(),
            environment.os(),
            environment.jdk(),
            environment.best(),
            environment.date(),
            environment.command());
  }

  private static String capitalised(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }
}
