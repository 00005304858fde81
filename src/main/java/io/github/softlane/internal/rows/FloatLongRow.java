package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;

/**
 * One long row of {@code float} whose blocks are shared among threads, with the bits of {@link
 * FloatRows}.
 *
 * <p>Every block is summed on its own, in units of one reference, and the sums are added in the
 * order of the blocks. The reference is guessed to be that of the first block. When another block
 * lies too far above it, all are summed again, in units of the highest. In place the highest is
 * found first, since the sums write over x. A row that holds a NaN, that has no finite maximum, or
 * whose blocks lie so far apart that they do not have one shift, is left to {@link FloatRows} and
 * one thread: such rows are rare.
 */
public final class FloatLongRow {
  /** Elements of a part of the sum: some microseconds' work, beside which a claim costs little. */
  private static final int SUM_PART = 4 * FloatLanes.BLOCK;

  /** The same of a pass that does not compute e. */
  private static final int PASS_PART = 4 * SUM_PART;

  private final Workers workers;
  private final FloatPasses passes;
  private final FloatExp exp;
  private final float[] x;
  private final int xOffset;
  private final float[] stored;
  private final int yOffset;
  private final int n;

  /** The maximum of every block. */
  private final float[] maxima;

  /** The sum of e over every block, in units of the reference; NaN when it needs another. */
  private final double[] sums;

  private FloatLongRow(
      Workers workers,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      float[] stored,
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
    int blocks = (n - 1) / FloatLanes.BLOCK + 1;
    this.maxima = new float[blocks];
    this.sums = new double[blocks];
  }

  /** Softmax of a row of at least one element. */
  public static void softmax(
      Workers workers,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    new FloatLongRow(workers, passes, exp, x, xOffset, y, yOffset, n).run(RowOperation.SOFTMAX, y);
  }

  /** Log-softmax of a row of at least one element. */
  public static void logSoftmax(
      Workers workers,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    new FloatLongRow(workers, passes, exp, x, xOffset, null, yOffset, n)
        .run(RowOperation.LOG_SOFTMAX, y);
  }

  /** Log-sum-exp of a row of at least one element. */
  public static float logSumExp(
      Workers workers, FloatPasses passes, FloatExp exp, float[] x, int xOffset, int n) {
    return new FloatLongRow(workers, passes, exp, x, xOffset, null, 0, n)
        .run(RowOperation.LOG_SUM_EXP, null);
  }

  /** The result of a log-sum-exp, else 0. */
  private float run(RowOperation operation, float[] y) {
    float scaledFirst = exp.scaled(maximum(0));
    float shift = exp.shift(scaledFirst);
    float power = exp.maxPower(scaledFirst + shift);
    boolean guessed = !isInPlace() && Math.abs(scaledFirst) < Float.POSITIVE_INFINITY;
    if (!guessed || !sumBlocks(shift, power, false)) {
      findMaxima();
      scaledFirst = firstScaled();
      shift = exp.shift(scaledFirst);
      power = highestPower(shift);
      if (!FloatRows.keepsShift(power, exp.maxPower(scaledFirst + shift))) {
        return FloatRows.run(operation, passes, exp, x, xOffset, y, yOffset, n);
      }
      sumBlocks(shift, power, true);
    }
    float max = Float.NEGATIVE_INFINITY;
    for (float blockMax : maxima) {
      max = Math.max(max, blockMax);
    }
    double sum = 0;
    for (double block : sums) {
      sum += block;
    }
    return FloatRows.end(
        operation, workers, passes, exp, max, shift, power, sum, x, xOffset, y, yOffset, n);
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
          for (int i = from; i - from < count; i += FloatLanes.BLOCK) {
            maxima[i / FloatLanes.BLOCK] = maximum(i);
          }
        });
  }

  /**
   * Sums every block that does not need another reference.
   *
   * @param known whether the maxima are
   * @return whether these were all blocks
   */
  private boolean sumBlocks(float shift, float power, boolean known) {
    workers.share(
        n,
        SUM_PART,
        (from, count) -> {
          for (int i = from; i - from < count; i += FloatLanes.BLOCK) {
            int block = i / FloatLanes.BLOCK;
            if (!known) {
              maxima[block] = maximum(i);
            }
            sums[block] = sumBlock(i, exp.scaled(maxima[block]), shift, power);
          }
        });
    for (double block : sums) {
      if (Double.isNaN(block)) {
        return false;
      }
    }
    return true;
  }

  private double sumBlock(int i, float scaledMax, float shift, float power) {
    float blockPower = exp.maxPower(scaledMax + shift);
    int yi = yOffset + i;
    if (FloatRows.vanishes(scaledMax, blockPower, power)) {
      FloatRows.zero(stored, yi, length(i));
      return 0;
    }
    // True of a NaN and of +inf as well.
    if (FloatRows.needsReference(blockPower, power)) {
      return Double.NaN;
    }
    int xi = xOffset + i;
    return FloatRows.sumBlock(passes, exp, shift, power, blockPower, x, xi, stored, yi, length(i));
  }

  /** The scaled maximum of the first block that has one above -inf; -inf when none has. */
  private float firstScaled() {
    for (float blockMax : maxima) {
      if (exp.scaled(blockMax) != Float.NEGATIVE_INFINITY) {
        return exp.scaled(blockMax);
      }
    }
    return Float.NEGATIVE_INFINITY;
  }

  /** The power of two of the largest maximum, NaN when there is a NaN. */
  private float highestPower(float shift) {
    float highest = Float.NEGATIVE_INFINITY;
    for (float blockMax : maxima) {
      highest = Math.max(highest, exp.maxPower(exp.scaled(blockMax) + shift));
    }
    return highest;
  }

  /** The maximum of the block that begins at i. */
  private float maximum(int i) {
    return passes.max(x, xOffset + i, length(i));
  }

  private int length(int i) {
    return Math.min(FloatLanes.BLOCK, n - i);
  }

  /** {@link FloatPasses#scale}, shared. */
  static void scale(
      Workers workers,
      FloatPasses passes,
      float[] y,
      int yOffset,
      int n,
      float hi,
      float lo,
      float unit) {
    workers.share(
        n, PASS_PART, (from, count) -> passes.scale(y, yOffset + from, count, hi, lo, unit));
  }

  /** {@link FloatPasses#logProbs}, shared. */
  static void logProbs(
      Workers workers,
      FloatPasses passes,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      FloatExp exp,
      float minusMax,
      float c) {
    workers.share(
        n,
        PASS_PART,
        (from, count) ->
            passes.logProbs(x, xOffset + from, y, yOffset + from, count, exp, minusMax, c));
  }
}
