package io.github.softlane.derivatives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.Worst;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented bounds of the derivatives, against references in two doubles. */
class DerivativesAccuracyTest {
  /** The largest matrix that is checked. */
  private static final int SQUARE = 24;

  private static final List<String> SUMMARY = new ArrayList<>();

  /** The documented factor of the unit roundoff, 2^-24 or 2^-53. */
  static double bound(Derivative derivative) {
    return switch (derivative) {
      case SOFTMAX_PRODUCT -> 10;
      case LOG_SOFTMAX_VJP -> 8;
      case LOG_SOFTMAX_JVP -> 8;
      case LOG_SUM_EXP_GRADIENT -> 8;
      case LOG_SUM_EXP_HVP -> 10;
      case SOFTMAX_JACOBIAN -> 8;
      case LOG_SOFTMAX_JACOBIAN -> 8;
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sample(boolean isFloat) {
    check(isFloat, new DerivativeRows(1, 300), 1000);
  }

  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sweep(boolean isFloat) {
    check(isFloat, new DerivativeRows(2, 5000), 100_000);
  }

  /** Rows of two to four entries, changed a little at a time towards larger errors. */
  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void search(boolean isFloat) {
    Map<Derivative, Worst> worst = worst(isFloat);
    SplittableRandom random = new SplittableRandom(7);
    Backend backend = Dispatch.all().getFirst();
    for (Derivative derivative : Derivative.values()) {
      for (int start = 0; start < 1500; start++) {
        climb(derivative, isFloat, backend, start, random, worst.get(derivative));
      }
    }
    summarise("search", isFloat, worst);
  }

  private static void climb(
      Derivative derivative,
      boolean isFloat,
      Backend backend,
      int start,
      SplittableRandom random,
      Worst worst) {
    DerivativeRows.Row row = new DerivativeRows(3, 4).row(start);
    while (row.x().length > 4 || row.x().length < 2) {
      row = new DerivativeRows(random.nextLong(), 4).row(start);
    }
    double best = -1;
    for (int step = 0; step < 150; step++) {
      DerivativeRows.Row next = step == 0 ? row : changed(row, random);
      DerivativeRows.Row typed = isFloat ? next.ofFloats() : next;
      DerivativeReference reference = reference(isFloat, backend, typed);
      double share =
          largest(derivative, isFloat, backend, typed, reference, worst, () -> show(typed));
      if (share >= best) {
        best = share;
        row = next;
      }
    }
  }

  private static DerivativeRows.Row changed(DerivativeRows.Row row, SplittableRandom random) {
    double[] x = row.x().clone();
    double[] g = row.g().clone();
    int i = random.nextInt(x.length);
    double size = Math.exp(-20 * random.nextDouble());
    switch (random.nextInt(3)) {
      case 0 -> x[i] += size * random.nextGaussian();
      case 1 -> g[i] += size * random.nextGaussian() * (Math.abs(g[i]) + 1e-3);
      default -> {
        x[i] += size * random.nextGaussian();
        g[random.nextInt(g.length)] += size * random.nextGaussian();
      }
    }
    return new DerivativeRows.Row(x, g, row.temperature());
  }

  private static void check(boolean isFloat, DerivativeRows rows, int count) {
    Map<Derivative, Worst> worst = worst(isFloat);
    List<Backend> backends = Dispatch.all();
    for (int index = 0; index < count; index++) {
      DerivativeRows.Row row = isFloat ? rows.row(index).ofFloats() : rows.row(index);
      Backend backend = backends.get(index % backends.size());
      Supplier<String> where = where(rows, index);
      DerivativeReference reference = reference(isFloat, backend, row);
      for (Derivative derivative : Derivative.values()) {
        if (!derivative.isJacobian() || row.x().length <= SQUARE) {
          largest(derivative, isFloat, backend, row, reference, worst.get(derivative), where);
        }
      }
    }
    // Errors far below these would mean that the reference follows the code.
    for (Map.Entry<Derivative, Worst> each : worst.entrySet()) {
      assertThat(each.getValue().share()).as(each.getKey().name()).isGreaterThan(0.1);
    }
    summarise(count + " rows", isFloat, worst);
  }

  private static Supplier<String> where(DerivativeRows rows, int index) {
    return () -> rows + " row " + index;
  }

  private static DerivativeReference reference(
      boolean isFloat, Backend backend, DerivativeRows.Row row) {
    double[] x = row.x();
    double[] p = Derivative.LOG_SUM_EXP_GRADIENT.of(backend, isFloat, x, x, row.temperature());
    int winner = 0;
    for (int i = 0; i < p.length; i++) {
      winner = p[i] > p[winner] ? i : winner;
    }
    return new DerivativeReference(x, row.g(), winner, row.temperature());
  }

  /** The largest error in a row, as a share of the bound. */
  private static double largest(
      Derivative derivative,
      boolean isFloat,
      Backend backend,
      DerivativeRows.Row row,
      DerivativeReference reference,
      Worst worst,
      Supplier<String> where) {
    double[] x = row.x();
    double[] result = derivative.of(backend, isFloat, x, row.g(), row.temperature());
    double unit = isFloat ? 0x1p-24 : 0x1p-53;
    double smallest = isFloat ? Float.MIN_VALUE : Double.MIN_VALUE;
    double most = 0;
    for (int i = 0; i < result.length; i++) {
      DoubleDouble exact = reference.exact(derivative, i);
      double error = Math.abs((result[i] - exact.hi()) - exact.lo());
      double allowed =
          bound(derivative) * unit * reference.size(derivative, i)
              + reference.least(derivative, i, unit, smallest);
      double share = error == 0 ? 0 : error / allowed;
      int at = i;
      worst.add(share, () -> where.get() + " entry " + at);
      most = Math.max(most, share);
    }
    return most;
  }

  private static Map<Derivative, Worst> worst(boolean isFloat) {
    Map<Derivative, Worst> worst = new EnumMap<>(Derivative.class);
    for (Derivative derivative : Derivative.values()) {
      String name = (isFloat ? "float " : "double ") + derivative;
      worst.put(derivative, new Worst(name, bound(derivative)));
    }
    return worst;
  }

  private static String show(DerivativeRows.Row row) {
    StringBuilder text = new StringBuilder("T=").append(row.temperature());
    for (int i = 0; i < row.x().length; i++) {
      text.append(' ').append(row.x()[i]).append(':').append(row.g()[i]);
    }
    return text.toString();
  }

  private static void summarise(String what, boolean isFloat, Map<Derivative, Worst> worst) {
    StringBuilder text = new StringBuilder(what).append(isFloat ? " float" : " double");
    for (Map.Entry<Derivative, Worst> each : worst.entrySet()) {
      double units = each.getValue().share() * bound(each.getKey());
      text.append(String.format(" %s %.2f u,", each.getKey(), units));
    }
    SUMMARY.add(text.toString());
  }

  @AfterAll
  static void summary() {
    System.out.println("derivatives: " + SUMMARY);
  }
}
