package io.github.softlane.accuracy;

import io.github.softlane.Backends;
import io.github.softlane.CrossEntropy;
import io.github.softlane.Losses;
import io.github.softlane.Reduction;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documented bounds of cross-entropy over random rows; each row on one of the backends. */
class CrossEntropyAccuracyTest {
  /** In ULP, and for a target that is not one class in ULP of the larger term of the gradient. */
  private static final double FLOAT_BOUND = 2;

  private static final double DOUBLE_BOUND = 4;

  private double bound;
  private Worst loss;
  private Worst fused;
  private Worst gradient;
  private Worst target;
  private Worst mixedLoss;
  private Worst mixedGradient;

  @Test
  @Tag("slow")
  void floatSample() {
    run(true, new RandomRows(11, 2300), 1_500);
  }

  @Test
  @Tag("slow")
  void doubleSample() {
    run(false, new RandomRows(12, 1100), 1_500);
  }

  @Test
  @Tag("sweep")
  void floatSweep() {
    run(true, new RandomRows(13, 4096), 40_000);
  }

  @Test
  @Tag("sweep")
  void doubleSweep() {
    run(false, new RandomRows(14, 4096), 30_000);
  }

  void run(boolean isFloat, RandomRows rows, int count) {
    bound = isFloat ? FLOAT_BOUND : DOUBLE_BOUND;
    loss = new Worst("loss", bound);
    fused = new Worst("loss with a gradient", bound);
    gradient = new Worst("gradient", bound);
    target = new Worst("gradient at the target", bound);
    mixedLoss = new Worst("loss of shares", bound);
    mixedGradient = new Worst("gradient of shares", bound);
    List<Backends.Rows> backends = Backends.all();
    for (int index = 0; index < count; index++) {
      Backends.Rows backend = backends.get(index % backends.size());
      RandomRows.Row row = rows.row(index);
      double[] x = isFloat ? widened(row.floats()) : row.x();
      SplittableRandom random = new SplittableRandom(index);
      int winner = 0;
      for (int i = 0; i < x.length; i++) {
        winner = x[i] > x[winner] ? i : winner;
      }
      String description = rows + " row " + index + " of " + x.length + " on " + backend;
      double weight = index % 3 == 0 ? random.nextDouble(0.1, 10) : 1;
      plain(isFloat, backend, x, row.temperature(), winner, weight, description);
      int other = random.nextInt(x.length);
      plain(isFloat, backend, x, row.temperature(), other, weight, description);
      if (index % 4 == 0) {
        mixed(isFloat, backend, x, row.temperature(), other, random, description);
      }
    }
    System.out.println(
        (isFloat ? "float " : "double ")
            + List.of(loss, fused, gradient, target, mixedLoss, mixedGradient));
  }

  private void plain(
      boolean isFloat,
      Backends.Rows backend,
      double[] x,
      double temperature,
      int index,
      double weight,
      String description) {
    double[] weights = null;
    CrossEntropy options = CrossEntropy.of(Reduction.NONE).temperature(temperature);
    if (weight != 1) {
      weights = new double[x.length];
      Arrays.fill(weights, 1);
      weights[index] = weight;
      options = options.classWeights(weights);
    }
    Supplier<String> at = () -> description + " target " + index;
    CrossEntropyReference exact =
        new CrossEntropyReference(x, temperature, index, null, weights, 0);
    int[] targets = {index};
    double[] slopes = new double[x.length];
    double summed;
    double[] losses = new double[1];
    if (isFloat) {
      float[] narrow = narrowed(x);
      float[] narrowLosses = new float[1];
      float[] narrowSlopes = new float[x.length];
      Losses.losses(backend, options, narrow, targets, narrowLosses);
      summed =
          Losses.lossAndGradient(backend, options, Reduction.SUM, narrow, targets, narrowSlopes);
      losses[0] = narrowLosses[0];
      slopes = widened(narrowSlopes);
    } else {
      Losses.losses(backend, options, x, targets, losses);
      summed = Losses.lossAndGradient(backend, options, Reduction.SUM, x, targets, slopes);
    }
    DoubleDouble exactLoss = exact.loss();
    if (isFloat || isNormal(exactLoss)) {
      loss.add(error(isFloat, losses[0], exactLoss) / bound, at);
      fused.add(error(isFloat, summed, exactLoss) / bound, at);
    }
    for (int i = 0; i < x.length; i++) {
      int element = i;
      if (isFloat || isNormal(exact.gradient(i))) {
        double share = error(isFloat, slopes[i], exact.gradient(i)) / bound;
        (i == index ? target : gradient).add(share, () -> at.get() + " element " + element);
      }
    }
  }

