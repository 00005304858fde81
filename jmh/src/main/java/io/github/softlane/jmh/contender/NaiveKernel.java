package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;
import java.util.Arrays;

/**
 * The loop that most Java code has: {@link Math#exp} of each logit less the maximum, in three
 * passes, and sorting for sparsemax. The yardstick of the benchmarks; it has none of the guarantees
 * of a {@link Kernel} but agrees with them on finite logits.
 */
public final class NaiveKernel implements LossKernel, SparseKernel {
  static final String NAME = "naive";

  /** Stateless. */
  public NaiveKernel() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    float max = max(x, xOffset, n);
    float sum = 0;
    for (int i = 0; i < n; i++) {
      float e = (float) Math.exp(x[xOffset + i] - max);
      y[yOffset + i] = e;
      sum += e;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] /= sum;
    }
  }

  @Override
  public void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    float logSumExp = logSumExp(x, xOffset, n);
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - logSumExp;
    }
  }

  @Override
  public float logSumExp(float[] x, int xOffset, int n) {
    float max = max(x, xOffset, n);
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (float) Math.exp(x[xOffset + i] - max);
    }
    return max + (float) Math.log(sum);
  }

  @Override
  public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    double max = max(x, xOffset, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double e = Math.exp(x[xOffset + i] - max);
      y[yOffset + i] = e;
      sum += e;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] /= sum;
    }
  }

  @Override
  public void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    double logSumExp = logSumExp(x, xOffset, n);
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - logSumExp;
    }
  }

  @Override
  public double logSumExp(double[] x, int xOffset, int n) {
    double max = max(x, xOffset, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(x[xOffset + i] - max);
    }
    return max + Math.log(sum);
  }

  @Override
  public float crossEntropy(
      float[] x, int xOffset, int target, float[] y, int yOffset, int n, int rows) {
    float max = max(x, xOffset, n);
    // Kept before the row is written: it may be the same.
    float goal = x[xOffset + target];
    float sum = 0;
    for (int i = 0; i < n; i++) {
      float e = (float) Math.exp(x[xOffset + i] - max);
      y[yOffset + i] = e;
      sum += e;
    }
    float divisor = sum * rows;
    for (int i = 0; i < n; i++) {
      y[yOffset + i] /= divisor;
    }
    y[yOffset + target] -= 1.0f / rows;
    return (float) Math.log(sum) + max - goal;
  }

  @Override
  public double crossEntropy(
      double[] x, int xOffset, int target, double[] y, int yOffset, int n, int rows) {
    double max = max(x, xOffset, n);
    // Kept before the row is written: it may be the same.
    double goal = x[xOffset + target];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double e = Math.exp(x[xOffset + i] - max);
      y[yOffset + i] = e;
      sum += e;
    }
    double divisor = sum * rows;
    for (int i = 0; i < n; i++) {
      y[yOffset + i] /= divisor;
    }
    y[yOffset + target] -= 1.0 / rows;
    return Math.log(sum) + max - goal;
  }

  /** By sorting, as in the paper. */
  @Override
  public void sparsemax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    float[] sorted = Arrays.copyOfRange(x, xOffset, xOffset + n);
    Arrays.sort(sorted);
    float sum = 0;
    int support = 0;
    for (int i = n - 1; i >= 0 && 1 + (support + 1) * sorted[i] > sum + sorted[i]; i--) {
      sum += sorted[i];
      support++;
    }
    float threshold = (sum - 1) / support;
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i] - threshold, 0);
    }
  }

  /** By sorting, as in the paper. */
  @Override
  public void sparsemax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    double[] sorted = Arrays.copyOfRange(x, xOffset, xOffset + n);
    Arrays.sort(sorted);
    double sum = 0;
    int support = 0;
    for (int i = n - 1; i >= 0 && 1 + (support + 1) * sorted[i] > sum + sorted[i]; i--) {
      sum += sorted[i];
      support++;
    }
    double threshold = (sum - 1) / support;
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i] - threshold, 0);
    }
  }

  private static float max(float[] x, int offset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }

  private static double max(double[] x, int offset, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }
}
