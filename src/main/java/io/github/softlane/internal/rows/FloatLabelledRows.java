package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.InverseTemperature;
import io.github.softlane.internal.arithmetic.Log;
import io.github.softlane.internal.passes.FloatMoments;
import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;

/** Labelled rows of {@code float} in an array. */
public final class FloatLabelledRows implements LabelledRows {
  private final FloatPasses passes;
  private final float[] x;
  private final int xOffset;
  private final int xStride;
  private final int[] targets;
  private final int targetsOffset;
  private final int rows;
  private final int n;
  private final double[] moments = new double[FloatMoments.COUNT];

  /** Arguments checked by the caller; a row has at least one element. */
  public FloatLabelledRows(
      FloatPasses passes,
      float[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      int rows,
      int n) {
    this.passes = passes;
    this.x = x;
    this.xOffset = xOffset;
    this.xStride = xStride;
    this.targets = targets;
    this.targetsOffset = targetsOffset;
    this.rows = rows;
    this.n = n;
  }

  private int offset(int row) {
    return xOffset + row * xStride;
  }

  private int target(int row) {
    return targets[targetsOffset + row];
  }

  private float max(int row) {
    return passes.max(x, offset(row), n);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int firstUndefined() {
    int row = 0;
    while (row < rows && Math.abs(max(row)) < Float.POSITIVE_INFINITY) {
      row++;
    }
    return row;
  }

  @Override
  public int firstMasked() {
    int row = 0;
    while (row < rows && x[offset(row) + target(row)] != Float.NEGATIVE_INFINITY) {
      row++;
    }
    return row;
  }

  @Override
  public double range() {
    double widest = 0;
    for (int row = 0; row < rows; row++) {
      float max = max(row);
      float min = max;
      for (int i = offset(row); i < offset(row) + n; i++) {
        min = x[i] < min && x[i] != Float.NEGATIVE_INFINITY ? x[i] : min;
      }
      widest = Math.max(widest, (double) max - min);
    }
    return widest;
  }

  @Override
  public boolean labelsAreLargest() {
    int row = 0;
    while (row < rows && x[offset(row) + target(row)] == max(row)) {
      row++;
    }
    return row == rows;
  }

  @Override
  public double meanLossOfTies() {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      float max = max(row);
      int ties = 0;
      for (int i = offset(row); i < offset(row) + n; i++) {
        ties += x[i] == max ? 1 : 0;
      }
      sum += Log.log(ties, 0);
    }
    return sum / rows;
  }

  @Override
  public double meanLoss(InverseTemperature inverse) {
    double sum = 0;
    double sumLo = 0;
    for (int row = 0; row < rows; row++) {
      double loss = FloatLikelihood.loss(passes, inverse, x, offset(row), n, target(row));
      double next = sum + loss;
      double part = next - sum;
      sumLo += (sum - (next - part)) + (loss - part);
      sum = next;
    }
    return (Double.isInfinite(sum) ? sum : sum + sumLo) / rows;
  }

  @Override
  public void sumSlopes(InverseTemperature inverse, double[] slope) {
    Arrays.fill(slope, 0);
    for (int row = 0; row < rows; row++) {
      FloatLikelihood.addSlope(passes, inverse, x, offset(row), n, target(row), moments, slope);
    }
  }

  @Override
  public void measure(int row, InverseTemperature inverse, double[] measures) {
    FloatLikelihood.measure(passes, inverse, x, offset(row), n, target(row), measures);
  }
}
