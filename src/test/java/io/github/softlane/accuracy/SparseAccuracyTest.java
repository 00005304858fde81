package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.bits.DoubleRowType;
import io.github.softlane.bits.FloatRowType;
import io.github.softlane.bits.RowKind;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The documented bounds of sparsemax and 1.5-entmax, against exact results from sorted digits. */
class SparseAccuracyTest {
  private static final double FLOAT_ULPS = 0.51;
  private static final double FLOAT_ABSOLUTE = 0x1p-50;
  private static final double DOUBLE_ULPS = 0.51;
  private static final double DOUBLE_ABSOLUTE = 0x1p-100;

  private static final double[] TEMPERATURES = {1, 1, 1, 0.5, 0.1, 0.7, 3, 100, 1e-30, 1e30};

  private static final RowKind[] KINDS = {
    RowKind.NARROW,
    RowKind.UNIT,
    RowKind.UNIT,
    RowKind.WIDE,
    RowKind.STEEP,
    RowKind.OFFSET,
    RowKind.FAR,
    RowKind.HUGE,
    RowKind.EXTREMES,
    RowKind.SUBNORMAL,
    RowKind.ZEROS,
    RowKind.CONSTANT,
    RowKind.NEARLY_CONSTANT,
    RowKind.TIES,
    RowKind.MASKED_30,
    RowKind.MASKED_95,
  };

  private final List<Backend> backends = Dispatch.all();

  @ParameterizedTest
  @EnumSource(SparseMap.class)
  void sample(SparseMap map) {
    search(map, 1, 128, 24);
  }

  @Tag("sweep")
  @ParameterizedTest
  @EnumSource(SparseMap.class)
  void sweep(SparseMap map) {
    System.out.println(search(map, 2, 20_000, 100));
  }

  /** Rows of all kinds, lengths and temperatures, each on one of the backends, in turn. */
  private String search(SparseMap map, long seed, int rows, int longest) {
    Worst floats = new Worst(map + " of float", FLOAT_ULPS);
    Worst doubles = new Worst(map + " of double", DOUBLE_ULPS);
    Worst sums = new Worst(map + " of double, sum", 1);
    Random random = new Random(seed);
    for (int i = 0; i < rows; i++) {
      int row = i;
      RowKind kind = KINDS[i % KINDS.length];
      int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 5 * longest : longest);
      double t = TEMPERATURES[random.nextInt(TEMPERATURES.length)];
      Backend backend = backends.get(i % backends.size());
      float[] x = new float[n];
      new FloatRowType().fill(x, 0, n, kind, random);
      double[] wide = new double[n];
      Arrays.setAll(wide, j -> x[j]);
      if (max(wide) > Double.NEGATIVE_INFINITY) {
        float[] y = new float[n];
        int support = map.apply(backend, x, 0, y, 0, n, t);
        BigDecimal[] exact = map.exact(wide, t);
        int above = 0;
        for (int j = 0; j < n; j++) {
          int element = j;
          double share = SparseMap.share(y[j], exact[j], FLOAT_ULPS, FLOAT_ABSOLUTE);
          floats.add(share, () -> kind + ", T = " + t + ", row " + row + ", element " + element);
          above += y[j] > 0 ? 1 : 0;
        }
        assertThat(support).isEqualTo(above);
        assertThat(near(map.threshold(backend, x, t), map.exactThreshold(wide, t))).isTrue();
      }
      double[] z = new double[n];
      new DoubleRowType().fill(z, 0, n, kind, random);
      if (max(z) > Double.NEGATIVE_INFINITY) {
        double[] w = new double[n];
        int support = map.apply(backend, z, 0, w, 0, n, t);
        BigDecimal[] exact = map.exact(z, t);
        BigDecimal sum = BigDecimal.ZERO;
        int above = 0;
        for (int j = 0; j < n; j++) {
          int element = j;
          double share = SparseMap.share(w[j], exact[j], DOUBLE_ULPS, DOUBLE_ABSOLUTE);
          doubles.add(share, () -> kind + ", T = " + t + ", row " + row + ", element " + element);
          above += w[j] > 0 ? 1 : 0;
          sum = sum.add(new BigDecimal(w[j]));
        }
        assertThat(support).isEqualTo(above);
        assertThat(near(map.threshold(backend, z, t), map.exactThreshold(z, t))).isTrue();
        sums.add(
            sum.subtract(BigDecimal.ONE).abs().doubleValue() / (0x1p-53 * Math.sqrt(n)),
            () -> kind + ", row " + row);
      }
    }
    return floats + "\n" + doubles + "\n" + sums;
  }

  private static double max(double[] x) {
    return Arrays.stream(x).max().orElseThrow();
  }

  private static boolean near(double actual, BigDecimal exact) {
    double allowed = Math.max(1, Math.abs(exact.doubleValue())) * 0x1p-51;
    return Double.isInfinite(exact.doubleValue())
        ? actual == exact.doubleValue()
        : Math.abs(new BigDecimal(actual).subtract(exact).doubleValue()) <= allowed;
  }
}
