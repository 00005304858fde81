package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The float bounds over rows so long that a careless sum would lose its small terms. */
class LongRowsAccuracyTest {
  private static final int LONG = 1 << 20;
  private static final int LONGEST = 1 << 24;
  private static final Maxima MAXIMA = new Maxima();

  static final List<String> KINDS =
      List.of("normal", "spread", "constant but one", "peak over a floor", "ramp", "far off");

  static Stream<Arguments> kindsAndBackends() {
    return KINDS.stream()
        .flatMap(kind -> Backends.all().stream().map(backend -> Arguments.of(kind, backend)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndBackends")
  @Tag("slow")
  void aMillionElements(String kind, Backends.Rows backend) {
    check(kind, backend, LONG - 3, 1);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  @Tag("sweep")
  void sixteenMillionElements(String kind) {
    check(kind, Backends.all().getFirst(), LONGEST, 1);
    check(kind, Backends.all().getFirst(), LONGEST, 0.7);
  }

  /**
   * One maximum and equal terms far below it, each too small to move the sum on its own: their
   * roundings all go the same way.
   */
  @ParameterizedTest
  @CsvSource({
    "4097, 11.763746",
    "32769, 11.781808",
    "131073, 11.781808",
    "131073, 12.619829",
    "1048577, 11.781808",
    "1048577, 14.616032"
  })
  @Tag("slow")
  void equalTermsFarBelowTheMaximum(int n, float gap) {
    float[] x = new float[n];
    Arrays.fill(x, -gap);
    x[0] = 0;
    check("gap of " + gap, x, Backends.all().getFirst(), 1);
    check("gap of " + gap, x, Backends.scalar(), 1);
  }

  private static void check(String kind, Backends.Rows backend, int n, double temperature) {
    check(kind, row(kind, n), backend, temperature);
  }

  private static void check(String kind, float[] x, Backends.Rows backend, double temperature) {
    int n = x.length;
    FloatReference reference = new FloatReference(x, 0, n, temperature);
    long before = MAXIMA.softmax.count();
    MAXIMA.check(backend, x, temperature, reference, () -> kind + " n=" + n + " T=" + temperature);
    assertThat(MAXIMA.softmax.count() - before).isEqualTo(n);
  }

  private static float[] row(String kind, int n) {
    SplittableRandom random = new SplittableRandom(n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          switch (kind) {
            case "normal" -> (float) random.nextGaussian();
            case "spread" -> (float) (12 * random.nextGaussian());
            case "ramp" -> 40f * i / n;
            case "far off" -> (float) (1e6 + 3 * random.nextGaussian());
            default -> -2.5f;
          };
    }
    if (kind.equals("constant but one")) {
      x[n / 3] = Math.nextUp(x[0]);
    }
    if (kind.equals("peak over a floor")) {
      // Every other term is below half an ULP of the first; together they outweigh it.
      Arrays.fill(x, -17.5f);
      x[0] = 0;
    }
    return x;
  }

  @AfterAll
  static void summary() {
    System.out.println("long rows: " + MAXIMA);
  }
}
