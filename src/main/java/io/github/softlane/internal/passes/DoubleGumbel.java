package io.github.softlane.internal.passes;

import io.github.softlane.internal.arithmetic.Gumbel;
import java.util.random.RandomGenerator;

/** The loops of Gumbel-softmax beside the softmax itself; all backends share them. */
public final class DoubleGumbel {
  private DoubleGumbel() {}

  /** {@code y = x + noise}: one {@code nextLong()} for each element, in order. */
  public static void perturb(
      double[] x, int xOffset, double[] y, int yOffset, int n, RandomGenerator random) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (x[xOffset + i] + Gumbel.variate(random.nextLong()));
    }
  }

  /** {@code gradX = y (gradY - sum(y gradY)) / T}; the sum keeps the errors of its additions. */
  public static void softmaxVjp(
      double[] y,
      int yOffset,
      double[] gradY,
      int gradYOffset,
      double[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    double sum = 0;
    double error = 0;
    for (int i = 0; i < n; i++) {
      double p = y[yOffset + i];
      if (p != 0) {
        double g = gradY[gradYOffset + i];
        double term = p * g;
        double next = sum + term;
        double part = next - sum;
        error += (sum - (next - part)) + (term - part);
        sum = next;
      }
    }
    double mean = sum + error;
    // At T = 0 the results do not change with the logits either, but where they jump.
    double scale = temperature == 0 ? Double.POSITIVE_INFINITY : temperature;
    for (int i = 0; i < n; i++) {
      double p = y[yOffset + i];
      double product = p * (gradY[gradYOffset + i] - mean) / scale;
      gradX[gradXOffset + i] = (p > 0 ? product + 0.0 : p * 0);
    }
  }
}
