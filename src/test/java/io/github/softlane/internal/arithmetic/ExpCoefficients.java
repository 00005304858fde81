package io.github.softlane.internal.arithmetic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Generates the polynomial coefficients of {@link FloatExp} and {@link DoubleExp}.
 *
 * <p>e^r is approximated by {@code 1 + r + r^2 h(r)} for |r| up to a little above half of ln(2), or
 * of an eighth of it. The coefficients of h minimise the largest relative error (Remez exchange, 50
 * digits), so they are the best there are for that form and degree. Run {@link #main} to print
 * them.
 */
final class ExpCoefficients {
  /** Half of ln(2), and 0.1 % more for the rounding of the reduction. */
  static final BigDecimal RADIUS = new BigDecimal("0.34692");

  /** The same of an eighth of ln(2). */
  static final BigDecimal RADIUS_OF_STEPS = new BigDecimal("0.043365");

  private static final MathContext DIGITS = new MathContext(50);
  private static final int GRID = 1500;
  private static final int EXCHANGES = 12;

  private final BigDecimal radius;
  private final int terms;
  private final BigDecimal[] h;
  private BigDecimal largestError;

  private ExpCoefficients(BigDecimal radius, int terms) {
    this.radius = radius;
    this.terms = terms;
    this.h = new BigDecimal[terms];
  }

  /** Coefficients h_0 ... h_(terms-1) and the error that they attain. */
  static ExpCoefficients minimax(BigDecimal radius, int terms) {
    ExpCoefficients fit = new ExpCoefficients(radius, terms);
    BigDecimal[] points = fit.chebyshev(terms + 1);
    for (int exchange = 0; exchange < EXCHANGES; exchange++) {
      fit.solve(points);
      points = fit.extrema(points);
    }
    return fit;
  }

  double coefficient(int index) {
    return h[index].doubleValue();
  }

  float floatCoefficient(int index) {
    return h[index].floatValue();
  }

  /** The largest relative error of the unrounded polynomial. */
  double largestError() {
    return largestError.doubleValue();
  }

  /** Makes the weighted error equal in size and alternating in sign over the points. */
  private void solve(BigDecimal[] points) {
    int unknowns = terms + 1;
    BigDecimal[][] rows = new BigDecimal[unknowns][unknowns + 1];
    for (int i = 0; i < unknowns; i++) {
      BigDecimal r = points[i];
      BigDecimal e = exp(r);
      BigDecimal power = r.multiply(r, DIGITS);
      for (int j = 0; j < terms; j++) {
        rows[i][j] = power.divide(e, DIGITS);
        power = power.multiply(r, DIGITS);
      }
      rows[i][terms] = i % 2 == 0 ? BigDecimal.ONE : BigDecimal.ONE.negate();
      rows[i][unknowns] = e.subtract(BigDecimal.ONE, DIGITS).subtract(r, DIGITS).divide(e, DIGITS);
    }
    BigDecimal[] solution = gauss(rows);
    System.arraycopy(solution, 0, h, 0, terms);
    largestError = solution[terms].abs();
  }

  /** The places where the error is largest, one for each change of its sign. */
  private BigDecimal[] extrema(BigDecimal[] previous) {
    BigDecimal[] found = new BigDecimal[terms + 1];
    int count = 0;
    BigDecimal best = null;
    BigDecimal bestError = null;
    BigDecimal step = radius.multiply(BigDecimal.TWO).divide(BigDecimal.valueOf(GRID), DIGITS);
    for (int i = 0; i <= GRID; i++) {
      BigDecimal r = radius.negate().add(step.multiply(BigDecimal.valueOf(i), DIGITS), DIGITS);
      BigDecimal error = error(r);
      if (bestError != null && error.signum() * bestError.signum() < 0) {
        if (count == found.length) {
          return previous;
        }
        found[count++] = best;
        bestError = null;
      }
      if (error.signum() != 0
          && (bestError == null || error.abs().compareTo(bestError.abs()) > 0)) {
        best = r;
        bestError = error;
      }
    }
    if (count != found.length - 1) {
      return previous;
    }
    found[count] = best;
    return found;
  }

  private BigDecimal error(BigDecimal r) {
    BigDecimal value = BigDecimal.ZERO;
    for (int j = terms - 1; j >= 0; j--) {
      value = value.multiply(r, DIGITS).add(h[j], DIGITS);
    }
    value = value.multiply(r, DIGITS).add(BigDecimal.ONE).multiply(r, DIGITS).add(BigDecimal.ONE);
    BigDecimal e = exp(r);
    return value.subtract(e, DIGITS).divide(e, DIGITS);
  }

  private BigDecimal[] chebyshev(int count) {
    BigDecimal[] points = new BigDecimal[count];
    for (int i = 0; i < count; i++) {
      double node = -Math.cos(Math.PI * i / (count - 1));
      // The error is 0 at r = 0 whatever the coefficients, so no point may lie there.
      double moved = Math.abs(node) < 0.05 ? 0.05 : node;
      points[i] = radius.multiply(BigDecimal.valueOf(moved), DIGITS);
    }
    return points;
  }

  private static BigDecimal exp(BigDecimal r) {
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  /** Solves the augmented system by elimination with row exchange. */
  private static BigDecimal[] gauss(BigDecimal[][] rows) {
    int n = rows.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column + 1; i < n; i++) {
        if (rows[i][column].abs().compareTo(rows[pivot][column].abs()) > 0) {
          pivot = i;
        }
      }
      BigDecimal[] swapped = rows[pivot];
      rows[pivot] = rows[column];
      rows[column] = swapped;
      for (int i = 0; i < n; i++) {
        if (i != column) {
          BigDecimal factor = rows[i][column].divide(rows[column][column], DIGITS);
          for (int j = column; j <= n; j++) {
            rows[i][j] = rows[i][j].subtract(factor.multiply(rows[column][j], DIGITS), DIGITS);
          }
        }
      }
    }
    BigDecimal[] solution = new BigDecimal[n];
    for (int i = 0; i < n; i++) {
      solution[i] = rows[i][n].divide(rows[i][i], DIGITS);
    }
    return solution;
  }

  /** Prints the constants as they stand in the sources. */
  public static void main(String[] args) {
    ExpCoefficients single = minimax(RADIUS_OF_STEPS, 3);
    System.out.println("float, largest relative error " + single.largestError());
    for (int i = 0; i < 3; i++) {
      System.out.println("H" + i + " = " + Float.toHexString(single.floatCoefficient(i)) + "f");
    }
    ExpCoefficients twice = minimax(RADIUS, 10);
    System.out.println("double, largest relative error " + twice.largestError());
    for (int i = 0; i < 10; i++) {
      System.out.println("H" + i + " = " + Double.toHexString(twice.coefficient(i)));
    }
    System.out.println(Arrays.toString(twice.h));
  }
}
