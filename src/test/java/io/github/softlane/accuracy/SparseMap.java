package io.github.softlane.accuracy;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.rows.DoubleEntmax15;
import io.github.softlane.internal.rows.DoubleSparsemax;
import io.github.softlane.internal.rows.FloatEntmax15;
import io.github.softlane.internal.rows.FloatSparsemax;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The sparse alternatives to softmax on a backend, and their results from sorted digits. */
public enum SparseMap {
  SPARSEMAX {
    @Override
    public int apply(Backend b, float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
      return FloatSparsemax.sparsemax(b.floats(), t, x, xOffset, y, yOffset, n);
    }

    @Override
    public int apply(Backend b, double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
      return DoubleSparsemax.sparsemax(b.doubles(), t, x, xOffset, y, yOffset, n);
    }

    @Override
    public double threshold(Backend b, float[] x, double t) {
      return FloatSparsemax.threshold(b.floats(), t, x, 0, x.length);
    }

    @Override
    public double threshold(Backend b, double[] x, double t) {
      return DoubleSparsemax.threshold(b.doubles(), t, x, 0, x.length);
    }

    @Override
    BigDecimal units() {
      return BigDecimal.ONE;
    }

    @Override
    BigDecimal threshold(List<BigDecimal> sorted) {
      BigDecimal sum = BigDecimal.ONE.negate();
      BigDecimal tau = null;
      for (int k = 0; k < sorted.size(); k++) {
        sum = sum.add(sorted.get(k));
        BigDecimal candidate = sum.divide(BigDecimal.valueOf(k + 1L), DoubleDouble.DIGITS);
        if (candidate.compareTo(sorted.get(k)) >= 0) {
          break;
        }
        tau = candidate;
      }
      return tau;
    }

    @Override
    BigDecimal share(BigDecimal overTau) {
      return overTau;
    }
  },

  ENTMAX15 {
    @Override
    public int apply(Backend b, float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
      return FloatEntmax15.entmax15(b.floats(), t, x, xOffset, y, yOffset, n);
    }

    @Override
    public int apply(Backend b, double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
      return DoubleEntmax15.entmax15(b.doubles(), t, x, xOffset, y, yOffset, n);
    }

    @Override
    public double threshold(Backend b, float[] x, double t) {
      return FloatEntmax15.threshold(b.floats(), t, x, 0, x.length);
    }

    @Override
    public double threshold(Backend b, double[] x, double t) {
      return DoubleEntmax15.threshold(b.doubles(), t, x, 0, x.length);
    }

    @Override
    BigDecimal units() {
      return BigDecimal.TWO;
    }

    @Override
    BigDecimal threshold(List<BigDecimal> sorted) {
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      BigDecimal tau = null;
      for (int i = 0; i < sorted.size(); i++) {
        BigDecimal k = BigDecimal.valueOf(i + 1L);
        sum = sum.add(sorted.get(i));
        squares = squares.add(sorted.get(i).multiply(sorted.get(i)));
        BigDecimal mean = sum.divide(k, DoubleDouble.DIGITS);
        BigDecimal left =
            BigDecimal.ONE
                .subtract(squares.subtract(sum.multiply(mean)))
                .divide(k, DoubleDouble.DIGITS);
        if (left.signum() < 0) {
          break;
        }
        BigDecimal candidate = mean.subtract(left.sqrt(DoubleDouble.DIGITS));
        if (candidate.compareTo(sorted.get(i)) >= 0) {
          break;
        }
        tau = candidate;
      }
      return tau;
    }

    @Override
    BigDecimal share(BigDecimal overTau) {
      return overTau.multiply(overTau);
    }
  };

  /** Runs the row algorithm; the size of the support. */
  public abstract int apply(
      Backend b, float[] x, int xOffset, float[] y, int yOffset, int n, double t);

  /** Runs the row algorithm; the size of the support. */
  public abstract int apply(
      Backend b, double[] x, int xOffset, double[] y, int yOffset, int n, double t);

  public abstract double threshold(Backend b, float[] x, double t);

  public abstract double threshold(Backend b, double[] x, double t);

  /** The logits are divided by so many temperatures. */
  abstract BigDecimal units();

  /** The threshold of logits sorted from the largest down. */
  abstract BigDecimal threshold(List<BigDecimal> sorted);

  abstract BigDecimal share(BigDecimal overTau);

  /** The threshold of a row of finite logits, and -inf. */
  public BigDecimal exactThreshold(double[] x, double t) {
    double max = max(x);
    return thresholdBelow(max, x, t).add(scaled(new BigDecimal(max), t));
  }

  /** The results for a row of finite logits, and -inf. */
  public BigDecimal[] exact(double[] x, double t) {
    double max = max(x);
    BigDecimal tau = thresholdBelow(max, x, t);
    return Arrays.stream(x)
        .mapToObj(
            element ->
                Double.isFinite(element)
                    ? share(below(max, element, t).subtract(tau).max(BigDecimal.ZERO))
                    : BigDecimal.ZERO)
        .toArray(BigDecimal[]::new);
  }

  private BigDecimal thresholdBelow(double max, double[] x, double t) {
    return threshold(
        Arrays.stream(x)
            .filter(Double::isFinite)
            .mapToObj(element -> below(max, element, t))
            .sorted(Comparator.reverseOrder())
            .toList());
  }

  private BigDecimal below(double max, double element, double t) {
    return scaled(new BigDecimal(element).subtract(new BigDecimal(max)), t);
  }

  private BigDecimal scaled(BigDecimal value, double t) {
    return value.divide(new BigDecimal(t).multiply(units()), DoubleDouble.DIGITS);
  }

  private static double max(double[] x) {
    return Arrays.stream(x).max().orElseThrow();
  }

  /**
   * How far a result lies from the exact one, as a share of a bound in ULP or, if larger, of it.
   */
  public static double share(float actual, BigDecimal exact, double ulps, double absolute) {
    double bound = Math.max(ulps * Ulp.ofFloat(exact.doubleValue()), absolute);
    return new BigDecimal(actual).subtract(exact).abs().doubleValue() / bound;
  }

  /** The same for {@code double}. */
  public static double share(double actual, BigDecimal exact, double ulps, double absolute) {
    double bound = Math.max(ulps * Ulp.ofDouble(exact.doubleValue(), 0), absolute);
    return new BigDecimal(actual).subtract(exact).abs().doubleValue() / bound;
  }
}
