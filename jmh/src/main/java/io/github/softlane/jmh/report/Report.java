package io.github.softlane.jmh.report;

import io.github.softlane.jmh.AtomicFile;
import io.github.softlane.jmh.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns results into Markdown and charts. */
public final class Report {
  private Report() {}

  /**
   * Makes the report.
   *
   * @param args the result files, {@code -o FILE}, {@code --charts FOLDER} (optional) and {@code
   *     --caches SIZES} (optional: L1d, L2 and L3, such as 32K,1M,32M, in place of those of the
   *     result)
   * @throws IOException when a file cannot be read, is no result, or cannot be written
   */
  public static void run(List<String> args) throws IOException {
    ReportOptions options = ReportOptions.parse(args);
    Results results = ResultReader.read(options.inputs());
    List<MarkdownReport.Chart> charts =
        options.charts() == null ? List.of() : draw(results, options);
    String text = new MarkdownReport(results, charts).text();
    AtomicFile.write(options.output(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<MarkdownReport.Chart> draw(Results results, ReportOptions options)
      throws IOException {
    // Charts need fonts but no screen.
    System.setProperty("java.awt.headless", "true");
    List<Long> caches =
        options.caches().isEmpty()
            ? results.environments().stream().findFirst().map(Environment::caches).orElse(List.of())
            : options.caches();
    List<MarkdownReport.Chart> drawn = new ArrayList<>();
    for (Setting setting : results.settings()) {
      if (setting.isPlain()) {
        Charts charts = new Charts(results, setting, caches);
        String name = setting.operation() + "-" + setting.type();
        if (charts.hasCurve()) {
          Path file = options.charts().resolve(name + "-rows.png");
          charts.writeCurve(file);
          drawn.add(chart(setting.title() + " over the length of a row", file, options));
        }
        if (charts.hasBars()) {
          Path file = options.charts().resolve(name + "-peers.png");
          charts.writeBars(file);
          drawn.add(chart(setting.title() + " against the native libraries", file, options));
        }
      }
    }
    return drawn;
  }

  private static MarkdownReport.Chart chart(String title, Path file, ReportOptions options) {
    Path folder = options.output().toAbsolutePath().getParent();
    Path link = folder.relativize(file.toAbsolutePath());
    return new MarkdownReport.Chart(title, link.toString().replace('\\', '/'));
  }
}
