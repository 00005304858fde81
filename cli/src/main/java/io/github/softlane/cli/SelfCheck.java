package io.github.softlane.cli;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the kernels of this machine give the results they promise.
 *
 * @param kernels the names of the kernels that were tried
 * @param faults one line for each wrong result; empty when all is well
 */
record SelfCheck(List<String> kernels, List<String> faults) {

  static SelfCheck run() {
    List<String> kernels = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    SameBits sameBits = new SameBits(Kernels.scalar());
    for (Kernel kernel : Kernels.all()) {
      kernels.add(kernel.name());
      faults.addAll(sameBits.check(kernel));
      for (ConformanceRow row : ConformanceRow.ALL) {
        faults.addAll(row.check(kernel));
      }
    }
    return new SelfCheck(List.copyOf(kernels), List.copyOf(faults));
  }

  boolean passed() {
    return faults.isEmpty();
  }

  /** The outcome in one line. */
  String text() {
    if (!passed()) {
      return faults.size() + " faults, the first: " + faults.getFirst();
    }
    return String.format(
        Locale.ROOT,
        "passed for each backend: same bits as scalar on %d rows, true values on %d rows",
        SameBits.rows(),
        ConformanceRow.ALL.size());
  }
}
