package io.github.softlane;

import io.github.softlane.internal.passes.DoubleBinaryLosses;
import io.github.softlane.internal.passes.FloatBinaryLosses;

/**
 * Binary cross-entropy from logits, for binary and multi-label classification: what PyTorch's
 * {@code BCEWithLogitsLoss} computes, weights and reductions included.
 *
 * <p>Immutable and safe for use by many threads; each method of an option returns a changed copy:
 *
 * <pre>{@code
 * BinaryCrossEntropy loss = BinaryCrossEntropy.of(Reduction.MEAN).positiveWeights(weights);
 * double mean = loss.lossAndGradient(x, 0, n, targets, 0, n, gradient, 0, n, rows, n);
 * }</pre>
 *
 * <p><b>Formula.</b> For each logit x with the target t, the class weight c and the weight w of the
 * positive class, both 1 where there are none,
 *
 * <pre>
 *   loss     = c (w t log(1 + exp(-x)) + (1 - t) log(1 + exp(x)))
 *            = c ((1 - t) x + (1 + (w - 1) t) log(1 + exp(-x)))
 *   gradient = c ((1 - t) sigmoid(x) - w t sigmoid(-x))          sigmoid(x) - t without weights
 * </pre>
 *
 * <p>computed such that nothing overflows, and that nothing cancels where the target is 0 or 1.
 *
 * <p><b>Reduction.</b> {@link Reduction#MEAN} divides the sum of the losses, and the gradient, by
 * the number of elements, {@code rows * n}, whatever the weights; the mean of none is NaN, the sum
 * 0.
 *
 * <p><b>Targets</b> are meant to lie in [0, 1], the probability of the positive class. As in
 * PyTorch they are not checked: the formula holds for any finite target, but outside of [0, 1] the
 * loss may be negative and its terms may cancel.
 *
 * <p><b>Special values.</b> A term whose factor (1 - t) or w t is 0 counts for nothing, so that a
 * logit of {@code +inf} with the target 1, or {@code -inf} with 0, has the loss 0; otherwise the
 * loss there is {@code +inf}. The gradient there is the limit, {@code c (1 - t)} or {@code -c w t}.
 * A NaN in logit or target gives NaN in its loss and gradient, and in the reduced loss. A class
 * weight of 0 does not hide a NaN or an infinite loss, and makes NaN of the latter, as in PyTorch.
 *
 * <p><b>Rows.</b> Row r of the logits starts at {@code xOffset + r * xStride}; a stride is at least
 * n, and the last row needs only its own n elements. Losses and gradient may be written over the
 * logits or the targets (same array, offset and stride); every other overlap of what is read and
 * what is written is an {@link IllegalArgumentException}. All arguments are checked before anything
 * is written.
 *
 * <p><b>Accuracy.</b> Each loss and each gradient is computed in double, for {@code float} too, and
 * rounded to the type once. Without weights and with the target 0 or 1, they are within 0.501 ULP
 * for {@code float} and 1.01 ULP for {@code double}. With other targets in [0, 1] and weights a
 * loss is within 4 ULP in {@code double}, and a gradient within 2^-52 of {@code c (1 + w)}.
 *
 * <p>The same code serves every backend. Nothing is allocated in a call.
 */
public final class BinaryCrossEntropy {
  private final Reduction reduction;

  /** Or null. */
  private final double[] classWeights;

  /** Or null. */
  private final double[] positiveWeights;

  private BinaryCrossEntropy(Reduction reduction, double[] classWeights, double[] positiveWeights) {
    this.reduction = reduction;
    this.classWeights = classWeights;
    this.positiveWeights = positiveWeights;
  }

  /**
   * Binary cross-entropy with this reduction and no weights.
   *
   * @param reduction what becomes of the losses
   * @return the loss
   */
  public static BinaryCrossEntropy of(Reduction reduction) {
    if (reduction == null) {
      throw new NullPointerException("reduction is null");
    }
    return new BinaryCrossEntropy(reduction, null, null);
  }

