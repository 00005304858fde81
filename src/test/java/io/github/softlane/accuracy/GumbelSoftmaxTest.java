package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.GumbelSoftmax;
import io.github.softlane.Logits;
import io.github.softlane.internal.arithmetic.Gumbel;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Gumbel-softmax: its noise, its samples, and what they share. */
class GumbelSoftmaxTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void noiseIsMinusLogOfMinusLog() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      long bits = random.nextLong();
      DoubleDouble u = DoubleDouble.of((bits >>> 12) + 0.5).scaled(-52);
      DoubleDouble inner = u.log();
      double exact = -new DoubleDouble(-inner.hi(), -inner.lo()).log().hi();
      assertThat(Gumbel.variate(bits))
          .isCloseTo(exact, within(0x1p-51 * Math.max(1, Math.abs(exact))));
    }
  }

  @Test
  void noiseIsFiniteForAllBits() {
    assertThat(Gumbel.variate(0L)).isCloseTo(-3.6038, within(1e-3));
    assertThat(Gumbel.variate(-1L)).isCloseTo(36.7368, within(1e-3));
    assertThat(Gumbel.variate(0xfffL)).isEqualTo(Gumbel.variate(0L));
  }

  /** One nextLong() an element, in order; the softmax is that of Logits. */
  @Test
  void softmaxOfPerturbedLogits() {
    float[] x = {0.5f, -1, Float.NEGATIVE_INFINITY, 2, 0};
    double[] z = {0.5, -1, Double.NEGATIVE_INFINITY, 2, 0};
    for (double t : new double[] {1, 0.3, 5, 0, INFINITY}) {
      SplittableRandom random = new SplittableRandom(7);
      float[] expected = new float[x.length];
      double[] wide = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        double noise = Gumbel.variate(random.nextLong());
        expected[i] = (float) (x[i] + noise);
        wide[i] = z[i] + noise;
      }
      Logits.softmax(expected, expected, t);
      Logits.softmax(wide, wide, t);
      float[] y = new float[x.length];
      GumbelSoftmax.sample(x, y, new SplittableRandom(7), t);
      assertThat(y).isEqualTo(expected);
      assertThat(y[2]).isZero();
      double[] w = z.clone();
      GumbelSoftmax.sample(w, w, new SplittableRandom(7), t);
      assertThat(w).isEqualTo(wide);
      if (t == 1) {
        GumbelSoftmax.sample(z, w, new SplittableRandom(7));
        assertThat(w).isEqualTo(wide);
        GumbelSoftmax.sample(x, y, new SplittableRandom(7));
        assertThat(y).isEqualTo(expected);
      }
    }
  }

  /** The hard sample is one-hot at the largest element of the soft one. */
  @Test
  void straightThrough() {
    double[] x = new double[12];
    float[] f = new float[12];
    Random random = new Random(3);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian();
      f[i] = (float) x[i];
    }
    for (int seed = 0; seed < 50; seed++) {
      double[] soft = new double[12];
      double[] hard = new double[12];
      GumbelSoftmax.straightThrough(x, soft, hard, new SplittableRandom(seed), 0.7);
      double[] expected = new double[12];
      GumbelSoftmax.sample(x, expected, new SplittableRandom(seed), 0.7);
      assertThat(soft).isEqualTo(expected);
      double[] oneHot = new double[12];
      oneHot[Logits.argmax(soft)] = 1;
      assertThat(hard).isEqualTo(oneHot);
      GumbelSoftmax.sampleHard(x, expected, new SplittableRandom(seed));
      assertThat(expected).isEqualTo(oneHot);

      float[] floatSoft = f.clone();
      float[] floatHard = new float[12];
      GumbelSoftmax.straightThrough(
          floatSoft, floatSoft, floatHard, new SplittableRandom(seed), 0.7);
      float[] floatOneHot = new float[12];
      floatOneHot[Logits.argmax(floatSoft)] = 1;
      assertThat(floatHard).isEqualTo(floatOneHot);
      float[] again = f.clone();
      GumbelSoftmax.sampleHard(again, again, new SplittableRandom(seed));
      assertThat(again).isEqualTo(floatOneHot);
    }
  }

  /** Rows follow one another in the stream of the generator. */
  @Test
  void rows() {
    double[] x = {9, 1, 2, 3, 9, 0, 0, 1};
    double[] y = new double[9];
    RandomGenerator one = new SplittableRandom(11);
    GumbelSoftmax.sampleRows(x, 1, 4, y, 1, 5, 2, 3, one, 0.5);
    RandomGenerator two = new SplittableRandom(11);
    double[] row = new double[3];
    for (int r = 0; r < 2; r++) {
      GumbelSoftmax.sample(x, 1 + 4 * r, row, 0, 3, two, 0.5);
      assertThat(Arrays.copyOfRange(y, 1 + 5 * r, 4 + 5 * r)).isEqualTo(row);
    }
    assertThat(y[4]).isZero();
    assertThat(one.nextLong()).isEqualTo(two.nextLong());
    double[] hard = new double[9];
    GumbelSoftmax.sampleHardRows(x, 1, 4, hard, 1, 5, 2, 3, new SplittableRandom(11));
    double[] soft = new double[9];
    double[] through = new double[9];
    GumbelSoftmax.straightThroughRows(
        x, 1, 4, soft, 1, 5, through, 1, 5, 2, 3, new SplittableRandom(11), 0.5);
    assertThat(soft).isEqualTo(y);
    assertThat(through).isEqualTo(hard);
  }

  /** The largest element is in place i as often as softmax(x) says. */
  @Test
  void frequencies() {
    double[] x = {1, 0, 2, Double.NEGATIVE_INFINITY, -1};
    double[] p = new double[5];
    Logits.softmax(x, p);
    int samples = 20_000;
    double[] counts = new double[5];
    double[] y = new double[5];
    RandomGenerator random = new SplittableRandom(13);
    for (int i = 0; i < samples; i++) {
      GumbelSoftmax.sampleHard(x, y, random);
      for (int j = 0; j < 5; j++) {
        counts[j] += y[j];
      }
    }
    for (int j = 0; j < 5; j++) {
      double deviation = Math.sqrt(samples * p[j] * (1 - p[j]));
      assertThat(counts[j]).isCloseTo(samples * p[j], within(4 * deviation));
    }
    assertThat(counts[3]).isZero();
  }

  @Test
  void specialRows() {
    float[] y = new float[2];
    RandomGenerator random = new SplittableRandom(17);
    for (float[] x :
        new float[][] {
          {1, Float.NaN},
          {1, Float.POSITIVE_INFINITY},
          {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY}
        }) {
      GumbelSoftmax.sample(x, y, random);
      assertThat(y).containsExactly(Float.NaN, Float.NaN);
    }
    GumbelSoftmax.sampleHard(new float[] {1, Float.NaN}, y, random);
    assertThat(y).containsExactly(Float.NaN, Float.NaN);
    GumbelSoftmax.sampleHard(new float[] {1, Float.POSITIVE_INFINITY}, y, random);
    assertThat(y).containsExactly(0, 1);
    GumbelSoftmax.sample(new float[] {3}, 0, y, 0, 1, random, 1);
    assertThat(y[0]).isEqualTo(1);
    GumbelSoftmax.sample(new float[0], new float[0], random);
    GumbelSoftmax.sampleHard(new double[0], new double[0], random);
    GumbelSoftmax.straightThrough(new double[0], new double[0], new double[0], random, 1);
  }
}
