package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.DoubleReference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The reference that the accuracy tests use for double, against 106 bits of {@code mp}: far closer
 * than the kernels are, so that it can judge them.
 */
@Tag("slow")
class DoubleReferenceMpTest {
  private static final double BOUND = 0x1p-90;
  private static final List<String> FAMILIES =
      List.of("randn", "near_tie", "offset", "spread80", "sorted_desc", "constant");

  @Test
  void agrees() {
    int values = 0;
    for (Conformance set : Conformance.sets()) {
      for (Path folder : set.folders("mp")) {
        String[] parts = folder.getFileName().toString().split("__", -1);
        if (parts[0].equals("f64") && FAMILIES.contains(parts[1])) {
          MpCase mp = MpCase.read(folder);
          values += mp.n() > 200 ? 0 : compare(mp);
        }
      }
    }
    assertThat(values).isGreaterThan(300);
  }

  private static int compare(MpCase mp) {
    int n = mp.n();
    double[] x = mp.x().doubles();
    int values = 0;
    for (int t = 0; t < mp.temperatures().length; t++) {
      for (int row = 0; row < mp.rows(); row++) {
        DoubleReference reference = new DoubleReference(x, row * n, n, mp.temperatures()[t]);
        int result = t * mp.rows() + row;
        for (int i = 0; i < n; i++) {
          int at = result * n + i;
          double exact = mp.softmax().hi()[at];
          // Of smaller ones the low part is rounded to a subnormal.
          if (exact > 1e-200) {
            near(reference.softmax(i).value(), exact, mp.softmax().lo()[at], exact);
            values++;
          }
          double log = mp.logSoftmax().hi()[at];
          near(reference.logSoftmax(i), log, mp.logSoftmax().lo()[at], Math.max(1, -log));
        }
        double lse = mp.logSumExp().hi()[result];
        near(
            reference.logSumExp().value(),
            lse,
            mp.logSumExp().lo()[result],
            Math.max(Math.abs(lse), Math.abs(x[row * n] / mp.temperatures()[t])));
      }
    }
    return values;
  }

  private static void near(DoubleDouble actual, double exact, double exactLo, double size) {
    double error = Math.abs((actual.hi() - exact) + (actual.lo() - exactLo));
    assertThat(error).isLessThanOrEqualTo(BOUND * size);
  }
}
