package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoublePasses;

/**
 * One long row of {@code double} whose blocks are shared among threads, with the bits of {@link
 * DoubleRows}.
 *
 * <p>The maxima of all blocks come first, which writes nothing. From them the caller finds the
 * reference. A row that would move it, or that has to leave, is the caller's alone: such rows are
 * rare. Else the blocks are summed, each on its own, and the sums are added in the order of the
 * blocks.
 */
public final class DoubleLongRow {
  /** Blocks of a part: a few microseconds, beside which it costs little to claim a part. */
  private static final int BLOCKS = 8;

  /** Elements of a part. */
  private static final int PART = BLOCKS * DoubleLanes.BLOCK;

  private DoubleLongRow() {}

  /** Softmax of a row of at least one element. */
  public static void softmax(
      Workers workers,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    run(RowOperation.SOFTMAX, workers, passes, exp, x, xOffset, y, yOffset, n);
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      Workers workers,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    run(RowOperation.LOG_SOFTMAX, workers, passes, exp, x, xOffset, y, yOffset, n);
  }

  /** Log-sum-exp of a row of at least one element. */
  public static double logSumExp(
      Workers workers, DoublePasses passes, DoubleExp exp, double[] x, int xOffset, int n) {
    return run(RowOperation.LOG_SUM_EXP, workers, passes, exp, x, xOffset, null, 0, n);
  }

  /** The result of a log-sum-exp, else 0. */
  private static double run(
      RowOperation operation,
      Workers workers,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double[] maxima = maxima(workers, passes, x, xOffset, n);
    double max = Double.NEGATIVE_INFINITY;
    double shift = 0;
    double power = Double.NaN;
    for (double blockMax : maxima) {
      double scaledMax = exp.scaled(blockMax);
      double blockPower = exp.maxPower(scaledMax + shift);
      max = Math.max(max, blockMax);
      if (DoubleRows.vanishes(scaledMax, blockPower, power)) {
        continue;
      }
      if (Double.isNaN(power)) {
        shift = exp.shift(scaledMax);
        power = exp.maxPower(scaledMax + shift);
        blockPower = power;
      }
      if (!(scaledMax < Double.POSITIVE_INFINITY) || DoubleRows.needsReference(blockPower, power)) {
        return DoubleRows.run(operation, passes, exp, x, xOffset, y, yOffset, n);
      }
    }
    if (Double.isNaN(power)) {
      return DoubleRows.run(operation, passes, exp, x, xOffset, y, yOffset, n);
    }
    double[] stored = operation == RowOperation.SOFTMAX ? y : null;
    long[] sums = sums(workers, passes, exp, shift, power, maxima, x, xOffset, stored, yOffset, n);
    double sum = 0;
    double sumLo = 0;
    for (long block : sums) {
      double next = sum + WideSum.hi(block);
      sumLo += DoubleRows.lost(sum, block, next);
      sum = next;
    }
    return DoubleRows.end(
        operation, workers, passes, exp, max, shift, power, sum, sumLo, x, xOffset, y, yOffset, n);
  }

  /** The maximum of every block. */
  private static double[] maxima(
      Workers workers, DoublePasses passes, double[] x, int xOffset, int n) {
    double[] maxima = new double[(n - 1) / DoubleLanes.BLOCK + 1];
    workers.share(
        maxima.length,
        BLOCKS,
        (from, count) -> {
          for (int block = from; block < from + count; block++) {
            int i = block * DoubleLanes.BLOCK;
            maxima[block] = passes.max(x, xOffset + i, Math.min(DoubleLanes.BLOCK, n - i));
          }
        });
    return maxima;
  }

  /** The sum of e over every block, in units of the reference. */
  private static long[] sums(
      Workers workers,
      DoublePasses passes,
      DoubleExp exp,
      double shift,
      double power,
      double[] maxima,
      double[] x,
      int xOffset,
      double[] stored,
      int yOffset,
      int n) {
    long[] sums = new long[maxima.length];
    workers.share(
        maxima.length,
        BLOCKS,
        (from, count) -> {
          for (int block = from; block < from + count; block++) {
            int i = block * DoubleLanes.BLOCK;
            int length = Math.min(DoubleLanes.BLOCK, n - i);
            double scaledMax = exp.scaled(maxima[block]);
            double blockPower = exp.maxPower(scaledMax + shift);
            if (DoubleRows.vanishes(scaledMax, blockPower, power)) {
              DoubleRows.zero(stored, yOffset + i, length);
            } else {
              int xi = xOffset + i;
              int yi = yOffset + i;
              sums[block] =
                  DoubleRows.sumBlock(
                      passes, exp, shift, power, blockPower, x, xi, stored, yi, length);
            }
          }
        });
    return sums;
  }

  /** {@link DoublePasses#scale}, shared. */
  static void scale(
      Workers workers,
      DoublePasses passes,
      double[] y,
      int yOffset,
      int n,
      double hi,
      double lo,
      double unit) {
    workers.share(n, PART, (from, count) -> passes.scale(y, yOffset + from, count, hi, lo, unit));
  }

  /** {@link DoublePasses#logProbs}, shared. */
  static void logProbs(
      Workers workers,
      DoublePasses passes,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      DoubleExp exp,
      double minusMax,
      double c) {
    workers.share(
        n,
        PART,
        (from, count) ->
            passes.logProbs(x, xOffset + from, y, yOffset + from, count, exp, minusMax, c));
  }
}
