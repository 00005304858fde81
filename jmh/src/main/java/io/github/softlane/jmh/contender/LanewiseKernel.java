package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one writes first with the Vector API: {@link VectorOperators#EXP}, vectors of the preferred
 * size, and a scalar loop for the tail.
 */
final class LanewiseKernel implements Kernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  @Override
  public String name() {
    return "lanewise-exp";
  }

  @Override
  public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    float max = max(x, xOffset, n);
    FloatVector sums = FloatVector.zero(FLOATS);
    int bound = FLOATS.loopBound(n);
    int i = 0;
    for (; i < bound; i += FLOATS.length()) {
      FloatVector e =
          FloatVector.fromArray(FLOATS, x, xOffset + i).sub(max).lanewise(VectorOperators.EXP);
      e.intoArray(y, yOffset + i);
      sums = sums.add(e);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      float e = (float) Math.exp(x[xOffset + i] - max);
      y[yOffset + i] = e;
      sum += e;
    }
    float scale = 1 / sum;
    for (i = 0; i < bound; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, y, yOffset + i).mul(scale).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] *= scale;
    }
  }

  @Override
  public void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    float logSumExp = logSumExp(x, xOffset, n);
    int bound = FLOATS.loopBound(n);
    int i = 0;
    for (; i < bound; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, x, xOffset + i).sub(logSumExp).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - logSumExp;
    }
  }

  @Override
  public float logSumExp(float[] x, int xOffset, int n) {
    float max = max(x, xOffset, n);
    FloatVector sums = FloatVector.zero(FLOATS);
    int bound = FLOATS.loopBound(n);
    int i = 0;
    for (; i < bound; i += FLOATS.length()) {
      sums =
          sums.add(
              FloatVector.fromArray(FLOATS, x, xOffset + i).sub(max).lanewise(VectorOperators.EXP));
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += (float) Math.exp(x[xOffset + i] - max);
    }
    return max + (float) Math.log(sum);
  }

  private static float max(float[] x, int offset, int n) {
    FloatVector maxima = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int bound = FLOATS.loopBound(n);
    int i = 0;
    for (; i < bound; i += FLOATS.length()) {
      maxima = maxima.max(FloatVector.fromArray(FLOATS, x, offset + i));
    }
    float max = maxima.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }

  @Override
  public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    double max = max(x, xOffset, n);
    DoubleVector sums = DoubleVector.zero(DOUBLES);
    int bound = DOUBLES.loopBound(n);
    int i = 0;
    for (; i < bound; i += DOUBLES.length()) {
      DoubleVector e =
          DoubleVector.fromArray(DOUBLES, x, xOffset + i).sub(max).lanewise(VectorOperators.EXP);
      e.intoArray(y, yOffset + i);
      sums = sums.add(e);
    }
    double sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      double e = Math.exp(x[xOffset + i] - max);
      y[yOffset + i] = e;
      sum += e;
    }
    double scale = 1 / sum;
    for (i = 0; i < bound; i += DOUBLES.length()) {
      DoubleVector.fromArray(DOUBLES, y, yOffset + i).mul(scale).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] *= scale;
    }
  }

  @Override
  public void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    double logSumExp = logSumExp(x, xOffset, n);
    int bound = DOUBLES.loopBound(n);
    int i = 0;
    for (; i < bound; i += DOUBLES.length()) {
      DoubleVector.fromArray(DOUBLES, x, xOffset + i).sub(logSumExp).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - logSumExp;
    }
  }

  @Override
  public double logSumExp(double[] x, int xOffset, int n) {
    double max = max(x, xOffset, n);
    DoubleVector sums = DoubleVector.zero(DOUBLES);
    int bound = DOUBLES.loopBound(n);
    int i = 0;
    for (; i < bound; i += DOUBLES.length()) {
      sums =
          sums.add(
              DoubleVector.fromArray(DOUBLES, x, xOffset + i)
                  .sub(max)
                  .lanewise(VectorOperators.EXP));
    }
    double sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += Math.exp(x[xOffset + i] - max);
    }
    return max + Math.log(sum);
  }

  private static double max(double[] x, int offset, int n) {
    DoubleVector maxima = DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
    int bound = DOUBLES.loopBound(n);
    int i = 0;
    for (; i < bound; i += DOUBLES.length()) {
      maxima = maxima.max(DoubleVector.fromArray(DOUBLES, x, offset + i));
    }
    double max = maxima.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }
}
