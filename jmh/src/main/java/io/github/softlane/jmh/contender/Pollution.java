package io.github.softlane.jmh.contender;

import io.github.softlane.CrossEntropy;
import io.github.softlane.Kernel;
import io.github.softlane.Logits;
import io.github.softlane.Reduction;
import io.github.softlane.Sparsemax;
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

  /** Rows of this length or shorter go several in one call: */
  private static final int LONGEST_TOGETHER = 256;

  /** the shortest may share a vector, and so many leave some for a part of one. */
  private static final int ROWS_TOGETHER = 7;

  private static final int LARGEST = 32_003 + 13;

  /** The names of the kernels that have run. */
  private static final Set<String> POLLUTED = ConcurrentHashMap.newKeySet();

  /** What is done with each row: the result goes into y. */
  interface Rows {
    void run(float[] x, int offset, float[] y, int n);

    void run(double[] x, int offset, double[] y, int n);
  }

  private final int rounds;

  Pollution(int rounds) {
    this.rounds = rounds;
  }

  /** In this JVM, unless it has been done. */
  static void once(Kernel kernel) {
    if (POLLUTED.add(kernel.name())) {
      new Pollution(ROUNDS).pollute(new KernelRows(kernel));
    }
  }

  /** The operations that the library has for the backend that it picked only. */
  static void libraryOnce() {
    if (POLLUTED.add(SoftlaneContender.BEST)) {
      new Pollution(ROUNDS).pollute(new LibraryRows());
    }
  }

  /** Takes a second or so for a vector backend. */
  void pollute(Rows kind) {
    Random random = new Random(1);
    for (int round = 0; round < rounds; round++) {
      double[] doubles = row(random, round);
      float[] floats = new float[LARGEST];
      for (int i = 0; i < LARGEST; i++) {
        floats[i] = (float) doubles[i];
      }
      pollute(kind, floats);
      pollute(kind, doubles);
    }
  }

  private static void pollute(Rows kind, float[] x) {
    float[] y = new float[LARGEST];
    for (int offset : OFFSETS) {
      for (int n = 0; n < SHORT_ROWS; n++) {
        kind.run(x, offset, y, n);
      }
      for (int n : LONG_ROWS) {
        kind.run(x, offset, y, n);
      }
    }
  }

  private static void pollute(Rows kind, double[] x) {
    double[] y = new double[LARGEST];
    for (int offset : OFFSETS) {
      for (int n = 0; n < SHORT_ROWS; n++) {
        kind.run(x, offset, y, n);
      }
      for (int n : LONG_ROWS) {
        kind.run(x, offset, y, n);
      }
    }
  }

  /** The operations of a kernel. */
  static final class KernelRows implements Rows {
    private final Kernel kernel;

    KernelRows(Kernel kernel) {
      this.kernel = kernel;
    }

    @Override
    public void run(float[] x, int offset, float[] y, int n) {
      y[0] = kernel.logSumExp(x, offset, n);
      kernel.softmax(x, offset, y, 0, n);
      kernel.logSoftmax(x, offset, y, offset, n);
      kernel.softmax(y, offset, y, offset, n);
      if (kernel instanceof LossKernel losses && n > 0) {
        y[0] = losses.crossEntropy(x, offset, n / 2, y, 0, n, 1);
      }
      if (kernel instanceof SparseKernel sparse) {
        sparse.sparsemax(x, offset, y, offset, n);
      }
    }

    @Override
    public void run(double[] x, int offset, double[] y, int n) {
      y[0] = kernel.logSumExp(x, offset, n);
      kernel.softmax(x, offset, y, 0, n);
      kernel.logSoftmax(x, offset, y, offset, n);
      kernel.softmax(y, offset, y, offset, n);
      if (kernel instanceof LossKernel losses && n > 0) {
        y[0] = losses.crossEntropy(x, offset, n / 2, y, 0, n, 1);
      }
      if (kernel instanceof SparseKernel sparse) {
        sparse.sparsemax(x, offset, y, offset, n);
      }
    }
  }

  /** The operations that are static methods of the library. */
  static final class LibraryRows implements Rows {
    private final CrossEntropy loss = CrossEntropy.of(Reduction.MEAN);
    private final int[] target = new int[1];

    @Override
    public void run(float[] x, int offset, float[] y, int n) {
      if (n > 0) {
        target[0] = n / 2;
        y[0] = (float) loss.lossAndGradient(x, offset, n, target, 0, y, 0, n, 1, n);
      }
      int rows = n <= LONGEST_TOGETHER ? ROWS_TOGETHER : 1;
      Logits.softmaxRows(x, offset, n, y, offset, n, rows, n, 1);
      Logits.logSoftmaxRows(x, offset, n, y, offset, n, rows, n, 1);
      Logits.logSumExpRows(x, offset, n, y, 0, rows, n, 1);
      Sparsemax.sparsemaxRows(x, offset, n, y, offset, n, 1, n, 1);
      Sparsemax.sparsemaxRows(y, offset, n, y, offset, n, 1, n, 1);
    }

    @Override
    public void run(double[] x, int offset, double[] y, int n) {
      if (n > 0) {
        target[0] = n / 2;
        y[0] = loss.lossAndGradient(x, offset, n, target, 0, y, 0, n, 1, n);
      }
      int rows = n <= LONGEST_TOGETHER ? ROWS_TOGETHER : 1;
      Logits.softmaxRows(x, offset, n, y, offset, n, rows, n, 1);
      Logits.logSoftmaxRows(x, offset, n, y, offset, n, rows, n, 1);
      Logits.logSumExpRows(x, offset, n, y, 0, rows, n, 1);
      Sparsemax.sparsemaxRows(x, offset, n, y, offset, n, 1, n, 1);
      Sparsemax.sparsemaxRows(y, offset, n, y, offset, n, 1, n, 1);
    }
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
