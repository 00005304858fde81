package io.github.softlane.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Entmax15;
import io.github.softlane.Hardmax;
import io.github.softlane.Sparsemax;
import io.github.softlane.accuracy.SparseMap;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import io.github.softlane.internal.passes.DoubleRuns;
import io.github.softlane.internal.passes.FloatRuns;
import io.github.softlane.internal.rows.DoubleHardmax;
import io.github.softlane.internal.rows.FloatHardmax;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The sparse alternatives to softmax give the same bits on every backend, in place or not, at any
 * offset, and as one of many rows, and write nothing beside the row.
 */
class SparseBitsTest {
  private static final int PADDING = 3;
  private static final double[] TEMPERATURES = {1, 1, 0.3, 0, Double.POSITIVE_INFINITY};

  private final FloatRowType floatRows = new FloatRowType();
  private final DoubleRowType doubleRows = new DoubleRowType();

  @ParameterizedTest
  @EnumSource(RowKind.class)
  void backends(RowKind kind) {
    Random random = new Random(1);
    for (int n : new int[] {2, 45}) {
      float[] x = new float[n];
      floatRows.fill(x, 0, n, kind, random);
      double[] z = new double[n];
      doubleRows.fill(z, 0, n, kind, random);
      for (SparseMap map : SparseMap.values()) {
        double t = TEMPERATURES[random.nextInt(TEMPERATURES.length)];
        floatRow(map, x, t);
        doubleRow(map, z, t);
      }
      hardmax(x, z);
    }
  }

  private static void floatRow(SparseMap map, float[] x, double t) {
    int n = x.length;
    float[] expected = new float[n];
    int support = map.apply(Dispatch.scalar(), x, 0, expected, 0, n, t);
    for (Backend backend : Dispatch.all()) {
      float[] y = padded(n);
      System.arraycopy(x, 0, y, PADDING, n);
      assertThat(map.apply(backend, y, PADDING, y, PADDING, n, t)).isEqualTo(support);
      assertRow(y, expected);
      float[] w = padded(n);
      float[] before = x.clone();
      assertThat(map.apply(backend, x, 0, w, PADDING, n, t)).isEqualTo(support);
      assertRow(w, expected);
      assertThat(bits(x)).isEqualTo(bits(before));
      if (t > 0 && t < Double.POSITIVE_INFINITY) {
        assertThat(map.threshold(backend, x, t))
            .isEqualTo(Double.valueOf(map.threshold(Dispatch.scalar(), x, t)));
      }
    }
  }

  private static void doubleRow(SparseMap map, double[] x, double t) {
    int n = x.length;
    double[] expected = new double[n];
    int support = map.apply(Dispatch.scalar(), x, 0, expected, 0, n, t);
    for (Backend backend : Dispatch.all()) {
      double[] y = new double[n + 2 * PADDING];
      Arrays.fill(y, -7);
      System.arraycopy(x, 0, y, PADDING, n);
      assertThat(map.apply(backend, y, PADDING, y, PADDING, n, t)).isEqualTo(support);
      assertRow(y, expected);
      double[] w = new double[n + 2 * PADDING];
      Arrays.fill(w, -7);
      double[] before = x.clone();
      assertThat(map.apply(backend, x, 0, w, PADDING, n, t)).isEqualTo(support);
      assertRow(w, expected);
      assertThat(bits(x)).isEqualTo(bits(before));
      if (t > 0 && t < Double.POSITIVE_INFINITY) {
        assertThat(map.threshold(backend, x, t))
            .isEqualTo(Double.valueOf(map.threshold(Dispatch.scalar(), x, t)));
      }
    }
  }

  private static void hardmax(float[] x, double[] z) {
    float[] expected = new float[x.length];
    FloatHardmax.hardmax(Dispatch.scalar().floats(), x, 0, expected, 0, x.length);
    double[] wideExpected = new double[z.length];
    DoubleHardmax.hardmax(Dispatch.scalar().doubles(), z, 0, wideExpected, 0, z.length);
    for (Backend backend : Dispatch.all()) {
      float[] y = x.clone();
      FloatHardmax.hardmax(backend.floats(), y, 0, y, 0, y.length);
      assertThat(bits(y)).isEqualTo(bits(expected));
      double[] w = z.clone();
      DoubleHardmax.hardmax(backend.doubles(), w, 0, w, 0, w.length);
      assertThat(bits(w)).isEqualTo(bits(wideExpected));
    }
  }

