package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs every operation, type, row length, offset and kind of row before anything is measured.
 *
 * <p>The JIT compiler decides what to inline and unroll from what a JVM has run so far. A kernel
 * measured alone in a fresh JVM can be twice as fast as the same kernel in a program that also uses
 * the others, so a figure from a fresh JVM is not what a user sees.
 */
final class Pollution {
  private static final int ROUNDS = 16;
  private static final int[] LONG_ROWS = {
    100, 127, 128, 129, 255, 511, 512, 513, 1000, 2047, 4096, 4097, 10_000, 32_003
  };
  private static final int[] OFFSETS = {0, 1, 3, 8, 13};
  private static final int SHORT_ROWS = 70;
  private static final int LARGEST = 32_003 + 13;

  /** The names of the kernels that have run. */
  private static final Set<String> POLLUTED = ConcurrentHashMap.newKeySet();

  private final int rounds;

  Pollution(int rounds) {
    this.rounds = rounds;
  }

  /** In this JVM, unless it has been done. */
  static void once(Kernel kernel) {
    if (POLLUTED.add(kernel.name())) {
      new Pollution(ROUNDS).pollute(kernel);
    }
  }

  /** Takes a second or so for a vector backend. */
  void pollute(Kernel kernel) {
    Random random = new Random(1);
    for (int round = 0; round < rounds; round++) {
      double[] doubles = row(random, round);
      float[] floats = new float[LARGEST];
      for (int i = 0; i < LARGEST; i++) {
        floats[i] = (float) doubles[i];
      }
      pollute(kernel, floats);
      pollute(kernel, doubles);
    }
  }

  private static void pollute(Kernel kernel, float[] x) {
    float[] y = new float[LARGEST];
    for (int offset : OFFSETS) {
      for (int n = 0; n < SHORT_ROWS; n++) {
        run(kernel, x, offset, y, n);
      }
      for (int n : LONG_ROWS) {
        run(kernel, x, offset, y, n);
      }
    }
  }

  private static void pollute(Kernel kernel, double[] x) {
    double[] y = new double[LARGEST];
    for (int offset : OFFSETS) {
      for (int n = 0; n < SHORT_ROWS; n++) {
        run(kernel, x, offset, y, n);
      }
      for (int n : LONG_ROWS) {
        run(kernel, x, offset, y, n);
      }
    }
  }

  private static void run(Kernel kernel, float[] x, int offset, float[] y, int n) {
    y[0] = kernel.logSumExp(x, offset, n);
    kernel.softmax(x, offset, y, 0, n);
    kernel.logSoftmax(x, offset, y, offset, n);
    kernel.softmax(y, offset, y, offset, n);
  }

  private static void run(Kernel kernel, double[] x, int offset, double[] y, int n) {
    y[0] = kernel.logSumExp(x, offset, n);
    kernel.softmax(x, offset, y, 0, n);
    kernel.logSoftmax(x, offset, y, offset, n);
    kernel.softmax(y, offset, y, offset, n);
  }

  /** Most rounds have everyday logits; some are masked, rising, constant or hold special values. */
  private static double[] row(Random random, int round) {
    double[] x = new double[LARGEST];
    for (int i = 0; i < x.length; i++) {
      x[i] = 5 * random.nextGaussian();
    }
    switch (round % 8) {
      case 1 -> Arrays.fill(x, LARGEST / 3, LARGEST / 2, Double.NEGATIVE_INFINITY);
      case 3 -> Arrays.sort(x);
      case 5 -> Arrays.fill(x, 1.5);
      case 6 -> x[random.nextInt(x.length)] = Double.NaN;
      case 7 -> x[random.nextInt(x.length)] = 3e38;
      default -> {}
    }
    return x;
  }
}
