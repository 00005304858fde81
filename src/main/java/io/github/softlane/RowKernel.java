package io.github.softlane;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.rows.DoubleLimitRows;
import io.github.softlane.internal.rows.DoubleLongRow;
import io.github.softlane.internal.rows.DoubleManyRows;
import io.github.softlane.internal.rows.DoubleRows;
import io.github.softlane.internal.rows.FloatLimitRows;
import io.github.softlane.internal.rows.FloatLongRow;
import io.github.softlane.internal.rows.FloatManyRows;
import io.github.softlane.internal.rows.FloatRows;
import io.github.softlane.internal.rows.Workers;

/**
 * A {@link Kernel} over one set of passes: checks its arguments once, then runs the row algorithm.
 */
final class RowKernel implements Kernel {
  private final String name;
  private final FloatPasses floats;
  private final DoublePasses doubles;

  RowKernel(Backend backend) {
    this.name = backend.name();
    this.floats = backend.floats();
    this.doubles = backend.doubles();
  }

  @Override
  public String name() {
    return name;
  }

  /** The passes over rows of {@code float}. */
  FloatPasses floats() {
    return floats;
  }

  /** The passes over rows of {@code double}. */
  DoublePasses doubles() {
    return doubles;
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    if (n > 0) {
      FloatRows.softmax(floats, FloatExp.UNIT, x, xOffset, y, yOffset, n);
    }
  }

