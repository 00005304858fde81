package io.github.softlane;

/** The losses on a backend of the test's choice, rows one after the other without gaps. */
public final class Losses {
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

  private static RowKernel kernel(Backends.Rows backend) {
    return (RowKernel) backend.kernel();
  }
}
