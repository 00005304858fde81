package io.github.softlane.derivatives;

import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.DoubleReference;

/**
 * The derivatives of one row in two doubles, and what their errors are measured against. The row
 * has a finite maximum, the gradient no special value.
 */
final class DerivativeReference {
  private final double[] g;
  private final double temperature;
  private final int winner;
  private final DoubleDouble[] p;

  /** 1 - p, from the other entries. */
  private final DoubleDouble[] rest;

  private final DoubleDouble mean;
  private final DoubleDouble sum;
  private final double meanSize;
  private final double gSize;
  private final double differences;

  /**
   * @param winner the index of the entry that the others' gradients are taken relative to
   */
  DerivativeReference(double[] x, double[] g, int winner, double temperature) {
    int n = x.length;
    this.g = g;
    this.temperature = temperature;
    this.winner = winner;
    this.p = new DoubleDouble[n];
    this.rest = new DoubleDouble[n];
    DoubleReference softmax = new DoubleReference(x, 0, n, temperature);
    DoubleDouble mean = DoubleDouble.ZERO;
    DoubleDouble sum = DoubleDouble.ZERO;
    DoubleDouble others = DoubleDouble.ZERO;
    double meanSize = 0;
    double gSize = 0;
    double differences = 0;
    for (int i = 0; i < n; i++) {
      p[i] = softmax.softmax(i).value();
      DoubleDouble difference = DoubleDouble.difference(g[i], g[winner]);
      mean = mean.plus(p[i].times(difference));
      sum = sum.plus(DoubleDouble.of(g[i]));
      others = i == winner ? others : others.plus(p[i]);
      meanSize += p[i].hi() * Math.abs(difference.hi());
      gSize += Math.abs(g[i]);
      differences += Math.abs(difference.hi());
    }
    for (int i = 0; i < n; i++) {
      rest[i] = i == winner ? others : DoubleDouble.ONE.minus(p[i]);
    }
    this.mean = mean;
    this.sum = sum;
    this.meanSize = meanSize;
    this.gSize = gSize;
    this.differences = differences;
  }

  /** The exact entry of a result. */
  DoubleDouble exact(Derivative derivative, int at) {
    int n = p.length;
    return switch (derivative) {
      case SOFTMAX_PRODUCT -> over(product(at));
      case LOG_SOFTMAX_VJP -> {
        DoubleDouble own = DoubleDouble.of(g[at]);
        yield over(rest[at].times(own).minus(p[at].times(sum.minus(own))));
      }
      case LOG_SOFTMAX_JVP -> over(DoubleDouble.difference(g[at], g[winner]).minus(mean));
      case LOG_SUM_EXP_GRADIENT -> over(p[at]);
      case LOG_SUM_EXP_HVP -> over(over(product(at)));
      case SOFTMAX_JACOBIAN ->
          over(
              at / n == at % n
                  ? p[at / n].times(rest[at / n])
                  : DoubleDouble.ZERO.minus(p[at / n].times(p[at % n])));
      case LOG_SOFTMAX_JACOBIAN ->
          over(at / n == at % n ? rest[at / n] : DoubleDouble.ZERO.minus(p[at % n]));
    };
  }

  /** What an error is proportional to. */
  double size(Derivative derivative, int at) {
    return switch (derivative) {
      case SOFTMAX_PRODUCT -> p[at].hi() * spread(at) / temperature;
      case LOG_SOFTMAX_VJP ->
          (rest[at].hi() * Math.abs(g[at])
                  + p[at].hi() * Math.abs(sum.minus(DoubleDouble.of(g[at])).hi()))
              / temperature;
      case LOG_SOFTMAX_JVP -> spread(at) / temperature;
      case LOG_SUM_EXP_HVP -> p[at].hi() * spread(at) / temperature / temperature;
      case LOG_SUM_EXP_GRADIENT, SOFTMAX_JACOBIAN, LOG_SOFTMAX_JACOBIAN ->
          Math.abs(exact(derivative, at).hi());
    };
  }

  /** An error that remains where numbers underflow or sums cancel, in units of the type. */
  double least(Derivative derivative, int at, double unit, double smallest) {
    int n = p.length;
    double scale = Math.max(1, 1 / temperature);
    return switch (derivative) {
      case SOFTMAX_PRODUCT, LOG_SOFTMAX_JVP ->
          2 * smallest * (n + Math.abs(g[at] - g[winner]) + differences) * scale;
      case LOG_SOFTMAX_VJP ->
          n * unit * unit * p[at].hi() * gSize / temperature
              + 2 * smallest * (n + n * Math.abs(g[at]) + gSize) * scale;
      case LOG_SUM_EXP_HVP ->
          2 * smallest * (n + Math.abs(g[at] - g[winner]) + differences) * scale * scale;
      case LOG_SUM_EXP_GRADIENT, SOFTMAX_JACOBIAN, LOG_SOFTMAX_JACOBIAN -> 2 * n * smallest * scale;
    };
  }

  private DoubleDouble product(int at) {
    return p[at].times(DoubleDouble.difference(g[at], g[winner]).minus(mean));
  }

  private double spread(int at) {
    return Math.abs(g[at] - g[winner]) + meanSize;
  }

  private DoubleDouble over(DoubleDouble value) {
    return value.dividedBy(DoubleDouble.of(temperature));
  }
}
