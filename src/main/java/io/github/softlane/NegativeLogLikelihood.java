package io.github.softlane;

import io.github.softlane.internal.rows.LossOptions;
import java.util.Arrays;

/**
 * Negative log-likelihood of classes from rows of log-probabilities, and its gradient: what ONNX
 * {@code NegativeLogLikelihoodLoss} and PyTorch {@code nll_loss} compute, options included. {@link
 * CrossEntropy} computes the same from logits, more accurately and in one go.
 *
 * <p>Immutable and safe for use by many threads; each method of an option returns a changed copy.
 *
 * <p><b>Formula.</b> With the log-probabilities l of a row, its class t and the class weights w,
 * all 1 where there are none,
 *
 * <pre>
 *   loss        = -w[t] l[t]
 *   gradient[c] = -w[t] where c = t, else 0       with respect to the log-probabilities
 * </pre>
 *
 * <p><b>Reduction.</b> {@link Reduction#MEAN} divides the sum of the losses, and the gradient, by
 * the sum of {@code w[t]} over all rows that are not ignored. Where that is 0 (no rows, all
 * ignored, all weights 0) the mean is NaN, and so is the gradient at the class of every row that is
 * not ignored; the sum of no rows is 0.
 *
 * <p><b>Ignored rows.</b> Rows whose target is the ignore index have the loss 0 and the gradient 0,
 * and their log-probabilities are not read. The ignore index may lie outside [0, n). Without one,
 * no row is ignored.
 *
 * <p><b>Rows</b>, in-place rules and errors are those of {@link CrossEntropy}, with the
 * log-probabilities in place of the logits.
 *
 * <p><b>Special values.</b> A log-probability of -inf has the loss +inf, of NaN the loss NaN; a
 * weight of 0 gives 0 whatever the log-probability. Others than that of the class are not read.
 *
 * <p><b>Accuracy.</b> A loss of a row is the product, rounded once to the type. The sum is taken in
 * double with compensation.
 *
 * <p>No call allocates. Nothing here depends on the backend.
 */
public final class NegativeLogLikelihood {
  private final Reduction reduction;
  private final boolean ignores;
  private final int ignoreIndex;
  private final LossOptions options;

  private NegativeLogLikelihood(
      Reduction reduction, boolean ignores, int ignoreIndex, LossOptions options) {
    this.reduction = reduction;
    this.ignores = ignores;
    this.ignoreIndex = ignoreIndex;
    this.options = options;
  }

  /**
   * Negative log-likelihood with this reduction, no ignore index and no weights.
   *
   * @param reduction what becomes of the losses of a batch
   * @return the loss, for any number of calls
   */
  public static NegativeLogLikelihood of(Reduction reduction) {
    if (reduction == null) {
      throw new NullPointerException("reduction is null");
    }
    return new NegativeLogLikelihood(reduction, false, 0, new LossOptions(1, 0, null));
  }

  /**
   * The same, but rows with this target count for nothing.
   *
   * @param index any number, a class or not
   * @return a changed copy
   */
  public NegativeLogLikelihood ignoreIndex(int index) {
    return new NegativeLogLikelihood(reduction, true, index, options);
  }

  /**
   * The same with a weight for each class.
   *
   * @param weights as many as classes, each finite and 0 or more; copied
   * @return a changed copy
   */
  public NegativeLogLikelihood classWeights(double[] weights) {
    LossOptions changed = options.weights(LossArguments.checkedWeights(weights));
    return new NegativeLogLikelihood(reduction, ignores, ignoreIndex, changed);
  }

  private boolean ignored(int target) {
    return ignores && target == ignoreIndex;
  }

  // Log-probabilities of float.

  /**
   * The loss of a batch.
   *
   * @param x the array that holds the log-probabilities
   * @param xOffset index of the first of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the class of each row
   * @param targetsOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when a target is neither a class nor the ignore index
   */
  public double loss(
      float[] x, int xOffset, int xStride, int[] targets, int targetsOffset, int rows, int n) {
    LossArguments.checkReduced(reduction, "loss");
    return run(x, xOffset, xStride, targets, targetsOffset, null, 0, null, 0, 0, rows, n);
  }

