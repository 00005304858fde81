package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.FloatExp;

/** What defines the loss of a row beside its logits and its target, made once for many calls. */
public final class LossOptions {
  /** T: finite and above 0. */
  public final double temperature;

  /** The share of the target that is spread evenly over all classes, in [0, 1]. */
  public final double smoothing;

  /** One weight a class, finite and not negative; null where all are 1. */
  final double[] weights;

  /** The constants of the temperature, null where it has none. */
  final FloatExp floats;

  /** The constants of the temperature, null where it has none. */
  final DoubleExp doubles;

  /** The weights are the caller's own copy: nobody writes to them any more. */
  public LossOptions(double temperature, double smoothing, double[] weights) {
    this.temperature = temperature;
    this.smoothing = smoothing;
    this.weights = weights;
    this.floats = FloatExp.covers(temperature) ? FloatExp.of(temperature) : null;
    this.doubles = DoubleExp.covers(temperature) ? DoubleExp.of(temperature) : null;
  }

  /** The same at another temperature. */
  public LossOptions temperature(double other) {
    return new LossOptions(other, smoothing, weights);
  }

  /** The same with another smoothing. */
  public LossOptions smoothing(double other) {
    return new LossOptions(temperature, other, weights);
  }

  /** The same with other weights. */
  public LossOptions weights(double[] others) {
    return new LossOptions(temperature, smoothing, others);
  }

  /** The number of class weights, or -1 where there are none. */
  public int weightCount() {
    return weights == null ? -1 : weights.length;
  }

  /** The weight of a class. */
  public double weight(int index) {
    return weights == null ? 1 : weights[index];
  }
}
