package io.github.softlane.jmh.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.softlane.jmh.AccuracyProfiler;
import io.github.softlane.jmh.Environment;
import io.github.softlane.jmh.RoofBenchmark;
import io.github.softlane.jmh.RowBenchmark;
import io.github.softlane.jmh.contender.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads JMH's JSON, with or without an environment around it. */
final class ResultReader {
  private static final Map<String, Double> NANOSECONDS =
      Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9);

  private ResultReader() {}

  static Results read(List<Path> files) throws IOException {
    List<Environment> environments = new ArrayList<>();
    List<Measurement> measurements = new ArrayList<>();
    for (Path file : files) {
      try {
        JsonElement root = JsonParser.parseString(Files.readString(file));
        if (root.isJsonObject()) {
          JsonObject object = root.getAsJsonObject();
          environments.add(new Gson().fromJson(object.get("environment"), Environment.class));
          root = object.get("benchmarks");
        }
        for (JsonElement benchmark : root.getAsJsonArray()) {
          measurements.add(measurement(benchmark.getAsJsonObject()));
        }
      } catch (JsonParseException
          | IllegalStateException
          | IllegalArgumentException
          | NullPointerException invalid) {
        throw new IOException(
            file + " is not a result of these benchmarks: " + invalid.getMessage(), invalid);
      }
    }
    return new Results(environments, measurements);
  }

  private static Measurement measurement(JsonObject benchmark) {
    String name = benchmark.get("benchmark").getAsString();
    JsonObject params = benchmark.getAsJsonObject("params");
    boolean roof = name.startsWith(RoofBenchmark.class.getName() + ".");
    if (!roof && !name.startsWith(RowBenchmark.class.getName() + ".")) {
      throw new IllegalArgumentException("benchmark is '" + name + "', which is not known");
    }
    Setting setting =
        new Setting(
            roof ? Results.ROOF : params.get("operation").getAsString(),
            params.get("type").getAsString(),
            params.get("threads").getAsInt(),
            roof ? 0 : params.get("mask").getAsInt(),
            !roof && params.get("fresh").getAsBoolean());
    Shape shape = Shape.of(params.get("shape").getAsString());
    return new Measurement(
        setting,
        shape,
        params.get(roof ? "roof" : "contender").getAsString(),
        forks(benchmark.getAsJsonObject("primaryMetric"), shape),
        secondary(benchmark, AccuracyProfiler.METRIC),
        secondary(benchmark, "gc.alloc.rate.norm"));
  }

  private static List<List<Double>> forks(JsonObject metric, Shape shape) {
    String unit = metric.get("scoreUnit").getAsString();
    Double nanoseconds = NANOSECONDS.get(unit);
    if (nanoseconds == null) {
      throw new IllegalArgumentException(
          "scoreUnit is '" + unit + "', must be one of " + NANOSECONDS.keySet());
    }
    List<List<Double>> forks = new ArrayList<>();
    for (JsonElement fork : metric.getAsJsonArray("rawData")) {
      JsonArray iterations = fork.getAsJsonArray();
      forks.add(
          iterations.asList().stream()
              .map(time -> time.getAsDouble() * nanoseconds / shape.elements())
              .toList());
    }
    return forks;
  }

  private static double secondary(JsonObject benchmark, String name) {
    JsonObject metrics = benchmark.getAsJsonObject("secondaryMetrics");
    if (metrics == null) {
      return Double.NaN;
    }
    for (Map.Entry<String, JsonElement> metric : metrics.entrySet()) {
      // JMH puts a dot before the names of profilers' metrics, in some of its versions.
      if (metric.getKey().equals(name) || metric.getKey().equals("·" + name)) {
        return metric.getValue().getAsJsonObject().get("score").getAsDouble();
      }
    }
    return Double.NaN;
  }
}
