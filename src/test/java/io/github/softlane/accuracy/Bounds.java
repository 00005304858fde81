package io.github.softlane.accuracy;

/**
 * The documented bounds, each as a share: 1 is an error as large as the bound allows.
 *
 * <p>Softmax: 2 ULP. Log-softmax: 2 ULP, or half an ULP of 1 in absolute terms where that is
 * larger. Log-sum-exp: 1 ULP; where it lies in (-1, 1), half an ULP of 1 in absolute terms if that
 * is larger; but where the maximum of the row is 0, 2 ULP whatever the size of the result.
 */
public final class Bounds {
  private static final double FLOAT_UNIT = 0x1p-24;
  private static final double DOUBLE_UNIT = 0x1p-53;

  private Bounds() {}

  public static double softmax(float actual, double exact) {
    return Ulp.error(actual, exact) / 2;
  }

  public static double softmax(double actual, double exact, double exactLo) {
    return Ulp.error(actual, exact, exactLo) / 2;
  }

  /** For an exact value of any size. */
  public static double softmax(double actual, DoubleDouble.Scaled exact) {
    return Ulp.error(actual, exact) / 2;
  }

  public static double logSoftmax(float actual, double exact) {
    return share(Ulp.distance(actual, exact), 2 * Ulp.ofFloat(exact), FLOAT_UNIT);
  }

  public static double logSoftmax(double actual, double exact, double exactLo) {
    return share(
        Ulp.distance(actual, exact, exactLo), 2 * Ulp.ofDouble(exact, exactLo), DOUBLE_UNIT);
  }

  public static double logSumExp(float actual, double exact, boolean maxIsZero) {
    return logSumExp(Ulp.distance(actual, exact), exact, Ulp.ofFloat(exact), FLOAT_UNIT, maxIsZero);
  }

  public static double logSumExp(double actual, double exact, double exactLo, boolean maxIsZero) {
    return logSumExp(
        Ulp.distance(actual, exact, exactLo),
        exact,
        Ulp.ofDouble(exact, exactLo),
        DOUBLE_UNIT,
        maxIsZero);
  }

  /** For an exact value of any size. */
  public static double logSumExp(double actual, DoubleDouble.Scaled exact, boolean maxIsZero) {
    DoubleDouble value = exact.value();
    return maxIsZero && Math.abs(value.hi()) < 1
        ? Ulp.error(actual, exact) / 2
        : logSumExp(actual, value.hi(), value.lo(), maxIsZero);
  }

  private static double logSumExp(
      double distance, double exact, double ulp, double unit, boolean maxIsZero) {
    if (Math.abs(exact) >= 1) {
      return distance / ulp;
    }
    return maxIsZero ? distance / (2 * ulp) : share(distance, ulp, unit);
  }

  private static double share(double distance, double relative, double absolute) {
    return distance / Math.max(relative, absolute);
  }
}
