package io.github.softlane.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor as the operating system names it. */
final class Cpu {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private Cpu() {}

  static String describe() {
    String architecture = System.getProperty("os.arch");
    int processors = Runtime.getRuntime().availableProcessors();
    return modelName() + architecture + ", " + processors + " processors available";
  }

  private static String modelName() {
    if (!Files.isReadable(LINUX)) {
      return "";
    }
    try (var lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ")
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      // The name is for people to read; what the library does never depends on it.
      return "";
    }
  }
}
