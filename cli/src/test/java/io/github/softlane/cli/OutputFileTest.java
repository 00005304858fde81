package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  private static final NpyHeader HEADER = new NpyHeader(Dtype.FLOAT32, List.of(3L));
  private static final float[] VALUES = {1, 2, 3};

  @TempDir private Path folder;
  private Path input;
  private Path target;

  @BeforeEach
  void makeInput() throws IOException {
    input = Files.writeString(folder.resolve("in.npy"), "input");
    target = folder.resolve("out.npy");
  }

  @Test
  void theTargetExistsOnlyOnceItIsComplete() throws IOException {
    try (OutputFile output = OutputFile.create(target, input, false, HEADER)) {
      output.append(VALUES, 3);
      assertThat(target).doesNotExist();
      output.commit();
      assertThat(target).exists();
    }
    assertThat(NpyBytes.floats(Files.readAllBytes(target))).containsExactly(VALUES);
    assertThat(names()).containsExactlyInAnyOrder("in.npy", "out.npy");
  }

  @Test
  void nothingIsLeftWithoutACommit() throws IOException {
    try (OutputFile output = OutputFile.create(target, input, false, HEADER)) {
      output.append(VALUES, 3);
      assertThat(names()).hasSize(2);
    }
    assertThat(names()).containsExactly("in.npy");
  }

  @Test
  void aPreviousTargetIsUntouchedWithoutACommit() throws IOException {
    Files.writeString(target, "previous");
    try (OutputFile output = OutputFile.create(target, input, true, HEADER)) {
      output.append(VALUES, 3);
    }
    assertThat(target).hasContent("previous");
    assertThat(names()).containsExactlyInAnyOrder("in.npy", "out.npy");
  }

  @Test
  void aFileOfTheWrongSizeIsNotCommitted() throws IOException {
    try (OutputFile output = OutputFile.create(target, input, false, HEADER)) {
      output.append(VALUES, 2);
      assertFailure(output::commit, ExitCodes.IO, "wrote 136 bytes instead of 140");
    }
    assertThat(names()).containsExactly("in.npy");
  }

  @Test
  void aTargetThatAppearsInTheMeantimeIsNotReplaced() throws IOException {
    try (OutputFile output = OutputFile.create(target, input, false, HEADER)) {
      output.append(VALUES, 3);
      Files.writeString(target, "of another process");
      assertFailure(output::commit, ExitCodes.USAGE, "output exists; -f replaces it");
    }
    assertThat(target).hasContent("of another process");
    assertThat(names()).containsExactlyInAnyOrder("in.npy", "out.npy");
  }

  @Test
  void throughASymbolicLinkTheFileIsReplacedAndTheLinkStays() throws IOException {
    Files.writeString(target, "previous");
    Path link = Files.createSymbolicLink(folder.resolve("link.npy"), target.getFileName());
    try (OutputFile output = OutputFile.create(link, input, true, HEADER)) {
      output.append(VALUES, 3);
      output.commit();
    }
    assertThat(link).isSymbolicLink();
    assertThat(NpyBytes.floats(Files.readAllBytes(target))).containsExactly(VALUES);
  }

  @Test
  void aLinkToNothingCountsAsExisting() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.npy"), Path.of("nowhere.npy"));

    assertFailure(
        () -> OutputFile.create(link, input, false, HEADER), ExitCodes.USAGE, "output exists");
  }

  @Test
  void aNameAsLongAsTheFileSystemAllowsWorks() throws IOException {
    Path longest = folder.resolve("x".repeat(251) + ".npy");
    try (OutputFile output = OutputFile.create(longest, input, false, HEADER)) {
      output.append(VALUES, 3);
      output.commit();
    }
    assertThat(longest).exists();
  }

  @Test
  void theFileHasThePermissionsOfAnyNewFile() throws IOException {
    try (OutputFile output = OutputFile.create(target, input, false, HEADER)) {
      output.append(VALUES, 3);
      output.commit();
    }
    assertThat(Files.getPosixFilePermissions(target))
        .isEqualTo(Files.getPosixFilePermissions(input));
  }

  @Test
  void manyValuesOfBothTypesComeThroughInOrder() throws IOException {
    int count = 1_000_003;
    double[] values = Results.doubleLogits(count, 1e9, 1);
    NpyHeader header = new NpyHeader(Dtype.FLOAT64, List.of(2L * count));
    try (OutputFile output = OutputFile.create(target, input, false, header)) {
      output.append(values, count);
      output.append(values, count);
      output.commit();
    }
    double[] found = NpyBytes.doubles(Files.readAllBytes(target));
    assertThat(found).hasSize(2 * count).startsWith(values).endsWith(values);
  }

  private static void assertFailure(Runnable action, int exitCode, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(exitCode))
        .hasMessageContaining(message);
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
