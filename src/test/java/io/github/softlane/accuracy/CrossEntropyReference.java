package io.github.softlane.accuracy;

/**
 * Cross-entropy of one row and its gradient to about 100 bits, by the formula of the documentation,
 * for a row with a finite maximum.
 */
final class CrossEntropyReference {
  /** Small numbers are kept so many powers too large, so that their low parts are no subnormals. */
  private static final int LIFT = 300;

  private final DoubleReference row;
  private final DoubleDouble[] q;
  private final DoubleDouble shares;
  private final double temperature;

  /**
   * @param target the class, or -1
   * @param soft the soft targets, or null
   * @param weights of the classes, or null
   */
  CrossEntropyReference(
      double[] x,
      double temperature,
      int target,
      double[] soft,
      double[] weights,
      double smoothing) {
    int n = x.length;
    this.row = new DoubleReference(x, 0, n, temperature);
    this.temperature = temperature;
    this.q = new DoubleDouble[n];
    DoubleDouble all = DoubleDouble.ZERO;
    DoubleDouble even = DoubleDouble.of(smoothing).dividedBy(DoubleDouble.of(n));
    DoubleDouble keep = DoubleDouble.difference(1, smoothing);
    for (int i = 0; i < n; i++) {
      double own = soft != null ? soft[i] : i == target ? 1 : 0;
      q[i] = keep.times(own).plus(even).times(weights == null ? 1 : weights[i]);
      all = all.plus(q[i]);
    }
    this.shares = all;
  }

  /** The loss, not divided. */
  DoubleDouble loss() {
    DoubleDouble loss = DoubleDouble.ZERO;
    for (int i = 0; i < q.length; i++) {
      if (q[i].hi() != 0) {
        DoubleDouble logP = row.logSoftmax(i);
        if (Double.isInfinite(logP.hi())) {
          return DoubleDouble.of(-logP.hi());
        }
        loss = loss.minus(q[i].times(logP));
      }
    }
    return loss;
  }

  /** An element of the gradient, not divided. */
  DoubleDouble gradient(int i) {
    if (q[i].hi() == 0) {
      // In the smallest binades a power of two in time would cost the low bits.
      DoubleDouble.Scaled p = row.softmax(i);
      return p.fraction().times(shares).dividedBy(DoubleDouble.of(temperature)).scaled(p.power());
    }
    DoubleDouble slope =
        row.logSoftmax(i).hi() < -0.5
            ? shares.times(row.softmax(i).value()).minus(q[i]).scaled(LIFT)
            : shares.minus(q[i]).scaled(LIFT).minus(shares.times(liftedOthers(i)));
    return slope.dividedBy(DoubleDouble.of(temperature)).scaled(-LIFT);
  }

  /** The larger of the two terms of an element of the gradient. */
  double size(int i) {
    return Math.max(shares.hi() * row.softmax(i).value().hi(), q[i].hi()) / temperature;
  }

  /** The sum of all other probabilities: 1 - p without cancellation. */
  private DoubleDouble liftedOthers(int i) {
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int other = 0; other < q.length; other++) {
      if (other != i) {
        DoubleDouble.Scaled p = row.softmax(other);
        sum = sum.plus(p.fraction().scaled(p.power() + LIFT));
      }
    }
    return sum;
  }
}
