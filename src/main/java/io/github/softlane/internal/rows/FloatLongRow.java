package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.passes.FloatPasses;

/**
 * One long row of {@code float} whose blocks are shared among threads, with the bits of {@link
 * FloatRows}.
 *
 * <p>The maxima of all blocks come first, which writes nothing. From them the caller finds the
 * reference. A row that would move it, or that has to leave, is the caller's alone: such rows are
 * rare. Else the blocks are summed, each on its own, and the sums are added in the order of the
 * blocks.
 */
public final class FloatLongRow {
  /** Blocks of a part: a few microseconds, beside which it costs little to claim a part. */
  private static final int BLOCKS = 4;

  /** Elements of a part. */
  private static final int PART = BLOCKS * FloatLanes.BLOCK;

  private FloatLongRow() {}

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
    run(RowOperation.SOFTMAX, workers, passes, exp, x, xOffset, y, yOffset, n);
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
    run(RowOperation.LOG_SOFTMAX, workers, passes, exp, x, xOffset, y, yOffset, n);
  }

  /** Log-sum-exp of a row of at least one element. */
  public static float logSumExp(
      Workers workers, FloatPasses passes, FloatExp exp, float[] x, int xOffset, int n) {
    return run(RowOperation.LOG_SUM_EXP, workers, passes, exp, x, xOffset, null, 0, n);
  }

  /** The result of a log-sum-exp, else 0. */
  private static float run(
      RowOperation operation,
      Workers workers,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float[] maxima = maxima(workers, passes, x, xOffset, n);
    float max = Float.NEGATIVE_INFINITY;
    float shift = 0;
    float power = Float.NaN;
    for (float blockMax : maxima) {
      float scaledMax = exp.scaled(blockMax);
      float blockPower = exp.maxPower(scaledMax + shift);
      max = Math.max(max, blockMax);
      if (FloatRows.vanishes(scaledMax, blockPower, power)) {
        continue;
      }
      if (Float.isNaN(power)) {
        shift = exp.shift(scaledMax);
        power = exp.maxPower(scaledMax + shift);
        blockPower = power;
      }
      if (!(scaledMax < Float.POSITIVE_INFINITY) || FloatRows.needsReference(blockPower, power)) {
        return FloatRows.run(operation, passes, exp, x, xOffset, y, yOffset, n);
      }
    }
    if (Float.isNaN(power)) {
      return FloatRows.run(operation, passes, exp, x, xOffset, y, yOffset, n);
    }
    float[] stored = operation == RowOperation.SOFTMAX ? y : null;
    double[] sums =
        sums(workers, passes, exp, shift, power, maxima, x, xOffset, stored, yOffset, n);
    double sum = 0;
    for (double block : sums) {
      sum += block;
    }
    return FloatRows.end(
        operation, workers, passes, exp, max, shift, power, sum, x, xOffset, y, yOffset, n);
  }

  /** The maximum of every block. */
  private static float[] maxima(
      Workers workers, FloatPasses passes, float[] x, int xOffset, int n) {
    float[] maxima = new float[(n - 1) / FloatLanes.BLOCK + 1];
    workers.share(
        maxima.length,
        BLOCKS,
        (from, count) -> {
          for (int block = from; block < from + count; block++) {
            int i = block * FloatLanes.BLOCK;
            maxima[block] = passes.max(x, xOffset + i, Math.min(FloatLanes.BLOCK, n - i));
          }
        });
    return maxima;
  }

  /** The sum of e over every block, in units of the reference. */
  private static double[] sums(
      Workers workers,
      FloatPasses passes,
      FloatExp exp,
      float shift,
      float power,
      float[] maxima,
      float[] x,
      int xOffset,
      float[] stored,
      int yOffset,
      int n) {
    double[] sums = new double[maxima.length];
    workers.share(
        maxima.length,
        BLOCKS,
        (from, count) -> {
          for (int block = from; block < from + count; block++) {
            int i = block * FloatLanes.BLOCK;
            int length = Math.min(FloatLanes.BLOCK, n - i);
            float scaledMax = exp.scaled(maxima[block]);
            float blockPower = exp.maxPower(scaledMax + shift);
            if (FloatRows.vanishes(scaledMax, blockPower, power)) {
              FloatRows.zero(stored, yOffset + i, length);
            } else {
              int xi = xOffset + i;
              int yi = yOffset + i;
              sums[block] =
                  FloatRows.sumBlock(
                      passes, exp, shift, power, blockPower, x, xi, stored, yi, length);
            }
          }
        });
    return sums;
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
    workers.share(n, PART, (from, count) -> passes.scale(y, yOffset + from, count, hi, lo, unit));
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
        PART,
        (from, count) ->
            passes.logProbs(x, xOffset + from, y, yOffset + from, count, exp, minusMax, c));
  }
}
