package io.github.softlane.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A case of {@code onnx}, {@code scipy} or {@code peers}: a {@code meta.json} and arrays.
 *
 * @param name the name of its folder
 */
record Case(Path folder, String name, Json meta) {
  static Case read(Path folder) {
    return new Case(
        folder, folder.getFileName().toString(), Json.read(folder.resolve("meta.json")));
  }

  String op() {
    return meta.at("op").text();
  }

  Json attribute(String key) {
    return meta.at("attrs").at(key);
  }

  /** The temperature, 1 where the case names none. */
  double temperature() {
    Json temperature = attribute("T");
    return temperature.isNull() ? 1 : temperature.number();
  }

  /** The axes in an attribute, which is a number, a list or null. */
  int[] axes(String key) {
    return attribute(key).list().stream().mapToInt(Json::integer).toArray();
  }

  boolean hasInput(int index) {
    return Files.exists(folder.resolve("in" + index + ".npy"));
  }

  Npy input(int index) {
    return Npy.read(folder.resolve("in" + index + ".npy"));
  }

  Npy output(int index) {
    return Npy.read(folder.resolve("out" + index + ".npy"));
  }

  /** An output as recomputed in float64 from the inputs. */
  Npy reference(int index) {
    return Npy.read(folder.resolve("ref" + index + ".npy"));
  }

  @Override
  public String toString() {
    return name;
  }
}
