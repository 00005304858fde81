package io.github.softlane.allocation;

import io.github.softlane.Kernels;

/** Prints what each call of the chosen backend allocates in this JVM, once it is compiled. */
public final class AllocationReport {
  private AllocationReport() {}

  /** Prints the backend and one line {@code call=bytes} for each call. */
  public static void main(String[] args) {
    if (Boolean.getBoolean("softlane.test.warmUp")) {
      Kernels.warmUp();
    }
    System.out.println("backend=" + Kernels.best().name());
    new KernelCalls()
        .of(Kernels.best())
        .forEach((name, call) -> System.out.println(name + "=" + Meter.bytes(call)));
  }
}
