package io.github.softlane;

import io.github.softlane.internal.rows.DoubleLabelledRows;
import io.github.softlane.internal.rows.FloatLabelledRows;
import io.github.softlane.internal.rows.LabelledRows;
import io.github.softlane.internal.rows.Workers;
import java.util.List;

/**
 * The backends of this JVM with the calls that take a temperature, which {@link Kernel} has not.
 *
 * <p>Tests outside this package reach {@link RowKernel} through here.
 */
public final class Backends {
  private static final List<Rows> ALL =
      tested().stream().map(kernel -> new Rows((RowKernel) kernel)).toList();

  private Backends() {}

  private static List<Kernel> tested() {
    String asked = System.getProperty("softlane.backend", "auto");
    List<Kernel> all = Kernels.all();
    if (all.stream().noneMatch(kernel -> kernel.name().equals(asked))) {
      return all;
    }
    return all.stream()
        .filter(kernel -> kernel.name().equals(asked) || kernel.name().equals("scalar"))
        .toList();
  }

  /**
   * Every backend of {@link Kernels#all()}, in the same order; where one is asked for by name, only
   * that one and scalar, as the others have runs of their own. A method source for tests.
   */
  public static List<Rows> all() {
    return ALL;
  }

  /** The scalar backend. */
  public static Rows scalar() {
    return ALL.getLast();
  }

  /** One backend. Rows with a temperature hold at least one element, as {@link Logits} sees to. */
  public static final class Rows {
    private final RowKernel kernel;

    private Rows(RowKernel kernel) {
      this.kernel = kernel;
    }

    /** The calls without a temperature. */
    public Kernel kernel() {
      return kernel;
    }

    @Override
    public String toString() {
      return kernel.name();
    }

    public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
      kernel.softmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }

    public void softmax(
        double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
      kernel.softmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }

    public void logSoftmax(
        float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
      kernel.logSoftmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }

    public void logSoftmax(
        double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
      kernel.logSoftmaxRows(x, xOffset, n, y, yOffset, n, 1, n, temperature);
    }

    public float logSumExp(float[] x, int xOffset, int n, double temperature) {
      return kernel.logSumExp(x, xOffset, n, temperature);
    }

    public double logSumExp(double[] x, int xOffset, int n, double temperature) {
      return kernel.logSumExp(x, xOffset, n, temperature);
    }

    public void softmax(
        Workers workers, float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
      kernel.softmax(workers, x, xOffset, y, yOffset, n, t);
    }

    public void logSoftmax(
        Workers workers, float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
      kernel.logSoftmax(workers, x, xOffset, y, yOffset, n, t);
    }

    public float logSumExp(Workers workers, float[] x, int xOffset, int n, double t) {
      return kernel.logSumExp(workers, x, xOffset, n, t);
    }

    public void softmax(
        Workers workers, double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
      kernel.softmax(workers, x, xOffset, y, yOffset, n, t);
    }

    public void logSoftmax(
        Workers workers, double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
      kernel.logSoftmax(workers, x, xOffset, y, yOffset, n, t);
    }

    public double logSumExp(Workers workers, double[] x, int xOffset, int n, double t) {
      return kernel.logSumExp(workers, x, xOffset, n, t);
    }

    public int argmax(float[] x, int xOffset, int n) {
      return kernel.argmax(x, xOffset, n);
    }

    public int argmax(double[] x, int xOffset, int n) {
      return kernel.argmax(x, xOffset, n);
    }

    /** Softmax of the whole array, in a new one. */
    public float[] softmax(float[] x, double temperature) {
      float[] y = new float[x.length];
      softmax(x, 0, y, 0, x.length, temperature);
      return y;
    }

    /** Softmax of the whole array, in a new one. */
    public double[] softmax(double[] x, double temperature) {
      double[] y = new double[x.length];
      softmax(x, 0, y, 0, x.length, temperature);
      return y;
    }

    /** Log-softmax of the whole array, in a new one. */
    public float[] logSoftmax(float[] x, double temperature) {
      float[] y = new float[x.length];
      logSoftmax(x, 0, y, 0, x.length, temperature);
      return y;
    }

    /** Log-softmax of the whole array, in a new one. */
    public double[] logSoftmax(double[] x, double temperature) {
      double[] y = new double[x.length];
      logSoftmax(x, 0, y, 0, x.length, temperature);
      return y;
    }

    /** Log-sum-exp of the whole array. */
    public float logSumExp(float[] x, double temperature) {
      return logSumExp(x, 0, x.length, temperature);
    }

    /** The fit of a temperature to rows that fill the array. */
    public TemperatureScaling fit(float[] x, int[] targets, int n) {
      return TemperatureScaling.fit(labelled(x, targets, n));
    }

    /** The fit of a temperature to rows that fill the array. */
    public TemperatureScaling fit(double[] x, int[] targets, int n) {
      return TemperatureScaling.fit(labelled(x, targets, n));
    }

    /** The calibration of rows that fill the array. */
    public Calibration measure(float[] x, int[] targets, int n, int bins, double temperature) {
      return Calibration.measure(labelled(x, targets, n), bins, temperature);
    }

    /** The calibration of rows that fill the array. */
    public Calibration measure(double[] x, int[] targets, int n, int bins, double temperature) {
      return Calibration.measure(labelled(x, targets, n), bins, temperature);
    }

    private LabelledRows labelled(float[] x, int[] targets, int n) {
      return new FloatLabelledRows(kernel.floats(), x, 0, n, targets, 0, targets.length, n);
    }

    private LabelledRows labelled(double[] x, int[] targets, int n) {
      return new DoubleLabelledRows(kernel.doubles(), x, 0, n, targets, 0, targets.length, n);
    }

    /** Loss and gradient of a class in a tree, over whole arrays. */
    public float lossAndGradient(
        HierarchicalSoftmax tree, float[] u, float[] x, int target, float[] ug, float[] xg) {
      return tree.pathGradient(kernel, u, 0, x, 0, target, ug, 0, xg, 0);
    }

    /** Loss and gradient of a class in a tree, over whole arrays. */
    public double lossAndGradient(
        HierarchicalSoftmax tree, double[] u, double[] x, int target, double[] ug, double[] xg) {
      return tree.pathGradient(kernel, u, 0, x, 0, target, ug, 0, xg, 0);
    }

    /** Log-sum-exp of the whole array. */
    public double logSumExp(double[] x, double temperature) {
      return logSumExp(x, 0, x.length, temperature);
    }
  }
}
