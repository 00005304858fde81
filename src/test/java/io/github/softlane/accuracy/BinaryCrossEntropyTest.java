package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.BinaryCrossEntropy;
import io.github.softlane.Reduction;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Binary cross-entropy from logits: its bounds, weights and reductions. */
class BinaryCrossEntropyTest {
  private static final double FLOAT_BOUND = 0.501;
  private static final double DOUBLE_BOUND = 1.01;

  private static final BinaryCrossEntropy SUM = BinaryCrossEntropy.of(Reduction.SUM);

  /**
   * Where the target is 0 or 1 the gradient is a sigmoid, and neither loss nor gradient cancels.
   */
  @Test
  void certainTargets() {
    Worst worst = new Worst("loss of double", DOUBLE_BOUND);
    Worst worstGradient = new Worst("gradient of double", DOUBLE_BOUND);
    Worst worstFloat = new Worst("loss of float", FLOAT_BOUND);
    Worst worstFloatGradient = new Worst("gradient of float", FLOAT_BOUND);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      double scale = Math.scalb(1.0, random.nextInt(16) - 5);
      double z = (2 * random.nextDouble() - 1) * scale;
      double target = random.nextInt(2);
      double sign = target == 0 ? 1 : -1;
      double[] gradient = new double[1];
      double loss = SUM.lossAndGradient(new double[] {z}, new double[] {target}, gradient);
      worst.add(
          Ulp.error(loss, SigmoidAccuracyTest.softplus(sign * z)) / DOUBLE_BOUND, () -> "z = " + z);
      worstGradient.add(
          Ulp.error(sign * gradient[0], SigmoidAccuracyTest.sigmoid(sign * z)) / DOUBLE_BOUND,
          () -> "z = " + z);
      float x = (float) z;
      float[] losses = new float[1];
      SUM.losses(new float[] {x}, new float[] {(float) target}, losses);
      float[] slope = new float[1];
      SUM.lossAndGradient(new float[] {x}, new float[] {(float) target}, slope);
      double exact = rounded(SigmoidAccuracyTest.softplus(sign * x));
      worstFloat.add(Ulp.error(losses[0], exact) / FLOAT_BOUND, () -> "z = " + x);
      exact = rounded(SigmoidAccuracyTest.sigmoid(sign * x));
      worstFloatGradient.add(
          Ulp.error((float) sign * slope[0], exact) / FLOAT_BOUND, () -> "z = " + x);
    }
  }

  /** Any target in [0, 1] and any weights. */
  @Test
  void softTargetsAndWeights() {
    Random random = new Random(2);
    for (int i = 0; i < 2000; i++) {
      double z = (2 * random.nextDouble() - 1) * Math.scalb(1.0, random.nextInt(14) - 5);
      double target = random.nextDouble();
      double weight = 3 * random.nextDouble();
      double positive = 3 * random.nextDouble();
      BinaryCrossEntropy loss =
          SUM.classWeights(new double[] {weight}).positiveWeights(new double[] {positive});
      double[] gradient = new double[1];
      double actual = loss.lossAndGradient(new double[] {z}, new double[] {target}, gradient);
      DoubleDouble a = DoubleDouble.of(positive).times(target);
      DoubleDouble b = DoubleDouble.difference(1, target);
      DoubleDouble exact =
          a.times(SigmoidAccuracyTest.softplus(-z).value())
              .plus(b.times(SigmoidAccuracyTest.softplus(z).value()))
              .times(weight);
      assertThat(actual).isCloseTo(exact.hi(), within(4 * 0x1p-53 * exact.hi()));
      DoubleDouble slope =
          b.times(SigmoidAccuracyTest.sigmoid(z).value())
              .minus(a.times(SigmoidAccuracyTest.sigmoid(-z).value()))
              .times(weight);
      double terms = weight * (1 + positive);
      assertThat(gradient[0]).isCloseTo(slope.hi(), within(0x1p-52 * terms));
      float[] losses = new float[1];
      float[] floatGradient = new float[1];
      float[] x = {(float) z};
      float[] t = {(float) target};
      loss.losses(x, t, losses);
      loss.lossAndGradient(x, t, floatGradient);
      double[] wide = new double[1];
      double wideLoss = loss.lossAndGradient(new double[] {x[0]}, new double[] {t[0]}, wide);
      assertThat(losses[0]).isEqualTo((float) wideLoss);
      assertThat(floatGradient[0]).isEqualTo((float) wide[0]);
    }
  }

  /** The gradient is the slope of the loss. */
  @Test
  void finiteDifferences() {
    BinaryCrossEntropy loss =
        BinaryCrossEntropy.of(Reduction.MEAN)
            .classWeights(new double[] {1, 0.5, 2})
            .positiveWeights(new double[] {3, 1, 0.25});
    double[] x = {-2, 0.3, 1.7, 0, 40, -30};
    double[] targets = {1, 0.25, 0, 0.5, 0.9, 0.1};
    double[] gradient = new double[6];
    loss.lossAndGradient(x, 0, 3, targets, 0, 3, gradient, 0, 3, 2, 3);
    double step = 1e-5;
    for (int i = 0; i < x.length; i++) {
      double[] moved = x.clone();
      moved[i] = x[i] + step;
      double above = loss.loss(moved, 0, 3, targets, 0, 3, 2, 3);
      moved[i] = x[i] - step;
      double below = loss.loss(moved, 0, 3, targets, 0, 3, 2, 3);
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-9));
    }
  }

  /** The mean is over all elements, whatever the weights; rows may lie apart and in place. */
  @Test
  void reductionsAndRows() {
    float[] x = {9, 1, -2, 9, 9, 0.5f, 3};
    float[] targets = {1, 0, 0.5f, 1};
    double[] weights = {2, 1};
    float[] losses = new float[7];
    BinaryCrossEntropy none = BinaryCrossEntropy.of(Reduction.NONE).classWeights(weights);
    none.losses(x, 1, 4, targets, 0, 2, losses, 1, 4, 2, 2);
    double sum = losses[1] + losses[2] + losses[5] + losses[6];
    assertThat(losses[0] + losses[3] + losses[4]).isZero();
    double[] singles = {softplus(-1) * 2, softplus(-2), 2 * softplus(0.5) - 0.5, softplus(-3)};
    assertThat(losses[1]).isCloseTo((float) singles[0], within(1e-6f));
    assertThat(losses[2]).isCloseTo((float) singles[1], within(1e-6f));
    assertThat(losses[5]).isCloseTo((float) singles[2], within(1e-6f));
    assertThat(losses[6]).isCloseTo((float) singles[3], within(1e-6f));
    BinaryCrossEntropy total = SUM.classWeights(weights);
    BinaryCrossEntropy mean = BinaryCrossEntropy.of(Reduction.MEAN).classWeights(weights);
    assertThat(total.loss(x, 1, 4, targets, 0, 2, 2, 2)).isCloseTo(sum, within(1e-6));
    assertThat(mean.loss(x, 1, 4, targets, 0, 2, 2, 2)).isCloseTo(sum / 4, within(1e-6));
    float[] gradient = x.clone();
    assertThat(none.lossAndGradient(gradient, 1, 4, targets, 0, 2, gradient, 1, 4, 2, 2))
        .isEqualTo(total.loss(x, 1, 4, targets, 0, 2, 2, 2));
    float[] meanGradient = new float[7];
    mean.lossAndGradient(x, 1, 4, targets, 0, 2, meanGradient, 1, 4, 2, 2);
    for (int i : new int[] {1, 2, 5, 6}) {
      assertThat(meanGradient[i]).isEqualTo(gradient[i] / 4);
    }
    assertThat(gradient[0]).isEqualTo(9);
    assertThat(gradient[3]).isEqualTo(9);
    // The loss of a logit of 1.5 for the target 1.
    assertThat(BinaryCrossEntropy.of(Reduction.MEAN).loss(new double[] {1.5}, new double[] {1}))
        .isCloseTo(0.20141327798275246, within(1e-16));
  }

  @Test
  void emptyBatches() {
    BinaryCrossEntropy mean = BinaryCrossEntropy.of(Reduction.MEAN);
    assertThat(mean.loss(new float[0], new float[0])).isNaN();
    assertThat(mean.loss(new double[4], 0, 2, new double[4], 0, 2, 0, 2)).isNaN();
    assertThat(SUM.loss(new float[0], new float[0])).isZero();
    assertThat(SUM.loss(new double[0], new double[0])).isZero();
  }

  /** A thousand losses of 2^-60 beside one of 2 are not lost. */
  @Test
  void sumsKeepSmallLosses() {
    double[] x = new double[1001];
    double[] targets = new double[1001];
    java.util.Arrays.fill(x, -42);
    x[0] = 2;
    double small = SUM.loss(new double[] {-42}, new double[] {0});
    double large = SUM.loss(new double[] {2}, new double[] {0});
    assertThat(SUM.loss(x, targets)).isEqualTo(large + 1000 * small);
    assertThat(large + small).isEqualTo(large);
  }

  private static double softplus(double z) {
    return StrictMath.log1p(StrictMath.exp(z));
  }

  private static double rounded(DoubleDouble.Scaled exact) {
    return Math.scalb(exact.fraction().hi(), exact.power());
  }
}