  /**
   * The same with a weight for each class, that is for each element of a row: PyTorch's {@code
   * weight}.
   *
   * @param weights as many as a row has elements, each finite and 0 or more; copied
   * @return the changed copy
   */
  public BinaryCrossEntropy classWeights(double[] weights) {
    return new BinaryCrossEntropy(reduction, checkedWeights(weights), positiveWeights);
  }

  /**
   * The same with a weight for the positive targets of each class: PyTorch's {@code pos_weight}. A
   * weight above 1 raises recall, one below 1 precision.
   *
   * @param weights as many as a row has elements, each finite and 0 or more; copied
   * @return the changed copy
   */
  public BinaryCrossEntropy positiveWeights(double[] weights) {
    return new BinaryCrossEntropy(reduction, classWeights, checkedWeights(weights));
  }

  private static double[] checkedWeights(double[] weights) {
    Arguments.length("weights", weights);
    double[] copy = weights.clone();
    for (int i = 0; i < copy.length; i++) {
      if (!(copy[i] >= 0 && copy[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights[" + i + "] is " + copy[i] + ", must be finite and 0 or more");
      }
    }
    return copy;
  }

  private void checkReduced() {
    if (reduction == Reduction.NONE) {
      throw new IllegalStateException(
          "the reduction is NONE, must be MEAN or SUM for loss; losses gives that of each element");
    }
  }

  private void checkWeightCounts(int n) {
    checkWeightCount(classWeights, n, "class weights");
    checkWeightCount(positiveWeights, n, "positive weights");
  }

  private static void checkWeightCount(double[] weights, int n, String name) {
    if (weights != null && weights.length != n) {
      throw new IllegalArgumentException(
          "n is " + n + ", must be the number of " + name + ", which is " + weights.length);
    }
  }

  /** What the sum of the losses, and the gradient, are divided by. */
  private double divisor(int rows, int n) {
    return reduction == Reduction.MEAN ? (double) rows * n : 1;
  }

  /**
   * The loss of a whole array as one row.
   *
   * @param x the logits
   * @param targets the targets; as many as logits
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when the lengths differ
   */
  public double loss(float[] x, float[] targets) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("targets", Arguments.length("targets", targets), "x", n);
    return loss(x, 0, n, targets, 0, n, 1, n);
  }

  /**
   * The loss of many rows.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the array that holds the targets
   * @param targetsOffset index of the first target of the first row
   * @param targetsStride distance from one row of {@code targets} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when there are weights, and not n
   */
  public double loss(
      float[] x,
      int xOffset,
      int xStride,
      float[] targets,
      int targetsOffset,
      int targetsStride,
      int rows,
      int n) {
    checkReduced();
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("targets", targets, targetsOffset, targetsStride, rows, n);
    checkWeightCounts(n);
    double divisor = divisor(rows, n);
    double sum =
        FloatBinaryLosses.sum(
            x,
            xOffset,
            xStride,
            targets,
            targetsOffset,
            targetsStride,
            classWeights,
            positiveWeights,
            null,
            0,
            0,
            null,
            0,
            0,
            divisor,
            rows,
            n);
    return sum / divisor;
  }

  /**
   * The loss of each element of a whole array, whatever the reduction.
   *
   * @param x the logits
   * @param targets the targets; as many as logits
   * @param losses receives the losses; as long as {@code x}, and may be {@code x} or {@code
   *     targets} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public void losses(float[] x, float[] targets, float[] losses) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("targets", Arguments.length("targets", targets), "x", n);
    Arguments.checkSameLength("losses", Arguments.length("losses", losses), "x", n);
    losses(x, 0, n, targets, 0, n, losses, 0, n, 1, n);
  }

  /**
   * The loss of each element of many rows, whatever the reduction.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the array that holds the targets
   * @param targetsOffset index of the first target of the first row
   * @param targetsStride distance from one row of {@code targets} to the next, at least n
   * @param losses receives the losses, weights included
   * @param lossesOffset index of the first loss of the first row
   * @param lossesStride distance from one row of {@code losses} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @throws IllegalArgumentException when there are weights, and not n
   */
  public void losses(
      float[] x,
      int xOffset,
      int xStride,
      float[] targets,
      int targetsOffset,
      int targetsStride,
      float[] losses,
      int lossesOffset,
      int lossesStride,
      int rows,
      int n) {
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("targets", targets, targetsOffset, targetsStride, rows, n);
    Arguments.checkRows("losses", losses, lossesOffset, lossesStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "losses", losses, lossesOffset, lossesStride, rows, n);
    Overlaps.checkSameOrApart(
        "targets",
        targets,
        targetsOffset,
        targetsStride,
        "losses",
        losses,
        lossesOffset,
        lossesStride,
        rows,
        n);
    checkWeightCounts(n);
    FloatBinaryLosses.sum(
        x,
        xOffset,
        xStride,
        targets,
        targetsOffset,
        targetsStride,
        classWeights,
        positiveWeights,
        losses,
        lossesOffset,
        lossesStride,
        null,
        0,
        0,
        1,
        rows,
        n);
  }

  /**
   * The loss of a whole array as one row, and its gradient with respect to the logits.
   *
   * @param x the logits
   * @param targets the targets; as many as logits
   * @param gradient receives the gradient; as long as {@code x}, and may be {@code x} or {@code
   *     targets} itself
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when the lengths differ
   */
  public double lossAndGradient(float[] x, float[] targets, float[] gradient) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("targets", Arguments.length("targets", targets), "x", n);
    Arguments.checkSameLength("gradient", Arguments.length("gradient", gradient), "x", n);
    return lossAndGradient(x, 0, n, targets, 0, n, gradient, 0, n, 1, n);
  }

