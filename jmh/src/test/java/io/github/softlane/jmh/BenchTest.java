package io.github.softlane.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

class BenchTest {
  private static final List<String> SHAPES = List.of("8x20", "3x700");

  private final Environment environment = Environment.current("bench");

  private static Bench bench(List<String> contenders) {
    return new Bench(SHAPES, contenders, TimeValue.milliseconds(2));
  }

  @Test
  void everyContenderHasAFigureForEveryShape() throws RunnerException {
    Bench bench = bench(List.of("scalar", "naive"));

    List<Bench.Figure> figures = bench.measure();

    assertThat(figures).hasSize(4).allMatch(figure -> figure.nanosPerElement() > 0);
    assertThat(figures)
        .filteredOn(figure -> figure.contender().equals("scalar"))
        .allMatch(figure -> figure.maxUlp() > 0 && figure.maxUlp() <= 2);
    List<String> lines = bench.table(environment, figures).lines().toList();
    assertThat(lines).anyMatch(line -> line.matches("rows x columns +8x20 +3x700 +max ULP"));
    for (String contender : List.of("scalar", "naive")) {
      assertThat(lines).anyMatch(line -> line.matches(contender + "( \\*)?( +[0-9.]+){3}"));
    }
  }

  /** The backends alone would only show rows one by one. */
  @Test
  void comparesWhatUsersCallWithBackendsAndJavaPeers() {
    assertThat(Bench.contenders(false))
        .contains("best", "scalar", "naive", "lambda")
        .doesNotContain("onnxruntime", "onednn", "libtorch");
  }

  @Test
  void jsonHoldsTheSameFigures() {
    Bench.Figure figure = new Bench.Figure("naive", "8x20", 5.25, 90.5);

    String text = Bench.json(environment, List.of(figure));

    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    assertThat(json.get("operation").getAsString()).isEqualTo("softmax");
    assertThat(json.getAsJsonObject("environment").get("best").getAsString())
        .isEqualTo(environment.best());
    JsonObject only = json.getAsJsonArray("figures").get(0).getAsJsonObject();
    assertThat(only.get("contender").getAsString()).isEqualTo("naive");
    assertThat(only.get("nanosPerElement").getAsDouble()).isEqualTo(5.25);
    assertThat(only.get("maxUlp").getAsDouble()).isEqualTo(90.5);
  }

  @Test
  void anUnknownContenderFails() {
    assertThatThrownBy(() -> bench(List.of("nobody")).measure())
        .isInstanceOf(RunnerException.class);
  }

  @Test
  void usage() {
    assertThat(Main.run("bench", "--help")).isZero();
    assertThat(Main.run("bench", "--fast")).isEqualTo(2);
  }
}
