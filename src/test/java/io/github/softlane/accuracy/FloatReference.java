package io.github.softlane.accuracy;

/**
 * The three operations on one row of {@code float}, in double: exact to about 1e-14, which is 1e-7
 * of a {@code float}'s ULP, for a row with a finite maximum.
 *
 * <p>Differences to the maximum are taken in double and the terms below the largest summed with
 * compensation, so that neither cancels.
 */
public final class FloatReference {
  private final float[] x;
  private final int offset;
  private final double temperature;
  private final double max;
  private final double logOverMax;
  private final double sum;

  public FloatReference(float[] x, int offset, int n, double temperature) {
    this.x = x;
    this.offset = offset;
    this.temperature = temperature;
    int winner = offset;
    for (int i = offset; i < offset + n; i++) {
      winner = x[i] > x[winner] ? i : winner;
    }
    this.max = x[winner];
    double rest = 0;
    double lost = 0;
    for (int i = offset; i < offset + n; i++) {
      if (i != winner) {
        double e = Math.exp(quotient(x[i]));
        double next = rest + e;
        lost += rest >= e ? (rest - next) + e : (e - next) + rest;
        rest = next;
      }
    }
    this.sum = 1 + (rest + lost);
    this.logOverMax = Math.log1p(rest + lost);
  }

  public double softmax(int i) {
    return Math.exp(quotient(x[offset + i])) / sum;
  }

  public double logSoftmax(int i) {
    return quotient(x[offset + i]) - logOverMax;
  }

  public double logSumExp() {
    return max / temperature + logOverMax;
  }

  public boolean maxIsZero() {
    return max == 0;
  }

  private double quotient(double logit) {
    return (logit - max) / temperature;
  }
}
