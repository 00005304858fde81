package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;

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
    return true;
  }

  /** All backends, as in a JVM that has used each of them. */
  @Override
  public void pollute() {
    Kernels.all().forEach(Pollution::once);
  }

  @Override
  public Task prepare(Problem problem) {
    Kernel kernel = kernel();
    // Many rows in one call, and threads, the library has only for the backend that it picked.
    return name.equals(BEST) ? new BatchTask(problem) : new KernelTask(kernel, problem);
  }

  /** The bounds of {@link Kernel}. */
  @Override
  public double allowedUlp(Problem problem) {
    return problem.operation() == Operation.LOG_SUM_EXP ? 1 : 2;
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
