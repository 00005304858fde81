package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;

/**
 * Many rows, each on its own; short ones in one go where the passes can, else four at a time where
 * a row is one block.
 *
 * <p>In one short row the maximum, the sum, the division and the last pass wait for each other, and
 * the processor with them. Four rows side by side take each of these steps in turn, and nothing of
 * a row waits for another: 1.5 times as fast for rows of 128. The steps are those of {@link
 * FloatRows}, so that no bit depends on it.
 */
public final class FloatManyRows {
  /** Four rows of so many elements, and what is stored of them, are near the first cache. */
  private static final int LONGEST = 2048;

  private FloatManyRows() {}

  /** Softmax of rows of at least one element. */
  public static void softmax(
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    run(RowOperation.SOFTMAX, passes, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
  }

  /** Log-softmax of rows of at least one element. */
  public static void logSoftmax(
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    run(RowOperation.LOG_SOFTMAX, passes, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
  }

  /** Log-sum-exp of rows of at least one element, one result after the other. */
  public static void logSumExp(
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int rows,
      int n) {
    run(RowOperation.LOG_SUM_EXP, passes, exp, x, xOffset, xStride, y, yOffset, 1, rows, n);
  }

  private static void run(
      RowOperation operation,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    boolean isShort = FloatRows.isShort(exp, n);
    int done = 0;
    while (done < rows) {
      int xi = xOffset + done * xStride;
      int yi = yOffset + done * yStride;
      int left = rows - done;
      int inOneGo =
          isShort ? passes.shortRows(operation, x, xi, xStride, y, yi, yStride, left, n) : 0;
      xi += inOneGo * xStride;
      yi += inOneGo * yStride;
      int some = Math.min(4, left - inOneGo);
      if (some < 4
          || n > LONGEST
          || !four(operation, passes, exp, x, xi, xStride, y, yi, yStride, n)) {
        each(operation, passes, exp, x, xi, xStride, y, yi, yStride, some, n);
      }
      done += inOneGo + some;
    }
  }

  private static void each(
      RowOperation operation,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    for (int row = 0; row < rows; row++) {
      int yi = yOffset + row * yStride;
      float result = FloatRows.run(operation, passes, exp, x, xOffset + row * xStride, y, yi, n);
      if (operation == RowOperation.LOG_SUM_EXP) {
        y[yi] = result;
      }
    }
  }

  /** Does four rows of one block, or nothing, when one of them has no finite maximum. */
  private static boolean four(
      RowOperation operation,
      FloatPasses passes,
      FloatExp exp,
      float[] x,
      int x0,
      int xStride,
      float[] y,
      int y0,
      int yStride,
      int n) {
    int x1 = x0 + xStride;
    int x2 = x1 + xStride;
    int x3 = x2 + xStride;
    float max0 = passes.max(x, x0, n);
    float max1 = passes.max(x, x1, n);
    float max2 = passes.max(x, x2, n);
    float max3 = passes.max(x, x3, n);
    float scaled0 = exp.scaled(max0);
    float scaled1 = exp.scaled(max1);
    float scaled2 = exp.scaled(max2);
    float scaled3 = exp.scaled(max3);
    if (!Float.isFinite(scaled0)
        || !Float.isFinite(scaled1)
        || !Float.isFinite(scaled2)
        || !Float.isFinite(scaled3)) {
      return false;
    }
    float shift0 = exp.shift(scaled0);
    float shift1 = exp.shift(scaled1);
    float shift2 = exp.shift(scaled2);
    float shift3 = exp.shift(scaled3);
    float power0 = exp.maxPower(scaled0 + shift0);
    float power1 = exp.maxPower(scaled1 + shift1);
    float power2 = exp.maxPower(scaled2 + shift2);
    float power3 = exp.maxPower(scaled3 + shift3);
    int y1 = y0 + yStride;
    int y2 = y1 + yStride;
    int y3 = y2 + yStride;
    float[] stored = operation == RowOperation.SOFTMAX ? y : null;
    double sum0 = FloatRows.sumBlock(passes, exp, shift0, power0, power0, x, x0, stored, y0, n);
    double sum1 = FloatRows.sumBlock(passes, exp, shift1, power1, power1, x, x1, stored, y1, n);
    double sum2 = FloatRows.sumBlock(passes, exp, shift2, power2, power2, x, x2, stored, y2, n);
    double sum3 = FloatRows.sumBlock(passes, exp, shift3, power3, power3, x, x3, stored, y3, n);
    end(operation, passes, exp, max0, shift0, power0, sum0, x, x0, y, y0, n);
    end(operation, passes, exp, max1, shift1, power1, sum1, x, x1, y, y1, n);
    end(operation, passes, exp, max2, shift2, power2, sum2, x, x2, y, y2, n);
    end(operation, passes, exp, max3, shift3, power3, sum3, x, x3, y, y3, n);
    return true;
  }

  private static void end(
      RowOperation operation,
      FloatPasses passes,
      FloatExp exp,
      float max,
      float shift,
      float power,
      double sum,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n) {
    float result =
        FloatRows.end(
            operation, null, passes, exp, max, shift, power, sum, x, xOffset, y, yOffset, n);
    if (operation == RowOperation.LOG_SUM_EXP) {
      y[yOffset] = result;
    }
  }
}
