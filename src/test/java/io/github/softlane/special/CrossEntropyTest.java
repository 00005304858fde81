package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.Backends;
import io.github.softlane.CrossEntropy;
import io.github.softlane.Losses;
import io.github.softlane.Reduction;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cross-entropy and its gradient give for special values, on every backend. */
class CrossEntropyTest {
  private static final double NEG = Double.NEGATIVE_INFINITY;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final int[] LENGTHS = {1, 33, 2100};
  private static final CrossEntropy PLAIN = CrossEntropy.of(Reduction.SUM);
  private static final CrossEntropy SMOOTH = PLAIN.labelSmoothing(0.25);

  static Iterable<Backends.Rows> backends() {
    return Backends.all();
  }

  /** One of these at any place makes all of a row NaN. */
  @ParameterizedTest
  @MethodSource("backends")
  void notANumberAndInfinity(Backends.Rows backend) {
    for (double bad : new double[] {NAN, INF}) {
      for (int n : LENGTHS) {
        for (int at : new int[] {0, n / 2, n - 1}) {
          double[] x = Rows.finite(n);
          x[at] = bad;
          for (CrossEntropy options :
              new CrossEntropy[] {PLAIN, SMOOTH, PLAIN.temperature(1e-300)}) {
            assertUndefined(run(backend, true, options, x, n / 3));
            assertUndefined(run(backend, false, options, x, n / 3));
          }
          double[] y = new double[n];
          y[n / 3] = 1;
          assertUndefined(Losses.run(backend, true, PLAIN, Reduction.SUM, x, null, y, 1));
          assertUndefined(Losses.run(backend, false, PLAIN, Reduction.SUM, x, null, y, 1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void nothingButMasked(Backends.Rows backend) {
    for (int n : LENGTHS) {
      double[] x = new double[n];
      Arrays.fill(x, NEG);
      for (boolean isFloat : new boolean[] {true, false}) {
        assertUndefined(run(backend, isFloat, PLAIN, x, n - 1));
        assertUndefined(run(backend, isFloat, SMOOTH, x, 0));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void maskedTarget(Backends.Rows backend) {
    for (int n : LENGTHS) {
      for (int at : n < 2 ? new int[0] : new int[] {0, n / 2, n - 1}) {
        double[] x = new double[n];
        x[at] = NEG;
        for (boolean isFloat : new boolean[] {true, false}) {
          Losses.Outcome outcome = run(backend, isFloat, PLAIN, x, at);
          assertThat(outcome.loss()).isEqualTo(INF);
          assertThat(outcome.fused()).isEqualTo(INF);
          assertThat(outcome.losses()).containsExactly(INF);
          for (int i = 0; i < n; i++) {
            double exact = i == at ? -1 : 1.0 / (n - 1);
            assertNear(outcome.gradient()[i], exact, isFloat);
          }
          // Smoothing gives every class a share, soft targets only some.
          assertThat(run(backend, isFloat, SMOOTH, x, (at + 1) % n).loss()).isEqualTo(INF);
          double[] y = new double[n];
          y[(at + 1) % n] = 1;
          Losses.Outcome soft = Losses.run(backend, isFloat, PLAIN, Reduction.SUM, x, null, y, 1);
          assertNear(soft.loss(), Math.log(n - 1), isFloat);
          assertThat(soft.gradient()[at]).isZero();
          double[] weights = new double[n];
          Arrays.fill(weights, 1);
          weights[at] = 0;
          CrossEntropy weighted = SMOOTH.classWeights(weights);
          assertThat(run(backend, isFloat, weighted, x, (at + 1) % n).loss()).isFinite();
          assertThat(run(backend, isFloat, PLAIN.classWeights(weights), x, at).loss()).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void constantRow(Backends.Rows backend) {
    for (int n : LENGTHS) {
      for (double value : new double[] {0, 3.25, -1e6, 1e30}) {
        double[] x = new double[n];
        Arrays.fill(x, value);
        for (boolean isFloat : new boolean[] {true, false}) {
          Losses.Outcome outcome = run(backend, isFloat, PLAIN, x, n / 2);
          double exact = StrictMath.log(n);
          assertThat(outcome.loss()).isEqualTo(exact, within(Math.ulp(exact)));
          assertThat(outcome.fused()).isEqualTo(outcome.loss());
          assertNear(run(backend, isFloat, SMOOTH, x, 0).loss(), exact, isFloat);
          for (int i = 0; i < n; i++) {
            assertNear(outcome.gradient()[i], i == n / 2 ? 1.0 / n - 1 : 1.0 / n, isFloat);
          }
        }
      }
    }
  }

  /** The others, far below, are the loss of the first, and nobody's rounding eats them. */
  @ParameterizedTest
  @MethodSource("backends")
  void dominatedRow(Backends.Rows backend) {
    for (int n : LENGTHS) {
      for (int other : n < 2 ? new int[0] : new int[] {1, n / 2, n - 1}) {
        for (double far : new double[] {-3, -20, -40, -80}) {
          for (boolean isFloat : new boolean[] {true, false}) {
            double[] x = new double[n];
            Arrays.fill(x, NEG);
            x[0] = 0;
            x[other] = far;
            Losses.Outcome outcome = run(backend, isFloat, PLAIN, x, 0);
            double rest = StrictMath.exp(far);
            double exact = StrictMath.log1p(rest);
            assertNear(outcome.loss(), exact, isFloat);
            assertNear(outcome.fused(), exact, isFloat);
            assertNear(outcome.gradient()[0], -rest / (1 + rest), isFloat);
            assertNear(outcome.gradient()[other], rest / (1 + rest), isFloat);
            // The same as soft targets.
            double[] y = new double[n];
            y[0] = 1;
            Losses.Outcome soft = Losses.run(backend, isFloat, PLAIN, Reduction.SUM, x, null, y, 1);
            assertNear(soft.fused(), exact, isFloat);
            assertNear(soft.gradient()[0], -rest / (1 + rest), isFloat);
            // The other one is nearly wholly wrong.
            Losses.Outcome wrong = run(backend, isFloat, PLAIN, x, other);
            assertNear(wrong.loss(), exact - far, isFloat);
            assertNear(wrong.gradient()[0], 1 / (1 + rest), isFloat);
            assertThat(wrong.gradient()[0]).isLessThanOrEqualTo(1);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void extremeTemperatures(Backends.Rows backend) {
    double[] x = {1, 2, 2.5, -1};
    for (boolean isFloat : new boolean[] {true, false}) {
      for (double temperature : new double[] {1e-300, Double.MIN_VALUE}) {
        CrossEntropy cold = PLAIN.temperature(temperature);
        Losses.Outcome right = run(backend, isFloat, cold, x, 2);
        assertThat(right.loss()).isZero();
        assertThat(right.gradient()).containsOnly(0);
        Losses.Outcome wrong = run(backend, isFloat, cold, x, 1);
        assertThat(wrong.loss()).isEqualTo(0.5 / temperature);
        double huge = isFloat ? (float) (1 / temperature) : 1 / temperature;
        assertThat(wrong.gradient()).containsExactly(0, -huge, huge, 0);
      }
      Losses.Outcome hot = run(backend, isFloat, PLAIN.temperature(1e300), x, 1);
      assertNear(hot.loss(), Math.log(4), isFloat);
      assertNear(hot.gradient()[1], isFloat ? 0 : -0.75e-300, isFloat);
      assertNear(hot.gradient()[0], isFloat ? 0 : 0.25e-300, isFloat);
    }
  }

  /** At such logits the quotient overflows, and the blocks before the maximum count for nothing. */
  @ParameterizedTest
  @MethodSource("backends")
  void overflowingQuotients(Backends.Rows backend) {
    double[] x = new double[5000];
    x[4000] = 1e30;
    CrossEntropy cold = PLAIN.temperature(0x1p-80);
    Losses.Outcome right = run(backend, true, cold, x, 4000);
    assertThat(right.loss()).isZero();
    assertThat(right.fused()).isZero();
    assertThat(right.gradient()).containsOnly(0);
    Losses.Outcome wrong = run(backend, true, cold, x, 17);
    assertNear(wrong.fused() * 0x1p-80, 1e30, true);
    assertThat(wrong.gradient()[17]).isEqualTo(-0x1p80);
    assertThat(wrong.gradient()[4000]).isEqualTo(0x1p80);
    Losses.Outcome smooth = run(backend, true, cold.labelSmoothing(0.5), x, 4000);
    assertNear(smooth.fused() * 0x1p-80, 0.5 * 1e30 * 4999 / 5000, true);
    assertNear(smooth.gradient()[3], -0x1p80 * 0.5 / 5000, true);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void emptyIgnoredAndWeightless(Backends.Rows backend) {
    double[] x = {1, NAN, INF, 4, 5, 6};
    double[] weights = {1, 0, 2};
    for (boolean isFloat : new boolean[] {true, false}) {
      for (CrossEntropy options : new CrossEntropy[] {PLAIN, SMOOTH}) {
        Losses.Outcome none =
            Losses.run(
                backend, isFloat, options, Reduction.MEAN, new double[0], new int[0], null, 0);
        assertThat(none.loss()).isNaN();
        assertThat(
                Losses.run(
                        backend,
                        isFloat,
                        options,
                        Reduction.SUM,
                        new double[0],
                        new int[0],
                        null,
                        0)
                    .loss())
            .isZero();
        // Ignored rows are not read.
        int[] ignored = {-100, -100};
        CrossEntropy ignoring = options.ignoreIndex(-100);
        Losses.Outcome all =
            Losses.run(backend, isFloat, ignoring, Reduction.MEAN, x, ignored, null, 2);
        assertThat(all.loss()).isNaN();
        assertThat(all.losses()).containsOnly(0);
        assertThat(all.gradient()).containsOnly(0);
        assertThat(
                Losses.run(backend, isFloat, ignoring, Reduction.SUM, x, ignored, null, 2).fused())
            .isZero();
        int[] first = {-100, 2};
        Losses.Outcome second =
            Losses.run(backend, isFloat, ignoring, Reduction.MEAN, x, first, null, 2);
        Losses.Outcome alone =
            Losses.run(
                backend,
                isFloat,
                ignoring,
                Reduction.SUM,
                new double[] {4, 5, 6},
                new int[] {2},
                null,
                1);
        assertThat(second.loss()).isEqualTo(alone.loss());
        assertThat(second.losses()).containsExactly(0, alone.losses()[0]);
        assertThat(Arrays.copyOf(second.gradient(), 3)).containsOnly(0);
        assertThat(Arrays.copyOfRange(second.gradient(), 3, 6)).isEqualTo(alone.gradient());
      }
      double[] finite = {1, 2, 3, 4, 5, 6};
      int[] weightless = {1, 1};
      CrossEntropy weighted = PLAIN.classWeights(weights);
      Losses.Outcome mean =
          Losses.run(backend, isFloat, weighted, Reduction.MEAN, finite, weightless, null, 2);
      assertThat(mean.loss()).isNaN();
      assertThat(mean.losses()).containsOnly(0);
      assertThat(mean.gradient()).containsOnly(NAN);
      Losses.Outcome sum =
          Losses.run(backend, isFloat, weighted, Reduction.SUM, finite, weightless, null, 2);
      assertThat(sum.loss()).isZero();
      assertThat(sum.gradient()).containsOnly(0);
      assertThat(
              Losses.run(
                      backend,
                      isFloat,
                      SMOOTH.classWeights(weights),
                      Reduction.MEAN,
                      finite,
                      weightless,
                      null,
                      2)
                  .loss())
          .isNaN();
    }
  }

  /** What a mean divides by: the weights of the targets, or the rows for soft targets. */
  @ParameterizedTest
  @MethodSource("backends")
  void means(Backends.Rows backend) {
    double[] x = {1, 2, 0, 0.5, -1, 3};
    double[] weights = {0.5, 2, 4};
    for (boolean isFloat : new boolean[] {true, false}) {
      for (CrossEntropy options : new CrossEntropy[] {PLAIN, SMOOTH, SMOOTH.temperature(3)}) {
        CrossEntropy weighted = options.classWeights(weights);
        int[] targets = {0, 2};
        Losses.Outcome mean =
            Losses.run(backend, isFloat, weighted, Reduction.MEAN, x, targets, null, 2);
        Losses.Outcome sum =
            Losses.run(backend, isFloat, weighted, Reduction.SUM, x, targets, null, 2);
        assertThat(mean.loss()).isEqualTo(sum.loss() / 4.5);
        double[] y = {1, 0, 0, 0, 0, 1};
        Losses.Outcome softSum =
            Losses.run(backend, isFloat, weighted, Reduction.SUM, x, null, y, 2);
        Losses.Outcome softMean =
            Losses.run(backend, isFloat, weighted, Reduction.MEAN, x, null, y, 2);
        assertThat(softMean.loss()).isEqualTo(softSum.loss() / 2);
        assertNear(softSum.loss(), sum.loss(), isFloat);
        for (int i = 0; i < x.length; i++) {
          assertNear(mean.gradient()[i] * 4.5, sum.gradient()[i], isFloat);
          assertNear(softSum.gradient()[i], sum.gradient()[i], isFloat);
          assertNear(softMean.gradient()[i] * 2, softSum.gradient()[i], isFloat);
        }
      }
    }
  }

  private static Losses.Outcome run(
      Backends.Rows backend, boolean isFloat, CrossEntropy options, double[] x, int target) {
    return Losses.run(backend, isFloat, options, Reduction.SUM, x, new int[] {target}, null, 1);
  }

  private static void assertUndefined(Losses.Outcome outcome) {
    assertThat(outcome.loss()).isNaN();
    assertThat(outcome.fused()).isNaN();
    assertThat(outcome.losses()).containsOnly(NAN);
    assertThat(outcome.gradient()).containsOnly(NAN);
  }

  /** To 4 ULP, as expected values here are rounded themselves. */
  private static void assertNear(double actual, double exact, boolean isFloat) {
    double ulp = isFloat ? Math.ulp((float) exact) : Math.ulp(exact);
    if (!(actual == exact || Math.abs(actual - exact) <= 4 * ulp)) {
      throw new AssertionError(actual + " is not near " + exact);
    }
  }
}
