package io.github.softlane;

/**
 * The kernel of a dispatcher that chooses by itself: each call goes to the backend that serves at
 * that moment, first the scalar one and the vectors once they are compiled; see {@link WarmUp}.
 */
final class BestKernel implements Kernel {
  @Override
  public String name() {
    return WarmUp.choice().name();
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    Kernels.selected().softmax(x, xOffset, y, yOffset, n);
  }

  @Override
  public void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    Kernels.selected().logSoftmax(x, xOffset, y, yOffset, n);
  }

  @Override
  public float logSumExp(float[] x, int xOffset, int n) {
    return Kernels.selected().logSumExp(x, xOffset, n);
  }

  @Override
  public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    Kernels.selected().softmax(x, xOffset, y, yOffset, n);
  }

  @Override
  public void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    Kernels.selected().logSoftmax(x, xOffset, y, yOffset, n);
  }

  @Override
  public double logSumExp(double[] x, int xOffset, int n) {
    return Kernels.selected().logSumExp(x, xOffset, n);
  }
}
