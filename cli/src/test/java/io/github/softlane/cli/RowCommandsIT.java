package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowCommandsIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "logits.npy");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void writesWhatTheLibraryPromises(Operation operation) throws Exception {
    float[] x = Results.floatLogits(2 * 3 * 50, 6, 1);
    Path in = write(NpyBytes.file(x, 2, 3, 50));
    Path out = folder.resolve("out.npy");

    Outcome outcome =
        Launcher.run(operation.displayName(), in.toString(), "-o", out.toString(), "-t", "0.7");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.output()).isEmpty();
    byte[] result = Files.readAllBytes(out);
    Results.assertRows(operation, x, 50, 0.7, NpyBytes.floats(result));
    assertThat(NpyBytes.headerText(result))
        .isEqualTo(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3"
                + (operation.reduces() ? "" : ", 50")
                + "), }");
  }

  @ParameterizedTest
  @EnumSource
  void writesDoublesForDoubles(Operation operation) throws Exception {
    double[] x = Results.doubleLogits(4 * 33, 9, 2);
    Path in = write(NpyBytes.file(x, 4, 33));
    Path out = folder.resolve("out.npy");

    Outcome outcome = Launcher.run(operation.displayName(), in.toString(), "-o", out.toString());

    assertThat(outcome.exitCode()).isZero();
    Results.assertRows(operation, x, 33, 1, NpyBytes.doubles(Files.readAllBytes(out)));
  }

  @Test
  void tellsInTwoLinesWhatItDid() throws Exception {
    Path out = folder.resolve("out.npy");

    Outcome outcome = Launcher.run("softmax", EXAMPLE.toString(), "-o", out.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).hasSizeBetween(2, 3);
    assertThat(outcome.errors().get(0)).startsWith("softmax of 12 x 32000 float32 on ");
    assertThat(outcome.errors().get(1))
        .matches(
            "[0-9.]+ s on 1 thread, [0-9.]+ million elements/s,"
                + " [0-9.]+ GB/s \\(read and written\\)");
    assertThat(NpyBytes.floats(Files.readAllBytes(out))).hasSize(12 * 32000);
  }

  @Test
  void threadsChangeNothingButTheSummary() throws Exception {
    Path in = write(NpyBytes.file(Results.floatLogits(1100 * 1000, 6, 7), 1100, 1000));
    Path one = folder.resolve("one.npy");
    Path two = folder.resolve("two.npy");

    Outcome first = Launcher.run("softmax", in.toString(), "-o", one.toString(), "--threads", "1");
    Outcome second = Launcher.run("softmax", in.toString(), "-o", two.toString(), "--threads", "2");

    assertThat(first.errors().get(1)).contains(" s on 1 thread, ");
    assertThat(second.errors().get(1)).contains(" s on 2 threads, ");
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void tellsWhichBackendDidIt() throws Exception {
    Path out = folder.resolve("out.npy");

    Outcome outcome = Launcher.run("softmax", EXAMPLE.toString(), "-o", out.toString());
    Outcome withoutWarmUp =
        Launcher.withJavaOptions("-Dsoftlane.warmup=off")
            .start("softmax", EXAMPLE.toString(), "-o", out.toString(), "-f")
            .finish();

    String backend = outcome.errors().getFirst().replaceAll(".* on |:.*", "");
    if (backend.equals("scalar")) {
      assertThat(outcome.errors().getLast()).startsWith("for vector speed: ");
    } else {
      assertThat(outcome.errors().getLast())
          .isEqualTo("scalar did it: a job so short ends before " + backend + " is compiled");
      assertThat(withoutWarmUp.errors()).hasSize(2);
    }
    assertThat(withoutWarmUp.errors().getFirst()).isEqualTo(outcome.errors().getFirst());
  }

  @Test
  void quietPrintsNothing() throws Exception {
    Path in = write(NpyBytes.file(new float[] {1, 2, 3}, 3));
    Path out = folder.resolve("out.npy");

    Outcome outcome = Launcher.run("logsumexp", in.toString(), "-o", out.toString(), "-q");

    assertThat(outcome).isEqualTo(Outcome.of(0, "", ""));
    assertThat(NpyBytes.floats(Files.readAllBytes(out))).hasSize(1);
  }

  @Test
  void jsonIsOneObjectOnStandardOutput() throws Exception {
    Path in = write(NpyBytes.file(new float[24], 2, 3, 4));
    Path out = folder.resolve("out.npy");

    Outcome outcome =
        Launcher.run("log-softmax", in.toString(), "-o", out.toString(), "--json", "-t", "inf");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.errors()).isEmpty();
    JsonObject json = JsonParser.parseString(outcome.output()).getAsJsonObject();
    assertThat(json.get("operation").getAsString()).isEqualTo("log-softmax");
    assertThat(json.get("input").getAsString()).isEqualTo(in.toString());
    assertThat(json.get("output").getAsString()).isEqualTo(out.toString());
    assertThat(json.get("dtype").getAsString()).isEqualTo("float32");
    assertThat(json.get("shape")).hasToString("[2,3,4]");
    assertThat(json.get("rows").getAsLong()).isEqualTo(6);
    assertThat(json.get("n").getAsLong()).isEqualTo(4);
    assertThat(json.get("temperature").getAsString()).isEqualTo("inf");
    assertThat(json.get("backend").getAsString()).isIn(Backend.CHOICES);
    assertThat(json.get("reason").getAsString()).isNotBlank();
    assertThat(json.get("threads").getAsInt()).isEqualTo(1);
    assertThat(json.get("seconds").getAsDouble()).isPositive();
    assertThat(json.get("elementsPerSecond").getAsDouble()).isPositive();
    assertThat(json.get("gigabytesPerSecond").getAsDouble()).isPositive();
  }

  @Test
  void forceReplacesAnExistingOutput() throws Exception {
    Path in = write(NpyBytes.file(new float[] {1, 2, 3}, 3));
    Path out = Files.writeString(folder.resolve("out.npy"), "previous");

    Outcome outcome = Launcher.run("softmax", in.toString(), "-o", out.toString(), "--force");

    assertThat(outcome.exitCode()).isZero();
    assertThat(NpyBytes.floats(Files.readAllBytes(out))).hasSize(3);
  }

  @Test
  void everyBackendOfTheMachineGivesTheSameFile() throws Exception {
    Path in = write(NpyBytes.file(Results.floatLogits(20 * 1021, 6, 3), 20, 1021));
    Path scalar = folder.resolve("scalar.npy");
    softmaxOf(in, scalar, "scalar");

    for (Kernel kernel : Kernels.all()) {
      Path out = folder.resolve(kernel.name() + ".out.npy");
      softmaxOf(in, out, kernel.name());
      assertThat(out).as("%s", kernel).hasSameBinaryContentAs(scalar);
    }
  }

  @Test
  void aBackendThatCannotWorkIsRefusedInOneLine() throws Exception {
    Path in = write(NpyBytes.file(new float[] {1, 2, 3}, 3));
    Path out = folder.resolve("out.npy");

    Outcome outcome =
        Launcher.withJavaOptions("-XX:MaxVectorSize=8")
            .start("softmax", in.toString(), "-o", out.toString(), "--backend", "vector-512")
            .finish();

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(outcome.errors()).hasSize(1);
    assertThat(outcome.errors().getFirst()).startsWith("softlane: ").contains("vector-512");
    assertThat(out).doesNotExist();
  }

  @Test
  void helpAndVersionAreAtHand() throws Exception {
    assertThat(Launcher.run("--version").output()).startsWith("softlane 0.").contains("JDK ");
    Outcome help = Launcher.run("softmax", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("Usage: softlane softmax", "Examples:", "Exit codes:");
    assertThat(Launcher.run("--help").output()).contains("softlane doctor", "Exit codes:");
  }

  private static void softmaxOf(Path in, Path out, String backend) throws Exception {
    Outcome outcome =
        Launcher.run("softmax", in.toString(), "-o", out.toString(), "--backend", backend);
    assertThat(outcome.errors().getFirst()).contains(backend);
    assertThat(outcome.exitCode()).isZero();
  }

  private Path write(byte[] file) throws Exception {
    return Files.write(folder.resolve("in.npy"), file);
  }
}