  /** What lies between 0 and the normal doubles is rounded before a weight comes in. */
  private static boolean isNormal(DoubleDouble exact) {
    return exact.hi() == 0 || Math.abs(exact.hi()) >= Double.MIN_NORMAL;
  }

  private void mixed(
      boolean isFloat,
      Backends.Rows backend,
      double[] x,
      double temperature,
      int index,
      SplittableRandom random,
      String description) {
    int n = x.length;
    double smoothing = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    double[] weights = null;
    CrossEntropy options =
        CrossEntropy.of(Reduction.NONE).temperature(temperature).labelSmoothing(smoothing);
    if (random.nextBoolean()) {
      weights = new double[n];
      for (int i = 0; i < n; i++) {
        weights[i] = random.nextInt(5) == 0 ? 0 : random.nextDouble(4);
      }
      options = options.classWeights(weights);
    }
    double[] soft = random.nextBoolean() ? new double[n] : null;
    if (soft != null) {
      for (int i = 0; i < n; i++) {
        soft[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble();
      }
    }
    CrossEntropyReference exact =
        new CrossEntropyReference(
            x, temperature, soft == null ? index : -1, soft, weights, smoothing);
    double[] slopes = new double[n];
    double[] losses = new double[1];
    int[] targets = {index};
    if (isFloat) {
      float[] narrow = narrowed(x);
      float[] narrowLosses = new float[1];
      float[] narrowSlopes = new float[n];
      if (soft == null) {
        Losses.losses(backend, options, narrow, targets, narrowLosses);
        Losses.lossAndGradient(backend, options, Reduction.SUM, narrow, targets, narrowSlopes);
      } else {
        Losses.losses(backend, options, narrow, narrowed(soft), narrowLosses);
        Losses.lossAndGradient(
            backend, options, Reduction.SUM, narrow, narrowed(soft), narrowSlopes, 1);
      }
      losses[0] = narrowLosses[0];
      slopes = widened(narrowSlopes);
    } else if (soft == null) {
      Losses.losses(backend, options, x, targets, losses);
      Losses.lossAndGradient(backend, options, Reduction.SUM, x, targets, slopes);
    } else {
      Losses.losses(backend, options, x, soft, losses);
      Losses.lossAndGradient(backend, options, Reduction.SUM, x, soft, slopes, 1);
    }
    String at = description + " target " + index + " of shares";
    mixedLoss.add(error(isFloat, losses[0], exact.loss()) / bound, () -> at);
    for (int i = 0; i < n; i++) {
      int element = i;
      DoubleDouble slope = exact.gradient(i);
      double distance =
          isFloat
              ? Ulp.distance((float) slopes[i], slope.hi())
              : Ulp.distance(slopes[i], slope.hi(), slope.lo());
      double size = exact.size(i);
      if (!isFloat && size < Double.MIN_NORMAL) {
        continue;
      }
      double ulp = isFloat ? Ulp.ofFloat(size) : Ulp.ofDouble(size, 0);
      mixedGradient.add(distance / ulp / bound, () -> at + " element " + element);
    }
  }

  private static double error(boolean isFloat, double actual, DoubleDouble exact) {
    return isFloat
        ? Ulp.error((float) actual, exact.hi())
        : Ulp.error(actual, exact.hi(), exact.lo());
  }

  private static float[] narrowed(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
