package io.github.softlane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** The losses on a backend of the test's choice, rows one after the other without gaps. */
public final class Losses {
  private static final int GAP = 3;

  private Losses() {}

  public static double loss(
      Backends.Rows backend, CrossEntropy options, Reduction reduction, float[] x, int[] targets) {
    int n = targets.length == 0 ? 0 : x.length / targets.length;
    return options.run(
        kernel(backend), reduction, x, 0, n, targets, 0, null, 0, null, 0, 0, targets.length, n);
  }

  public static void losses(
      Backends.Rows backend, CrossEntropy options, float[] x, int[] targets, float[] losses) {
    int n = targets.length == 0 ? 0 : x.length / targets.length;
    options.run(
        kernel(backend),
        Reduction.NONE,
        x,
        0,
        n,
        targets,
        0,
        losses,
        0,
        null,
        0,
        0,
        targets.length,
        n);
  }

  public static double lossAndGradient(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      float[] x,
      int[] targets,
      float[] gradient) {
    int n = targets.length == 0 ? 0 : x.length / targets.length;
    return options.run(
        kernel(backend),
        reduction,
        x,
        0,
        n,
        targets,
        0,
        null,
        0,
        gradient,
        0,
        n,
        targets.length,
        n);
  }

  public static double loss(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      float[] x,
      float[] targets,
      int rows) {
    int n = rows == 0 ? 0 : x.length / rows;
    return options.run(
        kernel(backend), reduction, x, 0, n, targets, 0, n, null, 0, null, 0, 0, rows, n);
  }

  public static void losses(
      Backends.Rows backend, CrossEntropy options, float[] x, float[] targets, float[] losses) {
    int rows = losses.length;
    int n = rows == 0 ? 0 : x.length / rows;
    options.run(
        kernel(backend), Reduction.NONE, x, 0, n, targets, 0, n, losses, 0, null, 0, 0, rows, n);
  }

  public static double lossAndGradient(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      float[] x,
      float[] targets,
      float[] gradient,
      int rows) {
    int n = rows == 0 ? 0 : x.length / rows;
    return options.run(
        kernel(backend), reduction, x, 0, n, targets, 0, n, null, 0, gradient, 0, n, rows, n);
  }

  public static double loss(
      Backends.Rows backend, CrossEntropy options, Reduction reduction, double[] x, int[] targets) {
    int n = targets.length == 0 ? 0 : x.length / targets.length;
    return options.run(
        kernel(backend), reduction, x, 0, n, targets, 0, null, 0, null, 0, 0, targets.length, n);
  }

  public static void losses(
      Backends.Rows backend, CrossEntropy options, double[] x, int[] targets, double[] losses) {
    int n = targets.length == 0 ? 0 : x.length / targets.length;
    options.run(
        kernel(backend),
        Reduction.NONE,
        x,
        0,
        n,
        targets,
        0,
        losses,
        0,
        null,
        0,
        0,
        targets.length,
        n);
  }

  public static double lossAndGradient(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      double[] x,
      int[] targets,
      double[] gradient) {
    int n = targets.length == 0 ? 0 : x.length / targets.length;
    return options.run(
        kernel(backend),
        reduction,
        x,
        0,
        n,
        targets,
        0,
        null,
        0,
        gradient,
        0,
        n,
        targets.length,
        n);
  }

  public static double loss(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      double[] x,
      double[] targets,
      int rows) {
    int n = rows == 0 ? 0 : x.length / rows;
    return options.run(
        kernel(backend), reduction, x, 0, n, targets, 0, n, null, 0, null, 0, 0, rows, n);
  }

  public static void losses(
      Backends.Rows backend, CrossEntropy options, double[] x, double[] targets, double[] losses) {
    int rows = losses.length;
    int n = rows == 0 ? 0 : x.length / rows;
    options.run(
        kernel(backend), Reduction.NONE, x, 0, n, targets, 0, n, losses, 0, null, 0, 0, rows, n);
  }

  public static double lossAndGradient(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      double[] x,
      double[] targets,
      double[] gradient,
      int rows) {
    int n = rows == 0 ? 0 : x.length / rows;
    return options.run(
        kernel(backend), reduction, x, 0, n, targets, 0, n, null, 0, gradient, 0, n, rows, n);
  }

