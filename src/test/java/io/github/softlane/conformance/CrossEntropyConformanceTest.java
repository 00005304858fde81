package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.CrossEntropy;
import io.github.softlane.Losses;
import io.github.softlane.Reduction;
import io.github.softlane.accuracy.Ulp;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The cross-entropy cases of other libraries and of ONNX. */
class CrossEntropyConformanceTest {
  /** In ULP: half for the rounding of the expected value, which is exact, beside the bound. */
  private static final double BOUND = 2.5;

  private static final Set<String> OPS = Set.of("cross_entropy", "cross_entropy_soft");
  private static final String ONNX = "SoftmaxCrossEntropyLoss";

  @Test
  void allCases() {
    for (Conformance set : Conformance.sets()) {
      Map<String, Integer> found =
          Cases.of(set, "peers", one -> OPS.contains(one.op())).stream()
              .collect(Collectors.groupingBy(Case::op, Collectors.summingInt(one -> 1)));
      if (set == Conformance.SHARED) {
        assertThat(found).isEqualTo(Map.of("cross_entropy", 72, "cross_entropy_soft", 2));
        assertThat(Cases.of(set, "onnx", one -> one.op().equals(ONNX))).hasSize(34);
      } else {
        assertThat(found.keySet()).isEqualTo(OPS);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> peers() {
    return Cases.tests(
        "peers", one -> OPS.contains(one.op()), (one, backend) -> check(one, backend, false));
  }

  @TestFactory
  Stream<DynamicTest> onnx() {
    return Cases.tests(
        "onnx", one -> one.op().equals(ONNX), (one, backend) -> check(one, backend, true));
  }

  private static void check(Case one, Backends.Rows backend, boolean onnx) {
    Npy logits = one.input(0);
    double[] x = logits.doubles();
    boolean isFloat = logits.dtype().equals("<f4");
    int[][] rows = Axes.rows(logits.shape(), 1);
    int n = logits.shape()[1];
    double[] gathered =
        Arrays.stream(rows).flatMapToInt(Arrays::stream).mapToDouble(i -> x[i]).toArray();
    String name = one.attribute("reduction").isNull() ? "mean" : one.attribute("reduction").text();
    Reduction reduction = Reduction.valueOf(name.toUpperCase(Locale.ROOT));
    CrossEntropy options = options(one, reduction);
    double[] expected = (onnx ? one.reference(0) : one.output(0)).doubles();
    double[] actual;
    if (one.op().endsWith("_soft")) {
      double[] y = one.input(1).doubles();
      double[] gradient = new double[x.length];
      actual =
          isFloat
              ? soft(backend, options, floats(gathered), floats(y), gradient)
              : soft(backend, options, gathered, y, gradient);
      assertNear(gradient, one.output(1).doubles(), isFloat, one + " gradient");
    } else {
      int[] targets = Arrays.stream(one.input(1).longs()).mapToInt(Math::toIntExact).toArray();
      actual =
          isFloat
              ? hard(backend, options, reduction, floats(gathered), targets)
              : hard(backend, options, reduction, gathered, targets);
    }
    assertThat(n * actual.length).isLessThanOrEqualTo(Math.max(n, x.length));
    assertNear(actual, expected, isFloat, one.toString());
  }

  private static CrossEntropy options(Case one, Reduction reduction) {
    CrossEntropy options = CrossEntropy.of(reduction);
    if (!one.attribute("ignore_index").isNull()) {
      options = options.ignoreIndex(one.attribute("ignore_index").integer());
    }
    if (!one.attribute("label_smoothing").isNull()) {
      options = options.labelSmoothing(one.attribute("label_smoothing").number());
    }
    return one.hasInput(2) ? options.classWeights(one.input(2).doubles()) : options;
  }

  private static double[] hard(
      Backends.Rows backend, CrossEntropy options, Reduction reduction, float[] x, int[] targets) {
    float[] losses = new float[targets.length];
    Losses.losses(backend, options, x, targets, losses);
    double loss = Losses.loss(backend, options, reduction, x, targets);
    double same =
        Losses.lossAndGradient(backend, options, reduction, x, targets, new float[x.length]);
    assertNear(new double[] {same}, new double[] {loss}, true, "lossAndGradient");
    return reduction == Reduction.NONE ? widened(losses) : new double[] {loss};
  }

  private static double[] hard(
      Backends.Rows backend, CrossEntropy options, Reduction reduction, double[] x, int[] targets) {
    double[] losses = new double[targets.length];
    Losses.losses(backend, options, x, targets, losses);
    double loss = Losses.loss(backend, options, reduction, x, targets);
    double same =
        Losses.lossAndGradient(backend, options, reduction, x, targets, new double[x.length]);
    assertNear(new double[] {same}, new double[] {loss}, false, "lossAndGradient");
    return reduction == Reduction.NONE ? losses : new double[] {loss};
  }

  private static double[] soft(
      Backends.Rows backend, CrossEntropy options, float[] x, float[] y, double[] gradient) {
    float[] losses = new float[1];
    float[] slopes = new float[x.length];
    Losses.losses(backend, options, x, y, losses);
    Losses.lossAndGradient(backend, options, Reduction.NONE, x, y, slopes, 1);
    System.arraycopy(widened(slopes), 0, gradient, 0, x.length);
    return widened(losses);
  }

  private static double[] soft(
      Backends.Rows backend, CrossEntropy options, double[] x, double[] y, double[] gradient) {
    double[] losses = new double[1];
    Losses.losses(backend, options, x, y, losses);
    Losses.lossAndGradient(backend, options, Reduction.NONE, x, y, gradient, 1);
    return losses;
  }

  private static void assertNear(
      double[] actual, double[] expected, boolean isFloat, String description) {
    assertThat(actual).as(description).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double error =
          isFloat
              ? Ulp.error((float) actual[i], expected[i])
              : Ulp.error(actual[i], expected[i], 0);
      assertThat(error)
          .as("%s: %s for %s", description, actual[i], expected[i])
          .isLessThanOrEqualTo(BOUND);
    }
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
