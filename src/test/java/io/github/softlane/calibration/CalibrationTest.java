package io.github.softlane.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.Backends;
import io.github.softlane.Calibration;
import io.github.softlane.ReliabilityTable;
import io.github.softlane.accuracy.DoubleDouble;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** What the class states. */
  private static final double ULPS = 3;

  private static final double BRIER_ULPS = 6;

  private static Calibration measure(HeldOut heldOut, int bins, double temperature) {
    return Calibration.measure(heldOut.x(), heldOut.targets(), heldOut.n(), bins, temperature);
  }

  private static double ulps(double found, DoubleDouble truth) {
    return Math.abs(DoubleDouble.of(found).minus(truth).hi()) / Math.ulp(truth.hi());
  }

  @ParameterizedTest
  @CsvSource({
    "30, 10, 5,   1,     1",
    "30, 10, 0.1, 0.001, 2",
    "30, 40, 60,  1,     3",
    "10, 99, 60,  1000,  4",
    "30, 2,  10,  0.37,  5",
    "1,  5,  30,  1,     6",
    "40, 3,  60,  0.5,   7",
  })
  void isAsAccurateAsItSays(int rows, int n, double scale, double temperature, long seed) {
    HeldOut heldOut = HeldOut.drawn(rows, n, scale, temperature, seed);
    Calibration found = measure(heldOut, 10, temperature);

    assertThat(ulps(found.negativeLogLikelihood(), heldOut.loss(temperature)))
        .isLessThanOrEqualTo(ULPS);
    assertThat(ulps(found.brierScore(), heldOut.brierScore(temperature)))
        .isLessThanOrEqualTo(BRIER_ULPS);
    assertSameTable(heldOut, temperature, 10, found);
    assertThat(
            Calibration.measure(heldOut.floats(), heldOut.targets(), heldOut.n(), 10, temperature))
        .isEqualTo(found);
  }

  /** Prints the largest errors that it finds. */
  @Tag("sweep")
  @Test
  void randomSets() {
    Random random = new Random(13);
    double loss = 0;
    double brier = 0;
    for (int set = 0; set < 600; set++) {
      double t = Math.pow(10, 6 * random.nextDouble() - 3);
      double scale = 0.1 * Math.pow(600, random.nextDouble());
      HeldOut heldOut =
          HeldOut.drawn(1 + random.nextInt(4), 1 + random.nextInt(40), scale, t, random.nextLong());
      Calibration found = measure(heldOut, 1, t);
      DoubleDouble truth = heldOut.loss(t);
      loss =
          truth.hi() < 1e-280 ? loss : Math.max(loss, ulps(found.negativeLogLikelihood(), truth));
      truth = heldOut.brierScore(t);
      brier = truth.hi() < 1e-280 ? brier : Math.max(brier, ulps(found.brierScore(), truth));
    }
    System.out.printf("largest errors: loss %.3f ULP, Brier score %.3f ULP%n", loss, brier);
    assertThat(loss).isLessThanOrEqualTo(ULPS);
    assertThat(brier).isLessThanOrEqualTo(BRIER_ULPS);
  }

  /** Sums over all bins by brute force, from the probabilities of the reference. */
  private static void assertSameTable(
      HeldOut heldOut, double temperature, int bins, Calibration found) {
    double expected = 0;
    double maximum = 0;
    int right = 0;
    for (int bin = 0; bin < bins; bin++) {
      int count = 0;
      int correct = 0;
      double confidences = 0;
      for (int row = 0; row < heldOut.rows(); row++) {
        int prediction = heldOut.prediction(row);
        double confidence = heldOut.probability(row, prediction, temperature).hi();
        if (confidence > bin / (double) bins && confidence <= (bin + 1) / (double) bins) {
          count++;
          correct += prediction == heldOut.targets()[row] ? 1 : 0;
          confidences += confidence;
        }
      }
      ReliabilityTable.Bin of = found.reliability().bins().get(bin);
      assertThat(of.count()).isEqualTo(count);
      if (count > 0) {
        assertThat(of.accuracy()).isEqualTo(correct / (double) count);
        assertThat(of.meanConfidence()).isCloseTo(confidences / count, within(1e-14));
        double gap = Math.abs(correct - confidences) / count;
        expected += gap * count / heldOut.rows();
        maximum = Math.max(maximum, gap);
      } else {
        assertThat(of.accuracy()).isNaN();
        assertThat(of.meanConfidence()).isNaN();
        assertThat(of.gap()).isNaN();
      }
      right += correct;
    }
    assertThat(found.accuracy()).isEqualTo(right / (double) heldOut.rows());
    assertThat(found.expectedCalibrationError()).isCloseTo(expected, within(1e-14));
    assertThat(found.maximumCalibrationError()).isCloseTo(maximum, within(1e-14));
    assertThat(found.reliability().rows()).isEqualTo(heldOut.rows());
    assertThat(found.reliability().undefinedRows()).isZero();
  }

  /** Figures that can be checked by hand: odds of 3 to 1. */
  @Test
  void byHand() {
    double gap = Math.log(3);
    double[] x = {gap, 0, gap, 0, gap, 0, gap, 0};
    Calibration found = Calibration.measure(x, new int[] {0, 0, 1, 1}, 2, 5, 1);

    assertThat(found.negativeLogLikelihood())
        .isCloseTo((Math.log(4 / 3.0) + Math.log(4)) / 2, within(1e-15));
    assertThat(found.brierScore()).isCloseTo((2 / 16.0 + 18 / 16.0) / 2, within(1e-15));
    assertThat(found.accuracy()).isEqualTo(0.5);
    assertThat(found.expectedCalibrationError()).isCloseTo(0.25, within(1e-15));
    assertThat(found.maximumCalibrationError()).isCloseTo(0.25, within(1e-15));
    ReliabilityTable.Bin bin = found.reliability().bins().get(3);
    assertThat(bin.lower()).isEqualTo(0.6);
    assertThat(bin.upper()).isEqualTo(0.8);
    assertThat(bin.count()).isEqualTo(4);
  }

  /** A confidence of 1/n is exact, and belongs to the bin whose upper edge it is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 10, 49, 100})
  void anUpperEdgeBelongsToItsBin(int n) {
    for (int multiple = 1; multiple <= 3; multiple++) {
      Calibration found = Calibration.measure(new float[n], new int[1], n, n * multiple, 1);
      assertThat(found.reliability().bins().get(multiple - 1).count()).isEqualTo(1);
      assertThat(found.reliability().bins().get(multiple - 1).meanConfidence()).isEqualTo(1.0 / n);
    }
  }

  @Test
  void aLossNearZeroKeepsItsRelativeAccuracy() {
    Calibration found = Calibration.measure(new double[] {0, -40}, new int[] {0}, 2, 1, 1);
    double p = 4.248354255291589e-18;

    assertThat(found.negativeLogLikelihood()).isEqualTo(p);
    assertThat(found.brierScore()).isCloseTo(2 * p * p, within(1e-50));
    assertThat(found.reliability().bins().getFirst().meanConfidence()).isEqualTo(1);
  }

  @Test
  void temperaturesOfZeroAndInfinity() {
    float[] x = {1, 2, 2, 0, 5, Float.NEGATIVE_INFINITY};
    Calibration zero = Calibration.measure(x, new int[] {1, 1}, 3, 2, 0);
    assertThat(zero.negativeLogLikelihood()).isZero();
    assertThat(zero.brierScore()).isZero();
    assertThat(zero.accuracy()).isEqualTo(1);
    assertThat(zero.expectedCalibrationError()).isZero();

    Calibration second = Calibration.measure(x, new int[] {2, 1}, 3, 2, 0);
    assertThat(second.negativeLogLikelihood()).isEqualTo(INFINITY);
    assertThat(second.brierScore()).isEqualTo(1);
    assertThat(second.accuracy()).isEqualTo(0.5);

    Calibration infinity = Calibration.measure(x, new int[] {1, 1}, 3, 2, INFINITY);
    assertThat(infinity.negativeLogLikelihood())
        .isCloseTo((Math.log(3) + Math.log(2)) / 2, within(1e-15));
    assertThat(infinity.brierScore()).isCloseTo((2 / 3.0 + 0.5) / 2, within(1e-15));
    assertThat(infinity.accuracy()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {4.9e-324, 1e-310, 1e-300, 1e300, 1.7976931348623157e308})
  void temperaturesAtTheEndsOfTheRange(double t) {
    double gap = t > 1 ? t / 2 : t;
    Calibration found = Calibration.measure(new double[] {gap, 0}, new int[] {1}, 2, 1, t);
    double z = t > 1 ? 0.5 : 1;
    assertThat(found.negativeLogLikelihood()).isCloseTo(Math.log1p(Math.exp(z)), within(1e-15));
  }

  @Test
  void aRowWithoutASoftmaxIsInNoBin() {
    double inf = INFINITY;
    double[][] bad = {{Double.NaN, 1}, {inf, 1}, {-inf, -inf}, {inf, Double.NaN}};
    for (double[] row : bad) {
      for (double t : new double[] {0, 1, inf}) {
        double[] x = {3, 0, row[0], row[1]};
        Calibration found = Calibration.measure(x, new int[] {0, 0}, 2, 4, t);
        assertThat(found.negativeLogLikelihood()).isNaN();
        assertThat(found.brierScore()).isNaN();
        assertThat(found.accuracy()).isEqualTo(0.5);
        assertThat(found.expectedCalibrationError()).isNaN();
        assertThat(found.maximumCalibrationError()).isNaN();
        assertThat(found.reliability().rows()).isEqualTo(1);
        assertThat(found.reliability().undefinedRows()).isEqualTo(1);
      }
    }
  }

  @Test
  void aLabelOfNoProbabilityHasAnInfiniteLoss() {
    double[] x = {3, -INFINITY, 3, 0};
    Calibration found = Calibration.measure(x, new int[] {1, 0}, 2, 4, 1);

    assertThat(found.negativeLogLikelihood()).isEqualTo(INFINITY);
    assertThat(found.brierScore()).isBetween(1.0, 1.01);
    assertThat(found.expectedCalibrationError()).isBetween(0.0, 1.0);
  }

  @Test
  void withoutRowsThereAreNoMeans() {
    Calibration found = Calibration.measure(new double[0], new int[0], 3, 2, 1);

    assertThat(found.negativeLogLikelihood()).isNaN();
    assertThat(found.brierScore()).isNaN();
    assertThat(found.accuracy()).isNaN();
    assertThat(found.expectedCalibrationError()).isNaN();
    assertThat(found.maximumCalibrationError()).isNaN();
    assertThat(found.reliability().bins()).hasSize(2).allMatch(bin -> bin.count() == 0);
  }

  @Test
  void everyBackendGivesTheSameBits() {
    HeldOut heldOut = HeldOut.drawn(6, 41, 6, 2, 12);
    Calibration expected = measure(heldOut, 15, 0.7);
    for (Backends.Rows backend : Backends.all()) {
      assertThat(backend.measure(heldOut.x(), heldOut.targets(), 41, 15, 0.7)).isEqualTo(expected);
      assertThat(backend.measure(heldOut.floats(), heldOut.targets(), 41, 15, 0.7))
          .isEqualTo(expected);
    }
  }

  @Test
  void refusesWrongArguments() {
    double[] x = {1, 2, 3, 4};
    int[] targets = {0, 1};
    assertRefused("bins is 0, must be 1 or more", x, targets, 0, 1);
    assertRefused("temperature is -1.0, must be 0 or more", x, targets, 1, -1);
    assertRefused("temperature is NaN", x, targets, 1, Double.NaN);
    assertRefused("the target of row 1 is 2", x, new int[] {0, 2}, 1, 1);
    assertRefused("the target of row 0 is -1", x, new int[] {-1, 2}, 1, 1);
    assertRefused("x has 4 elements, must have rows * n: 3 * 2", x, new int[3], 1, 1);
  }

  private static void assertRefused(
      String message, double[] x, int[] targets, int bins, double temperature) {
    float[] floats = new float[x.length];
    assertThatThrownBy(() -> Calibration.measure(x, targets, 2, bins, temperature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> Calibration.measure(floats, targets, 2, bins, temperature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
