package io.github.softlane.accuracy;

/**
 * The three operations on one row of {@code double}, to about 100 bits, for a row with a finite
 * maximum.
 */
public final class DoubleReference {
  /** Sums are kept so many powers of two too large, so that their low parts are no subnormals. */
  private static final int LIFT = 900;

  /** exp of less is 0 for every purpose. */
  private static final double NOTHING = -1500;

  /** A rest below this times 2^LIFT is its own log1p to 100 bits. */
  private static final double OWN_LOG = 0x1p-110;

  private final double[] x;
  private final int offset;
  private final double temperature;
  private final double max;
  private final DoubleDouble.Scaled[] exps;
  private final DoubleDouble sum;
  private final DoubleDouble.Scaled logOverMax;

  public DoubleReference(double[] x, int offset, int n, double temperature) {
    this.x = x;
    this.offset = offset;
    this.temperature = temperature;
    int winner = offset;
    for (int i = offset; i < offset + n; i++) {
      winner = x[i] > x[winner] ? i : winner;
    }
    this.max = x[winner];
    this.exps = new DoubleDouble.Scaled[n];
    DoubleDouble lifted = DoubleDouble.ZERO;
    for (int i = offset; i < offset + n; i++) {
      DoubleDouble.Scaled e = exp(i);
      exps[i - offset] = e;
      if (i != winner) {
        lifted = lifted.plus(e.fraction().scaled(e.power() + LIFT));
      }
    }
    DoubleDouble rest = lifted.scaled(-LIFT);
    this.sum = DoubleDouble.ONE.plus(rest);
    this.logOverMax =
        rest.hi() < OWN_LOG
            ? new DoubleDouble.Scaled(lifted, -LIFT)
            : new DoubleDouble.Scaled(log(sum, rest), 0);
  }

  /** log1p covers half of the range, with relative accuracy. */
  private static DoubleDouble log(DoubleDouble sum, DoubleDouble rest) {
    return rest.hi() < 0.5 ? rest.log1p() : sum.log();
  }

  public DoubleDouble.Scaled softmax(int i) {
    DoubleDouble.Scaled e = exps[i];
    return new DoubleDouble.Scaled(e.fraction().dividedBy(sum), e.power());
  }

  /** In two parts; hi is -inf at a masked entry and where the quotient overflows. */
  public DoubleDouble logSoftmax(int i) {
    DoubleDouble quotient = quotient(x[offset + i], max);
    return Double.isInfinite(quotient.hi()) ? quotient : quotient.minus(logOverMax.value());
  }

  public DoubleDouble.Scaled logSumExp() {
    if (max == 0) {
      return logOverMax;
    }
    DoubleDouble quotient = quotient(max, 0);
    return new DoubleDouble.Scaled(
        Double.isInfinite(quotient.hi()) ? quotient : quotient.plus(logOverMax.value()), 0);
  }

  public boolean maxIsZero() {
    return max == 0;
  }

  /** {@code (a - b) / T}; an infinity, with nothing beside it, where it overflows. */
  private DoubleDouble quotient(double a, double b) {
    // A quarter of both where the difference of finite numbers may overflow; exact for T above 1.
    double range = temperature > 1 ? 0.25 : 1;
    DoubleDouble difference = DoubleDouble.difference(a * range, b * range);
    double rounded = difference.hi() / (temperature * range);
    return Double.isInfinite(rounded)
        ? DoubleDouble.of(rounded)
        : difference.dividedBy(DoubleDouble.of(temperature * range));
  }

  private DoubleDouble.Scaled exp(int i) {
    DoubleDouble quotient = quotient(x[i], max);
    return quotient.hi() < NOTHING ? new DoubleDouble.Scaled(DoubleDouble.ZERO, 0) : quotient.exp();
  }
}
