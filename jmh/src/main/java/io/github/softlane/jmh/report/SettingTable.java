package io.github.softlane.jmh.report;

import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Shape;
import io.github.softlane.jmh.roof.Roof;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** One table of the report: contenders by shapes, then the ratios. */
final class SettingTable {
  private static final String NONE = "";

  private final Results results;
  private final Setting setting;
  private final List<Shape> shapes;
  private final boolean hasAllocation;
  private final StringBuilder text = new StringBuilder();

  SettingTable(Results results, Setting setting) {
    this.results = results;
    this.setting = setting;
    shapes = results.shapes(setting);
    hasAllocation =
        results.contenders(setting).stream()
            .anyMatch(name -> largest(name, Measurement::bytesPerRun).isPresent());
  }

  String markdown() {
    List<String> header = new ArrayList<>(List.of("ns per element"));
    shapes.forEach(shape -> header.add(shape.toString()));
    header.add("max ULP");
    if (hasAllocation) {
      header.add("B/run");
    }
    row(header);
    row(header.stream().map(cell -> cell.equals(header.getFirst()) ? "---" : "---:").toList());
    for (String contender : results.contenders(setting)) {
      contender(contender);
    }
    for (String roof : List.of(Roof.READ, Roof.COPY, Roof.FMA)) {
      derived(
          "roof: " + roof,
          shape -> results.roof(roof, setting, shape).map(SettingTable::time).orElse(NONE));
    }
    derived(
        "**fastest native / best**", shape -> ratio(results.fastestPeer(setting, shape), shape));
    derived("**naive / best**", shape -> ratio(results.find(setting, shape, Results.NAIVE), shape));
    derived("**% of the roof**", this::percentOfRoof);
    if (!Operation.named(setting.operation()).isOfEveryBackend()) {
      derived("**best: this / softmax**", this::overSoftmax);
    }
    if (!setting.isPlain()) {
      derived("**best: plain / this**", shape -> ratio(plainBest(shape), shape));
    }
    return text.toString();
  }

  private void contender(String contender) {
    List<String> cells = new ArrayList<>();
    cells.add(contender);
    for (Shape shape : shapes) {
      cells.add(results.find(setting, shape, contender).map(SettingTable::time).orElse(NONE));
    }
    cells.add(format(largest(contender, Measurement::maxUlp), "%.1f"));
    if (hasAllocation) {
      cells.add(format(largest(contender, Measurement::bytesPerRun), "%.0f"));
    }
    row(cells);
  }

  /** A row that has nothing to say is left out. */
  private void derived(String label, Function<Shape, String> cell) {
    List<String> cells = new ArrayList<>();
    cells.add(label);
    shapes.forEach(shape -> cells.add(cell.apply(shape)));
    if (cells.stream().skip(1).anyMatch(value -> !value.equals(NONE))) {
      cells.add(NONE);
      if (hasAllocation) {
        cells.add(NONE);
      }
      row(cells);
    }
  }

  private String ratio(Optional<Measurement> other, Shape shape) {
    Optional<Measurement> best = results.find(setting, shape, Results.BEST);
    return best.isPresent() && other.isPresent()
        ? String.format(Locale.ROOT, "%.2f", other.get().median() / best.get().median())
        : NONE;
  }

  private String percentOfRoof(Shape shape) {
    Optional<Measurement> best = results.find(setting, shape, Results.BEST);
    Optional<Measurement> roof = results.highestRoof(setting, shape);
    return best.isPresent() && roof.isPresent()
        ? String.format(
            Locale.ROOT,
            "%.0f (%s)",
            100 * roof.get().median() / best.get().median(),
            roof.get().contender())
        : NONE;
  }

  private String overSoftmax(Shape shape) {
    Optional<Measurement> best = results.find(setting, shape, Results.BEST);
    Optional<Measurement> softmax = results.find(setting.softmax(), shape, Results.BEST);
    return best.isPresent() && softmax.isPresent()
        ? String.format(Locale.ROOT, "%.2f", best.get().median() / softmax.get().median())
        : NONE;
  }

  private Optional<Measurement> plainBest(Shape shape) {
    return results.find(setting.plain(), shape, Results.BEST);
  }

  private OptionalDouble largest(String contender, Function<Measurement, Double> figure) {
    return shapes.stream()
        .map(shape -> results.find(setting, shape, contender).map(figure).orElse(null))
        .filter(Objects::nonNull)
        .filter(value -> !value.isNaN())
        .mapToDouble(Double::doubleValue)
        .max();
  }

  private static String format(OptionalDouble value, String pattern) {
    return value.isPresent() ? String.format(Locale.ROOT, pattern, value.getAsDouble()) : NONE;
  }

  /** The median, and the spread where it would be seen. */
  static String time(Measurement measurement) {
    return String.format(
        Locale.ROOT, "%.3f ±%.0f %%", measurement.median(), 100 * measurement.spread() / 2);
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
