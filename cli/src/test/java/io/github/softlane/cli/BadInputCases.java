package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything a user may get wrong: one line, the right exit code, and no file made or changed. */
abstract class BadInputCases {
  private static final byte[] GOOD = NpyBytes.file(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @TempDir private Path folder;
  Path good;
  Path output;

  abstract Outcome run(String... args) throws IOException, InterruptedException;

  @BeforeEach
  void makeGoodInput() throws IOException {
    good = Files.write(folder.resolve("good.npy"), GOOD);
    output = folder.resolve("out.npy");
  }

  static Stream<Arguments> badFiles() {
    byte[] data = new byte[24];
    byte[] version4 = GOOD.clone();
    version4[6] = 4;
    return Stream.of(
        Arguments.of("empty", new byte[0], "not a .npy file: it is empty"),
        Arguments.of(
            "text",
            new byte[] {'1', ' ', '2', ' ', '3', ' ', '4'},
            "not a .npy file: it starts with"),
        Arguments.of("archive", new byte[] {'P', 'K', 3, 4, 0, 0, 0}, "bytes 50 4b 03 04 00 00,"),
        Arguments.of("version", version4, "version 4.0; allowed are 1.0, 2.0 and 3.0"),
        Arguments.of("cut in header", Arrays.copyOf(GOOD, 40), "ends in its header, after 40"),
        Arguments.of(
            "cut in data",
            Arrays.copyOf(GOOD, GOOD.length - 1),
            "truncated: shape (2, 3) of float32 takes 24 bytes of data, found 23"),
        Arguments.of(
            "too long",
            Arrays.copyOf(GOOD, GOOD.length + 1),
            "after the end of the data: shape (2, 3) of float32 takes 24 bytes of data, found 25"),
        Arguments.of("Fortran", NpyBytes.file("<f4", true, "(2, 3)", data), "only C order"),
        Arguments.of("big-endian", NpyBytes.file(">f4", false, "(2, 3)", data), "big-endian"),
        Arguments.of("half", NpyBytes.file("<f2", false, "(4, 3)", data), "dtype \"<f2\"; allowed"),
        Arguments.of("long", NpyBytes.file("<i8", false, "(3,)", data), "dtype \"<i8\"; allowed"),
        Arguments.of("header", NpyBytes.file("<f4", false, "[2, 3]", data), "malformed header"),
        Arguments.of("suffix", NpyBytes.file("<f4", false, "(2L, 3L)", data), "malformed header"),
        Arguments.of(
            "zero columns", NpyBytes.file("<f4", false, "(6, 0)", new byte[0]), "rows of 0 values"),
        Arguments.of("0-d", NpyBytes.file("<f4", false, "()", new byte[4]), "at least 1 dimension"),
        Arguments.of(
            "overflow",
            NpyBytes.file("<f4", false, "(4294967296, 4294967296)", data),
            "needs more than 9223372036854775807 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void badFilesAreRefused(String name, byte[] contents, String message) throws Exception {
    Path bad = Files.write(folder.resolve("bad.npy"), contents);

    assertRefused(ExitCodes.DATA, bad + ": ", message, "softmax", bad, "-o", output);
    assertThat(output).doesNotExist();
  }

  @Test
  void aPreviousOutputSurvivesABadInput() throws Exception {
    Path bad = Files.write(folder.resolve("bad.npy"), Arrays.copyOf(GOOD, GOOD.length - 1));
    Files.writeString(output, "previous");

    assertRefused(ExitCodes.DATA, bad + ": ", "truncated", "softmax", bad, "-o", output, "-f");
    assertThat(output).hasContent("previous");
  }

  @Test
  void aMissingInputIsAnIoError() throws Exception {
    Path missing = folder.resolve("missing.npy");

    assertRefused(ExitCodes.IO, missing + ": ", "no such file", "softmax", missing, "-o", output);
  }

  @Test
  void aFolderIsNoInput() throws Exception {
    assertRefused(ExitCodes.IO, folder + ": ", "is a directory", "logsumexp", folder, "-o", output);
  }

  @Test
  void aDeviceIsNoInput() throws Exception {
    assertRefused(
        ExitCodes.IO, "/dev/null: ", "not a regular file", "softmax", "/dev/null", "-o", output);
  }

  @Test
  void anExistingOutputIsKept() throws Exception {
    Files.writeString(output, "previous");

    assertRefused(
        ExitCodes.USAGE, output + ": ", "exists; -f replaces", "softmax", good, "-o", output);
    assertThat(output).hasContent("previous");
  }

  @Test
  void theInputIsNeverTheOutput() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.npy"), good);
    Path hardLink = Files.createLink(folder.resolve("hard.npy"), good);
    Path detour = folder.resolve("..").resolve(folder.getFileName()).resolve("good.npy");
    for (Path same : List.of(good, link, hardLink, detour)) {
      assertRefused(
          ExitCodes.USAGE,
          same + ": ",
          "same file as the input " + good,
          "log-softmax",
          good,
          "-o",
          same,
          "--force");
    }
    assertRefused(
        ExitCodes.USAGE,
        good + ": ",
        "same file as the input " + link,
        "softmax",
        link,
        "-o",
        good,
        "-f");
    assertThat(Files.readAllBytes(good)).isEqualTo(GOOD);
  }

  @Test
  void anOutputThatIsNoFileIsRefused() throws Exception {
    assertRefused(
        ExitCodes.IO, folder + ": ", "output is a directory", "softmax", good, "-o", folder, "-f");
    assertRefused(
        ExitCodes.IO,
        "/dev/null: ",
        "not a regular file",
        "softmax",
        good,
        "-o",
        "/dev/null",
        "-f");
    Path nowhere = folder.resolve("no").resolve("out.npy");
    assertRefused(
        ExitCodes.IO,
        nowhere + ": ",
        "there is no directory " + folder.resolve("no"),
        "softmax",
        good,
        "-o",
        nowhere);
  }

  @Test
  void wrongCommandLinesAreRefused() throws Exception {
    assertRefused(ExitCodes.USAGE, "Missing required", "softlane --help");
    assertRefused(ExitCodes.USAGE, "", "'hardmax'", "hardmax", good, "-o", output);
    assertRefused(ExitCodes.USAGE, "", "'--output=OUT.npy'", "softmax", good);
    assertRefused(ExitCodes.USAGE, "", "'IN.npy'", "softmax", "-o", output);
    assertRefused(ExitCodes.USAGE, "", "'--axis'", "softmax", good, "-o", output, "--axis", "0");
    assertRefused(
        ExitCodes.USAGE,
        "--json, --quiet are mutually exclusive",
        "softlane softmax --help",
        "softmax",
        good,
        "-o",
        output,
        "--json",
        "--quiet");
    assertRefused(
        ExitCodes.USAGE,
        "Invalid value for option '--backend': 'cuda' is none of auto, scalar,",
        "vector-512",
        "softmax",
        good,
        "-o",
        output,
        "--backend",
        "cuda");
    assertRefused(ExitCodes.USAGE, "", "'cuda' is none of auto", "doctor", "--backend", "cuda");
    assertThat(output).doesNotExist();
  }

  void assertRefused(int exitCode, String start, String message, Object... args) throws Exception {
    List<String> before = names();
    Outcome outcome = run(Arrays.stream(args).map(String::valueOf).toArray(String[]::new));

    assertThat(outcome.errors()).as("lines on standard error").hasSize(1);
    assertThat(outcome.errors().getFirst()).startsWith("softlane: " + start).contains(message);
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.output()).isEmpty();
    assertThat(names()).isEqualTo(before);
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
