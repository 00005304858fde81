package io.github.softlane.jmh;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** JMH's JSON, with the {@link Environment} beside it. */
final class ResultFile {
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .create();

  private ResultFile() {}

  static void write(Path file, Environment environment, Collection<RunResult> results)
      throws IOException {
    JsonObject root = new JsonObject();
    root.add("environment", GSON.toJsonTree(environment));
    root.add("benchmarks", toJson(results));
    AtomicFile.write(file, (GSON.toJson(root) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static JsonArray toJson(Collection<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    JsonArray array =
        JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonArray();
    for (JsonElement benchmark : array) {
      // Where the JDK lies on that machine says nothing about the figures.
      benchmark.getAsJsonObject().remove("jvm");
    }
    return array;
  }
}
