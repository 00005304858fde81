package io.github.softlane.jmh.contender;

import io.github.softlane.CrossEntropy;
import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import io.github.softlane.Sparsemax;

/** A backend of Softlane, or {@code best} for the one that the dispatcher picks. */
final class SoftlaneContender implements Contender {
  static final String BEST = "best";

  private final String name;

  SoftlaneContender(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isNative() {
    return false;
  }

  @Override
  public boolean offers(Operation operation, ElementType type) {
    return operation.isOfEveryBackend() || name.equals(BEST);
  }

  /** All backends, as in a JVM that has used each of them, and what only the picked one has. */
  @Override
  public void pollute() {
    Kernels.all().forEach(Pollution::once);
    Pollution.libraryOnce();
  }

  @Override
  public Task prepare(Problem problem) {
    Kernel kernel = kernel();
    // Many rows in one call, and threads, the library has only for the backend that it picked.
    return name.equals(BEST) ? new BatchTask(problem) : new KernelTask(kernel, problem);
  }

  /** The bounds of {@link Kernel}, of {@link CrossEntropy} and of {@link Sparsemax}. */
  @Override
  public double allowedUlp(Problem problem) {
    boolean floats = problem.type() == ElementType.FLOAT;
    return switch (problem.operation()) {
      case SOFTMAX, LOG_SOFTMAX -> 2;
      case LOG_SUM_EXP -> 1;
      // Documented before the division by the number of rows, which can add one.
      case CROSS_ENTROPY_GRADIENT -> 1 + (floats ? 2 : 4);
      case SPARSEMAX -> floats ? 0.51 : 1.5;
    };
  }

  @Override
  public double leastUnit(Problem problem) {
    boolean floats = problem.type() == ElementType.FLOAT;
    return switch (problem.operation()) {
      case SOFTMAX, LOG_SOFTMAX, LOG_SUM_EXP -> Contender.super.leastUnit(problem);
      case CROSS_ENTROPY_GRADIENT -> 0;
      case SPARSEMAX -> (floats ? 0x1p-50 : 0x1p-100) / allowedUlp(problem);
    };
  }

  private Kernel kernel() {
    return name.equals(BEST) ? picked() : named();
  }

  private Kernel named() {
    for (Kernel kernel : Kernels.all()) {
      if (kernel.name().equals(name)) {
        return kernel;
      }
    }
    throw new IllegalStateException(
        "the backend " + name + " does not work here; " + Kernels.describe());
  }

  /** The slow path is measured only when it was asked for, and nothing before the switch. */
  private static Kernel picked() {
    Kernel best = Kernels.best();
    if (!Kernels.warmUp()) {
      throw new IllegalStateException(
          "best is served by scalar where a vector backend was expected; " + Kernels.describe());
    }
    return best;
  }
}
