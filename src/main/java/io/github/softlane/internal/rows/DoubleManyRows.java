package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.WideSum;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.RowOperation;

/**
 * Many rows, each on its own; four at a time where a row is one block.
 *
 * <p>In one short row the maximum, the sum, the division and the last pass wait for each other, and
 * the processor with them. Four rows side by side take each of these steps in turn, and nothing of
 * a row waits for another: 1.5 times as fast for rows of 128. The steps are those of {@link
 * DoubleRows}, so that no bit depends on it.
 */
public final class DoubleManyRows {
  /** Four rows of so many elements, and what is stored of them, are near the first cache. */
  private static final int LONGEST = 1024;

  private DoubleManyRows() {}

  /** Softmax of rows of at least one element. */
  public static void softmax(
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    run(RowOperation.SOFTMAX, passes, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
  }

  /** Log-softmax of rows of at least one element. */
  public static void logSoftmax(
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    run(RowOperation.LOG_SOFTMAX, passes, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
  }

  /** Log-sum-exp of rows of at least one element, one result after the other. */
  public static void logSumExp(
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int rows,
      int n) {
    run(RowOperation.LOG_SUM_EXP, passes, exp, x, xOffset, xStride, y, yOffset, 1, rows, n);
  }

  private static void run(
      RowOperation operation,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    int fours = n <= LONGEST ? rows - rows % 4 : 0;
    for (int row = 0; row < fours; row += 4) {
      int xi = xOffset + row * xStride;
      int yi = yOffset + row * yStride;
      if (!four(operation, passes, exp, x, xi, xStride, y, yi, yStride, n)) {
        each(operation, passes, exp, x, xi, xStride, y, yi, yStride, 4, n);
      }
    }
    int xi = xOffset + fours * xStride;
    int yi = yOffset + fours * yStride;
    each(operation, passes, exp, x, xi, xStride, y, yi, yStride, rows - fours, n);
  }

  private static void each(
      RowOperation operation,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n) {
    for (int row = 0; row < rows; row++) {
      int yi = yOffset + row * yStride;
      double result = DoubleRows.run(operation, passes, exp, x, xOffset + row * xStride, y, yi, n);
      if (operation == RowOperation.LOG_SUM_EXP) {
        y[yi] = result;
      }
    }
  }

  /** Does four rows of one block, or nothing, when one of them has no finite maximum. */
  private static boolean four(
      RowOperation operation,
      DoublePasses passes,
      DoubleExp exp,
      double[] x,
      int x0,
      int xStride,
      double[] y,
      int y0,
      int yStride,
      int n) {
    int x1 = x0 + xStride;
    int x2 = x1 + xStride;
    int x3 = x2 + xStride;
    double max0 = passes.max(x, x0, n);
    double max1 = passes.max(x, x1, n);
    double max2 = passes.max(x, x2, n);
    double max3 = passes.max(x, x3, n);
    double scaled0 = exp.scaled(max0);
    double scaled1 = exp.scaled(max1);
    double scaled2 = exp.scaled(max2);
    double scaled3 = exp.scaled(max3);
    if (!Double.isFinite(scaled0)
        || !Double.isFinite(scaled1)
        || !Double.isFinite(scaled2)
        || !Double.isFinite(scaled3)) {
      return false;
    }
    double shift0 = exp.shift(scaled0);
    double shift1 = exp.shift(scaled1);
    double shift2 = exp.shift(scaled2);
    double shift3 = exp.shift(scaled3);
    double power0 = exp.maxPower(scaled0 + shift0);
    double power1 = exp.maxPower(scaled1 + shift1);
    double power2 = exp.maxPower(scaled2 + shift2);
    double power3 = exp.maxPower(scaled3 + shift3);
    int y1 = y0 + yStride;
    int y2 = y1 + yStride;
    int y3 = y2 + yStride;
    double[] stored = operation == RowOperation.SOFTMAX ? y : null;
    long sum0 = DoubleRows.sumBlock(passes, exp, shift0, power0, power0, x, x0, stored, y0, n);
    long sum1 = DoubleRows.sumBlock(passes, exp, shift1, power1, power1, x, x1, stored, y1, n);
    long sum2 = DoubleRows.sumBlock(passes, exp, shift2, power2, power2, x, x2, stored, y2, n);
    long sum3 = DoubleRows.sumBlock(passes, exp, shift3, power3, power3, x, x3, stored, y3, n);
    end(operation, passes, exp, max0, shift0, power0, sum0, x, x0, y, y0, n);
    end(operation, passes, exp, max1, shift1, power1, sum1, x, x1, y, y1, n);
    end(operation, passes, exp, max2, shift2, power2, sum2, x, x2, y, y2, n);
    end(operation, passes, exp, max3, shift3, power3, sum3, x, x3, y, y3, n);
    return true;
  }

  private static void end(
      RowOperation operation,
      DoublePasses passes,
      DoubleExp exp,
      double max,
      double shift,
      double power,
      long sum,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n) {
    double result =
        DoubleRows.end(
            operation,
            null,
            passes,
            exp,
            max,
            shift,
            power,
            WideSum.hi(sum),
            WideSum.lo(sum),
            x,
            xOffset,
            y,
            yOffset,
            n);
    if (operation == RowOperation.LOG_SUM_EXP) {
      y[yOffset] = result;
    }
  }
}
