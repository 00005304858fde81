package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Information;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Entropies of every case of {@code mp} at every temperature, to the documented bounds. */
class EntropyConformanceTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Conformance set : Conformance.sets()) {
      for (Path folder : set.folders("mp")) {
        String name = set + " " + folder.getFileName();
        tests.add(DynamicTest.dynamicTest(name, () -> check(folder)));
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(71);
    return tests.stream();
  }

  private static void check(Path folder) {
    Npy x = Npy.read(folder.resolve("x.npy"));
    boolean isFloat = x.dtype().equals("<f4");
    int rows = x.shape()[0];
    int n = x.shape()[1];
    double[] temperatures = Npy.read(folder.resolve("T.npy")).doubles();
    double[] hi = Npy.read(folder.resolve(isFloat ? "entropy.hi64.npy" : "entropy.npy")).doubles();
    double[] lo =
        isFloat ? new double[hi.length] : Npy.read(folder.resolve("entropy.lo.npy")).doubles();
    assertThat(hi).hasSize(temperatures.length * rows);
    float[] floats = isFloat ? x.floats() : new float[0];
    double[] doubles = x.doubles();
    for (int t = 0; t < temperatures.length; t++) {
      for (int row = 0; row < rows; row++) {
        double temperature = temperatures[t];
        int at = t * rows + row;
        double found =
            isFloat
                ? Information.entropy(floats, row * n, n, temperature)
                : Information.entropy(doubles, row * n, n, temperature);
        if (Double.isNaN(hi[at])) {
          assertThat(found).isNaN();
          continue;
        }
        double error =
            new BigDecimal(found)
                .subtract(new BigDecimal(hi[at]))
                .subtract(new BigDecimal(lo[at]))
                .abs()
                .doubleValue();
        double allowed =
            isFloat ? 1.002 * 0x1p-24 * hi[at] + Float.MIN_VALUE : 4 * 0x1p-53 * hi[at] + 0x1p-1000;
        assertThat(error)
            .as("row %d at T=%s: %s for %s", row, temperature, found, hi[at])
            .isLessThanOrEqualTo(allowed);
      }
    }
  }
}
