package io.github.softlane.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.softlane.Calibration;
import io.github.softlane.ReliabilityTable;
import io.github.softlane.TemperatureScaling;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What was found of labelled rows.
 *
 * @param before at T = 1
 * @param after at the temperature that was fitted
 */
record CalibrationReport(
    LabelledLogits rows, int bins, TemperatureScaling fit, Calibration before, Calibration after) {

  static CalibrationReport of(LabelledLogits rows, int bins) {
    TemperatureScaling fit = rows.fit();
    return new CalibrationReport(
        rows, bins, fit, rows.measure(bins, 1), rows.measure(bins, fit.temperature()));
  }

  /** The temperature with a few digits. */
  String temperatureText() {
    double t = fit.temperature();
    if (Double.isInfinite(t)) {
      return "inf";
    }
    boolean plain = t == 0 || (t >= 1e-3 && t < 1e6);
    return String.format(Locale.ROOT, plain ? "%.6g" : "%.5e", t)
        .replaceFirst("(\\.[0-9]*?)0+($|e)", "$1$2")
        .replaceFirst("\\.($|e)", "$1");
  }

  /** For people. */
  String text() {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(
        String.format(
            Locale.ROOT,
            "calibration of %d x %d %s",
            rows.rows(),
            rows.n(),
            rows.header().dtype().displayName()));
    lines.add("T = " + temperatureText() + ": " + reason());
    lines.add("");
    lines.add(String.format(Locale.ROOT, "%-36s%12s%12s", "", "before", "after"));
    // After a fit of 0 the loss is a limit, which a tie keeps above 0.
    addFigure(lines, "negative log-likelihood (nats)", fit.lossBefore(), fit.lossAfter());
    addFigure(lines, "Brier score (0 to 2)", before.brierScore(), after.brierScore());
    addFigure(
        lines,
        "expected calibration error (ECE)",
        before.expectedCalibrationError(),
        after.expectedCalibrationError());
    addFigure(
        lines,
        "maximum calibration error (MCE)",
        before.maximumCalibrationError(),
        after.maximumCalibrationError());
    addFigure(lines, "accuracy", before.accuracy(), after.accuracy());
    lines.add("");
    lines.add(String.format(Locale.ROOT, "%-17s%18s%30s", "", "before", "after"));
    String columns = "    rows   mean conf  accuracy";
    lines.add(String.format(Locale.ROOT, "%-17s%s%s", "confidence", columns, columns));
    List<ReliabilityTable.Bin> first = before.reliability().bins();
    List<ReliabilityTable.Bin> second = after.reliability().bins();
    for (int i = 0; i < bins; i++) {
      ReliabilityTable.Bin bin = first.get(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "(%.4f, %.4f]%s%s",
              bin.lower(),
              bin.upper(),
              columns(bin),
              columns(second.get(i))));
    }
    return lines.toString();
  }

  private String reason() {
    return switch (fit.optimum()) {
      case FINITE -> "optimum found in " + fit.iterations() + " passes";
      case ZERO -> "every label is the largest of its row";
      case INFINITE -> "the logits are no better than chance";
      case ANY -> "rows are constant, and no temperature changes that";
    };
  }

  private static void addFigure(StringJoiner lines, String name, double before, double after) {
    lines.add(String.format(Locale.ROOT, "%-36s%12.6f%12.6f", name, before, after));
  }

  private static String columns(ReliabilityTable.Bin bin) {
    return bin.count() == 0
        ? String.format(Locale.ROOT, "%8d%12s%10s", 0, "-", "-")
        : String.format(
            Locale.ROOT, "%8d%12.6f%10.6f", bin.count(), bin.meanConfidence(), bin.accuracy());
  }

  /**
   * One JSON object for programs; infinities, for which JSON has no number, are the text {@code
   * inf}.
   *
   * @param plot the picture, or null
   */
  String json(Path plot) {
    JsonObject json = new JsonObject();
    json.addProperty("operation", "calibrate");
    json.addProperty("input", rows.path().toString());
    json.addProperty("dtype", rows.header().dtype().displayName());
    JsonArray lengths = new JsonArray();
    rows.header().shape().forEach(lengths::add);
    json.add("shape", lengths);
    json.addProperty("rows", rows.rows());
    json.addProperty("n", rows.n());
    json.addProperty("bins", bins);
    addNumber(json, "temperature", fit.temperature());
    json.addProperty("optimum", fit.optimum().name().toLowerCase(Locale.ROOT));
    json.addProperty("passes", fit.iterations());
    json.add("before", json(before, fit.lossBefore()));
    json.add("after", json(after, fit.lossAfter()));
    if (plot != null) {
      json.addProperty("plot", plot.toString());
    }
    return json.toString();
  }

  private static JsonObject json(Calibration figures, double loss) {
    JsonObject json = new JsonObject();
    addNumber(json, "temperature", figures.temperature());
    addNumber(json, "negativeLogLikelihood", loss);
    addNumber(json, "brierScore", figures.brierScore());
    addNumber(json, "expectedCalibrationError", figures.expectedCalibrationError());
    addNumber(json, "maximumCalibrationError", figures.maximumCalibrationError());
    addNumber(json, "accuracy", figures.accuracy());
    JsonArray table = new JsonArray();
    for (ReliabilityTable.Bin bin : figures.reliability().bins()) {
      JsonObject row = new JsonObject();
      row.addProperty("lower", bin.lower());
      row.addProperty("upper", bin.upper());
      row.addProperty("count", bin.count());
      addNumber(row, "meanConfidence", bin.meanConfidence());
      addNumber(row, "accuracy", bin.accuracy());
      table.add(row);
    }
    json.add("reliability", table);
    return json;
  }

  private static void addNumber(JsonObject json, String name, double value) {
    if (Double.isNaN(value)) {
      json.add(name, JsonNull.INSTANCE);
    } else if (Double.isInfinite(value)) {
      json.addProperty(name, "inf");
    } else {
      json.addProperty(name, value);
    }
  }
}
