package io.github.softlane.jmh;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.ArrayList;
import java.util.List;

/** What the benchmarks compare, by name. */
final class Contenders {
  private Contenders() {}

  /** {@code best}, every backend of this machine, and the naive loop. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    names.add("best");
    for (Kernel kernel : Kernels.all()) {
      names.add(kernel.name());
    }
    names.add(NaiveKernel.NAME);
    return names;
  }

  static Kernel named(String name) {
    if (name.equals("best")) {
      return Kernels.best();
    }
    if (name.equals(NaiveKernel.NAME)) {
      return new NaiveKernel();
    }
    for (Kernel kernel : Kernels.all()) {
      if (kernel.name().equals(name)) {
        return kernel;
      }
    }
    throw new IllegalArgumentException("kernel is '" + name + "', must be one of " + names());
  }
}
