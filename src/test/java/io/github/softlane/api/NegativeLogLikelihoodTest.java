package io.github.softlane.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.softlane.NegativeLogLikelihood;
import io.github.softlane.Reduction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Negative log-likelihood from log-probabilities, with gaps between rows. */
class NegativeLogLikelihoodTest {
  private static final NegativeLogLikelihood SUM = NegativeLogLikelihood.of(Reduction.SUM);
  private static final NegativeLogLikelihood MEAN = NegativeLogLikelihood.of(Reduction.MEAN);
  private static final double[] WEIGHTS = {2, 0, 0.5};

  @Test
  void floats() {
    float[] x = {9, -1, -2, -3, 9, -4, -5, -6, 9};
    int[] targets = {7, 2, 0};
    assertThat(SUM.loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo(7);
    assertThat(MEAN.loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo(3.5);
    NegativeLogLikelihood weighted = MEAN.classWeights(WEIGHTS);
    assertThat(weighted.loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo((1.5 + 8) / 2.5);
    assertThat(weighted.ignoreIndex(2).loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo(4);
    float[] losses = {9, 9, 9};
    weighted.ignoreIndex(0).losses(x, 1, 4, targets, 1, losses, 1, 2, 3);
    assertThat(losses).containsExactly(9, 1.5f, 0);
    float[] gradient = new float[9];
    Arrays.fill(gradient, 9);
    weighted.lossAndGradient(x, 1, 4, targets, 1, gradient, 1, 4, 2, 3);
    float[] expected = {9, 0, 0, (float) (-0.5 / 2.5), 9, (float) (-2 / 2.5), 0, 0, 9};
    assertThat(gradient).isEqualTo(expected);
    assertThat(weighted.lossAndGradient(x, 1, 4, targets, 1, x, 1, 4, 2, 3))
        .isEqualTo((1.5 + 8) / 2.5);
    assertThat(x).isEqualTo(expected);
  }

  @Test
  void specialFloats() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {-inf, Float.NaN, -1};
    int[] first = {0};
    assertThat(SUM.loss(x, 0, 3, first, 0, 1, 3)).isEqualTo(inf);
    assertThat(SUM.loss(x, 0, 3, new int[] {1}, 0, 1, 3)).isNaN();
    assertThat(SUM.classWeights(WEIGHTS).loss(x, 0, 3, new int[] {1}, 0, 1, 3)).isZero();
    assertThat(MEAN.classWeights(WEIGHTS).loss(x, 0, 3, new int[] {1}, 0, 1, 3)).isNaN();
    assertThat(MEAN.ignoreIndex(0).loss(x, 0, 3, first, 0, 1, 3)).isNaN();
    assertThat(SUM.ignoreIndex(0).loss(x, 0, 3, first, 0, 1, 3)).isZero();
    assertThat(MEAN.loss(x, 0, 3, first, 0, 0, 3)).isNaN();
    assertThat(SUM.loss(x, 0, 3, first, 0, 0, 3)).isZero();
    float[] gradient = {9, 9, 9};
    MEAN.ignoreIndex(0).lossAndGradient(x, 0, 3, first, 0, gradient, 0, 3, 1, 3);
    assertThat(gradient).containsOnly(0);
    SUM.lossAndGradient(x, 0, 3, first, 0, gradient, 0, 3, 1, 3);
    assertThat(gradient).containsExactly(-1, 0, 0);
  }

  @Test
  void refusalsOfFloats() {
    float[] x = {1, 2, 3};
    NegativeLogLikelihood none = NegativeLogLikelihood.of(Reduction.NONE);
    assertThatThrownBy(() -> none.loss(x, 0, 3, new int[1], 0, 1, 3))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NONE");
    assertThatThrownBy(() -> SUM.loss(x, 0, 3, new int[] {3}, 0, 1, 3))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("targets[0] is 3", "n, which is 3");
    assertThatThrownBy(() -> SUM.lossAndGradient(x, 0, 3, new int[1], 0, null, 0, 3, 1, 3))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessageContaining("gradient is null");
    assertThatThrownBy(() -> SUM.losses(x, 0, 3, new int[1], 0, x, 2, 1, 3))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("x and losses are one array");
  }

  @Test
  void doubles() {
    double[] x = {9, -1, -2, -3, 9, -4, -5, -6, 9};
    int[] targets = {7, 2, 0};
    assertThat(SUM.loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo(7);
    assertThat(MEAN.loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo(3.5);
    NegativeLogLikelihood weighted = MEAN.classWeights(WEIGHTS);
    assertThat(weighted.loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo((1.5 + 8) / 2.5);
    assertThat(weighted.ignoreIndex(2).loss(x, 1, 4, targets, 1, 2, 3)).isEqualTo(4);
    double[] losses = {9, 9, 9};
    weighted.ignoreIndex(0).losses(x, 1, 4, targets, 1, losses, 1, 2, 3);
    assertThat(losses).containsExactly(9, 1.5, 0);
    double[] gradient = new double[9];
    Arrays.fill(gradient, 9);
    weighted.lossAndGradient(x, 1, 4, targets, 1, gradient, 1, 4, 2, 3);
    double[] expected = {9, 0, 0, -0.5 / 2.5, 9, -2 / 2.5, 0, 0, 9};
    assertThat(gradient).isEqualTo(expected);
    assertThat(weighted.lossAndGradient(x, 1, 4, targets, 1, x, 1, 4, 2, 3))
        .isEqualTo((1.5 + 8) / 2.5);
    assertThat(x).isEqualTo(expected);
  }

  @Test
  void specialDoubles() {
    double inf = Double.POSITIVE_INFINITY;
    double[] x = {-inf, Double.NaN, -1};
    int[] first = {0};
    assertThat(SUM.loss(x, 0, 3, first, 0, 1, 3)).isEqualTo(inf);
    assertThat(SUM.loss(x, 0, 3, new int[] {1}, 0, 1, 3)).isNaN();
    assertThat(SUM.classWeights(WEIGHTS).loss(x, 0, 3, new int[] {1}, 0, 1, 3)).isZero();
    assertThat(MEAN.classWeights(WEIGHTS).loss(x, 0, 3, new int[] {1}, 0, 1, 3)).isNaN();
    assertThat(MEAN.ignoreIndex(0).loss(x, 0, 3, first, 0, 1, 3)).isNaN();
    assertThat(SUM.ignoreIndex(0).loss(x, 0, 3, first, 0, 1, 3)).isZero();
    assertThat(MEAN.loss(x, 0, 3, first, 0, 0, 3)).isNaN();
    assertThat(SUM.loss(x, 0, 3, first, 0, 0, 3)).isZero();
    double[] gradient = {9, 9, 9};
    MEAN.ignoreIndex(0).lossAndGradient(x, 0, 3, first, 0, gradient, 0, 3, 1, 3);
    assertThat(gradient).containsOnly(0);
    SUM.lossAndGradient(x, 0, 3, first, 0, gradient, 0, 3, 1, 3);
    assertThat(gradient).containsExactly(-1, 0, 0);
  }

  @Test
  void refusalsOfDoubles() {
    double[] x = {1, 2, 3};
    NegativeLogLikelihood none = NegativeLogLikelihood.of(Reduction.NONE);
    assertThatThrownBy(() -> none.loss(x, 0, 3, new int[1], 0, 1, 3))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NONE");
    assertThatThrownBy(() -> SUM.loss(x, 0, 3, new int[] {3}, 0, 1, 3))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("targets[0] is 3", "n, which is 3");
    assertThatThrownBy(() -> SUM.lossAndGradient(x, 0, 3, new int[1], 0, null, 0, 3, 1, 3))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessageContaining("gradient is null");
    assertThatThrownBy(() -> SUM.losses(x, 0, 3, new int[1], 0, x, 2, 1, 3))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("x and losses are one array");
  }
}
