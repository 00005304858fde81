package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code calibrate}, within this process. */
class CalibrateTest {
  private static final Path LOGITS = Path.of("..", "examples", "calibration-logits.npy");
  private static final Path LABELS = Path.of("..", "examples", "calibration-labels.npy");

  @TempDir private Path folder;

  private static Outcome run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(errors),
            Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
    return Outcome.of(exitCode, out.toString(), errors.toString());
  }

  private static JsonObject json(Object... args) {
    Outcome outcome = run(args);
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return JsonParser.parseString(outcome.output()).getAsJsonObject();
  }

  private Path write(String name, byte[] file) throws IOException {
    return Files.write(folder.resolve(name), file);
  }

  private Path labels(String descr, int bytes, long... values) throws IOException {
    return write("labels.npy", labelBytes(descr, bytes, values));
  }

  private static byte[] labelBytes(String descr, int bytes, long... values) {
    ByteBuffer data = ByteBuffer.allocate(values.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      for (int i = 0; i < bytes; i++) {
        data.put((byte) (value >> (8 * i)));
      }
    }
    return NpyBytes.file(descr, false, "(" + values.length + ",)", data.array());
  }

  private Path logits(double... x) throws IOException {
    return write("logits.npy", NpyBytes.file(x, x.length / 2, 2));
  }

  @Test
  void theExampleIsTooSureByWhatItsGeneratorSays() {
    JsonObject json = json("calibrate", LOGITS, LABELS, "--json", "--bins", 10);

    assertThat(json.get("operation").getAsString()).isEqualTo("calibrate");
    assertThat(json.get("input").getAsString()).isEqualTo(LOGITS.toString());
    assertThat(json.get("dtype").getAsString()).isEqualTo("float32");
    assertThat(json.get("shape")).hasToString("[400,10]");
    assertThat(json.get("rows").getAsInt()).isEqualTo(400);
    assertThat(json.get("n").getAsInt()).isEqualTo(10);
    assertThat(json.get("bins").getAsInt()).isEqualTo(10);
    assertThat(json.get("optimum").getAsString()).isEqualTo("finite");
    assertThat(json.get("passes").getAsInt()).isBetween(3, 20);
    assertThat(json.get("temperature").getAsDouble())
        .isCloseTo(ExampleCalibration.OVERCONFIDENCE, within(0.3));
    JsonObject before = json.getAsJsonObject("before");
    JsonObject after = json.getAsJsonObject("after");
    assertThat(before.get("temperature").getAsDouble()).isEqualTo(1);
    assertThat(after.get("temperature")).isEqualTo(json.get("temperature"));
    for (String figure :
        List.of("negativeLogLikelihood", "brierScore", "expectedCalibrationError")) {
      assertThat(after.get(figure).getAsDouble())
          .as(figure)
          .isPositive()
          .isLessThan(before.get(figure).getAsDouble());
    }
    assertThat(after.get("accuracy")).isEqualTo(before.get("accuracy"));
    assertThat(after.get("maximumCalibrationError").getAsDouble()).isBetween(0.0, 1.0);
    JsonArray table = after.getAsJsonArray("reliability");
    assertThat(table).hasSize(10);
    int rows = 0;
    for (var bin : table) {
      rows += bin.getAsJsonObject().get("count").getAsInt();
    }
    assertThat(rows).isEqualTo(400);
    assertThat(table.get(0).getAsJsonObject().get("upper").getAsDouble()).isEqualTo(0.1);
    assertThat(json.has("plot")).isFalse();
  }

  @Test
  void theTextHasTheSameFigures() {
    JsonObject json = json("calibrate", LOGITS, LABELS, "--json");
    Outcome outcome = run("calibrate", LOGITS, LABELS);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.errors()).isEmpty();
    List<String> lines = outcome.output().lines().toList();
    assertThat(lines.get(0)).isEqualTo("calibration of 400 x 10 float32");
    assertThat(lines.get(1)).matches("T = 2\\.[0-9]+: optimum found in [0-9]+ passes");
    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertFigure(lines, json, "negative log-likelihood", "negativeLogLikelihood");
    assertFigure(lines, json, "Brier score", "brierScore");
    assertFigure(lines, json, "expected calibration", "expectedCalibrationError");
    assertFigure(lines, json, "maximum calibration", "maximumCalibrationError");
    assertFigure(lines, json, "accuracy ", "accuracy");
    assertThat(lines.stream().filter(line -> line.startsWith("("))).hasSize(15);
  }

  private static void assertFigure(List<String> lines, JsonObject json, String start, String name) {
    String line = lines.stream().filter(text -> text.startsWith(start)).findFirst().orElseThrow();
    List<String> words = Arrays.asList(line.strip().split(" +", -1));
    for (int i = 1; i <= 2; i++) {
      JsonObject figures = json.getAsJsonObject(i == 1 ? "after" : "before");
      assertThat(Double.parseDouble(words.get(words.size() - i)))
          .as(line)
          .isCloseTo(figures.get(name).getAsDouble(), within(5.1e-7));
    }
  }

  @Test
  void everyTypeOfLabelsAndLogits() throws IOException {
    Path doubles = logits(3, 0, 1, 2, 0.5, 0, 0, 4);
    Path floats = write("f.npy", NpyBytes.file(new float[] {3, 0, 1, 2, 0.5f, 0, 0, 4}, 2, 2, 2));
    long[] values = {0, 1, 1, 1};
    double expected =
        json("calibrate", doubles, labels("<i8", 8, values), "--json")
            .get("temperature")
            .getAsDouble();
    String[] types = {"|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8"};
    for (int i = 0; i < types.length; i++) {
      Path labels = labels(types[i], 1 << (i / 2), values);
      JsonObject json = json("calibrate", doubles, labels, "--json");
      assertThat(json.get("temperature").getAsDouble()).as(types[i]).isEqualTo(expected);
      assertThat(json.get("dtype").getAsString()).isEqualTo("float64");
    }
    Path square =
        write("square.npy", NpyBytes.file("|u1", false, "(2, 2)", new byte[] {0, 1, 1, 1}));
    assertThat(json("calibrate", floats, square, "--json").get("temperature").getAsDouble())
        .isEqualTo(expected);
  }

  @Test
  void anOptimumAtTheEnds() throws IOException {
    JsonObject zero = json("calibrate", logits(3, 0, 1, 2), labels("|u1", 1, 0, 1), "--json");
    assertThat(zero.get("optimum").getAsString()).isEqualTo("zero");
    assertThat(zero.get("temperature").getAsDouble()).isZero();
    assertThat(zero.getAsJsonObject("after").get("negativeLogLikelihood").getAsDouble()).isZero();
    Path noLuck = labels("|u1", 1, 1, 0);
    JsonObject infinite = json("calibrate", logits(3, 0, 1, 2), noLuck, "--json");
    assertThat(infinite.get("optimum").getAsString()).isEqualTo("infinite");
    assertThat(infinite.get("temperature").getAsString()).isEqualTo("inf");
    assertThat(run("calibrate", logits(3, 0, 1, 2), noLuck).output())
        .contains("T = inf: the logits are no better than chance");
    assertThat(run("calibrate", logits(3, 3, 1, 1), noLuck).output())
        .contains("T = 1: rows are constant");
    assertThat(run("calibrate", logits(3, 0, 1, 2), labels("|u1", 1, 0, 1)).output())
        .contains("T = 0: every label is the largest");
  }

  @Test
  void drawsPng() throws IOException {
    Path plot = folder.resolve("plot.png");
    JsonObject json = json("calibrate", LOGITS, LABELS, "--plot", plot, "--json");

    assertThat(json.get("plot").getAsString()).isEqualTo(plot.toString());
    BufferedImage image = ImageIO.read(plot.toFile());
    assertThat(image.getWidth()).isGreaterThan(400);
    boolean[] seen = new boolean[2];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y) & 0xffffff;
        seen[0] |= colour == 0x0072B2;
        seen[1] |= colour == 0xD55E00;
      }
    }
    assertThat(seen).as("both curves").containsExactly(true, true);
  }

  @Test
  void drawsSvg() throws IOException {
    Path plot = folder.resolve("plot.SVG");
    Outcome outcome = run("calibrate", LOGITS, LABELS, "--plot", plot, "--quiet");

    assertThat(outcome).isEqualTo(Outcome.of(0, "", ""));
    assertThat(plot).content().contains("<svg", "rgb(0,114,178)", "rgb(213,94,0)");
  }

  @Test
  void aPictureIsReplacedByForceOnly() throws IOException {
    Path plot = Files.writeString(folder.resolve("plot.svg"), "previous");
    assertRefused(
        ExitCodes.USAGE, plot + ": output exists; -f", "calibrate", LOGITS, LABELS, "--plot", plot);
    assertThat(plot).hasContent("previous");

    assertThat(run("calibrate", LOGITS, LABELS, "--plot", plot, "-f", "-q").exitCode()).isZero();
    assertThat(plot).content().contains("<svg");
  }

  @Test
  void aPictureIsNeverAnInput() throws IOException {
    Path labels = Files.copy(LABELS, folder.resolve("copy.npy"));
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), labels);
    assertRefused(
        ExitCodes.USAGE,
        link + ": output is the same file as the input " + labels,
        "calibrate",
        LOGITS,
        labels,
        "--plot",
        link,
        "-f");
    Path nowhere = folder.resolve("no").resolve("plot.png");
    assertRefused(
        ExitCodes.IO,
        nowhere + ": there is no directory",
        "calibrate",
        LOGITS,
        LABELS,
        "--plot",
        nowhere);
  }

  @ParameterizedTest
  @CsvSource({"<u8,8,-1,18446744073709551615", "<i4,4,-1,-1", "|u1,1,200,200", "<i8,8,2,2"})
  void labelsThatAreNoClassAreRefused(String descr, int bytes, long value, String text)
      throws IOException {
    Path labels = labels(descr, bytes, 0, value);
    assertRefused(
        ExitCodes.DATA,
        labels + ": row 1 has the label " + text + "; allowed are 0 to 1, as rows have 2 logits",
        "calibrate",
        logits(3, 0, 1, 2),
        labels);
  }

  @Test
  void filesThatDoNotGoTogetherAreRefused() throws IOException {
    Path three = labels("|u1", 1, 0, 1, 0);
    assertRefused(
        ExitCodes.DATA,
        three + ": shape (3,); logits of shape (2, 2) need labels of shape (2,)",
        "calibrate",
        logits(3, 0, 1, 2),
        three);
    assertRefused(
        ExitCodes.DATA,
        LOGITS + ": unsupported dtype \"<f4\"; allowed are '|i1' (int8), '|u1' (uint8),",
        "calibrate",
        LOGITS,
        LOGITS);
    assertRefused(
        ExitCodes.DATA,
        LABELS + ": unsupported dtype \"<i8\"; allowed are '<f4' (float32) and '<f8'",
        "calibrate",
        LABELS,
        LABELS);
    Path empty = write("empty.npy", NpyBytes.file("<f4", false, "(0, 3)", new byte[0]));
    assertRefused(
        ExitCodes.DATA, empty + ": shape (0, 3) has no rows to fit", "calibrate", empty, three);
    Path missing = folder.resolve("missing.npy");
    assertRefused(ExitCodes.IO, missing + ": cannot read", "calibrate", LOGITS, missing);
  }

  @Test
  void rowsWithoutALossAreRefused() throws IOException {
    Path nan = logits(3, 0, Double.NaN, 2);
    Path labels = labels("|u1", 1, 0, 1);
    assertRefused(ExitCodes.DATA, nan + ": row 1 holds a NaN", "calibrate", nan, labels);
    Path masked = logits(3, 0, 1, Double.NEGATIVE_INFINITY);
    assertRefused(ExitCodes.DATA, masked + ": row 1 has -inf", "calibrate", masked, labels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "ten", "99999999999"})
  void badNumbersOfBinsAreRefused(String bins) throws IOException {
    assertRefused(
        ExitCodes.USAGE,
        "Invalid value for option '--bins': '" + bins + "' is not a whole number from 1 to 1000",
        "calibrate",
        LOGITS,
        LABELS,
        "--bins=" + bins);
  }

  @Test
  void wrongCommandLinesAreRefused() throws IOException {
    assertRefused(
        ExitCodes.USAGE,
        "Invalid value for option '--plot': 'plot.jpg' does not end in .png or .svg",
        "calibrate",
        LOGITS,
        LABELS,
        "--plot",
        "plot.jpg");
    assertRefused(ExitCodes.USAGE, "Missing required parameter", "calibrate", LOGITS);
    assertRefused(ExitCodes.USAGE, "--json, --quiet", "calibrate", LOGITS, LABELS, "--json", "-q");
  }

  @Test
  void helpIsAtHand() {
    Outcome help = run("calibrate", "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("Usage: softlane calibrate", "Examples:", "Exit codes:");
    assertThat(help.output().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run("--help").output()).contains("calibrate");
  }

  private void assertRefused(int exitCode, String start, Object... args) throws IOException {
    List<String> before = names();
    Outcome outcome = run(args);

    assertThat(outcome.errors()).as("lines on standard error").hasSize(1);
    assertThat(outcome.errors().getFirst()).startsWith("softlane: " + start);
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
