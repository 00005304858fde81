package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.FloatLanes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Rows whose blocks have maxima far apart, in every order: what was stored in units of an earlier
 * block's power of two has to follow when a later block moves the reference.
 */
@Tag("slow")
class BlockReferencesTest {
  /** Steps between the maxima of blocks, around every limit at which the reference moves. */
  private static final double[] FLOAT_STEPS = {
    0, 10, 16, 17, 18, 60, 87, 89, 100, 110, 120, 132, 134, 140, 160, 165, 168, 190, 400, 2000, 1e9
  };

  /** Where a row begins: around the limits beyond which it is shifted, and far out. */
  private static final double[] FLOAT_BASES = {
    0, -50, 120, 140, 690, 709.5, 712, -709, -711, 1e4, -1e4
  };

  private static final double[] DOUBLE_STEPS = {0, 16, 17, 60, 700, 740, 760, 786, 789, 3000, 1e9};
  private static final double[] DOUBLE_BASES = {0, -50, 700, 2838, 2840, -2838, -2840, 1e5};

  static final List<Double> TEMPERATURES = List.of(1.0, 0.7);
  static final List<Double> MORE_TEMPERATURES = List.of(1.9, 0.01, 64.0);

  @ParameterizedTest
  @FieldSource("TEMPERATURES")
  void floats(double temperature) {
    upDownAndBack(FLOAT_BASES, FLOAT_STEPS, -Float.MAX_VALUE, row -> checkFloats(temperature, row));
  }

  @ParameterizedTest
  @FieldSource("TEMPERATURES")
  void doubles(double temperature) {
    upDownAndBack(
        DOUBLE_BASES, DOUBLE_STEPS, -Double.MAX_VALUE, row -> checkDoubles(temperature, row));
  }

  @Tag("sweep")
  @ParameterizedTest
  @FieldSource("MORE_TEMPERATURES")
  void floatsAtMoreTemperatures(double temperature) {
    floats(temperature);
  }

  @Tag("sweep")
  @ParameterizedTest
  @FieldSource("MORE_TEMPERATURES")
  void doublesAtMoreTemperatures(double temperature) {
    doubles(temperature);
  }

  /** The maxima of three blocks, in units of the temperature unless they are the lowest. */
  private static void upDownAndBack(
      double[] bases, double[] steps, double lowest, Consumer<double[]> check) {
    for (double base : bases) {
      for (double step : steps) {
        check.accept(new double[] {base + step, base, base + step});
        check.accept(new double[] {base, base + step, base + step / 2});
        check.accept(new double[] {base, base - step, base + step});
        check.accept(new double[] {Double.NEGATIVE_INFINITY, base + step, base});
        check.accept(new double[] {base, Double.NEGATIVE_INFINITY, base - step});
        check.accept(new double[] {lowest, base, base + step});
      }
    }
  }

  private static double[] row(double temperature, double[] maxima, int block) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(maxima));
    double[] x = new double[maxima.length * block - 5];
    for (int i = 0; i < x.length; i++) {
      double max = maxima[i / block];
      double spread = 8 * random.nextDouble();
      x[i] = Math.abs(max) > 1e30 ? max : (max - spread) * temperature;
    }
    return x;
  }

  private static void checkFloats(double temperature, double[] maxima) {
    double[] row = row(temperature, maxima, FloatLanes.BLOCK);
    float[] x = new float[row.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) row[i];
    }
    Supplier<String> description = () -> Arrays.toString(maxima) + " T=" + temperature;
    FloatReference reference = new FloatReference(x, 0, x.length, temperature);
    float[] scalar = Backends.scalar().softmax(x, temperature);
    new Maxima().check(Backends.scalar(), x, temperature, reference, description);
    for (Backends.Rows backend : Backends.all()) {
      assertThat(backend.softmax(x, temperature)).as(description).isEqualTo(scalar);
      assertThat(backend.logSumExp(x, temperature))
          .as(description)
          .isEqualTo(Backends.scalar().logSumExp(x, temperature));
      float[] inPlace = x.clone();
      backend.softmax(inPlace, 0, inPlace, 0, x.length, temperature);
      assertThat(inPlace).as(description).isEqualTo(scalar);
    }
  }

  private static void checkDoubles(double temperature, double[] maxima) {
    double[] x = row(temperature, maxima, DoubleLanes.BLOCK);
    Supplier<String> description = () -> Arrays.toString(maxima) + " T=" + temperature;
    DoubleReference reference = new DoubleReference(x, 0, x.length, temperature);
    double[] scalar = Backends.scalar().softmax(x, temperature);
    new Maxima().check(Backends.scalar(), x, temperature, reference, description);
    for (Backends.Rows backend : Backends.all()) {
      assertThat(backend.softmax(x, temperature)).as(description).isEqualTo(scalar);
      assertThat(backend.logSumExp(x, temperature))
          .as(description)
          .isEqualTo(Backends.scalar().logSumExp(x, temperature));
      double[] inPlace = x.clone();
      backend.softmax(inPlace, 0, inPlace, 0, x.length, temperature);
      assertThat(inPlace).as(description).isEqualTo(scalar);
    }
  }
}
