package io.github.softlane.accuracy;

import java.util.SplittableRandom;

/**
 * Rows of every kind that the bounds are stated for, each reproducible from its seed and index:
 * mixed lengths, scales 0.1 to 60, offsets up to 1e6 of both signs, temperatures 1e-3 to 1e3,
 * masked entries, entries far above the others, and rows whose maximum is 0.
 */
record RandomRows(long seed, int longest) {
  /** One row and its temperature. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(double[] x, double temperature) {
    float[] floats() {
      float[] floats = new float[x.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) x[i];
      }
      return floats;
    }
  }

  /** The row of an index. */
  Row row(long index) {
    // The product spreads consecutive indices; SplittableRandom mixes the rest.
    SplittableRandom random = new SplittableRandom(seed ^ index * 0x9E3779B97F4A7C15L);
    double[] x = new double[length(random)];
    double scale = logUniform(random, 0.1, 60);
    double offset =
        random.nextInt(4) == 0 ? 0 : logUniform(random, 1e-2, 1e6) * (1 - 2 * random.nextInt(2));
    for (int i = 0; i < x.length; i++) {
      x[i] = offset + scale * random.nextGaussian();
    }
    if (random.nextInt(8) == 0) {
      x[random.nextInt(x.length)] += logUniform(random, 1, 100);
    }
    if (random.nextInt(8) == 0) {
      lowerMaximumToZero(x);
    }
    if (random.nextInt(8) == 0) {
      mask(x, random);
    }
    double temperature = random.nextBoolean() ? 1 : logUniform(random, 1e-3, 1e3);
    return new Row(x, temperature);
  }

  private int length(SplittableRandom random) {
    int kind = random.nextInt(10);
    if (kind < 4) {
      return random.nextInt(1, 9);
    }
    return random.nextInt(1, kind < 9 ? 65 : longest + 1);
  }

  private static void lowerMaximumToZero(double[] x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : x) {
      max = Math.max(max, logit);
    }
    for (int i = 0; i < x.length; i++) {
      x[i] -= max;
    }
  }

  private static void mask(double[] x, SplittableRandom random) {
    double share = random.nextDouble();
    int kept = random.nextInt(x.length);
    for (int i = 0; i < x.length; i++) {
      if (i != kept && random.nextDouble() < share) {
        x[i] = Double.NEGATIVE_INFINITY;
      }
    }
  }

  private static double logUniform(SplittableRandom random, double from, double to) {
    return from * Math.exp(random.nextDouble() * Math.log(to / from));
  }
}
