package io.github.softlane.jmh.contender;

/**
 * The style of the inference engines in Java: a tensor class whose operations take lambdas, one
 * virtual call per element and step.
 */
final class LambdaKernel implements LossKernel {

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    FloatTensor result = new FloatTensor.OnHeap(y);
    new FloatTensor.OnHeap(x).copyTo(xOffset, result, yOffset, n);
    float max = result.max(yOffset, n);
    result.mapInPlace(yOffset, n, value -> (float) Math.exp(value - max));
    float sum = result.sum(yOffset, n);
    result.mapInPlace(yOffset, n, value -> value / sum);
  }

  @Override
  public void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
    float logSumExp = logSumExp(x, xOffset, n);
    FloatTensor result = new FloatTensor.OnHeap(y);
    new FloatTensor.OnHeap(x).copyTo(xOffset, result, yOffset, n);
    result.mapInPlace(yOffset, n, value -> value - logSumExp);
  }

  @Override
  public float logSumExp(float[] x, int xOffset, int n) {
    FloatTensor logits = new FloatTensor.OnHeap(x);
    float max = logits.max(xOffset, n);
    float sum = logits.reduce(xOffset, n, 0, (acc, value) -> acc + (float) Math.exp(value - max));
    return max + (float) Math.log(sum);
  }

  @Override
  public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    DoubleTensor result = new DoubleTensor.OnHeap(y);
    new DoubleTensor.OnHeap(x).copyTo(xOffset, result, yOffset, n);
    double max = result.max(yOffset, n);
    result.mapInPlace(yOffset, n, value -> Math.exp(value - max));
    double sum = result.sum(yOffset, n);
    result.mapInPlace(yOffset, n, value -> value / sum);
  }

  @Override
  public void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
    double logSumExp = logSumExp(x, xOffset, n);
    DoubleTensor result = new DoubleTensor.OnHeap(y);
    new DoubleTensor.OnHeap(x).copyTo(xOffset, result, yOffset, n);
    result.mapInPlace(yOffset, n, value -> value - logSumExp);
  }

  @Override
  public double logSumExp(double[] x, int xOffset, int n) {
    DoubleTensor logits = new DoubleTensor.OnHeap(x);
    double max = logits.max(xOffset, n);
    double sum = logits.reduce(xOffset, n, 0, (acc, value) -> acc + Math.exp(value - max));
    return max + Math.log(sum);
  }

  @Override
  public float crossEntropy(
      float[] x, int xOffset, int target, float[] y, int yOffset, int n, int rows) {
    FloatTensor result = new FloatTensor.OnHeap(y);
    FloatTensor logits = new FloatTensor.OnHeap(x);
    float goal = logits.get(xOffset + target);
    logits.copyTo(xOffset, result, yOffset, n);
    float max = result.max(yOffset, n);
    result.mapInPlace(yOffset, n, value -> (float) Math.exp(value - max));
    float sum = result.sum(yOffset, n);
    result.mapInPlace(yOffset, n, value -> value / sum / rows);
    result.set(yOffset + target, result.get(yOffset + target) - 1.0f / rows);
    return (float) Math.log(sum) + max - goal;
  }

  @Override
  public double crossEntropy(
      double[] x, int xOffset, int target, double[] y, int yOffset, int n, int rows) {
    DoubleTensor result = new DoubleTensor.OnHeap(y);
    DoubleTensor logits = new DoubleTensor.OnHeap(x);
    double goal = logits.get(xOffset + target);
    logits.copyTo(xOffset, result, yOffset, n);
    double max = result.max(yOffset, n);
    result.mapInPlace(yOffset, n, value -> Math.exp(value - max));
    double sum = result.sum(yOffset, n);
    result.mapInPlace(yOffset, n, value -> value / sum / rows);
    result.set(yOffset + target, result.get(yOffset + target) - 1.0 / rows);
    return Math.log(sum) + max - goal;
  }
}
