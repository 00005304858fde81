package io.github.softlane.internal.arithmetic;

/**
 * Binary cross-entropy from one logit z, its target t and the weight w of the positive class.
 *
 * <p>With {@code a = w t}, {@code b = 1 - t} and {@code log(1 + exp(z)) = max(z, 0) + log(1 +
 * exp(-|z|))} the loss is
 *
 * <pre>
 *   a log(1 + exp(-z)) + b log(1 + exp(z)) = (a + b) log(1 + exp(-|z|)) + |z| (a if z is below 0, else b)
 * </pre>
 *
 * <p>and for targets in [0, 1] all terms have one sign. The textbook form (1 - t) z + (a + b) log(1
 * + exp(-z)) cancels where z is far below 0.
 */
public final class BinaryLoss {
  private BinaryLoss() {}

  /** The loss. A term whose factor is 0 counts for nothing, also where z is infinite. */
  public static double loss(double z, double target, double positiveWeight) {
    double a = positiveWeight * target;
    double b = 1 - target;
    double factor = z < 0 ? a : b;
    double linear = factor == 0 ? 0 : factor * Math.abs(z);
    return (a + b) * Logistic.softplus(-Math.abs(z)) + linear;
  }

  /**
   * Its derivative by z, {@code b sigmoid(z) - a sigmoid(-z)}: both terms are relatively accurate,
   * so that nothing is lost where the target is 0 or 1 and the probability near it.
   */
  public static double gradient(double z, double target, double positiveWeight) {
    double a = positiveWeight * target;
    double b = 1 - target;
    return b * Logistic.sigmoid(z) - a * Logistic.sigmoid(-z);
  }
}