  /**
   * The loss of many rows, and its gradient with respect to the logits.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the array that holds the targets
   * @param targetsOffset index of the first target of the first row
   * @param targetsStride distance from one row of {@code targets} to the next, at least n
   * @param gradient receives the gradient
   * @param gradientOffset index of its first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when there are weights, and not n
   */
  public double lossAndGradient(
      float[] x,
      int xOffset,
      int xStride,
      float[] targets,
      int targetsOffset,
      int targetsStride,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("targets", targets, targetsOffset, targetsStride, rows, n);
    Arguments.checkRows("gradient", gradient, gradientOffset, gradientStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "gradient", gradient, gradientOffset, gradientStride, rows, n);
    Overlaps.checkSameOrApart(
        "targets",
        targets,
        targetsOffset,
        targetsStride,
        "gradient",
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
    checkWeightCounts(n);
    double divisor = divisor(rows, n);
    double sum =
        FloatBinaryLosses.sum(
            x,
            xOffset,
            xStride,
            targets,
            targetsOffset,
            targetsStride,
            classWeights,
            positiveWeights,
            null,
            0,
            0,
            gradient,
            gradientOffset,
            gradientStride,
            divisor,
            rows,
            n);
    return sum / divisor;
  }

  /**
   * The loss of a whole array as one row.
   *
   * @param x the logits
   * @param targets the targets; as many as logits
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when the lengths differ
   */
  public double loss(double[] x, double[] targets) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("targets", Arguments.length("targets", targets), "x", n);
    return loss(x, 0, n, targets, 0, n, 1, n);
  }

  /**
   * The loss of many rows.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the array that holds the targets
   * @param targetsOffset index of the first target of the first row
   * @param targetsStride distance from one row of {@code targets} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when there are weights, and not n
   */
  public double loss(
      double[] x,
      int xOffset,
      int xStride,
      double[] targets,
      int targetsOffset,
      int targetsStride,
      int rows,
      int n) {
    checkReduced();
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("targets", targets, targetsOffset, targetsStride, rows, n);
    checkWeightCounts(n);
    double divisor = divisor(rows, n);
    double sum =
        DoubleBinaryLosses.sum(
            x,
            xOffset,
            xStride,
            targets,
            targetsOffset,
            targetsStride,
            classWeights,
            positiveWeights,
            null,
            0,
            0,
            null,
            0,
            0,
            divisor,
            rows,
            n);
    return sum / divisor;
  }

