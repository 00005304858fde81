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

  static double checkTemperature(double temperature) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", must be finite and above 0");
    }
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
    checkApart("x", x, xOffset, xStride, n, "losses", losses, lossesOffset, 1, 1, rows);
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
    checkApart(name, read, readOffset, readStride, n, "losses", losses, lossesOffset, 1, 1, rows);
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
    boolean same = xOffset == gradientOffset && (xStride == gradientStride || rows <= 1);
    if (!same) {
      checkApart(
          "x",
          x,
          xOffset,
          xStride,
          n,
          "gradient",
          gradient,
          gradientOffset,
          gradientStride,
          n,
          rows);
    }
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
    checkApart(
        name,
        read,
        readOffset,
        readStride,
        n,
        "gradient",
        gradient,
        gradientOffset,
        gradientStride,
        n,
        rows);
  }

  private static void checkApart(
      String name,
      float[] read,
      int offset,
      int stride,
      int n,
      String otherName,
      float[] written,
      int otherOffset,
      int otherStride,
      int otherN,
      int rows) {
    if (Arguments.sameArray(read, written) && rows > 0 && n > 0) {
      checkApart(
          name,
          offset,
          offset + (rows - 1L) * stride + n,
          otherName,
          otherOffset,
          otherOffset + (rows - 1L) * otherStride + otherN);
    }
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
    checkApart("x", x, xOffset, xStride, n, "losses", losses, lossesOffset, 1, 1, rows);
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
    checkApart(name, read, readOffset, readStride, n, "losses", losses, lossesOffset, 1, 1, rows);
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
    boolean same = xOffset == gradientOffset && (xStride == gradientStride || rows <= 1);
    if (!same) {
      checkApart(
          "x",
          x,
          xOffset,
          xStride,
          n,
          "gradient",
          gradient,
          gradientOffset,
          gradientStride,
          n,
          rows);
    }
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
    checkApart(
        name,
        read,
        readOffset,
        readStride,
        n,
        "gradient",
        gradient,
        gradientOffset,
        gradientStride,
        n,
        rows);
  }

  private static void checkApart(
      String name,
      double[] read,
      int offset,
      int stride,
      int n,
      String otherName,
      double[] written,
      int otherOffset,
      int otherStride,
      int otherN,
      int rows) {
    if (Arguments.sameArray(read, written) && rows > 0 && n > 0) {
      checkApart(
          name,
          offset,
          offset + (rows - 1L) * stride + n,
          otherName,
          otherOffset,
          otherOffset + (rows - 1L) * otherStride + otherN);
    }
  }

  private static void checkApart(
      String name, long from, long to, String otherName, long otherFrom, long otherTo) {
    if (from < otherTo && otherFrom < to) {
      throw new IllegalArgumentException(
          name
              + " and "
              + otherName
              + " are one array, and its elements from "
              + name
              + "Offset "
              + from
              + " overlap those from "
              + otherName
              + "Offset "
              + otherFrom
              + "; they must be the same rows (only a gradient and x) or lie apart");
    }
  }
}
