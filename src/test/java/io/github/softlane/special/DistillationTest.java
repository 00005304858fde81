package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.Backends;
import io.github.softlane.CrossEntropy;
import io.github.softlane.Distillation;
import io.github.softlane.Losses;
import io.github.softlane.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What distillation gives for special values, and what it refuses. */
class DistillationTest {
  private static final double NEG = Double.NEGATIVE_INFINITY;
  private static final Distillation SUM = Distillation.of(Reduction.SUM);

  static Iterable<Backends.Rows> backends() {
    return Backends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void equalRowsAreAtDistanceZero(Backends.Rows backend) {
    for (boolean isFloat : new boolean[] {true, false}) {
      for (int n : new int[] {1, 7, 33, 2100}) {
        double[] x = Rows.finite(n);
        x[n / 2] = n == 1 ? 1 : NEG;
        double[] gradient = new double[n];
        double loss =
            Losses.distillation(backend, isFloat, SUM.temperature(3), x, x.clone(), gradient);
        assertThat(loss).isZero();
        assertThat(gradient).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void maskedAndUndefined(Backends.Rows backend) {
    double[] finite = {0, 0, 0};
    double[] masked = {0, NEG, 0};
    double[] gradient = new double[3];
    for (boolean isFloat : new boolean[] {true, false}) {
      // The teacher rules one class out.
      double loss = Losses.distillation(backend, isFloat, SUM, finite, masked, gradient);
      assertThat(loss).isEqualTo(Math.log(1.5), within(1e-15));
      assertThat(gradient[1]).isEqualTo(1 / 3.0, within(1e-7));
      assertThat(gradient[0]).isEqualTo(1 / 3.0 - 0.5, within(1e-7));
      // The student does, and the teacher does not.
      assertThat(Losses.distillation(backend, isFloat, SUM, masked, finite, gradient))
          .isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(gradient[1]).isEqualTo(-1 / 3.0, within(1e-7));
      assertThat(Losses.distillation(backend, isFloat, SUM, masked, masked.clone(), gradient))
          .isZero();
      for (double[] bad :
          new double[][] {{0, Double.NaN, 1}, {Double.POSITIVE_INFINITY, 0, 1}, {NEG, NEG, NEG}}) {
        assertThat(Losses.distillation(backend, isFloat, SUM, finite, bad, gradient)).isNaN();
        assertThat(gradient).containsOnly(Double.NaN);
        assertThat(Losses.distillation(backend, isFloat, SUM, bad, finite, gradient)).isNaN();
        assertThat(gradient).containsOnly(Double.NaN);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void sameBitsAsTheScalarBackend(Backends.Rows backend) {
    for (boolean isFloat : new boolean[] {true, false}) {
      for (int n : new int[] {1, 5, 31, 4500}) {
        for (double temperature : new double[] {1, 2.5, 1e-300}) {
          double[] x = Rows.finite(n);
          double[] teacher = new double[n];
          for (int i = 0; i < n; i++) {
            teacher[i] = i % 7 == 5 ? NEG : x[n - 1 - i] * 0.75;
          }
          Distillation options = SUM.temperature(temperature);
          double[] gradient = new double[n];
          double[] expected = new double[n];
          Backends.Rows scalar = Backends.scalar();
          double exact = Losses.distillation(scalar, isFloat, options, x, teacher, expected);
          assertThat(Losses.distillation(backend, isFloat, options, x, teacher, gradient))
              .isEqualTo(exact);
          assertThat(gradient).isEqualTo(expected);
        }
      }
    }
  }

  /** Mixed by hand from the soft loss and from cross-entropy. */
  @Test
  void hardLabels() {
    float[] x = {1, 2, 0.5f, 9, -1, 3, 0, 9};
    float[] teacher = {0.5f, 1, 1, 2, 2, 2};
    int[] targets = {1, 0};
    Distillation soft = Distillation.of(Reduction.MEAN).temperature(2);
    float[] softGradient = new float[8];
    float[] hardGradient = new float[8];
    float[] gradient = new float[8];
    double softLoss = soft.lossAndGradient(x, 0, 4, teacher, 0, 3, softGradient, 0, 4, 2, 3);
    double hardLoss =
        CrossEntropy.of(Reduction.MEAN)
            .lossAndGradient(x, 0, 4, targets, 0, hardGradient, 0, 4, 2, 3);
    Distillation mixed = soft.hardLabelWeight(0.25);
    double loss = mixed.lossAndGradient(x, 0, 4, teacher, 0, 3, targets, 0, gradient, 0, 4, 2, 3);
    assertThat(loss).isEqualTo(0.75 * softLoss + 0.25 * hardLoss, within(1e-7));
    assertThat(mixed.loss(x, 0, 4, teacher, 0, 3, targets, 0, 2, 3)).isEqualTo(loss);
    for (int i = 0; i < 8; i++) {
      assertThat((double) gradient[i])
          .isEqualTo(0.75 * softGradient[i] + 0.25 * hardGradient[i], within(1e-7));
    }
    float[] losses = new float[2];
    mixed.losses(x, 0, 4, teacher, 0, 3, targets, 0, losses, 0, 2, 3);
    assertThat((losses[0] + (double) losses[1]) / 2).isEqualTo(loss, within(1e-7));
    mixed.lossAndGradient(x, 0, 4, teacher, 0, 3, targets, 0, x, 0, 4, 2, 3);
    gradient[3] = 9;
    gradient[7] = 9;
    assertThat(x).isEqualTo(gradient);
    assertThatThrownBy(() -> mixed.loss(x, 0, 4, teacher, 0, 3, 2, 3))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hardLabelWeight is 0.25");
    int[] wrong = {0, 3};
    assertThatThrownBy(() -> mixed.loss(x, 0, 4, teacher, 0, 3, wrong, 0, 2, 3))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("targets[1] is 3");
  }

  @Test
  void batches() {
    double[] x = {1, 2, 3, 4};
    double[] y = {2, 2, 4, 3};
    Distillation mean = Distillation.of(Reduction.MEAN);
    assertThat(mean.loss(x, 0, 2, y, 0, 2, 2, 2)).isEqualTo(SUM.loss(x, 0, 2, y, 0, 2, 2, 2) / 2);
    assertThat(mean.loss(x, 0, 2, y, 0, 2, 0, 2)).isNaN();
    assertThat(SUM.loss(x, 0, 2, y, 0, 2, 0, 2)).isZero();
    assertThatThrownBy(() -> Distillation.of(Reduction.NONE).loss(x, 0, 2, y, 0, 2, 2, 2))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> SUM.lossAndGradient(x, 0, 2, y, 0, 2, y, 0, 2, 2, 2))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("teacher and gradient");
    assertThatThrownBy(() -> SUM.loss(x, 0, 2, y, 1, 2, 2, 2))
        .isExactlyInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("teacherOffset is 1");
    for (double bad : new double[] {-0.5, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> SUM.hardLabelWeight(bad))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("weight is " + bad);
    }
    assertThatThrownBy(() -> SUM.temperature(0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0 and finite");
  }
}
