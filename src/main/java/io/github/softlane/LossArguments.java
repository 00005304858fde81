package io.github.softlane;

import io.github.softlane.internal.rows.LossOptions;

/** The checks that every call of a loss makes once, before it writes anything. */
final class LossArguments {
  private LossArguments() {}

  static void checkReduced(Reduction reduction, String call) {
    if (reduction == Reduction.NONE) {
      throw new IllegalStateException(
          "the reduction is NONE, must be MEAN or SUM for "
              + call
              + "; losses gives the loss of each row");
    }
  }

  /** The temperature, which a gradient divides by. */
  static double checkedTemperature(double temperature) {
    Arguments.checkPositiveTemperature(temperature);
    return temperature;
  }

  /** A copy of the weights. */
  static double[] checkedWeights(double[] weights) {
    Arguments.length("weights", weights);
    double[] copy = weights.clone();
    for (int i = 0; i < copy.length; i++) {
      if (!(copy[i] >= 0 && copy[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights[" + i + "] is " + copy[i] + ", must be finite and 0 or more");
      }
    }
    return copy;
  }

  /** Weights for other classes than those of the rows; count is -1 where there are none. */
  static void checkWeightCount(int count, int n) {
    if (count >= 0 && count != n) {
      throw new IllegalArgumentException(
          "n is " + n + ", must be the number of class weights, which is " + count);
    }
  }

  /** Checks the class of each row; the sum of their weights. */
  static double checkedWeight(
      int[] targets,
      int targetsOffset,
      int rows,
      int n,
      LossOptions options,
      boolean ignores,
      int ignoreIndex) {
    Arguments.checkRows("targets", Arguments.length("targets", targets), targetsOffset, 1, rows, 1);
    checkWeightCount(options.weightCount(), n);
    double sum = 0;
    double lost = 0;
    for (int i = targetsOffset; i < targetsOffset + rows; i++) {
      int target = targets[i];
      if (ignores && target == ignoreIndex) {
        continue;
      }
      if (target < 0 || target >= n) {
        throw new IllegalArgumentException(
            "targets["
                + i
                + "] is "
                + target
                + ", must be at least 0 and below n, which is "
                + n
                + (ignores ? ", or the ignore index " + ignoreIndex : ""));
      }
      double weight = options.weight(target);
      lost += LossSum.error(sum, weight);
      sum += weight;
    }
    return sum + lost;
  }

  static void checkRows(String name, float[] array, int offset, int stride, int rows, int n) {
    Arguments.checkRows(name, Arguments.length(name, array), offset, stride, rows, n);
  }

  static void checkLogits(float[] x, int xOffset, int xStride, int rows, int n) {
    Arguments.checkRows("x", Arguments.length("x", x), xOffset, xStride, rows, n);
  }

  /** One loss a row; the rows are read while losses are written. */
  static void checkLosses(
      float[] x, int xOffset, int xStride, float[] losses, int lossesOffset, int rows, int n) {
    Arguments.checkRows("losses", Arguments.length("losses", losses), lossesOffset, 1, rows, 1);
    Overlaps.checkApart(
        "x", x, xOffset, Overlaps.span(rows, xStride, n), "losses", losses, lossesOffset, rows);
  }

  /** One loss a row, apart from another array of rows that are only read. */
  static void checkLossesApart(
      String name,
      float[] read,
      int readOffset,
      int readStride,
      float[] losses,
      int lossesOffset,
      int rows,
      int n) {
    Overlaps.checkApart(
        name,
        read,
        readOffset,
        Overlaps.span(rows, readStride, n),
        "losses",
        losses,
        lossesOffset,
        rows);
  }

  /** A gradient that is written over the logits or lies apart from them. */
  static void checkGradient(
      float[] x,
      int xOffset,
      int xStride,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.checkRows(
        "gradient",
        Arguments.length("gradient", gradient),
        gradientOffset,
        gradientStride,
        rows,
        n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "gradient", gradient, gradientOffset, gradientStride, rows, n);
  }

  /** A gradient that lies apart from an array that is only read. */
  static void checkGradientApart(
      String name,
      float[] read,
      int readOffset,
      int readStride,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Overlaps.checkRowsApart(
        name,
        read,
        readOffset,
        readStride,
        "gradient",
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }

  static void checkRows(String name, double[] array, int offset, int stride, int rows, int n) {
    Arguments.checkRows(name, Arguments.length(name, array), offset, stride, rows, n);
  }

  static void checkLogits(double[] x, int xOffset, int xStride, int rows, int n) {
    Arguments.checkRows("x", Arguments.length("x", x), xOffset, xStride, rows, n);
  }

  /** One loss a row; the rows are read while losses are written. */
  static void checkLosses(
      double[] x, int xOffset, int xStride, double[] losses, int lossesOffset, int rows, int n) {
    Arguments.checkRows("losses", Arguments.length("losses", losses), lossesOffset, 1, rows, 1);
    Overlaps.checkApart(
        "x", x, xOffset, Overlaps.span(rows, xStride, n), "losses", losses, lossesOffset, rows);
  }

  /** One loss a row, apart from another array of rows that are only read. */
  static void checkLossesApart(
      String name,
      double[] read,
      int readOffset,
      int readStride,
      double[] losses,
      int lossesOffset,
      int rows,
      int n) {
    Overlaps.checkApart(
        name,
        read,
        readOffset,
        Overlaps.span(rows, readStride, n),
        "losses",
        losses,
        lossesOffset,
        rows);
  }

  /** A gradient that is written over the logits or lies apart from them. */
  static void checkGradient(
      double[] x,
      int xOffset,
      int xStride,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.checkRows(
        "gradient",
        Arguments.length("gradient", gradient),
        gradientOffset,
        gradientStride,
        rows,
        n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "gradient", gradient, gradientOffset, gradientStride, rows, n);
  }

  /** A gradient that lies apart from an array that is only read. */
  static void checkGradientApart(
      String name,
      double[] read,
      int readOffset,
      int readStride,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Overlaps.checkRowsApart(
        name,
        read,
        readOffset,
        readStride,
        "gradient",
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }
}
