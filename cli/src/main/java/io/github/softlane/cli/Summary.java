package io.github.softlane.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What was done and how fast.
 *
 * @param threads how many threads computed
 * @param bytesMoved bytes of data read and written
 * @param nanos time from the first row read to the output in place
 */
record Summary(
    Operation operation,
    Path input,
    Path output,
    NpyHeader header,
    RowShape shape,
    double temperature,
    Backend backend,
    int threads,
    long bytesMoved,
    long nanos) {

  double seconds() {
    return nanos / 1e9;
  }

  double elementsPerSecond() {
    return shape.elements() / seconds();
  }

  double gigabytesPerSecond() {
    return bytesMoved / 1e9 / seconds();
  }

  /** Two lines for people, and a third where other than vectors did the work. */
  String text() {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(work()).add(speed());
    if (backend.slow()) {
      backend.changes().forEach(lines::add);
    } else if (backend.warmsUp()
        || (header.dtype() == Dtype.FLOAT64 && backend.scalarServesDouble())) {
      lines.add("scalar did it: a job so short ends before " + backend.name() + " is compiled");
    } else if (backend.scalarStandsIn()) {
      lines.add(backend.state());
    }
    return lines.toString();
  }

  private String work() {
    String at = temperature == 1 ? "" : " at temperature " + temperatureText();
    return String.format(
        Locale.ROOT,
        "%s of %d x %d %s%s on %s",
        operation.displayName(),
        shape.rows(),
        shape.n(),
        header.dtype().displayName(),
        at,
        backend.reason());
  }

  private String speed() {
    return String.format(
        Locale.ROOT,
        "%.3f s on %d thread%s, %.1f million elements/s, %.2f GB/s (read and written)",
        seconds(),
        threads,
        threads == 1 ? "" : "s",
        elementsPerSecond() / 1e6,
        gigabytesPerSecond());
  }

  /** One JSON object for programs. */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("operation", operation.displayName());
    json.addProperty("input", input.toString());
    json.addProperty("output", output.toString());
    json.addProperty("dtype", header.dtype().displayName());
    JsonArray lengths = new JsonArray();
    header.shape().forEach(lengths::add);
    json.add("shape", lengths);
    json.addProperty("rows", shape.rows());
    json.addProperty("n", shape.n());
    if (Double.isFinite(temperature)) {
      json.addProperty("temperature", temperature);
    } else {
      // JSON has no number for it.
      json.addProperty("temperature", temperatureText());
    }
    json.addProperty("backend", backend.name());
    json.addProperty("reason", backend.reason());
    json.addProperty("state", backend.state());
    json.addProperty("threads", threads);
    json.addProperty("seconds", seconds());
    json.addProperty("elementsPerSecond", elementsPerSecond());
    json.addProperty("gigabytesPerSecond", gigabytesPerSecond());
    return json.toString();
  }

  private String temperatureText() {
    return Double.isInfinite(temperature) ? "inf" : String.valueOf(temperature);
  }
}
