package io.github.softlane.api;

import static io.github.softlane.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.softlane.BinaryCrossEntropy;
import io.github.softlane.Entmax15;
import io.github.softlane.GumbelSoftmax;
import io.github.softlane.Hardmax;
import io.github.softlane.Reduction;
import io.github.softlane.Sigmoid;
import io.github.softlane.Sparsemax;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the alternatives to softmax and the binary losses refuse, before they write anything. */
class SparseArgumentsTest {
  private static final Class<NullPointerException> NPE = NullPointerException.class;
  private static final Class<IllegalArgumentException> IAE = IllegalArgumentException.class;
  private static final Class<IndexOutOfBoundsException> OUTSIDE = IndexOutOfBoundsException.class;

  private final Refusals.Arrays arrays = new Refusals.Arrays(40);
  private final float[] x = arrays.x;
  private final float[] y = arrays.y;
  private final double[] z = arrays.z;
  private final double[] w = arrays.w;
  private final RandomGenerator random = new SplittableRandom(1);
  private final BinaryCrossEntropy loss = BinaryCrossEntropy.of(Reduction.MEAN);

  @Test
  void nulls() {
    assertRefused(NPE, () -> Sigmoid.sigmoid((float[]) null), arrays, "y is null");
    assertRefused(NPE, () -> Sigmoid.sigmoid(null, y), arrays, "x is null");
    assertRefused(NPE, () -> Sigmoid.logSigmoid(z, null), arrays, "y is null");
    assertRefused(NPE, () -> Hardmax.hardmax(null, w), arrays, "x is null");
    assertRefused(NPE, () -> Sparsemax.sparsemax(x, null), arrays, "y is null");
    assertRefused(NPE, () -> Entmax15.entmax15(null, w, 2), arrays, "x is null");
    assertRefused(NPE, () -> Sparsemax.threshold((float[]) null), arrays, "x is null");
    assertRefused(NPE, () -> Entmax15.supportSize((double[]) null), arrays, "y is null");
    assertRefused(NPE, () -> Sparsemax.vjpFromOutput(x, null, y), arrays, "gradY is null");
    assertRefused(NPE, () -> Entmax15.vjpFromOutput(z, w, null), arrays, "gradX is null");
    assertRefused(NPE, () -> GumbelSoftmax.sample(x, y, null), arrays, "random is null");
    assertRefused(NPE, () -> GumbelSoftmax.sampleHard(z, w, null), arrays, "random is null");
    assertRefused(
        NPE, () -> GumbelSoftmax.straightThrough(x, y, null, random, 1), arrays, "hard is null");
    assertRefused(NPE, () -> GumbelSoftmax.vjpFromOutput(null, y, x, 1), arrays, "y is null");
    assertRefused(NPE, () -> loss.loss(x, null), arrays, "targets is null");
    assertRefused(NPE, () -> loss.losses(z, w, null), arrays, "losses is null");
    assertRefused(NPE, () -> loss.lossAndGradient(x, y, null), arrays, "gradient is null");
    assertThatNullPointerException()
        .isThrownBy(() -> BinaryCrossEntropy.of(null))
        .withMessage("reduction is null");
    assertThatNullPointerException()
        .isThrownBy(() -> loss.classWeights(null))
        .withMessage("weights is null");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY})
  void temperatures(double t) {
    String word = "temperature is " + t;
    assertRefused(IAE, () -> Sparsemax.sparsemax(x, y, t), arrays, word);
    assertRefused(IAE, () -> Sparsemax.sparsemax(z, 0, w, 0, 0, t), arrays, word);
    assertRefused(IAE, () -> Sparsemax.sparsemaxRows(x, 0, 4, y, 0, 4, 2, 4, t), arrays, word);
    assertRefused(IAE, () -> Entmax15.entmax15(z, w, t), arrays, word);
    assertRefused(IAE, () -> Entmax15.entmax15Rows(z, 0, 4, w, 0, 4, 2, 4, t), arrays, word);
    assertRefused(IAE, () -> Sparsemax.threshold(x, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Entmax15.vjpFromOutput(x, x, y, t), arrays, word);
    assertRefused(IAE, () -> GumbelSoftmax.sample(x, y, random, t), arrays, word);
    assertRefused(IAE, () -> GumbelSoftmax.vjpFromOutput(z, z, w, t), arrays, word);
  }

  /** A threshold needs a temperature that leaves one. */
  @ParameterizedTest
  @ValueSource(doubles = {0, Double.POSITIVE_INFINITY})
  void temperaturesWithoutThreshold(double t) {
    String word = "temperature is " + t + ", must be above 0 and finite";
    assertRefused(IAE, () -> Sparsemax.threshold(x, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Entmax15.threshold(z, 0, 4, t), arrays, word);
    assertRefused(IAE, () -> Entmax15.threshold(new double[0]), arrays, "n is 0");
  }

  @Test
  void lengthsThatDiffer() {
    float[] shorter = new float[39];
    String word = "y has 39 elements, must have as many as x: 40";
    assertRefused(IAE, () -> Sigmoid.sigmoid(x, shorter), arrays, word);
    assertRefused(IAE, () -> Sigmoid.logSigmoid(x, shorter), arrays, word);
    assertRefused(IAE, () -> Hardmax.hardmax(x, shorter), arrays, word);
    assertRefused(IAE, () -> Sparsemax.sparsemax(x, shorter), arrays, word);
    assertRefused(IAE, () -> Entmax15.entmax15(x, shorter, 1), arrays, word);
    assertRefused(IAE, () -> GumbelSoftmax.sample(x, shorter, random), arrays, word);
    assertRefused(IAE, () -> GumbelSoftmax.sampleHard(x, shorter, random), arrays, word);
    word = "39 elements, must have as many as y: 40";
    assertRefused(IAE, () -> Sparsemax.vjpFromOutput(y, shorter, x), arrays, "gradY has " + word);
    assertRefused(IAE, () -> Entmax15.vjpFromOutput(y, x, shorter), arrays, "gradX has " + word);
    word = "39 elements, must have as many as x: 40";
    assertRefused(IAE, () -> loss.loss(x, shorter), arrays, "targets has " + word);
    assertRefused(IAE, () -> loss.losses(x, y, shorter), arrays, "losses has " + word);
    assertRefused(IAE, () -> loss.lossAndGradient(x, y, shorter), arrays, "gradient has " + word);
  }

  @Test
  void ranges() {
    assertRefused(OUTSIDE, () -> Sigmoid.sigmoid(x, 38, y, 0, 3), arrays, "xOffset is 38");
    assertRefused(OUTSIDE, () -> Hardmax.hardmax(z, 0, w, -1, 3), arrays, "yOffset is -1");
    assertRefused(OUTSIDE, () -> Sparsemax.sparsemax(x, 0, y, 0, 41), arrays, "n is 41");
    assertRefused(IAE, () -> Entmax15.entmax15(x, 0, y, 0, -1), arrays, "n is -1");
    assertRefused(OUTSIDE, () -> Sparsemax.supportSize(x, 38, 3), arrays, "yOffset is 38");
    assertRefused(IAE, () -> Hardmax.hardmaxRows(x, 0, 3, y, 0, 4, 2, 4), arrays, "xStride is 3");
    assertRefused(IAE, () -> Sigmoid.sigmoidRows(x, 0, 4, y, 0, 4, -1, 4), arrays, "rows is -1");
    assertRefused(
        OUTSIDE,
        () -> Sparsemax.vjpFromOutput(y, 0, x, 38, x, 0, 4, 1),
        arrays,
        "gradYOffset is 38");
    assertRefused(
        IAE,
        () -> Entmax15.vjpFromOutputRows(z, 0, 4, w, 0, 4, w, 0, 3, 2, 4, 1),
        arrays,
        "gradXStride is 3");
    assertRefused(
        OUTSIDE,
        () -> GumbelSoftmax.straightThrough(x, 0, y, 39, new float[9], 0, 4, random, 1),
        arrays,
        "softOffset is 39");
    assertRefused(OUTSIDE, () -> loss.loss(x, 0, 4, y, 37, 4, 1, 4), arrays, "targetsOffset is 37");
    assertRefused(
        OUTSIDE,
        () -> loss.lossAndGradient(z, 0, 4, w, 0, 4, w, 35, 4, 2, 4),
        arrays,
        "gradientOffset is 35");
  }

  @Test
  void overlaps() {
    assertRefused(IAE, () -> Sigmoid.sigmoid(x, 0, x, 1, 3), arrays, "x and y are one array");
    assertRefused(IAE, () -> Sparsemax.sparsemax(z, 2, z, 0, 3), arrays, "x and y are one array");
    assertRefused(
        IAE, () -> Entmax15.entmax15Rows(x, 0, 4, x, 4, 4, 2, 4), arrays, "x and y are one array");
    assertRefused(
        IAE,
        () -> Sparsemax.vjpFromOutput(y, 0, x, 0, y, 1, 4, 1),
        arrays,
        "y and gradX are one array");
    assertRefused(
        IAE,
        () -> Sparsemax.vjpFromOutput(y, 0, x, 0, x, 1, 4, 1),
        arrays,
        "gradY and gradX are one array");
    assertRefused(
        IAE,
        () -> GumbelSoftmax.straightThrough(x, y, y, random, 1),
        arrays,
        "soft and hard are one array");
    assertRefused(
        IAE,
        () -> GumbelSoftmax.straightThrough(x, 0, x, 1, y, 0, 4, random, 1),
        arrays,
        "x and soft are one array");
    assertRefused(
        IAE,
        () -> loss.lossAndGradient(x, 0, 4, y, 0, 4, x, 2, 4, 2, 4),
        arrays,
        "x and gradient are one array");
    assertRefused(
        IAE,
        () -> loss.losses(z, 0, 4, w, 0, 4, w, 2, 4, 2, 4),
        arrays,
        "targets and losses are one array");
  }

  @Test
  void weightsAndReductions() {
    BinaryCrossEntropy weighted = loss.classWeights(new double[] {1, 2});
    assertRefused(IAE, () -> weighted.loss(x, y), arrays, "n is 40, must be the number of class");
    BinaryCrossEntropy positive = loss.positiveWeights(new double[] {1, 2});
    assertRefused(
        IAE, () -> positive.lossAndGradient(z, w, w), arrays, "n is 40", "positive weights", "2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.classWeights(new double[] {1, -1}))
        .withMessage("weights[1] is -1.0, must be finite and 0 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.positiveWeights(new double[] {Double.NaN}))
        .withMessage("weights[0] is NaN, must be finite and 0 or more");
    BinaryCrossEntropy none = BinaryCrossEntropy.of(Reduction.NONE);
    assertThatIllegalStateException()
        .isThrownBy(() -> none.loss(x, y))
        .withMessageContaining("the reduction is NONE");
  }
}
