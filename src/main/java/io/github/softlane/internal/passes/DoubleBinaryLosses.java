package io.github.softlane.internal.passes;

import io.github.softlane.internal.arithmetic.BinaryLoss;

/** The loop of binary cross-entropy over rows of logits and targets; all backends share it. */
public final class DoubleBinaryLosses {
  private DoubleBinaryLosses() {}

  /**
   * The sum of all losses, row by row and in the order of the elements, with the errors of its
   * additions.
   *
   * @param classWeights the weight of each element of a row, or null
   * @param positiveWeights the weight of each positive class, or null
   * @param losses receives the loss of each element, or null
   * @param gradient receives the gradient, or null
   * @param divisor what the gradient is divided by
   */
  public static double sum(
      double[] x,
      int xOffset,
      int xStride,
      double[] targets,
      int targetsOffset,
      int targetsStride,
      double[] classWeights,
      double[] positiveWeights,
      double[] losses,
      int lossesOffset,
      int lossesStride,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      double divisor,
      int rows,
      int n) {
    double sum = 0;
    double error = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < n; i++) {
        double z = x[xOffset + row * xStride + i];
        double target = targets[targetsOffset + row * targetsStride + i];
        double weight = classWeights == null ? 1 : classWeights[i];
        double positiveWeight = positiveWeights == null ? 1 : positiveWeights[i];
        double loss = weight * BinaryLoss.loss(z, target, positiveWeight);
        if (losses != null) {
          losses[lossesOffset + row * lossesStride + i] = loss;
        }
        if (gradient != null) {
          double slope = weight * BinaryLoss.gradient(z, target, positiveWeight);
          gradient[gradientOffset + row * gradientStride + i] = (slope / divisor);
        }
        double next = sum + loss;
        double part = next - sum;
        error += (sum - (next - part)) + (loss - part);
        sum = next;
      }
    }
    return Double.isInfinite(sum) ? sum : sum + error;
  }
}