  /**
   * The loss of each element of a whole array, whatever the reduction.
   *
   * @param x the logits
   * @param targets the targets; as many as logits
   * @param losses receives the losses; as long as {@code x}, and may be {@code x} or {@code
   *     targets} itself
   * @throws IllegalArgumentException when the lengths differ
   */
  public void losses(double[] x, double[] targets, double[] losses) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("targets", Arguments.length("targets", targets), "x", n);
    Arguments.checkSameLength("losses", Arguments.length("losses", losses), "x", n);
    losses(x, 0, n, targets, 0, n, losses, 0, n, 1, n);
  }

  /**
   * The loss of each element of many rows, whatever the reduction.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the array that holds the targets
   * @param targetsOffset index of the first target of the first row
   * @param targetsStride distance from one row of {@code targets} to the next, at least n
   * @param losses receives the losses, weights included
   * @param lossesOffset index of the first loss of the first row
   * @param lossesStride distance from one row of {@code losses} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @throws IllegalArgumentException when there are weights, and not n
   */
  public void losses(
      double[] x,
      int xOffset,
      int xStride,
      double[] targets,
      int targetsOffset,
      int targetsStride,
      double[] losses,
      int lossesOffset,
      int lossesStride,
      int rows,
      int n) {
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("targets", targets, targetsOffset, targetsStride, rows, n);
    Arguments.checkRows("losses", losses, lossesOffset, lossesStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "losses", losses, lossesOffset, lossesStride, rows, n);
    Overlaps.checkSameOrApart(
        "targets",
        targets,
        targetsOffset,
        targetsStride,
        "losses",
        losses,
        lossesOffset,
        lossesStride,
        rows,
        n);
    checkWeightCounts(n);
    DoubleBinaryLosses.sum(
        x,
        xOffset,
        xStride,
        targets,
        targetsOffset,
        targetsStride,
        classWeights,
        positiveWeights,
        losses,
        lossesOffset,
        lossesStride,
        null,
        0,
        0,
        1,
        rows,
        n);
  }

  /**
   * The loss of a whole array as one row, and its gradient with respect to the logits.
   *
   * @param x the logits
   * @param targets the targets; as many as logits
   * @param gradient receives the gradient; as long as {@code x}, and may be {@code x} or {@code
   *     targets} itself
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when the lengths differ
   */
  public double lossAndGradient(double[] x, double[] targets, double[] gradient) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("targets", Arguments.length("targets", targets), "x", n);
    Arguments.checkSameLength("gradient", Arguments.length("gradient", gradient), "x", n);
    return lossAndGradient(x, 0, n, targets, 0, n, gradient, 0, n, 1, n);
  }

  /**
   * The loss of many rows, and its gradient with respect to the logits.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the array that holds the targets
   * @param targetsOffset index of the first target of the first row
   * @param targetsStride distance from one row of {@code targets} to the next, at least n
   * @param gradient receives the gradient
   * @param gradientOffset index of its first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when there are weights, and not n
   */
  public double lossAndGradient(
      double[] x,
      int xOffset,
      int xStride,
      double[] targets,
      int targetsOffset,
      int targetsStride,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("targets", targets, targetsOffset, targetsStride, rows, n);
    Arguments.checkRows("gradient", gradient, gradientOffset, gradientStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "gradient", gradient, gradientOffset, gradientStride, rows, n);
    Overlaps.checkSameOrApart(
        "targets",
        targets,
        targetsOffset,
        targetsStride,
        "gradient",
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
    checkWeightCounts(n);
    double divisor = divisor(rows, n);
    double sum =
        DoubleBinaryLosses.sum(
            x,
            xOffset,
            xStride,
            targets,
            targetsOffset,
            targetsStride,
            classWeights,
            positiveWeights,
            null,
            0,
            0,
            gradient,
            gradientOffset,
            gradientStride,
            divisor,
            rows,
            n);
    return sum / divisor;
  }
}
