package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Hardmax;
import io.github.softlane.accuracy.SparseMap;
import io.github.softlane.accuracy.Ulp;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Hardmax, sparsemax and 1.5-entmax: cases from tests of other libraries, whose expected values are
 * exact results rounded to the type, the node tests of ONNX Hardmax, and the textbook's example.
 */
class SparseConformanceTest {
  private static final Set<String> OPS = Set.of("sparsemax", "entmax15", "hardmax");

  /** The documented bound and the rounding of the expected value. */
  private static final double FLOAT_ULPS = 0.51 + 0.5;

  private static final double FLOAT_ABSOLUTE = 0x1p-50;
  private static final double DOUBLE_ULPS = 0.51 + 0.5;
  private static final double DOUBLE_ABSOLUTE = 0x1p-100;

  @Test
  void enoughCases() {
    for (Conformance set : Conformance.sets()) {
      assertThat(Cases.of(set, "peers", one -> OPS.contains(one.op())))
          .hasSizeGreaterThanOrEqualTo(28);
    }
    if (Conformance.sets().contains(Conformance.SHARED)) {
      assertThat(Cases.of(Conformance.SHARED, "onnx", one -> one.op().equals("Hardmax")))
          .hasSize(7);
    }
  }

  @TestFactory
  Stream<DynamicTest> peers() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Conformance set : Conformance.sets()) {
      for (Case one : Cases.of(set, "peers", candidate -> OPS.contains(candidate.op()))) {
        for (Backend backend : Dispatch.all()) {
          String name = set + " " + one + " " + backend.name();
          tests.add(DynamicTest.dynamicTest(name, () -> check(one, backend)));
        }
      }
    }
    return tests.stream();
  }

  private static void check(Case one, Backend backend) {
    Npy x = one.input(0);
    double[] all = x.doubles();
    double[] expected = one.output(0).doubles();
    for (int[] row : Axes.rows(x.shape(), one.axes("axis"))) {
      double[] logits = Arrays.stream(row).mapToDouble(i -> all[i]).toArray();
      double[] exact = Arrays.stream(row).mapToDouble(i -> expected[i]).toArray();
      boolean isFloat = x.dtype().equals("<f4");
      switch (one.op()) {
        case "hardmax" -> assertThat(hardmax(logits, isFloat)).isEqualTo(exact);
        case "sparsemax" -> sparse(SparseMap.SPARSEMAX, backend, logits, isFloat, exact);
        case "entmax15" -> sparse(SparseMap.ENTMAX15, backend, logits, isFloat, exact);
        default -> throw new IllegalArgumentException(one + " has the op " + one.op());
      }
    }
  }

  private static void sparse(
      SparseMap map, Backend backend, double[] x, boolean isFloat, double[] exact) {
    double[] y = new double[x.length];
    int support;
    if (isFloat) {
      float[] results = new float[x.length];
      support = map.apply(backend, floats(x), 0, results, 0, x.length, 1);
      Arrays.setAll(y, i -> results[i]);
    } else {
      support = map.apply(backend, x, 0, y, 0, x.length, 1);
    }
    assertThat(support).isEqualTo((int) Arrays.stream(exact).filter(p -> p > 0).count());
    for (int i = 0; i < x.length; i++) {
      double distance =
          isFloat ? Ulp.distance((float) y[i], exact[i]) : Ulp.distance(y[i], exact[i], 0);
      double allowed =
          isFloat
              ? Math.max(FLOAT_ULPS * Ulp.ofFloat(exact[i]), FLOAT_ABSOLUTE)
              : Math.max(DOUBLE_ULPS * Ulp.ofDouble(exact[i], 0), DOUBLE_ABSOLUTE);
      assertThat(distance)
          .as("%s gives %s for %s", map, y[i], exact[i])
          .isLessThanOrEqualTo(allowed);
      if (exact[i] == 0) {
        assertThat(Double.doubleToRawLongBits(y[i])).isZero();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> onnxHardmax() {
    return Conformance.sets().stream()
        .filter(set -> set == Conformance.SHARED)
        .flatMap(set -> Cases.of(set, "onnx", one -> one.op().equals("Hardmax")).stream())
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> onnxHardmax(one)));
  }

  private static void onnxHardmax(Case one) {
    Npy x = one.input(0);
    double[] all = x.doubles();
    double[] expected = one.output(0).doubles();
    int[] axis = one.axes("axis");
    for (int[] row : Axes.rows(x.shape(), axis.length == 0 ? new int[] {-1} : axis)) {
      double[] logits = Arrays.stream(row).mapToDouble(i -> all[i]).toArray();
      double[] exact = Arrays.stream(row).mapToDouble(i -> expected[i]).toArray();
      assertThat(hardmax(logits, true)).isEqualTo(exact);
      assertThat(hardmax(logits, false)).isEqualTo(exact);
    }
  }

  @Test
  void textbookSparsemax() {
    for (Conformance set : Conformance.sets()) {
      int count = 0;
      for (Json entry : Json.read(set.path("worked-examples.json")).at("examples").list()) {
        if (entry.at("what").text().equals("sparsemax")) {
          double[] x = entry.at("input").list().stream().mapToDouble(Json::number).toArray();
          double[] exact = entry.at("true").list().stream().mapToDouble(Json::number).toArray();
          for (Backend backend : Dispatch.all()) {
            sparse(SparseMap.SPARSEMAX, backend, x, true, exact);
            sparse(SparseMap.SPARSEMAX, backend, x, false, exact);
          }
          count++;
        }
      }
      assertThat(count).isPositive();
    }
  }

  private static double[] hardmax(double[] x, boolean isFloat) {
    double[] y = new double[x.length];
    if (isFloat) {
      float[] results = new float[x.length];
      Hardmax.hardmax(floats(x), results);
      Arrays.setAll(y, i -> results[i]);
    } else {
      Hardmax.hardmax(x, y);
    }
    return y;
  }

  private static float[] floats(double[] x) {
    float[] floats = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    return floats;
  }
}
