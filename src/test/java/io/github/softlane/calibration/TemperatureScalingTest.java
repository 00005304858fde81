package io.github.softlane.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.Backends;
import io.github.softlane.TemperatureScaling;
import io.github.softlane.TemperatureScaling.Optimum;
import io.github.softlane.accuracy.DoubleDouble;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureScalingTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Passes over the rows that no fit here may exceed. */
  private static final int PASSES = 20;

  private static TemperatureScaling fit(HeldOut heldOut) {
    return TemperatureScaling.fit(heldOut.x(), heldOut.targets(), heldOut.n());
  }

  private static TemperatureScaling fitFloats(HeldOut heldOut) {
    return TemperatureScaling.fit(heldOut.floats(), heldOut.targets(), heldOut.n());
  }

  /** The reference is so exact that a step to either side shows in it. */
  private static void assertOptimal(HeldOut heldOut, double temperature, double step) {
    DoubleDouble least = heldOut.loss(temperature);
    for (double other : new double[] {temperature * (1 + step), temperature * (1 - step)}) {
      assertThat(heldOut.loss(other).minus(least).hi()).as("loss at %s", other).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, 10, 5,    0.5,  1",
    "200, 10, 5,    1,    2",
    "200, 10, 5,    2.5,  3",
    "60,  2,  1,    0.1,  4",
    "60,  50, 30,   12,   5",
    "40,  3,  0.01, 0.01, 6",
    "40,  5,  200,  100,  7",
  })
  void findsTheOptimum(int rows, int n, double scale, double drawnAt, long seed) {
    HeldOut heldOut = HeldOut.drawn(rows, n, scale, drawnAt, seed);
    TemperatureScaling fit = fit(heldOut);

    assertThat(fit.optimum()).isEqualTo(Optimum.FINITE);
    assertThat(fit.temperature()).isBetween(drawnAt / 3, drawnAt * 3);
    assertOptimal(heldOut, fit.temperature(), 1e-12);
    assertThat(fit.iterations()).isLessThanOrEqualTo(PASSES);
    assertUlps(fit.lossBefore(), heldOut.loss(1));
    assertUlps(fit.lossAfter(), heldOut.loss(fit.temperature()));
    assertThat(fit.lossAfter()).isLessThanOrEqualTo(fit.lossBefore());
    assertThat(fitFloats(heldOut)).isEqualTo(fit);
  }

  private static void assertUlps(double found, DoubleDouble truth) {
    double error = DoubleDouble.of(found).minus(truth).hi();
    assertThat(error).as("error of %s", found).isCloseTo(0, within(2 * Math.ulp(truth.hi())));
  }

  @Test
  void noTemperatureOfAGridIsBetter() {
    HeldOut heldOut = HeldOut.drawn(50, 4, 3, 1.7, 8);
    TemperatureScaling fit = fit(heldOut);
    for (int i = -50; i <= 50; i++) {
      double t = Math.pow(2, i / 5.0);
      assertThat(heldOut.loss(t).hi()).as("at %s", t).isGreaterThanOrEqualTo(fit.lossAfter());
    }
  }

  /** A power of two in the logits is one in the temperature, to the bit. */
  @ParameterizedTest
  @ValueSource(ints = {-1000, -500, -60, -3, 3, 60, 500, 1000})
  void followsTheScaleOfTheLogits(int power) {
    HeldOut heldOut = HeldOut.drawn(30, 6, 4, 1.3, 9);
    TemperatureScaling fit = fit(heldOut);
    TemperatureScaling scaled = fit(heldOut.times(Math.scalb(1.0, power)));

    double expected = Math.scalb(fit.temperature(), power);
    assertThat(scaled.optimum()).isEqualTo(Optimum.FINITE);
    assertThat(scaled.temperature()).isCloseTo(expected, within(1e-13 * expected));
    assertThat(scaled.lossAfter()).isCloseTo(fit.lossAfter(), within(1e-15));
    assertThat(scaled.iterations()).isLessThanOrEqualTo(PASSES);
  }

  /** Two classes, one gap: log-odds of the labels over the gap is the answer in closed form. */
  @ParameterizedTest
  @CsvSource({"1, 3, 1", "2, 60, 1", "1e-3, 2, 1", "1e6, 999, 1", "7, 1000, 999", "3, 5000, 1"})
  void closedForm(double gap, int right, int wrong) {
    double[] x = new double[2 * (right + wrong)];
    int[] targets = new int[right + wrong];
    for (int row = 0; row < targets.length; row++) {
      x[2 * row] = gap;
      targets[row] = row < right ? 0 : 1;
    }
    TemperatureScaling fit = TemperatureScaling.fit(x, targets, 2);

    double expected = gap / Math.log((double) right / wrong);
    assertThat(fit.temperature()).isCloseTo(expected, within(1e-11 * expected));
    assertThat(fit.optimum()).isEqualTo(Optimum.FINITE);
  }

  /** One wrong label among many sure ones: the loss is steep on one side and flat on the other. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-3, 1, 100, 190})
  void convergesFromAfar(double gap) {
    double[] x = new double[3 * 100];
    int[] targets = new int[100];
    for (int row = 0; row < 100; row++) {
      x[3 * row + row % 3] = 1 + (row == 0 ? gap : 0);
      targets[row] = row == 0 ? 1 : row % 3;
    }
    HeldOut heldOut = new HeldOut(x, targets, 3);
    TemperatureScaling fit = fit(heldOut);

    assertThat(fit.optimum()).isEqualTo(Optimum.FINITE);
    assertThat(fit.iterations()).isLessThanOrEqualTo(PASSES);
    assertOptimal(heldOut, fit.temperature(), 1e-6);
  }

  @Test
  void labelsThatAreAllTheLargestWantZero() {
    double[] x = {3, 1, 0, -1, 5, 2};
    int[] targets = {0, 1};
    TemperatureScaling fit = TemperatureScaling.fit(x, targets, 3);

    assertThat(fit.optimum()).isEqualTo(Optimum.ZERO);
    assertThat(fit.temperature()).isZero();
    assertThat(fit.lossAfter()).isZero();
    assertThat(fit.lossBefore()).isPositive();
    assertThat(fit.iterations()).isZero();
  }

  @Test
  void tiesThatLabelsShareAreTheLimitOfTheLoss() {
    double[] x = {3, 3, 0, -1, 5, 2};
    TemperatureScaling fit = TemperatureScaling.fit(x, new int[] {1, 1}, 3);

    assertThat(fit.optimum()).isEqualTo(Optimum.ZERO);
    assertThat(fit.lossAfter()).isCloseTo(Math.log(2) / 2, within(1e-16));
  }

  @Test
  void labelsNoBetterThanChanceWantInfinity() {
    double[] x = {3, 1, 0, -1, 5, 2};
    TemperatureScaling fit = TemperatureScaling.fit(x, new int[] {2, 0}, 3);

    assertThat(fit.optimum()).isEqualTo(Optimum.INFINITE);
    assertThat(fit.temperature()).isEqualTo(INFINITY);
    assertThat(fit.lossAfter()).isCloseTo(Math.log(3), within(1e-15));
    assertThat(fit.lossBefore()).isGreaterThan(fit.lossAfter());
  }

  /** Each class is the label once: the slope at 1/T = 0 is exactly 0, but for rounding. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 10, 100})
  void labelsThatAreExactlyChanceWantInfinity(int n) {
    Random random = new Random(n);
    double[] row = random.doubles(n, -9, 9).toArray();
    double[] x = new double[n * n];
    int[] targets = new int[n];
    for (int r = 0; r < n; r++) {
      System.arraycopy(row, 0, x, r * n, n);
      targets[r] = r;
    }
    TemperatureScaling fit = TemperatureScaling.fit(x, targets, n);

    assertThat(fit.optimum()).isEqualTo(Optimum.INFINITE);
    assertThat(fit.lossAfter()).isCloseTo(Math.log(n), within(1e-14));
  }

  @Test
  void constantRowsWantNothing() {
    double masked = Double.NEGATIVE_INFINITY;
    double[] x = {4, 4, masked, -1, -1, -1};
    TemperatureScaling fit = TemperatureScaling.fit(x, new int[] {1, 2}, 3);

    assertThat(fit.optimum()).isEqualTo(Optimum.ANY);
    assertThat(fit.temperature()).isEqualTo(1);
    assertThat(fit.lossAfter()).isEqualTo(fit.lossBefore());
    assertThat(fit.lossAfter()).isCloseTo(Math.log(6) / 2, within(1e-15));
    assertThat(TemperatureScaling.fit(new float[] {7}, new int[] {0}, 1).lossBefore()).isZero();
  }

  @Test
  void maskedEntriesAreAbsent() {
    HeldOut heldOut = HeldOut.drawn(30, 5, 4, 2, 10);
    double[] wider = new double[30 * 8];
    Arrays.fill(wider, Double.NEGATIVE_INFINITY);
    int[] targets = new int[30];
    for (int row = 0; row < 30; row++) {
      for (int i = 0; i < 5; i++) {
        wider[row * 8 + i + (i < 2 ? 1 : 2)] = heldOut.x()[row * 5 + i];
      }
      int target = heldOut.targets()[row];
      targets[row] = target + (target < 2 ? 1 : 2);
    }
    assertThat(TemperatureScaling.fit(wider, targets, 8)).isEqualTo(fit(heldOut));
  }

  @Test
  void extremeLogitsStayInRange() {
    double max = Double.MAX_VALUE;
    double[] x = {max, -max, max, -max, max, -max};
    TemperatureScaling fit = TemperatureScaling.fit(x, new int[] {0, 0, 1}, 2);

    assertThat(fit.optimum()).isEqualTo(Optimum.FINITE);
    // 2 max / log 2 is beyond the range.
    assertThat(fit.temperature()).isEqualTo(max);
    assertThat(fit.lossBefore()).isEqualTo(INFINITY);

    float maxFloat = Float.MAX_VALUE;
    float[] y = {maxFloat, -maxFloat, maxFloat, -maxFloat, maxFloat, -maxFloat};
    fit = TemperatureScaling.fit(y, new int[] {0, 0, 1}, 2);
    double expected = 2.0 * maxFloat / Math.log(2);
    assertThat(fit.temperature()).isCloseTo(expected, within(1e-12 * expected));
    assertThat(fit.lossAfter()).isCloseTo(Math.log(3) - Math.log(4) / 3, within(1e-15));
  }

  @Test
  void rowsMayHaveAStride() {
    HeldOut heldOut = HeldOut.drawn(20, 7, 3, 2, 11);
    float[] x = new float[5 + 20 * 9];
    double[] z = new double[x.length];
    Arrays.fill(x, Float.NaN);
    Arrays.fill(z, Double.NaN);
    int[] targets = new int[24];
    Arrays.fill(targets, -1);
    for (int row = 0; row < 20; row++) {
      for (int i = 0; i < 7; i++) {
        x[5 + row * 9 + i] = (float) heldOut.x()[row * 7 + i];
        z[5 + row * 9 + i] = heldOut.x()[row * 7 + i];
      }
      targets[3 + row] = heldOut.targets()[row];
    }
    assertThat(TemperatureScaling.fit(x, 5, 9, targets, 3, 20, 7)).isEqualTo(fit(heldOut));
    assertThat(TemperatureScaling.fit(z, 5, 9, targets, 3, 20, 7)).isEqualTo(fit(heldOut));
  }

  @Test
  void everyBackendGivesTheSameBits() {
    HeldOut heldOut = HeldOut.drawn(6, 41, 6, 2, 12);
    TemperatureScaling scalar = fit(heldOut);
    for (Backends.Rows backend : Backends.all()) {
      assertThat(backend.fit(heldOut.x(), heldOut.targets(), 41)).isEqualTo(scalar);
      assertThat(backend.fit(heldOut.floats(), heldOut.targets(), 41)).isEqualTo(scalar);
    }
  }

  @Test
  void refusesRowsWithoutALoss() {
    double inf = Double.POSITIVE_INFINITY;
    for (double bad : new double[] {Double.NaN, inf}) {
      double[] x = {1, 2, 3, 4, bad, 6};
      assertRefused(x, new int[] {0, 1, 0}, "row 2 holds a NaN or +inf, or only -inf");
    }
    assertRefused(new double[] {1, 2, -inf, -inf}, new int[] {0, 1}, "row 1 holds a NaN");
    assertRefused(new double[] {1, 2, -inf, 3}, new int[] {0, 0}, "row 1 has -inf at its target");
    assertRefused(new double[0], new int[0], "rows is 0, must be 1 or more");
  }

  @Test
  void refusesWrongArguments() {
    double[] x = {1, 2, 3, 4};
    assertRefused(x, new int[] {0, 2}, "the target of row 1 is 2, must be 0 or more and less");
    assertRefused(x, new int[] {-100, 0}, "the target of row 0 is -100");
    assertRefused(x, new int[] {0}, "x has 4 elements, must have rows * n: 1 * 2");
    assertThatThrownBy(() -> TemperatureScaling.fit(x, null, 2))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("targets is null");
    assertThatThrownBy(() -> TemperatureScaling.fit((float[]) null, new int[1], 2))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("x is null");
    assertThatThrownBy(() -> TemperatureScaling.fit(x, 0, 2, new int[2], 1, 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("targetsOffset is 1");
    assertThatThrownBy(() -> TemperatureScaling.fit(x, 0, 1, new int[2], 0, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("xStride is 1");
  }

  private static void assertRefused(double[] x, int[] targets, String message) {
    float[] floats = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    assertThatThrownBy(() -> TemperatureScaling.fit(x, targets, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> TemperatureScaling.fit(floats, targets, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