  /** The sum of a batch of one row of either type, and its gradient. */
  public static double distillation(
      Backends.Rows backend,
      boolean isFloat,
      Distillation options,
      double[] student,
      double[] teacher,
      double[] gradient) {
    int n = student.length;
    RowKernel kernel = kernel(backend);
    if (!isFloat) {
      double loss =
          options.run(kernel, student, 0, n, teacher, 0, n, null, 0, null, 0, gradient, 0, n, 1, n);
      same(
          loss,
          options.run(kernel, student, 0, n, teacher, 0, n, null, 0, null, 0, null, 0, 0, 1, n),
          "the loss alone");
      return loss;
    }
    float[] x = new float[n];
    float[] other = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) student[i];
      other[i] = (float) teacher[i];
    }
    double alone = options.run(kernel, x, 0, n, other, 0, n, null, 0, null, 0, null, 0, 0, 1, n);
    double loss = options.run(kernel, x, 0, n, other, 0, n, null, 0, null, 0, x, 0, n, 1, n);
    same(loss, alone, "the loss with a gradient in place");
    for (int i = 0; i < n; i++) {
      gradient[i] = x[i];
    }
    return loss;
  }

  /**
   * Everything that cross-entropy says of a batch, widened to double.
   *
   * @param loss with no gradient asked for
   * @param fused the loss that came with the gradient
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Outcome(double loss, double fused, double[] losses, double[] gradient) {}

  /**
   * Runs a batch of either type, with classes or with soft targets, in an array with gaps and with
   * the gradient in place too, which must agree.
   *
   * @param targets the classes, or null
   * @param soft the soft targets, or null
   */
  public static Outcome run(
      Backends.Rows backend,
      boolean isFloat,
      CrossEntropy options,
      Reduction reduction,
      double[] x,
      int[] targets,
      double[] soft,
      int rows) {
    return isFloat
        ? runFloats(backend, options, reduction, x, targets, soft, rows)
        : runDoubles(backend, options, reduction, x, targets, soft, rows);
  }

  private static Outcome runFloats(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      double[] x,
      int[] targets,
      double[] soft,
      int rows) {
    RowKernel kernel = kernel(backend);
    int n = rows == 0 ? 3 : x.length / rows;
    int stride = n + GAP;
    float[] logits = floatsWithGaps(x, rows, n);
    float[] untouched = logits.clone();
    float[] losses = new float[rows + 2 * GAP];
    float[] gradient = new float[logits.length];
    Arrays.fill(losses, 7);
    Arrays.fill(gradient, 7);
    double loss;
    double fused;
    double again;
    if (targets != null) {
      int[] classes = new int[rows + GAP];
      System.arraycopy(targets, 0, classes, GAP, rows);
      loss =
          options.run(
              kernel, reduction, logits, GAP, stride, classes, GAP, losses, GAP, null, 0, 0, rows,
              n);
      fused =
          options.run(
              kernel, reduction, logits, GAP, stride, classes, GAP, null, 0, gradient, GAP, stride,
              rows, n);
      assertThat(Arrays.equals(logits, untouched)).as("logits kept").isTrue();
      again =
          options.run(
              kernel, reduction, logits, GAP, stride, classes, GAP, null, 0, logits, GAP, stride,
              rows, n);
    } else {
      float[] y = floatsWithGaps(soft, rows, n);
      loss =
          options.run(
              kernel, reduction, logits, GAP, stride, y, GAP, stride, losses, GAP, null, 0, 0, rows,
              n);
      fused =
          options.run(
              kernel, reduction, logits, GAP, stride, y, GAP, stride, null, 0, gradient, GAP,
              stride, rows, n);
      assertThat(Arrays.equals(logits, untouched)).as("logits kept").isTrue();
      again =
          options.run(
              kernel, reduction, logits, GAP, stride, y, GAP, stride, null, 0, logits, GAP, stride,
              rows, n);
    }
    same(again, fused, "the loss in place");
    double[] slopes = new double[rows * n];
    for (int i = 0; i < logits.length; i++) {
      int row = i < GAP ? -1 : (i - GAP) / stride;
      int element = i < GAP ? -1 : (i - GAP) % stride;
      if (row >= 0 && row < rows && element < n) {
        slopes[row * n + element] = gradient[i];
        same(logits[i], gradient[i], "the gradient in place");
      } else {
        same(gradient[i], 7, "beside the gradient");
        same(logits[i], untouched[i], "beside the gradient in place");
      }
    }
    double[] each = new double[rows];
    for (int i = 0; i < losses.length; i++) {
      if (i >= GAP && i < GAP + rows) {
        each[i - GAP] = losses[i];
      } else {
        same(losses[i], 7, "beside the losses");
      }
    }
    return new Outcome(loss, fused, each, slopes);
  }

  private static float[] floatsWithGaps(double[] values, int rows, int n) {
    float[] array = new float[GAP + rows * (n + GAP)];
    Arrays.fill(array, 5);
    for (int i = 0; i < rows * n; i++) {
      array[GAP + i / n * (n + GAP) + i % n] = (float) values[i];
    }
    return array;
  }

  private static Outcome runDoubles(
      Backends.Rows backend,
      CrossEntropy options,
      Reduction reduction,
      double[] x,
      int[] targets,
      double[] soft,
      int rows) {
    RowKernel kernel = kernel(backend);
    int n = rows == 0 ? 3 : x.length / rows;
    int stride = n + GAP;
    double[] logits = doublesWithGaps(x, rows, n);
    double[] untouched = logits.clone();
    double[] losses = new double[rows + 2 * GAP];
    double[] gradient = new double[logits.length];
    Arrays.fill(losses, 7);
    Arrays.fill(gradient, 7);
    double loss;
    double fused;
    double again;
    if (targets != null) {
      int[] classes = new int[rows + GAP];
      System.arraycopy(targets, 0, classes, GAP, rows);
      loss =
          options.run(
              kernel, reduction, logits, GAP, stride, classes, GAP, losses, GAP, null, 0, 0, rows,
              n);
      fused =
          options.run(
              kernel, reduction, logits, GAP, stride, classes, GAP, null, 0, gradient, GAP, stride,
              rows, n);
      assertThat(Arrays.equals(logits, untouched)).as("logits kept").isTrue();
      again =
          options.run(
              kernel, reduction, logits, GAP, stride, classes, GAP, null, 0, logits, GAP, stride,
              rows, n);
    } else {
      double[] y = doublesWithGaps(soft, rows, n);
      loss =
          options.run(
              kernel, reduction, logits, GAP, stride, y, GAP, stride, losses, GAP, null, 0, 0, rows,
              n);
      fused =
          options.run(
              kernel, reduction, logits, GAP, stride, y, GAP, stride, null, 0, gradient, GAP,
              stride, rows, n);
      assertThat(Arrays.equals(logits, untouched)).as("logits kept").isTrue();
      again =
          options.run(
              kernel, reduction, logits, GAP, stride, y, GAP, stride, null, 0, logits, GAP, stride,
              rows, n);
    }
    same(again, fused, "the loss in place");
    double[] slopes = new double[rows * n];
    for (int i = 0; i < logits.length; i++) {
      int row = i < GAP ? -1 : (i - GAP) / stride;
      int element = i < GAP ? -1 : (i - GAP) % stride;
      if (row >= 0 && row < rows && element < n) {
        slopes[row * n + element] = gradient[i];
        same(logits[i], gradient[i], "the gradient in place");
      } else {
        same(gradient[i], 7, "beside the gradient");
        same(logits[i], untouched[i], "beside the gradient in place");
      }
    }
    double[] each = new double[rows];
    for (int i = 0; i < losses.length; i++) {
      if (i >= GAP && i < GAP + rows) {
        each[i - GAP] = losses[i];
      } else {
        same(losses[i], 7, "beside the losses");
      }
    }
    return new Outcome(loss, fused, each, slopes);
  }

  private static double[] doublesWithGaps(double[] values, int rows, int n) {
    double[] array = new double[GAP + rows * (n + GAP)];
    Arrays.fill(array, 5);
    for (int i = 0; i < rows * n; i++) {
      array[GAP + i / n * (n + GAP) + i % n] = values[i];
    }
    return array;
  }

  private static void same(double actual, double expected, String what) {
    if (Double.compare(actual, expected) != 0) {
      throw new AssertionError(what + " is " + actual + ", not " + expected);
    }
  }

  private static RowKernel kernel(Backends.Rows backend) {
    return (RowKernel) backend.kernel();
  }
}