  @Override
  public void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    if (n > 0) {
      FloatRows.logSoftmax(floats, FloatExp.UNIT, x, xOffset, y, yOffset, n);
    }
  }

  @Override
  public float logSumExp(float[] x, int xOffset, int n) {
    Arguments.checkRow(x, xOffset, n);
    return n == 0
        ? Float.NEGATIVE_INFINITY
        : FloatRows.logSumExp(floats, FloatExp.UNIT, x, xOffset, n);
  }

  @Override
  public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    if (n > 0) {
      DoubleRows.softmax(doubles, DoubleExp.UNIT, x, xOffset, y, yOffset, n);
    }
  }

  @Override
  public void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    if (n > 0) {
      DoubleRows.logSoftmax(doubles, DoubleExp.UNIT, x, xOffset, y, yOffset, n);
    }
  }

  @Override
  public double logSumExp(double[] x, int xOffset, int n) {
    Arguments.checkRow(x, xOffset, n);
    return n == 0
        ? Double.NEGATIVE_INFINITY
        : DoubleRows.logSumExp(doubles, DoubleExp.UNIT, x, xOffset, n);
  }

  // The calls of Logits: arguments checked by the caller, n at least 1.

  void softmaxRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    if (FloatExp.covers(temperature)) {
      FloatExp exp = FloatExp.of(temperature);
      FloatManyRows.softmax(floats, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      int yi = yOffset + row * yStride;
      FloatLimitRows.softmax(floats, temperature, x, xi, y, yi, n);
    }
  }

  void logSoftmaxRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    if (FloatExp.covers(temperature)) {
      FloatExp exp = FloatExp.of(temperature);
      FloatManyRows.logSoftmax(floats, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      int yi = yOffset + row * yStride;
      FloatLimitRows.logSoftmax(floats, temperature, x, xi, y, yi, n);
    }
  }

  void logSumExpRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    if (FloatExp.covers(temperature)) {
      FloatExp exp = FloatExp.of(temperature);
      FloatManyRows.logSumExp(floats, exp, x, xOffset, xStride, y, yOffset, rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      y[yOffset + row] = FloatLimitRows.logSumExp(floats, temperature, x, xi, n);
    }
  }

  float logSumExp(float[] x, int xOffset, int n, double temperature) {
    return FloatExp.covers(temperature)
        ? FloatRows.logSumExp(floats, FloatExp.of(temperature), x, xOffset, n)
        : FloatLimitRows.logSumExp(floats, temperature, x, xOffset, n);
  }

  int argmax(float[] x, int xOffset, int n) {
    int nan = floats.firstNaN(x, xOffset, n);
    return nan < n ? nan : floats.firstAtLeast(x, xOffset, n, floats.max(x, xOffset, n));
  }

  void softmaxRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    if (DoubleExp.covers(temperature)) {
      DoubleExp exp = DoubleExp.of(temperature);
      DoubleManyRows.softmax(doubles, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      int yi = yOffset + row * yStride;
      DoubleLimitRows.softmax(doubles, temperature, x, xi, y, yi, n);
    }
  }

  void logSoftmaxRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      double temperature) {
    if (DoubleExp.covers(temperature)) {
      DoubleExp exp = DoubleExp.of(temperature);
      DoubleManyRows.logSoftmax(doubles, exp, x, xOffset, xStride, y, yOffset, yStride, rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      int yi = yOffset + row * yStride;
      DoubleLimitRows.logSoftmax(doubles, temperature, x, xi, y, yi, n);
    }
  }

  void logSumExpRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    if (DoubleExp.covers(temperature)) {
      DoubleExp exp = DoubleExp.of(temperature);
      DoubleManyRows.logSumExp(doubles, exp, x, xOffset, xStride, y, yOffset, rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int xi = xOffset + row * xStride;
      y[yOffset + row] = DoubleLimitRows.logSumExp(doubles, temperature, x, xi, n);
    }
  }

  double logSumExp(double[] x, int xOffset, int n, double temperature) {
    return DoubleExp.covers(temperature)
        ? DoubleRows.logSumExp(doubles, DoubleExp.of(temperature), x, xOffset, n)
        : DoubleLimitRows.logSumExp(doubles, temperature, x, xOffset, n);
  }

  int argmax(double[] x, int xOffset, int n) {
    int nan = doubles.firstNaN(x, xOffset, n);
    return nan < n ? nan : doubles.firstAtLeast(x, xOffset, n, doubles.max(x, xOffset, n));
  }

  // One long row whose blocks threads share; arguments checked by the caller, n at least 1.

  void softmax(
      Workers workers, float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
    if (FloatExp.covers(temperature)) {
      FloatExp exp = FloatExp.of(temperature);
      FloatLongRow.softmax(workers, floats, exp, x, xOffset, y, yOffset, n);
    } else {
      FloatLimitRows.softmax(floats, temperature, x, xOffset, y, yOffset, n);
    }
  }

  void logSoftmax(
      Workers workers, float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
    if (FloatExp.covers(temperature)) {
      FloatExp exp = FloatExp.of(temperature);
      FloatLongRow.logSoftmax(workers, floats, exp, x, xOffset, y, yOffset, n);
    } else {
      FloatLimitRows.logSoftmax(floats, temperature, x, xOffset, y, yOffset, n);
    }
  }

  float logSumExp(Workers workers, float[] x, int xOffset, int n, double temperature) {
    return FloatExp.covers(temperature)
        ? FloatLongRow.logSumExp(workers, floats, FloatExp.of(temperature), x, xOffset, n)
        : FloatLimitRows.logSumExp(floats, temperature, x, xOffset, n);
  }

  void softmax(
      Workers workers,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      double temperature) {
    if (DoubleExp.covers(temperature)) {
      DoubleExp exp = DoubleExp.of(temperature);
      DoubleLongRow.softmax(workers, doubles, exp, x, xOffset, y, yOffset, n);
    } else {
      DoubleLimitRows.softmax(doubles, temperature, x, xOffset, y, yOffset, n);
    }
  }

  void logSoftmax(
      Workers workers,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      double temperature) {
    if (DoubleExp.covers(temperature)) {
      DoubleExp exp = DoubleExp.of(temperature);
      DoubleLongRow.logSoftmax(workers, doubles, exp, x, xOffset, y, yOffset, n);
    } else {
      DoubleLimitRows.logSoftmax(doubles, temperature, x, xOffset, y, yOffset, n);
    }
  }

  double logSumExp(Workers workers, double[] x, int xOffset, int n, double temperature) {
    return DoubleExp.covers(temperature)
        ? DoubleLongRow.logSumExp(workers, doubles, DoubleExp.of(temperature), x, xOffset, n)
        : DoubleLimitRows.logSumExp(doubles, temperature, x, xOffset, n);
  }
}
