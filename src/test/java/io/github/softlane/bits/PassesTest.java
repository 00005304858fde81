package io.github.softlane.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The searches and the maximum of every backend of this JVM against the scalar ones. */
class PassesTest {
  private static final int[] LENGTHS = {0, 1, 2, 3, 7, 8, 15, 16, 17, 33, 64, 65, 100, 300, 1027};

  private final FloatPasses floats = Dispatch.scalar().floats();
  private final DoublePasses doubles = Dispatch.scalar().doubles();

  @ParameterizedTest
  @EnumSource
  void floats(RowKind kind) {
    FloatRowType type = new FloatRowType();
    Random random = new Random(kind.name().hashCode());
    for (int n : LENGTHS) {
      for (int offset = 0; offset < 18; offset++) {
        float[] x = new float[offset + n + 18];
        // What lies around the row must not be found.
        Arrays.fill(x, Float.NaN);
        type.fill(x, offset, n, kind, random);
        float value = n == 0 ? 0 : x[offset + random.nextInt(n)];
        float max = floats.max(x, offset, n);
        for (Backend backend : Dispatch.all()) {
          FloatPasses passes = backend.floats();
          assertThat(Float.floatToRawIntBits(passes.max(x, offset, n)))
              .as("max of %s, n %s, offset %s", backend.name(), n, offset)
              .isEqualTo(Float.floatToRawIntBits(max));
          for (float sought : new float[] {value, max, 0, Float.POSITIVE_INFINITY, Float.NaN}) {
            assertThat(passes.firstAtLeast(x, offset, n, sought))
                .as("firstAtLeast %s of %s, n %s", sought, backend.name(), n)
                .isEqualTo(floats.firstAtLeast(x, offset, n, sought));
            assertThat(passes.firstOtherThan(x, offset, n, sought))
                .as("firstOtherThan %s of %s, n %s", sought, backend.name(), n)
                .isEqualTo(floats.firstOtherThan(x, offset, n, sought));
          }
          assertThat(passes.firstNaN(x, offset, n))
              .as("firstNaN of %s, n %s", backend.name(), n)
              .isEqualTo(floats.firstNaN(x, offset, n));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doubles(RowKind kind) {
    DoubleRowType type = new DoubleRowType();
    Random random = new Random(kind.name().hashCode());
    for (int n : LENGTHS) {
      for (int offset = 0; offset < 18; offset++) {
        double[] x = new double[offset + n + 18];
        Arrays.fill(x, Double.NaN);
        type.fill(x, offset, n, kind, random);
        double value = n == 0 ? 0 : x[offset + random.nextInt(n)];
        double max = doubles.max(x, offset, n);
        for (Backend backend : Dispatch.all()) {
          DoublePasses passes = backend.doubles();
          assertThat(Double.doubleToRawLongBits(passes.max(x, offset, n)))
              .as("max of %s, n %s, offset %s", backend.name(), n, offset)
              .isEqualTo(Double.doubleToRawLongBits(max));
          for (double sought : new double[] {value, max, 0, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThat(passes.firstAtLeast(x, offset, n, sought))
                .as("firstAtLeast %s of %s, n %s", sought, backend.name(), n)
                .isEqualTo(doubles.firstAtLeast(x, offset, n, sought));
            assertThat(passes.firstOtherThan(x, offset, n, sought))
                .as("firstOtherThan %s of %s, n %s", sought, backend.name(), n)
                .isEqualTo(doubles.firstOtherThan(x, offset, n, sought));
          }
          assertThat(passes.firstNaN(x, offset, n))
              .as("firstNaN of %s, n %s", backend.name(), n)
              .isEqualTo(doubles.firstNaN(x, offset, n));
        }
      }
    }
  }
}
