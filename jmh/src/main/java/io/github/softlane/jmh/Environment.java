package io.github.softlane.jmh;

import io.github.softlane.Kernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where and how a run was made; stands at the top of its result file.
 *
 * @param cpu the name that the operating system has for it
 * @param processors how many of them the JVM may use
 * @param os name and architecture
 * @param jdk vendor, version and VM
 * @param best the backend that the dispatcher picked
 * @param caches sizes of L1d, L2 and L3 in bytes, as far as they are known
 * @param date day of the run, in UTC
 * @param command the command that made it
 */
public record Environment(
    String cpu,
    int processors,
    String os,
    String jdk,
    String best,
    List<Long> caches,
    String date,
    String command) {

  static Environment current(String... args) {
    // Its thread must not compete with what is measured next.
    Kernels.warmUp();
    return new Environment(
        findCpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "%s %s (%s)"
            .formatted(
                System.getProperty("java.vendor"),
                System.getProperty("java.vm.version"),
                System.getProperty("java.vm.name")),
        Kernels.best().name(),
        findCaches(),
        LocalDate.now(ZoneOffset.UTC).toString(),
        ("java --add-modules jdk.incubator.vector -jar jmh/target/benchmarks.jar "
                + String.join(" ", args))
            .strip());
  }

  private static String findCpu() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      List<String> info = lines.toList();
      String model = field(info, "model name");
      if (model == null) {
        return System.getProperty("os.arch");
      }
      // Virtual machines often call every generation of a maker by one name.
      return "%s (family %s, model %s)"
          .formatted(model, field(info, "cpu family"), field(info, "model"));
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }

  private static String field(List<String> info, String name) {
    for (String line : info) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return null;
  }

  /** From the C library's tool, which asks the CPU; many virtual machines do not fill /sys. */
  private static List<Long> findCaches() {
    return List.of("LEVEL1_DCACHE_SIZE", "LEVEL2_CACHE_SIZE", "LEVEL3_CACHE_SIZE").stream()
        .map(Environment::getconf)
        .takeWhile(size -> size > 0)
        .toList();
  }

  private static long getconf(String variable) {
    try {
      Process process =
          new ProcessBuilder("getconf", variable)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return ended && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    } catch (IOException absent) {
      return 0;
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
