package io.github.softlane.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.CrossEntropy;
import io.github.softlane.Losses;
import io.github.softlane.Reduction;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Losses and gradients have the same bits on every backend. */
class CrossEntropyBitsTest {
  private static final int[] LENGTHS = {1, 31, 2100};

  @Test
  @Tag("slow")
  void everyKindOfRow() {
    Random random = new Random(21);
    for (RowKind kind : RowKind.values()) {
      for (int n : LENGTHS) {
        float[] floats = new float[n];
        double[] doubles = new double[n];
        new FloatRowType().fill(floats, 0, n, kind, random);
        new DoubleRowType().fill(doubles, 0, n, kind, random);
        double[] wide = new double[n];
        double[] soft = new double[n];
        for (int i = 0; i < n; i++) {
          wide[i] = floats[i];
          soft[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
        }
        check(true, wide, soft, random.nextInt(n), kind + " of " + n);
        check(false, doubles, soft, random.nextInt(n), kind + " of " + n);
      }
    }
  }

  private static void check(
      boolean isFloat, double[] x, double[] soft, int target, String description) {
    CrossEntropy plain = CrossEntropy.of(Reduction.SUM);
    for (CrossEntropy options :
        List.of(
            plain, plain.temperature(0.7), plain.labelSmoothing(0.1), plain.temperature(1e-310))) {
      for (int[] targets : new int[][] {{target}, null}) {
        Losses.Outcome expected = run(Backends.scalar(), isFloat, options, x, targets, soft);
        for (Backends.Rows backend : Backends.all()) {
          Losses.Outcome found = run(backend, isFloat, options, x, targets, soft);
          String what = description + " on " + backend;
          assertThat(new double[] {found.loss(), found.fused()})
              .as(what)
              .isEqualTo(new double[] {expected.loss(), expected.fused()});
          assertThat(found.losses()).as(what).isEqualTo(expected.losses());
          assertThat(Arrays.equals(found.gradient(), expected.gradient())).as(what).isTrue();
        }
      }
    }
  }

  private static Losses.Outcome run(
      Backends.Rows backend,
      boolean isFloat,
      CrossEntropy options,
      double[] x,
      int[] targets,
      double[] soft) {
    return Losses.run(
        backend, isFloat, options, Reduction.SUM, x, targets, targets == null ? soft : null, 1);
  }
}
