package io.github.softlane.internal.passes;

import io.github.softlane.internal.arithmetic.Logistic;

/** The loops of the logistic function over a range of an array; all backends share them. */
public final class DoubleSigmoid {
  private DoubleSigmoid() {}

  /** {@code y = 1 / (1 + exp(-x))}. */
  public static void sigmoid(double[] x, int xOffset, double[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Logistic.sigmoid(x[xOffset + i]);
    }
  }

  /** {@code y = -log(1 + exp(-x))}, never -0. */
  public static void logSigmoid(double[] x, int xOffset, double[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (0 - Logistic.softplus(-x[xOffset + i]));
    }
  }
}
