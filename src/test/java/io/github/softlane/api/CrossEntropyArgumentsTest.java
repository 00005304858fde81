package io.github.softlane.api;

import static io.github.softlane.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.CrossEntropy;
import io.github.softlane.Reduction;
import org.junit.jupiter.api.Test;

/** What cross-entropy refuses, before it writes anything, and what its options keep. */
class CrossEntropyArgumentsTest {
  private static final Class<IllegalArgumentException> IAE = IllegalArgumentException.class;
  private static final Class<IllegalStateException> ISE = IllegalStateException.class;
  private static final Class<NullPointerException> NPE = NullPointerException.class;
  private static final Class<IndexOutOfBoundsException> IOOBE = IndexOutOfBoundsException.class;

  private final CrossEntropy mean = CrossEntropy.of(Reduction.MEAN);
  private final CrossEntropy none = CrossEntropy.of(Reduction.NONE);
  private final Refusals.Arrays a = new Refusals.Arrays(24);
  private final int[] t = {0, 1, 2, 0};

  @Test
  void options() {
    assertThatThrownBy(() -> CrossEntropy.of(null)).isExactlyInstanceOf(NPE);
    assertThatThrownBy(() -> mean.classWeights(null))
        .isExactlyInstanceOf(NPE)
        .hasMessage("weights is null");
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> mean.classWeights(new double[] {1, bad}))
          .isExactlyInstanceOf(IAE)
          .hasMessageContainingAll("weights[1] is " + bad, "finite and 0 or more");
    }
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> mean.labelSmoothing(bad))
          .isExactlyInstanceOf(IAE)
          .hasMessageContainingAll("smoothing is " + bad, "[0, 1]");
    }
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> mean.temperature(bad))
          .isExactlyInstanceOf(IAE)
          .hasMessageContainingAll("temperature is " + bad, "above 0 and finite");
    }
  }

  @Test
  void optionsAreCopies() {
    double[] weights = {1, 2, 3};
    CrossEntropy weighted = mean.classWeights(weights);
    float[] x = {1, 2, 3};
    double before = weighted.loss(x, 0, 3, t, 1, 1, 3);
    weights[1] = 100;
    assertThat(weighted.loss(x, 0, 3, t, 1, 1, 3)).isEqualTo(before);
    double plain = mean.loss(x, 0, 3, t, 1, 1, 3);
    CrossEntropy all = mean.labelSmoothing(0.5).temperature(2).ignoreIndex(1);
    assertThat(all.loss(x, 0, 3, t, 1, 1, 3)).isNaN();
    assertThat(mean.loss(x, 0, 3, t, 1, 1, 3)).isEqualTo(plain);
    assertThat(plain).isEqualTo(1.4076059644443804, within(1e-7));
  }

  @Test
  void perplexity() {
    assertThat(CrossEntropy.perplexity(0)).isEqualTo(1);
    assertThat(CrossEntropy.perplexity(Double.NaN)).isNaN();
    assertThat(CrossEntropy.perplexity(710)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(CrossEntropy.perplexity(Double.POSITIVE_INFINITY))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(CrossEntropy.perplexity(Double.NEGATIVE_INFINITY)).isZero();
    for (double loss : new double[] {1e-9, 0.5, 1, 2.3, 11.7, 88, 709.7, -3, -700, -740}) {
      double exact = StrictMath.exp(loss);
      assertThat(CrossEntropy.perplexity(loss)).isEqualTo(exact, within(2 * Math.ulp(exact)));
    }
    float[] x = new float[8];
    int[] targets = {1, 3};
    assertThat(none.perplexity(x, 0, 4, targets, 0, 2, 4)).isEqualTo(4, within(1e-15));
    double[] z = new double[8];
    assertThat(none.perplexity(z, 0, 4, targets, 0, 2, 4)).isEqualTo(4, within(2e-15));
    double[] soft = {1, 0, 0, 0, 0.5, 0.5, 0, 0};
    assertThat(none.perplexity(z, 0, 4, soft, 0, 4, 2, 4)).isEqualTo(4, within(4e-15));
    assertThat(none.perplexity(z, 0, 4, targets, 0, 0, 4)).isNaN();
  }

  @Test
  void classesOfFloats() {
    assertRefused(ISE, () -> none.loss(a.x, 0, 3, t, 0, 2, 3), a, "NONE", "MEAN or SUM", "losses");
    assertRefused(NPE, () -> mean.loss((float[]) null, 0, 3, t, 0, 2, 3), a, "x is null");
    assertRefused(NPE, () -> mean.loss(a.x, 0, 3, (int[]) null, 0, 2, 3), a, "targets is null");
    assertRefused(NPE, () -> mean.losses(a.x, 0, 3, t, 0, null, 0, 2, 3), a, "losses is null");
    assertRefused(
        NPE, () -> mean.lossAndGradient(a.x, 0, 3, t, 0, null, 0, 3, 2, 3), a, "gradient is null");
    assertRefused(
        IAE, () -> mean.losses(a.x, 0, 2, t, 0, a.y, 0, 2, 3), a, "xStride is 2", "n, which");
    assertRefused(
        IAE,
        () -> mean.lossAndGradient(a.x, 0, 3, t, 0, a.y, 0, 2, 2, 3),
        a,
        "gradientStride is 2");
    assertRefused(IAE, () -> mean.losses(a.x, 0, 3, t, 0, a.y, 0, -1, 3), a, "rows is -1");
    assertRefused(IAE, () -> mean.losses(a.x, 0, 3, t, 0, a.y, 0, 1, -3), a, "n is -3");
    assertRefused(IOOBE, () -> mean.losses(a.x, 20, 3, t, 0, a.y, 0, 2, 3), a, "xOffset is 20");
    assertRefused(IOOBE, () -> mean.losses(a.x, 0, 3, t, 3, a.y, 0, 2, 3), a, "targetsOffset is 3");
    assertRefused(
        IOOBE, () -> mean.losses(a.x, 0, 3, t, 0, a.y, 23, 2, 3), a, "lossesOffset is 23");
    assertRefused(
        IOOBE,
        () -> mean.lossAndGradient(a.x, 0, 3, t, 0, a.y, 22, 3, 1, 3),
        a,
        "gradientOffset is 22");
    // The last target only, so that a loss might have been written.
    assertRefused(
        IAE, () -> mean.losses(a.x, 0, 2, t, 0, a.y, 0, 3, 2), a, "targets[2] is 2", "is 2");
    CrossEntropy ignoring = mean.ignoreIndex(-100);
    assertRefused(
        IAE,
        () -> ignoring.lossAndGradient(a.x, 0, 2, t, 0, a.y, 0, 2, 3, 2),
        a,
        "targets[2] is 2",
        "ignore index -100");
    CrossEntropy weighted = mean.classWeights(new double[] {1, 2});
    assertRefused(IAE, () -> weighted.losses(a.x, 0, 3, t, 0, a.y, 0, 2, 3), a, "n is 3", "is 2");
    assertRefused(IAE, () -> mean.losses(a.x, 0, 3, t, 0, a.x, 5, 2, 3), a, "x and losses");
    assertRefused(
        IAE, () -> mean.lossAndGradient(a.x, 0, 3, t, 0, a.x, 1, 3, 2, 3), a, "x and gradient");
    assertRefused(
        IAE, () -> mean.lossAndGradient(a.x, 0, 3, t, 0, a.x, 0, 4, 2, 3), a, "x and gradient");
  }

  @Test
  void softTargetsOfFloats() {
    float[] y = a.y.clone();
    assertRefused(ISE, () -> none.loss(a.x, 0, 3, y, 0, 3, 2, 3), a, "NONE");
    assertRefused(
        NPE, () -> mean.loss(a.x, 0, 3, (float[]) null, 0, 3, 2, 3), a, "targets is null");
    assertRefused(IAE, () -> mean.loss(a.x, 0, 3, y, 0, 2, 2, 3), a, "targetsStride is 2");
    assertRefused(IOOBE, () -> mean.loss(a.x, 0, 3, y, 20, 3, 2, 3), a, "targetsOffset is 20");
    assertRefused(
        ISE, () -> mean.ignoreIndex(1).loss(a.x, 0, 3, y, 0, 3, 2, 3), a, "ignoreIndex is 1");
    assertThat(mean.ignoreIndex(-1).loss(a.x, 0, 3, y, 0, 3, 2, 3)).isFinite();
    assertRefused(
        IAE,
        () -> mean.lossAndGradient(a.x, 0, 3, a.y, 0, 3, a.y, 0, 3, 2, 3),
        a,
        "targets and gradient");
    assertRefused(
        IAE, () -> mean.losses(a.x, 0, 3, a.y, 0, 3, a.y, 5, 2, 3), a, "targets and losses");
    assertRefused(IAE, () -> mean.losses(a.x, 0, 3, y, 0, 3, a.x, 5, 2, 3), a, "x and losses");
  }

  @Test
  void classesOfDoubles() {
    assertRefused(ISE, () -> none.loss(a.z, 0, 3, t, 0, 2, 3), a, "NONE", "MEAN or SUM", "losses");
    assertRefused(NPE, () -> mean.loss((double[]) null, 0, 3, t, 0, 2, 3), a, "x is null");
    assertRefused(NPE, () -> mean.loss(a.z, 0, 3, (int[]) null, 0, 2, 3), a, "targets is null");
    assertRefused(NPE, () -> mean.losses(a.z, 0, 3, t, 0, null, 0, 2, 3), a, "losses is null");
    assertRefused(
        NPE, () -> mean.lossAndGradient(a.z, 0, 3, t, 0, null, 0, 3, 2, 3), a, "gradient is null");
    assertRefused(
        IAE, () -> mean.losses(a.z, 0, 2, t, 0, a.w, 0, 2, 3), a, "xStride is 2", "n, which");
    assertRefused(
        IAE,
        () -> mean.lossAndGradient(a.z, 0, 3, t, 0, a.w, 0, 2, 2, 3),
        a,
        "gradientStride is 2");
    assertRefused(IAE, () -> mean.losses(a.z, 0, 3, t, 0, a.w, 0, -1, 3), a, "rows is -1");
    assertRefused(IAE, () -> mean.losses(a.z, 0, 3, t, 0, a.w, 0, 1, -3), a, "n is -3");
    assertRefused(IOOBE, () -> mean.losses(a.z, 20, 3, t, 0, a.w, 0, 2, 3), a, "xOffset is 20");
    assertRefused(IOOBE, () -> mean.losses(a.z, 0, 3, t, 3, a.w, 0, 2, 3), a, "targetsOffset is 3");
    assertRefused(
        IOOBE, () -> mean.losses(a.z, 0, 3, t, 0, a.w, 23, 2, 3), a, "lossesOffset is 23");
    assertRefused(
        IOOBE,
        () -> mean.lossAndGradient(a.z, 0, 3, t, 0, a.w, 22, 3, 1, 3),
        a,
        "gradientOffset is 22");
    // The last target only, so that a loss might have been written.
    assertRefused(
        IAE, () -> mean.losses(a.z, 0, 2, t, 0, a.w, 0, 3, 2), a, "targets[2] is 2", "is 2");
    CrossEntropy ignoring = mean.ignoreIndex(-100);
    assertRefused(
        IAE,
        () -> ignoring.lossAndGradient(a.z, 0, 2, t, 0, a.w, 0, 2, 3, 2),
        a,
        "targets[2] is 2",
        "ignore index -100");
    CrossEntropy weighted = mean.classWeights(new double[] {1, 2});
    assertRefused(IAE, () -> weighted.losses(a.z, 0, 3, t, 0, a.w, 0, 2, 3), a, "n is 3", "is 2");
    assertRefused(IAE, () -> mean.losses(a.z, 0, 3, t, 0, a.z, 5, 2, 3), a, "x and losses");
    assertRefused(
        IAE, () -> mean.lossAndGradient(a.z, 0, 3, t, 0, a.z, 1, 3, 2, 3), a, "x and gradient");
    assertRefused(
        IAE, () -> mean.lossAndGradient(a.z, 0, 3, t, 0, a.z, 0, 4, 2, 3), a, "x and gradient");
  }

  @Test
  void softTargetsOfDoubles() {
    double[] y = a.w.clone();
    assertRefused(ISE, () -> none.loss(a.z, 0, 3, y, 0, 3, 2, 3), a, "NONE");
    assertRefused(
        NPE, () -> mean.loss(a.z, 0, 3, (double[]) null, 0, 3, 2, 3), a, "targets is null");
    assertRefused(IAE, () -> mean.loss(a.z, 0, 3, y, 0, 2, 2, 3), a, "targetsStride is 2");
    assertRefused(IOOBE, () -> mean.loss(a.z, 0, 3, y, 20, 3, 2, 3), a, "targetsOffset is 20");
    assertRefused(
        ISE, () -> mean.ignoreIndex(1).loss(a.z, 0, 3, y, 0, 3, 2, 3), a, "ignoreIndex is 1");
    assertThat(mean.ignoreIndex(-1).loss(a.z, 0, 3, y, 0, 3, 2, 3)).isFinite();
    assertRefused(
        IAE,
        () -> mean.lossAndGradient(a.z, 0, 3, a.w, 0, 3, a.w, 0, 3, 2, 3),
        a,
        "targets and gradient");
    assertRefused(
        IAE, () -> mean.losses(a.z, 0, 3, a.w, 0, 3, a.w, 5, 2, 3), a, "targets and losses");
    assertRefused(IAE, () -> mean.losses(a.z, 0, 3, y, 0, 3, a.z, 5, 2, 3), a, "x and losses");
  }
}
