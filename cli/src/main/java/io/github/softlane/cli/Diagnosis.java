package io.github.softlane.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** What {@code doctor} found. */
record Diagnosis(Backend backend, SelfCheck selfCheck) {
  private static final String MODULE = "jdk.incubator.vector";

  boolean healthy() {
    return !backend.slow() && !backend.scalarStandsIn() && selfCheck.passed();
  }

  /** What to change, a line each; empty when nothing is wrong. */
  List<String> remedies() {
    return Stream.of(speedRemedy(), selfCheckRemedy()).filter(line -> !line.isEmpty()).toList();
  }

  private String speedRemedy() {
    if (backend.scalarStandsIn()) {
      return "vectors are not faster here: compare the backends with softlane bench and report it";
    }
    if (!backend.slow()) {
      return "";
    }
    if (Backend.isForced("scalar")) {
      return "leave out --backend scalar (-Dsoftlane.backend=scalar)";
    }
    return String.join("; ", backend.changes());
  }

  private String selfCheckRemedy() {
    return selfCheck.passed()
        ? ""
        : "run with --backend scalar and report the fault with the output of this command";
  }

  /** Lines for people. */
  String text() {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add("JDK         " + jdk());
    lines.add("Module      " + MODULE + (modulePresent() ? " present" : " missing"));
    lines.add("CPU         " + Cpu.describe());
    lines.add("Backends    " + String.join(", ", selfCheck.kernels()));
    lines.add("Picked      " + backend.reason());
    if (!backend.state().isEmpty()) {
      lines.add("Serving     " + backend.state());
    }
    lines.add("Self-check  " + selfCheck.text());
    remedies().forEach(line -> lines.add("Remedy      " + line));
    return lines.toString();
  }

  /** One JSON object for programs. */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("healthy", healthy());
    json.addProperty("jdk", jdk());
    json.addProperty("module", modulePresent());
    json.addProperty("cpu", Cpu.describe());
    json.add("backends", array(selfCheck.kernels()));
    json.addProperty("backend", backend.name());
    json.addProperty("reason", backend.description().strip());
    json.addProperty("state", backend.state());
    json.addProperty("selfCheckPassed", selfCheck.passed());
    json.add("faults", array(selfCheck.faults()));
    json.add("remedies", array(remedies()));
    return json.toString();
  }

  private static boolean modulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static String jdk() {
    return Runtime.version()
        + ", "
        + System.getProperty("java.vendor")
        + ", "
        + System.getProperty("java.vm.name");
  }

  private static JsonArray array(List<String> lines) {
    JsonArray array = new JsonArray();
    lines.forEach(array::add);
    return array;
  }
}
