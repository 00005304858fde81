package io.github.softlane.calibration;

import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.DoubleReference;
import java.util.Arrays;
import java.util.Random;

/**
 * Rows of logits with labels, of values that are floats, and what is true of them, to about 100
 * bits.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HeldOut(double[] x, int[] targets, int n) {

  /**
   * Rows whose labels are drawn from their softmax at a temperature: that one is near the optimum.
   */
  static HeldOut drawn(int rows, int n, double scale, double temperature, long seed) {
    Random random = new Random(seed);
    double[] x = new double[rows * n];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (scale * random.nextGaussian());
    }
    int[] targets = new int[rows];
    for (int row = 0; row < rows; row++) {
      // The largest of the logits with Gumbel noise is a draw from their softmax.
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        double noisy =
            x[row * n + i] / temperature - Math.log(-Math.log(1 - random.nextDouble() * 0.999999));
        if (noisy > best) {
          best = noisy;
          targets[row] = i;
        }
      }
    }
    return new HeldOut(x, targets, n);
  }

  HeldOut times(double factor) {
    return new HeldOut(Arrays.stream(x).map(logit -> logit * factor).toArray(), targets, n);
  }

  float[] floats() {
    float[] floats = new float[x.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) x[i];
    }
    return floats;
  }

  int rows() {
    return targets.length;
  }

  /** The mean loss. */
  DoubleDouble loss(double temperature) {
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int row = 0; row < rows(); row++) {
      sum = sum.minus(new DoubleReference(x, row * n, n, temperature).logSoftmax(targets[row]));
    }
    return sum.dividedBy(DoubleDouble.of(rows()));
  }

  /** The probability of one class in one row. */
  DoubleDouble probability(int row, int i, double temperature) {
    DoubleDouble.Scaled p = new DoubleReference(x, row * n, n, temperature).softmax(i);
    return p.power() < -900 ? DoubleDouble.ZERO : p.value();
  }

  /** The mean of the sums of squares. */
  DoubleDouble brierScore(double temperature) {
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int row = 0; row < rows(); row++) {
      DoubleDouble miss = DoubleDouble.ZERO;
      for (int i = 0; i < n; i++) {
        if (i != targets[row]) {
          DoubleDouble p = probability(row, i, temperature);
          sum = sum.plus(p.times(p));
          miss = miss.plus(p);
        }
      }
      sum = sum.plus(miss.times(miss));
    }
    return sum.dividedBy(DoubleDouble.of(rows()));
  }

  /** The first of the largest logits of a row. */
  int prediction(int row) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      best = x[row * n + i] > x[row * n + best] ? i : best;
    }
    return best;
  }
}
