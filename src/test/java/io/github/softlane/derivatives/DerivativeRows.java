package io.github.softlane.derivatives;

import java.util.SplittableRandom;

/**
 * Rows of logits with a gradient and a temperature, each reproducible from its seed: lengths from 1
 * on, scales 0.1 to 60, saturated and masked rows, and gradients of every kind.
 */
record DerivativeRows(long seed, int longest) {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(double[] x, double[] g, double temperature) {
    /** With the elements rounded to float. */
    Row ofFloats() {
      return new Row(rounded(x), rounded(g), temperature);
    }

    private static double[] rounded(double[] values) {
      double[] rounded = new double[values.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) values[i];
      }
      return rounded;
    }
  }

  Row row(long index) {
    SplittableRandom random = new SplittableRandom(seed ^ index * 0x9E3779B97F4A7C15L);
    int n = length(random);
    double[] x = new double[n];
    double scale = logUniform(random, 0.1, 60);
    double offset = random.nextInt(3) == 0 ? logUniform(random, 1e-2, 1e5) : 0;
    boolean masked = random.nextInt(8) == 0;
    for (int i = 0; i < n; i++) {
      boolean hidden = masked && i > 0 && random.nextBoolean();
      x[i] = hidden ? Double.NEGATIVE_INFINITY : offset + scale * random.nextGaussian();
    }
    if (random.nextInt(3) == 0) {
      // One entry far above the others: its probability is near 1.
      x[random.nextInt(n)] = offset + scale + logUniform(random, 1, 100);
    }
    double temperature = random.nextBoolean() ? 1 : logUniform(random, 1e-2, 1e2);
    return new Row(x, gradient(random, n), temperature);
  }

  private static double[] gradient(SplittableRandom random, int n) {
    double[] g = new double[n];
    int kind = random.nextInt(6);
    int one = random.nextInt(n);
    double offset = logUniform(random, 1, 1e6);
    for (int i = 0; i < n; i++) {
      g[i] =
          switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> i == one ? -1 : 0;
            case 2 -> logUniform(random, 1e-12, 1e12) * (1 - 2 * random.nextInt(2));
            case 3 -> offset + random.nextGaussian();
            case 4 -> random.nextInt(3) - 1;
            default -> random.nextInt(4) == 0 ? logUniform(random, 1e-3, 1e3) : 0;
          };
    }
    return g;
  }

  private int length(SplittableRandom random) {
    int kind = random.nextInt(20);
    if (kind < 10) {
      return random.nextInt(1, 5);
    }
    return random.nextInt(1, kind < 19 ? 70 : longest + 1);
  }

  private static double logUniform(SplittableRandom random, double from, double to) {
    return from * Math.exp(random.nextDouble() * Math.log(to / from));
  }
}
