package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;

/** Plain code that also has cross-entropy with its gradient. */
interface LossKernel extends Kernel {

  /**
   * The loss of one row and the gradient of its share of a mean.
   *
   * @param target the class
   * @param rows how many rows the mean is over
   * @return the loss, not divided
   */
  float crossEntropy(float[] x, int xOffset, int target, float[] y, int yOffset, int n, int rows);

  double crossEntropy(
      double[] x, int xOffset, int target, double[] y, int yOffset, int n, int rows);
}
