package io.github.softlane.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.jmh.contender.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a small result, with times that are easy to check by hand. */
class ReportTest {
  private static final Setting SOFTMAX = new Setting("softmax", "float", 1, 0, false);

  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void copyTheResult() throws IOException {
    input = folder.resolve("result.json");
    try (InputStream result = ReportTest.class.getResourceAsStream("result.json")) {
      Files.copy(result, input);
    }
  }

  @Test
  void medianAndSpreadAreOverTheForks() throws IOException {
    Measurement best =
        ResultReader.read(List.of(input)).find(SOFTMAX, new Shape(10, 100), "best").orElseThrow();
    // Forks of 200 to 220, 290 to 310 and 400 to 420 ns over 1000 elements.
    assertThat(best.median()).isCloseTo(0.3, within(1e-9));
    assertThat(best.spread()).isCloseTo((0.41 - 0.21) / 0.3, within(1e-9));
    assertThat(best.maxUlp()).isEqualTo(1.5);
  }

  @Test
  void theSpreadOfOneForkIsOverItsIterations() throws IOException {
    Measurement naive =
        ResultReader.read(List.of(input)).find(SOFTMAX, new Shape(10, 100), "naive").orElseThrow();
    assertThat(naive.median()).isCloseTo(9.0, within(1e-9));
    assertThat(naive.spread()).isCloseTo(2.0 / 9, within(1e-9));
  }

  @Test
  void theTablesHaveMediansRatiosRoofsAndErrors() throws IOException {
    String text = report();
    assertThat(text)
        .contains("## Softmax, float\n")
        .contains("| ns per element | 10x100 | 2x1000 | max ULP |")
        .contains("| best | 0.300 ±33 % | 0.200 ±0 % | 1.5 |")
        .contains("| onnxruntime | 0.450 ±0 % | 0.100 ±0 % | 44.0 |")
        .contains("| roof: copy | 0.150 ±0 % |  |  |")
        .contains("| **fastest native / best** | 1.50 | 0.50 |")
        .contains("| **naive / best** | 30.00 |  |")
        .contains("| **% of the roof** | 50 (copy) |  |")
        .contains("## Softmax, float, 30 % masked")
        .contains("| **best: plain / this** | 1.20 |")
        .contains("Example CPU, 2 processors")
        .contains("| `best` is | vector-512 |")
        .contains("2026-01-31");
  }

  @Test
  void theOtherOperationsAreComparedWithSoftmaxAndMemory() throws IOException {
    Files.writeString(
        input,
        Files.readString(input)
            .replace("\"operation\": \"softmax\"", "\"operation\": \"sparsemax\""));
    Path softmax = folder.resolve("softmax.json");
    try (InputStream result = ReportTest.class.getResourceAsStream("result.json")) {
      Files.copy(result, softmax);
    }
    assertThat(report(softmax.toString()))
        .contains("## Sparsemax, float\n")
        .contains("| **best: this / softmax** | 1.00 | 1.00 |")
        .contains("| **% of the roof** | 50 (copy) |  |")
        .contains("](docs/sparsemax-float-rows.png)");
  }

  @Test
  void theCompositeIsANativePeer() throws IOException {
    Files.writeString(
        input,
        Files.readString(input)
            .replace("\"operation\": \"softmax\"", "\"operation\": \"cross-entropy-gradient\"")
            .replace("\"onnxruntime\"", "\"libtorch-composite\""));
    assertThat(report())
        .contains("## Cross-entropy-gradient, float\n")
        .contains("| libtorch-composite | 0.450 ±0 % | 0.100 ±0 % | 44.0 |")
        .contains("| **fastest native / best** | 1.50 | 0.50 |")
        .contains("](docs/cross-entropy-gradient-float-peers.png)");
  }

  @Test
  void itSaysWhereAnotherIsFaster() throws IOException {
    String text = report();
    assertThat(text)
        .contains("## Where we lose\n\nIn 1 of 2 cases")
        .contains("| softmax, float | 2x1000 | onnxruntime | 0.100 ±0 % | 0.200 ±0 % | 0.50 |");
  }

  @Test
  void theChartsAreLinkedAndDrawn() throws IOException {
    String text = report();
    for (String chart : List.of("softmax-float-rows.png", "softmax-float-peers.png")) {
      assertThat(text).contains("](docs/" + chart + ")");
      BufferedImage image = ImageIO.read(folder.resolve("docs").resolve(chart).toFile());
      assertThat(image.getWidth()).isGreaterThan(600);
      assertThat(colours(image)).as("colours of %s", chart).hasSizeGreaterThan(10);
    }
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }

  @Test
  void jmhsOwnArrayIsReadToo() throws IOException {
    String text = Files.readString(input);
    Path array = folder.resolve("array.json");
    Files.writeString(array, text.substring(text.indexOf('['), text.lastIndexOf(']') + 1));
    // The first bracket is that of the cache sizes.
    assertThatThrownBy(() -> ResultReader.read(List.of(array))).isInstanceOf(IOException.class);
    int benchmarks = text.indexOf('[', text.indexOf("\"benchmarks\""));
    Files.writeString(array, text.substring(benchmarks, text.lastIndexOf(']') + 1));
    assertThat(ResultReader.read(List.of(array)).settings()).hasSize(2);
  }

  @Test
  void badInputIsNamed() throws IOException {
    Files.writeString(input, "{\"benchmarks\": 7}");
    assertThatThrownBy(this::report)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("result.json");
    assertThat(folder.resolve("BENCHMARKS.md")).doesNotExist();
    assertThatThrownBy(() -> Report.run(List.of("none.json", "-o", "x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void badOptionsAreNamed() {
    assertThatThrownBy(() -> ReportOptions.parse(List.of("in.json")))
        .hasMessageContaining("-o FILE")
        .hasMessageContaining("in.json");
    assertThatThrownBy(() -> ReportOptions.parse(List.of("in.json", "-o")))
        .hasMessageContaining("-o needs a value");
    assertThatThrownBy(() -> ReportOptions.parse(List.of("in.json", "-o", "x", "--caches", "big")))
        .hasMessageContaining("'big'");
    assertThatThrownBy(() -> ReportOptions.parse(List.of("in.json", "--chart", "x")))
        .hasMessageContaining("'--chart'");
  }

  private String report(String... more) throws IOException {
    Path output = folder.resolve("BENCHMARKS.md");
    List<String> args = new ArrayList<>(List.of(input.toString()));
    args.addAll(List.of(more));
    args.addAll(List.of("-o", output.toString(), "--caches", "1K,1M"));
    args.addAll(List.of("--charts", folder.resolve("docs").toString()));
    Report.run(args);
    return Files.readString(output);
  }
}
