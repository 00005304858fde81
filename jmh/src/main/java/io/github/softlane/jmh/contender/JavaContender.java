package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;

/** Plain code of others: the yardsticks, which have none of the guarantees of a {@link Kernel}. */
final class JavaContender implements Contender {
  private final Kernel kernel;

  JavaContender(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return kernel.name();
  }

  @Override
  public boolean isNative() {
    return false;
  }

  @Override
  public boolean offers(Operation operation, ElementType type) {
    return switch (operation) {
      case SOFTMAX, LOG_SOFTMAX, LOG_SUM_EXP -> true;
      case CROSS_ENTROPY_GRADIENT -> kernel instanceof LossKernel;
      case SPARSEMAX -> kernel instanceof SparseKernel;
    };
  }

  @Override
  public void pollute() {
    Pollution.once(kernel);
  }

  @Override
  public Task prepare(Problem problem) {
    return new KernelTask(kernel, problem);
  }
}