  /**
   * The loss of each row of a batch, whatever the reduction.
   *
   * @param x the array that holds the log-probabilities
   * @param xOffset index of the first of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the class of each row
   * @param targetsOffset index of that of the first row
   * @param losses receives the losses, times the weight of the target, 0 where ignored
   * @param lossesOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @throws IllegalArgumentException when a target is neither a class nor the ignore index
   */
  public void losses(
      float[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      float[] losses,
      int lossesOffset,
      int rows,
      int n) {
    Arguments.length("losses", losses);
    run(x, xOffset, xStride, targets, targetsOffset, losses, lossesOffset, null, 0, 0, rows, n);
  }

  /**
   * The loss of a batch and its gradient with respect to the log-probabilities.
   *
   * @param x the array that holds the log-probabilities
   * @param xOffset index of the first of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the class of each row
   * @param targetsOffset index of that of the first row
   * @param gradient receives the gradient; may be {@code x} with the same offset and stride
   * @param gradientOffset index of the first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when a target is neither a class nor the ignore index
   */
  public double lossAndGradient(
      float[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.length("gradient", gradient);
    return run(
        x,
        xOffset,
        xStride,
        targets,
        targetsOffset,
        null,
        0,
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }

  /** Losses and gradient go where there is an array for them. */
  private double run(
      float[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      float[] losses,
      int lossesOffset,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    LossArguments.checkLogits(x, xOffset, xStride, rows, n);
    double weight =
        LossArguments.checkedWeight(targets, targetsOffset, rows, n, options, ignores, ignoreIndex);
    if (losses != null) {
      LossArguments.checkLosses(x, xOffset, xStride, losses, lossesOffset, rows, n);
    }
    if (gradient != null) {
      LossArguments.checkGradient(
          x, xOffset, xStride, gradient, gradientOffset, gradientStride, rows, n);
    }
    double divisor = LossSum.divisor(reduction, weight);
    double sum = 0;
    double lost = 0;
    for (int row = 0; row < rows; row++) {
      int gi = gradientOffset + row * gradientStride;
      int target = targets[targetsOffset + row];
      boolean counts = !ignored(target);
      double share = counts ? options.weight(target) : 0;
      double loss = share == 0 ? 0 : 0 - share * x[xOffset + row * xStride + target];
      if (gradient != null) {
        Arrays.fill(gradient, gi, gi + n, 0);
        if (counts) {
          gradient[gi + target] = (float) (0 - share / divisor);
        }
      }
      if (losses != null) {
        losses[lossesOffset + row] = (float) loss;
      }
      lost += LossSum.error(sum, loss);
      sum += loss;
    }
    return LossSum.reduced(reduction, sum, lost, weight);
  }

  // Log-probabilities of double.

  /**
   * The loss of a batch.
   *
   * @param x the array that holds the log-probabilities
   * @param xOffset index of the first of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the class of each row
   * @param targetsOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when a target is neither a class nor the ignore index
   */
  public double loss(
      double[] x, int xOffset, int xStride, int[] targets, int targetsOffset, int rows, int n) {
    LossArguments.checkReduced(reduction, "loss");
    return run(x, xOffset, xStride, targets, targetsOffset, null, 0, null, 0, 0, rows, n);
  }

  /**
   * The loss of each row of a batch, whatever the reduction.
   *
   * @param x the array that holds the log-probabilities
   * @param xOffset index of the first of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the class of each row
   * @param targetsOffset index of that of the first row
   * @param losses receives the losses, times the weight of the target, 0 where ignored
   * @param lossesOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @throws IllegalArgumentException when a target is neither a class nor the ignore index
   */
  public void losses(
      double[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      double[] losses,
      int lossesOffset,
      int rows,
      int n) {
    Arguments.length("losses", losses);
    run(x, xOffset, xStride, targets, targetsOffset, losses, lossesOffset, null, 0, 0, rows, n);
  }

  /**
   * The loss of a batch and its gradient with respect to the log-probabilities.
   *
   * @param x the array that holds the log-probabilities
   * @param xOffset index of the first of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param targets the class of each row
   * @param targetsOffset index of that of the first row
   * @param gradient receives the gradient; may be {@code x} with the same offset and stride
   * @param gradientOffset index of the first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when a target is neither a class nor the ignore index
   */
  public double lossAndGradient(
      double[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.length("gradient", gradient);
    return run(
        x,
        xOffset,
        xStride,
        targets,
        targetsOffset,
        null,
        0,
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }

  /** Losses and gradient go where there is an array for them. */
  private double run(
      double[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      double[] losses,
      int lossesOffset,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    LossArguments.checkLogits(x, xOffset, xStride, rows, n);
    double weight =
        LossArguments.checkedWeight(targets, targetsOffset, rows, n, options, ignores, ignoreIndex);
    if (losses != null) {
      LossArguments.checkLosses(x, xOffset, xStride, losses, lossesOffset, rows, n);
    }
    if (gradient != null) {
      LossArguments.checkGradient(
          x, xOffset, xStride, gradient, gradientOffset, gradientStride, rows, n);
    }
    double divisor = LossSum.divisor(reduction, weight);
    double sum = 0;
    double lost = 0;
    for (int row = 0; row < rows; row++) {
      int gi = gradientOffset + row * gradientStride;
      int target = targets[targetsOffset + row];
      boolean counts = !ignored(target);
      double share = counts ? options.weight(target) : 0;
      double loss = share == 0 ? 0 : 0 - share * x[xOffset + row * xStride + target];
      if (gradient != null) {
        Arrays.fill(gradient, gi, gi + n, 0);
        if (counts) {
          gradient[gi + target] = 0 - share / divisor;
        }
      }
      if (losses != null) {
        losses[lossesOffset + row] = loss;
      }
      lost += LossSum.error(sum, loss);
      sum += loss;
    }
    return LossSum.reduced(reduction, sum, lost, weight);
  }
}
