package io.github.softlane.jmh.cold;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import io.github.softlane.jmh.contender.NaiveKernel;
import java.util.Arrays;

/**
 * The program that each fresh JVM runs: softmax of one row after the other from the first moment,
 * counted in windows of time. It touches as little as a program can that computes softmax, since
 * everything else would warm the JVM or delay the start.
 */
public final class FirstSeconds {
  /** The length of a row, as in a request of an inference engine. */
  static final int ROW = 4096;

  /** The length of a window. */
  static final int WINDOW_MILLIS = 100;

  /** Windows that are counted. */
  static final int WINDOWS = 20;

  private FirstSeconds() {}

  /**
   * Prints the number of rows in each window, then the state of the library, a line each.
   *
   * @param args {@code naive}, {@code scalar} or {@code best}
   */
  public static void main(String[] args) {
    float[] x = new float[ROW];
    for (int i = 0; i < ROW; i++) {
      x[i] = (i * 37 % 101 - 50) * 0.1f;
    }
    int[] rows = new int[WINDOWS];
    long start = System.nanoTime();
    count(kernel(args[0]), x, rows, start);
    System.out.println(Arrays.toString(rows).replace("[", "").replace("]", "").replace(",", ""));
    System.out.println(
        args[0].equals("best") ? Kernels.describe().lines().toList().getLast() : args[0]);
  }

  /** Creating the kernel is within the first window: a caller waits for it too. */
  private static Kernel kernel(String name) {
    return switch (name) {
      case "naive" -> new NaiveKernel();
      case "scalar" -> Kernels.scalar();
      case "best" -> Kernels.best();
      default -> throw new IllegalArgumentException("no such kernel: " + name);
    };
  }

  private static void count(Kernel kernel, float[] x, int[] rows, long start) {
    float[] y = new float[x.length];
    while (true) {
      kernel.softmax(x, 0, y, 0, x.length);
      // A row counts where it ends.
      long window = (System.nanoTime() - start) / (WINDOW_MILLIS * 1_000_000L);
      if (window >= rows.length) {
        return;
      }
      rows[(int) window]++;
    }
  }
}