  @Test
  void manyRowsOfFloat() {
    int n = 37;
    float[] x = new float[5 * 40 + 11];
    floatRows.fill(x, 0, x.length, RowKind.UNIT, new Random(1));
    float[] sparse = padded(5 * 41);
    float[] entmax = sparse.clone();
    float[] hard = sparse.clone();
    Sparsemax.sparsemaxRows(x, 11, 40, sparse, PADDING, 41, 5, n, 0.5);
    Entmax15.entmax15Rows(x, 11, 40, entmax, PADDING, 41, 5, n, 0.5);
    Hardmax.hardmaxRows(x, 11, 40, hard, PADDING, 41, 5, n);
    for (int row = 0; row < 5; row++) {
      float[] y = new float[n];
      int at = PADDING + row * 41;
      Sparsemax.sparsemax(x, 11 + row * 40, y, 0, n, 0.5);
      assertThat(Arrays.copyOfRange(sparse, at, at + n)).isEqualTo(y);
      Entmax15.entmax15(x, 11 + row * 40, y, 0, n, 0.5);
      assertThat(Arrays.copyOfRange(entmax, at, at + n)).isEqualTo(y);
      Hardmax.hardmax(x, 11 + row * 40, y, 0, n);
      assertThat(Arrays.copyOfRange(hard, at, at + n)).isEqualTo(y);
      assertThat(sparse[at + n]).isEqualTo(-7);
    }
  }

  @Test
  void manyRowsOfDouble() {
    int n = 37;
    double[] x = new double[5 * 40 + 11];
    doubleRows.fill(x, 0, x.length, RowKind.UNIT, new Random(1));
    double[] sparse = new double[5 * 41 + PADDING];
    double[] entmax = sparse.clone();
    double[] hard = sparse.clone();
    Sparsemax.sparsemaxRows(x, 11, 40, sparse, PADDING, 41, 5, n);
    Entmax15.entmax15Rows(x, 11, 40, entmax, PADDING, 41, 5, n);
    Hardmax.hardmaxRows(x, 11, 40, hard, PADDING, 41, 5, n);
    for (int row = 0; row < 5; row++) {
      double[] y = new double[n];
      int at = PADDING + row * 41;
      Sparsemax.sparsemax(x, 11 + row * 40, y, 0, n);
      assertThat(Arrays.copyOfRange(sparse, at, at + n)).isEqualTo(y);
      Entmax15.entmax15(x, 11 + row * 40, y, 0, n);
      assertThat(Arrays.copyOfRange(entmax, at, at + n)).isEqualTo(y);
      Hardmax.hardmax(x, 11 + row * 40, y, 0, n);
      assertThat(Arrays.copyOfRange(hard, at, at + n)).isEqualTo(y);
    }
  }

  /** A run longer than one header can say has another one. */
  @Test
  void longRuns() {
    int n = 9_000_000;
    float[] y = new float[n];
    FloatRuns.drop(y, 1, n);
    int i = 1;
    int headers = 0;
    while (i < n) {
      assertThat(y[i]).isNaN();
      i += FloatRuns.length(y[i]);
      headers++;
    }
    assertThat(i).isEqualTo(n);
    assertThat(headers).isEqualTo(3);
    double[] w = {0, 0, 0, 0};
    DoubleRuns.drop(w, 1, 4);
    assertThat(DoubleRuns.length(w[1])).isEqualTo(3);
  }

  @Test
  void longRow() {
    float[] x = new float[9_000_000];
    Arrays.fill(x, -5);
    x[8_999_998] = 0;
    assertThat(Sparsemax.sparsemax(x)).isEqualTo(1);
    assertThat(x[8_999_998]).isEqualTo(1);
    assertThat(Sparsemax.supportSize(x)).isEqualTo(1);
  }

  private static float[] padded(int n) {
    float[] y = new float[n + 2 * PADDING];
    Arrays.fill(y, -7);
    return y;
  }

  private static void assertRow(float[] y, float[] expected) {
    int end = y.length - PADDING;
    assertThat(bits(Arrays.copyOfRange(y, PADDING, end))).isEqualTo(bits(expected));
    for (int i = 0; i < PADDING; i++) {
      assertThat(y[i]).isEqualTo(-7);
      assertThat(y[end + i]).isEqualTo(-7);
    }
  }

  private static void assertRow(double[] y, double[] expected) {
    int end = y.length - PADDING;
    assertThat(bits(Arrays.copyOfRange(y, PADDING, end))).isEqualTo(bits(expected));
    for (int i = 0; i < PADDING; i++) {
      assertThat(y[i]).isEqualTo(-7);
      assertThat(y[end + i]).isEqualTo(-7);
    }
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(x[i]));
    return bits;
  }

  private static long[] bits(double[] x) {
    return Arrays.stream(x).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
