package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the launcher at the top of the project, as a user does. */
final class Launcher {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("softlane.launcher")).toAbsolutePath().normalize();
  private static final long TIMEOUT_SECONDS = 300;

  private final List<String> prefix = new ArrayList<>();
  private final ProcessBuilder builder = new ProcessBuilder();

  private Launcher() {}

  static Outcome run(String... args) throws IOException, InterruptedException {
    return new Launcher().start(args).finish();
  }

  static Launcher withJavaOptions(String options) {
    return new Launcher().javaOptions(options);
  }

  Launcher javaOptions(String options) {
    builder.environment().put("SOFTLANE_JAVA_OPTS", options);
    return this;
  }

  /** Runs the launcher as the last arguments of another program. */
  static Launcher behind(String... command) {
    Launcher launcher = new Launcher();
    launcher.prefix.addAll(List.of(command));
    return launcher;
  }

  /** Has a shell prepare the ground first. */
  static Launcher afterShell(String script) {
    return inShell(script + " && exec \"$0\" \"$@\"");
  }

  /**
   * Leaves it to a shell script, itself run by a command, to run the launcher as {@code "$0" "$@"}.
   */
  static Launcher inShell(String script, String... command) {
    Launcher launcher = behind(command);
    launcher.prefix.addAll(List.of("sh", "-c", script));
    return launcher;
  }

  Running start(String... args) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(LAUNCHER.toString());
    command.addAll(List.of(args));
    Path output = Files.createTempFile("softlane", ".out");
    Path errors = Files.createTempFile("softlane", ".err");
    Process process =
        builder
            .command(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    return new Running(process, output, errors);
  }

  /** A launched command that has not ended yet. */
  record Running(Process process, Path output, Path errors) {
    Outcome finish() throws IOException, InterruptedException {
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      Outcome outcome =
          Outcome.of(
              process.exitValue(),
              Files.readString(output, StandardCharsets.UTF_8),
              Files.readString(errors, StandardCharsets.UTF_8));
      Files.delete(output);
      Files.delete(errors);
      return outcome;
    }
  }
}
