package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.accuracy.Bounds;
import io.github.softlane.accuracy.Probabilities;
import io.github.softlane.accuracy.Worst;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of {@code mp}, every temperature, every backend, against references of 320 bits, to
 * the documented bounds.
 */
class MpConformanceTest {
  private static final Worst FLOAT_SOFTMAX = new Worst("float softmax", 2);
  private static final Worst FLOAT_LOG_SOFTMAX = new Worst("float logSoftmax", 2);
  private static final Worst FLOAT_LOG_SUM_EXP = new Worst("float logSumExp", 1);
  private static final Worst DOUBLE_SOFTMAX = new Worst("double softmax", 2);
  private static final Worst DOUBLE_LOG_SOFTMAX = new Worst("double logSoftmax", 2);
  private static final Worst DOUBLE_LOG_SUM_EXP = new Worst("double logSumExp", 1);

  @Test
  void setsAreComplete() {
    for (Conformance set : Conformance.sets()) {
      List<Path> folders = set.folders("mp");
      assertThat(families(folders, "f32")).hasSize(23);
      // Only the whole set has the longest family twice.
      assertThat(families(folders, "f64")).hasSize(set == Conformance.SHARED ? 23 : 22);
      assertThat(folders.size()).isGreaterThanOrEqualTo(set == Conformance.SHARED ? 132 : 71);
    }
  }

  private static List<String> families(List<Path> folders, String type) {
    return folders.stream()
        .map(folder -> folder.getFileName().toString().split("__", -1))
        .filter(parts -> parts[0].equals(type))
        .map(parts -> parts[1])
        .distinct()
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Conformance set : Conformance.sets()) {
      for (Path folder : set.folders("mp")) {
        for (Backends.Rows backend : Backends.all()) {
          String name = set + " " + folder.getFileName() + " " + backend;
          tests.add(DynamicTest.dynamicTest(name, () -> check(MpCase.read(folder), backend)));
        }
      }
    }
    return tests.stream();
  }

  private static void check(MpCase mp, Backends.Rows backend) {
    if (mp.isFloat()) {
      checkFloat(mp, backend);
    } else {
      checkDouble(mp, backend);
    }
  }

  private static void checkFloat(MpCase mp, Backends.Rows backend) {
    int n = mp.n();
    float[] x = mp.x().floats();
    float[] p = new float[n];
    float[] logP = new float[n];
    for (int t = 0; t < mp.temperatures().length; t++) {
      double temperature = mp.temperatures()[t];
      for (int row = 0; row < mp.rows(); row++) {
        int offset = row * n;
        int result = t * mp.rows() + row;
        backend.softmax(x, offset, p, 0, n, temperature);
        backend.logSoftmax(x, offset, logP, 0, n, temperature);
        float lse = backend.logSumExp(x, offset, n, temperature);
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
          Supplier<String> where = where(mp, backend, temperature, row, i);
          int at = result * n + i;
          Probabilities.check(p[i], where);
          FLOAT_SOFTMAX.add(Bounds.softmax(p[i], mp.softmax().hi()[at]), where);
          FLOAT_LOG_SOFTMAX.add(Bounds.logSoftmax(logP[i], mp.logSoftmax().hi()[at]), where);
          max = Math.max(max, x[offset + i]);
        }
        FLOAT_LOG_SUM_EXP.add(
            Bounds.logSumExp(lse, mp.logSumExp().hi()[result], max == 0),
            where(mp, backend, temperature, row, 0));
        if (temperature == 1) {
          checkPlain(x, offset, p, logP, lse, backend);
        }
      }
    }
  }

  /** The calls without a temperature give what they give at T = 1. */
  private static void checkPlain(
      float[] x, int offset, float[] p, float[] logP, float lse, Backends.Rows backend) {
    int n = p.length;
    float[] y = new float[n];
    backend.kernel().softmax(x, offset, y, 0, n);
    assertThat(Arrays.equals(y, p)).isTrue();
    backend.kernel().logSoftmax(x, offset, y, 0, n);
    assertThat(Arrays.equals(y, logP)).isTrue();
    assertThat(Float.compare(backend.kernel().logSumExp(x, offset, n), lse)).isZero();
  }

  private static void checkDouble(MpCase mp, Backends.Rows backend) {
    int n = mp.n();
    double[] x = mp.x().doubles();
    double[] p = new double[n];
    double[] logP = new double[n];
    for (int t = 0; t < mp.temperatures().length; t++) {
      double temperature = mp.temperatures()[t];
      for (int row = 0; row < mp.rows(); row++) {
        int offset = row * n;
        int result = t * mp.rows() + row;
        backend.softmax(x, offset, p, 0, n, temperature);
        backend.logSoftmax(x, offset, logP, 0, n, temperature);
        double lse = backend.logSumExp(x, offset, n, temperature);
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
          Supplier<String> where = where(mp, backend, temperature, row, i);
          int at = result * n + i;
          Probabilities.check(p[i], where);
          DOUBLE_SOFTMAX.add(
              Bounds.softmax(p[i], mp.softmax().hi()[at], mp.softmax().lo()[at]), where);
          DOUBLE_LOG_SOFTMAX.add(
              Bounds.logSoftmax(logP[i], mp.logSoftmax().hi()[at], mp.logSoftmax().lo()[at]),
              where);
          max = Math.max(max, x[offset + i]);
        }
        DOUBLE_LOG_SUM_EXP.add(
            Bounds.logSumExp(
                lse, mp.logSumExp().hi()[result], mp.logSumExp().lo()[result], max == 0),
            where(mp, backend, temperature, row, 0));
        if (temperature == 1) {
          checkPlain(x, offset, p, logP, lse, backend);
        }
      }
    }
  }

  /** The calls without a temperature give what they give at T = 1. */
  private static void checkPlain(
      double[] x, int offset, double[] p, double[] logP, double lse, Backends.Rows backend) {
    int n = p.length;
    double[] y = new double[n];
    backend.kernel().softmax(x, offset, y, 0, n);
    assertThat(Arrays.equals(y, p)).isTrue();
    backend.kernel().logSoftmax(x, offset, y, 0, n);
    assertThat(Arrays.equals(y, logP)).isTrue();
    assertThat(Double.compare(backend.kernel().logSumExp(x, offset, n), lse)).isZero();
  }

  private static Supplier<String> where(
      MpCase mp, Backends.Rows backend, double temperature, int row, int i) {
    return () ->
        mp.name() + " T=" + temperature + " row " + row + " element " + i + " on " + backend;
  }

  @AfterAll
  static void summary() {
    System.out.println(
        "mp: "
            + List.of(
                FLOAT_SOFTMAX,
                FLOAT_LOG_SOFTMAX,
                FLOAT_LOG_SUM_EXP,
                DOUBLE_SOFTMAX,
                DOUBLE_LOG_SOFTMAX,
                DOUBLE_LOG_SUM_EXP));
  }
}
