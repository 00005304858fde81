package io.github.softlane.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The searches and the maximum of every backend of this JVM against the scalar ones. */
class PassesTest {
  private static final int[] LENGTHS = {0, 1, 2, 3, 7, 8, 15, 16, 17, 33, 64, 65, 100, 300, 1027};

  private final List<Backend> backends = Dispatch.all();
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
        for (Backend backend : backends) {
          FloatPasses passes = backend.floats();
          check(
              Float.floatToRawIntBits(passes.max(x, offset, n)),
              Float.floatToRawIntBits(max),
              "max",
              backend,
              n,
              offset);
          for (float sought : new float[] {value, max, 0, Float.POSITIVE_INFINITY, Float.NaN}) {
            check(
                passes.firstAtLeast(x, offset, n, sought),
                floats.firstAtLeast(x, offset, n, sought),
                "firstAtLeast",
                backend,
                n,
                offset);
            check(
                passes.firstOtherThan(x, offset, n, sought),
                floats.firstOtherThan(x, offset, n, sought),
                "firstOtherThan",
                backend,
                n,
                offset);
          }
          check(
              passes.firstNaN(x, offset, n),
              floats.firstNaN(x, offset, n),
              "firstNaN",
              backend,
              n,
              offset);
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
        for (Backend backend : backends) {
          DoublePasses passes = backend.doubles();
          check(
              Double.doubleToRawLongBits(passes.max(x, offset, n)),
              Double.doubleToRawLongBits(max),
              "max",
              backend,
              n,
              offset);
          for (double sought : new double[] {value, max, 0, Double.POSITIVE_INFINITY, Double.NaN}) {
            check(
                passes.firstAtLeast(x, offset, n, sought),
                doubles.firstAtLeast(x, offset, n, sought),
                "firstAtLeast",
                backend,
                n,
                offset);
            check(
                passes.firstOtherThan(x, offset, n, sought),
                doubles.firstOtherThan(x, offset, n, sought),
                "firstOtherThan",
                backend,
                n,
                offset);
          }
          check(
              passes.firstNaN(x, offset, n),
              doubles.firstNaN(x, offset, n),
              "firstNaN",
              backend,
              n,
              offset);
        }
      }
    }
  }

  /** Without an assertion object for each of a million results. */
  private static void check(
      long found, long expected, String pass, Backend backend, int n, int offset) {
    if (found != expected) {
      assertThat(found)
          .as("%s of %s, n %s, offset %s", pass, backend.name(), n, offset)
          .isEqualTo(expected);
    }
  }
}
