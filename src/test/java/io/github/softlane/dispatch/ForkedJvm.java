package io.github.softlane.dispatch;

import io.github.softlane.Kernels;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A JVM of its own, for the flags and properties that the test JVM cannot change. It has the
 * library and the test classes on its class path and nothing else.
 */
public final class ForkedJvm {
  /** What a user adds to get the vector backends. */
  public static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  private static final long TIMEOUT_SECONDS = 300;

  private ForkedJvm() {}

  /** Runs a main class of the test tree and waits for its end. */
  public static Result run(Class<?> main, List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(options);
    all.add("-cp");
    all.add(classes(Kernels.class) + File.pathSeparator + classes(ForkedJvm.class));
    all.add(main.getName());
    all.addAll(List.of(arguments));
    return java(all);
  }

  /** Runs {@code java} of the JDK that runs the tests. */
  public static Result java(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.add("-Xmx256m");
    // One line of English a log record, and flags that only other CPUs have are no error.
    command.add("-Duser.language=en");
    // The JDK's logging would otherwise set this property on its own.
    command.add("-Duser.timezone=UTC");
    command.add("-Djava.util.logging.SimpleFormatter.format=%4$s %3$s %5$s%n");
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.addAll(arguments);
    return execute(command);
  }

  /** The path of a tool of the JDK that runs the tests. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The folder or jar that a class was loaded from. */
  public static Path classes(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a command and waits for its end. */
  public static Result execute(List<String> command) {
    try {
      Path out = Files.createTempFile("softlane", ".out");
      Path err = Files.createTempFile("softlane", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        // Options for every JVM would change what is tested here, and are echoed on stderr.
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        environment.remove("_JAVA_OPTIONS");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new IllegalStateException("no end after " + TIMEOUT_SECONDS + " s: " + command);
        }
        return new Result(
            command, process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a process left.
   *
   * @param command its command line
   * @param exitCode its exit code
   * @param out its lines on stdout
   * @param err its lines on stderr
   */
  public record Result(List<String> command, int exitCode, List<String> out, List<String> err) {
    /** Itself, after a check that the process ended well. */
    public Result succeeded() {
      if (exitCode != 0) {
        throw new AssertionError(this);
      }
      return this;
    }

    /** The lines on stderr that are not the JVM's own warnings. */
    public List<String> messages() {
      return err.stream()
          .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
          .filter(line -> !line.contains("VM warning: "))
          .toList();
    }

    /** The lines {@code key=value} on stdout. */
    public Map<String, String> values() {
      return out.stream()
          .map(line -> line.split("=", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
  }
}
