package io.github.softlane.derivatives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Information;
import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.Worst;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented bounds of entropy and divergences, against references in two doubles. */
class InformationAccuracyTest {
  static final double ENTROPY = 4;
  static final double DIVERGENCE = 4;

  /** Below this the reference loses what lies below exp(-700), and from exp(-708) the library. */
  static final double LEAST = 0x1p-930;

  private static final List<String> SUMMARY = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sample(boolean isFloat) {
    check(isFloat, new DerivativeRows(11, 300), 600);
  }

  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sweep(boolean isFloat) {
    check(isFloat, new DerivativeRows(12, 5000), 40_000);
  }

  private static void check(boolean isFloat, DerivativeRows rows, int count) {
    String type = isFloat ? "float " : "double ";
    Worst entropy = new Worst(type + "entropy", isFloat ? 1 : ENTROPY);
    Worst kl = new Worst(type + "klDivergence", DIVERGENCE);
    Worst js = new Worst(type + "jsDivergence", DIVERGENCE);
    for (int index = 0; index < count; index++) {
      DerivativeRows.Row row = isFloat ? rows.row(index).ofFloats() : rows.row(index);
      double[] x = row.x();
      double t = row.temperature();
      int at = index;
      Supplier<String> where = () -> rows + " row " + at;
      double unit = isFloat ? 0x1p-24 : 0x1p-53;
      DoubleDouble exact = InformationReference.entropy(x, t);
      double found =
          isFloat ? Information.entropy(Derivative.floats(x), t) : Information.entropy(x, t);
      double bound = isFloat ? 1.001 : ENTROPY;
      if (isFloat || exact.hi() == 0 || exact.hi() >= LEAST) {
        double allowed = bound * unit * exact.hi() + Float.MIN_VALUE * (isFloat ? 1 : 0x1p-900);
        entropy.add(InformationReference.error(found, exact) / allowed, where);
      }
      double[] other = other(x, new SplittableRandom(index), isFloat);
      divergences(isFloat, x, other, t, kl, js, where);
    }
    assertThat(entropy.share()).isGreaterThan(0.2);
    SUMMARY.add(count + " rows " + entropy + ", " + kl + ", " + js);
  }

  /** A second row: nearly the first, or another; masked where the first is, and perhaps more. */
  private static double[] other(double[] x, SplittableRandom random, boolean isFloat) {
    double[] other = x.clone();
    double size = Math.exp(-30 * random.nextDouble()) * 10;
    for (int i = 0; i < x.length; i++) {
      double changed = x[i] + size * random.nextGaussian();
      other[i] = isFloat ? (float) changed : changed;
    }
    return other;
  }

  private static void divergences(
      boolean isFloat,
      double[] xp,
      double[] xq,
      double t,
      Worst kl,
      Worst js,
      Supplier<String> where) {
    double foundKl =
        isFloat
            ? Information.klDivergence(Derivative.floats(xp), Derivative.floats(xq), t)
            : Information.klDivergence(xp, xq, t);
    double foundJs =
        isFloat
            ? Information.jsDivergence(Derivative.floats(xp), Derivative.floats(xq), t)
            : Information.jsDivergence(xp, xq, t);
    assertThat(foundKl).as(where).isNotNegative();
    assertThat(foundJs).as(where).isBetween(0.0, (double) (float) Math.log(2));
    DoubleDouble exactKl = InformationReference.klDivergence(xp, xq, t);
    DoubleDouble exactJs = InformationReference.jsDivergence(xp, xq, t);
    kl.add(share(foundKl, exactKl, xp.length, isFloat), where);
    js.add(share(foundJs, exactJs, xp.length, isFloat), where);
  }

  /** An error as a share of the bound. */
  private static double share(double found, DoubleDouble exact, int n, boolean isFloat) {
    double size = Math.abs(exact.hi());
    double rounding = isFloat ? 0x1p-24 * size + Float.MIN_VALUE : 0;
    double logs = 1 + Math.log(n);
    double own = DIVERGENCE * 0x1p-53 * (size + logs * Math.sqrt(size) + 0x1p-53 * logs * logs);
    return InformationReference.error(found, exact) / (rounding + own);
  }

  /** The entropy of a peak keeps its relative accuracy, down to the smallest numbers. */
  @Test
  void peaks() {
    Worst floats = new Worst("float", 1);
    Worst doubles = new Worst("double", ENTROPY);
    for (double gap = 1; gap < 690; gap *= 1.1) {
      double[] x = {0, -gap, -gap - 1};
      DoubleDouble exact = InformationReference.entropy(x, 1);
      double error = InformationReference.error(Information.entropy(x), exact);
      doubles.add(error / (ENTROPY * 0x1p-53 * exact.hi()), () -> x[1] + "");
      float[] y = Derivative.floats(x);
      double[] rounded = {0, y[1], y[2]};
      exact = InformationReference.entropy(rounded, 1);
      error = InformationReference.error(Information.entropy(y), exact);
      floats.add(error / (1.001 * 0x1p-24 * exact.hi() + 0x1p-149), () -> x[1] + "");
    }
    assertThat(floats.count() + doubles.count()).isGreaterThan(100);
  }

  @Test
  void longRows() {
    int n = 1 << 16;
    SplittableRandom random = new SplittableRandom(5);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (3 * random.nextGaussian());
    }
    double expected = Information.entropy(x);
    assertThat((double) Information.entropy(Derivative.floats(x))).isEqualTo((float) expected);
    double sum = 0;
    double moment = 0;
    for (double logit : x) {
      sum += Math.exp(logit);
      moment += Math.exp(logit) * logit;
    }
    double plain = Math.log(sum) - moment / sum;
    assertThat(Math.abs(expected - plain)).isLessThan(1e-11);
  }

  @AfterAll
  static void summary() {
    System.out.println(String.format(Locale.ROOT, "information: %s", SUMMARY));
  }
}
