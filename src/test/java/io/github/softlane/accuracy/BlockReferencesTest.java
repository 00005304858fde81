package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Rows whose blocks have maxima far apart, in every order: what was stored in units of an earlier
 * block's power of two has to follow when a later block moves the reference.
 */
class BlockReferencesTest {
  private static final int BLOCK = 512;

  /** Steps between the maxima of blocks, around every limit at which the reference moves. */
  private static final float[] STEPS = {
    0, 10, 16, 17, 18, 60, 87, 89, 100, 110, 120, 132, 134, 140, 160, 165, 168, 190, 400, 2000, 1e9f
  };

  /** Where a row begins: around the limits beyond which it is shifted, and far out. */
  private static final float[] BASES = {
    0, -50, 120, 140, 690, 709.5f, 712, -709, -711, 1e4f, -1e4f
  };

  static final List<Double> TEMPERATURES = List.of(1.0, 0.7, 1.9, 0.01, 64.0);

  @ParameterizedTest
  @FieldSource("TEMPERATURES")
  void upDownAndBack(double temperature) {
    for (float base : BASES) {
      for (float step : STEPS) {
        check(temperature, base, step, 0, step);
        check(temperature, base, 0, step, step / 2);
        check(temperature, base, 0, -step, step);
        check(temperature, base, Float.NEGATIVE_INFINITY, step, 0);
        check(temperature, base, 0, Float.NEGATIVE_INFINITY, -step);
        check(temperature, base, -Float.MAX_VALUE, 0, step);
      }
    }
  }

  private static void check(double temperature, float base, float... blocks) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(blocks));
    float[] x = new float[blocks.length * BLOCK - 5];
    for (int i = 0; i < x.length; i++) {
      float block = blocks[i / BLOCK];
      double spread = 8 * random.nextDouble();
      x[i] = Math.abs(block) > 1e30 ? block : (float) ((base + block - spread) * temperature);
    }
    FloatReference reference = new FloatReference(x, 0, x.length, temperature);
    float[] expected = null;
    for (Backends.Rows backend : Backends.all()) {
      float[] p = new float[x.length];
      Arrays.fill(p, Float.NaN);
      backend.softmax(x, 0, p, 0, x.length, temperature);
      for (int i = 0; i < x.length; i++) {
        assertThat(Bounds.softmax(p[i], reference.softmax(i)))
            .as("softmax[%s] = %s of %s at %s, T %s", i, p[i], blocks, base, temperature)
            .isLessThanOrEqualTo(1);
      }
      float[] inPlace = x.clone();
      backend.softmax(inPlace, 0, inPlace, 0, x.length, temperature);
      assertThat(inPlace).isEqualTo(p);
      float logSumExp = backend.logSumExp(x, 0, x.length, temperature);
      assertThat(Bounds.logSumExp(logSumExp, reference.logSumExp(), reference.maxIsZero()))
          .as("log-sum-exp %s of %s at %s, T %s", logSumExp, blocks, base, temperature)
          .isLessThanOrEqualTo(1);
      expected = expected == null ? p : expected;
      assertThat(p).isEqualTo(expected);
    }
  }
}
