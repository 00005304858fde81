package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.RowOperation;

/**
 * One long row of {@code double} whose blocks are shared among threads, with the bits of {@link
 * DoubleRows}.
 *
 * <p>Every block is summed on its own, in units of one reference, and the sums are added in the
 * order of the blocks. The reference is guessed to be that of the first block. When another block
 * lies too far above it, all are summed again, in units of the highest. In place the highest is
 * found first, since the sums write over x. A row that holds a NaN, that has no finite maximum, or
 * whose blocks lie so far apart that they do not have one shift, is left to {@link DoubleRows} and
 * one thread: such rows are rare.
 */
public final class DoubleLongRow {
  /** Elements of a part of the sum: some microseconds' work, beside which a claim costs little. */
  private static final int SUM_PART = 8 * DoubleLanes.BLOCK;

  /** The same of a pass that does not compute e. */
  private static final int PASS_PART = 2 * SUM_PART;

  private final Workers workers;
  private final DoublePasses passes;
  private final DoubleExp exp;
  private final double[] x;
  private final int xOffset;
  private final double[] stored;
  private final int yOffset;
  private final int n;

  /** The maximum of every block. */
  private final double[] maxima;

  /** The sum of e over every block, in units of the reference; NaN when it needs another. */
  private final long[] sums;

  private DoubleLongRow(
      Workers workers,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      double[] stored,
      int yOffset,
      int n) {
    this.workers = workers;
    this.passes = passes;
    this.exp = exp;
    this.x = x;
    this.xOffset = xOffset;
    this.stored = stored;
    this.yOffset = yOffset;
    this.n = n;
    int blocks = (n - 1) / DoubleLanes.BLOCK + 1;
    this.maxima = new double[blocks];
    this.sums = new long[blocks];
  }

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
    new DoubleLongRow(workers, passes, exp, x, xOffset, y, yOffset, n).run(RowOperation.SOFTMAX, y);
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
    new DoubleLongRow(workers, passes, exp, x, xOffset, null, yOffset, n)
        .run(RowOperation.LOG_SOFTMAX, y);
  }

  /** Log-sum-exp of a row of at least one element. */
  public static double logSumExp(
      Workers workers, DoublePasses passes, DoubleExp exp, double[] x, int xOffset, int n) {
    return new DoubleLongRow(workers, passes, exp, x, xOffset, null, 0, n)
        .run(RowOperation.LOG_SUM_EXP, null);
  }

  /** The result of a log-sum-exp, else 0. */
  private double run(RowOperation operation, double[] y) {
    double scaledFirst = exp.scaled(maximum(0));
    double shift = exp.shift(scaledFirst);
    double power = exp.maxPower(scaledFirst + shift);
    boolean guessed = !isInPlace() && Math.abs(scaledFirst) < Double.POSITIVE_INFINITY;
    if (!guessed || !sumBlocks(shift, power, false)) {
      findMaxima();
      scaledFirst = firstScaled();
      shift = exp.shift(scaledFirst);
      power = highestPower(shift);
      if (!DoubleRows.keepsShift(power, exp.maxPower(scaledFirst + shift))) {
        return DoubleRows.run(operation, passes, exp, x, xOffset, y, yOffset, n);
      }
      sumBlocks(shift, power, true);
    }
    double max = Double.NEGATIVE_INFINITY;
    for (double blockMax : maxima) {
      max = Math.max(max, blockMax);
    }
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

  /** Whether both are one array, not whether they hold the same. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isInPlace() {
    return stored == x;
  }

  private void findMaxima() {
    workers.share(
        n,
        PASS_PART,
        (from, count) -> {
          for (int i = from; i - from < count; i += DoubleLanes.BLOCK) {
            maxima[i / DoubleLanes.BLOCK] = maximum(i);
          }
        });
  }

  /**
   * Sums every block that does not need another reference.
   *
   * @param known whether the maxima are
   * @return whether these were all blocks
   */
  private boolean sumBlocks(double shift, double power, boolean known) {
    workers.share(
        n,
        SUM_PART,
        (from, count) -> {
          for (int i = from; i - from < count; i += DoubleLanes.BLOCK) {
            int block = i / DoubleLanes.BLOCK;
            if (!known) {
              maxima[block] = maximum(i);
            }
            sums[block] = sumBlock(i, exp.scaled(maxima[block]), shift, power);
          }
        });
    for (long block : sums) {
      if (WideSum.isNaN(block)) {
        return false;
      }
    }
    return true;
  }

  private long sumBlock(int i, double scaledMax, double shift, double power) {
    double blockPower = exp.maxPower(scaledMax + shift);
    int yi = yOffset + i;
    if (DoubleRows.vanishes(scaledMax, blockPower, power)) {
      DoubleRows.zero(stored, yi, length(i));
      return 0;
    }
    // True of a NaN and of +inf as well.
    if (DoubleRows.needsReference(blockPower, power)) {
      return WideSum.of(Double.NaN, 0);
    }
    int xi = xOffset + i;
    return DoubleRows.sumBlock(passes, exp, shift, power, blockPower, x, xi, stored, yi, length(i));
  }

  /** The scaled maximum of the first block that has one above -inf; -inf when none has. */
  private double firstScaled() {
    for (double blockMax : maxima) {
      if (exp.scaled(blockMax) != Double.NEGATIVE_INFINITY) {
        return exp.scaled(blockMax);
      }
    }
    return Double.NEGATIVE_INFINITY;
  }

  /** The power of two of the largest maximum, NaN when there is a NaN. */
  private double highestPower(double shift) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double blockMax : maxima) {
      highest = Math.max(highest, exp.maxPower(exp.scaled(blockMax) + shift));
    }
    return highest;
  }

  /** The maximum of the block that begins at i. */
  private double maximum(int i) {
    return passes.max(x, xOffset + i, length(i));
  }

  private int length(int i) {
    return Math.min(DoubleLanes.BLOCK, n - i);
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
    workers.share(
        n, PASS_PART, (from, count) -> passes.scale(y, yOffset + from, count, hi, lo, unit));
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
        PASS_PART,
        (from, count) ->
            passes.logProbs(x, xOffset + from, y, yOffset + from, count, exp, minusMax, c));
  }
}
