package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The ONNX backend node tests of the operations that the library has. Expected values are the
 * outputs recomputed in float64. They are not part of the compact copy.
 */
class OnnxConformanceTest {
  private static final String FOLDER = "onnx";

  /** Good for float cases: a few 1e-16 are nothing beside 6e-8. */
  private static final double EXACT = 0;

  /** What float64 arithmetic may lose in the few additions of a double case. */
  private static final double FLOAT64 = 2;

  /** From this opset on Softmax runs along one axis; before, over all from that axis on. */
  private static final int ONE_AXIS_OPSET = 13;

  private static final Map<String, Integer> CASES =
      Map.of(
          "Softmax", 10,
          "LogSoftmax", 10,
          "ReduceLogSumExp", 17,
          "Hardmax", 7,
          "ArgMax", 12,
          "MaskedSoftmax", 76,
          "SoftmaxCrossEntropyLoss", 17);

  @Test
  void allCases() {
    if (Conformance.sets().contains(Conformance.SHARED)) {
      Map<String, Integer> found =
          Cases.of(Conformance.SHARED, FOLDER, OnnxConformanceTest::supported).stream()
              .collect(Collectors.groupingBy(Case::op, Collectors.summingInt(one -> 1)));
      assertThat(found).isEqualTo(CASES);
    }
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return Cases.tests(FOLDER, OnnxConformanceTest::supported, OnnxConformanceTest::check);
  }

  private static boolean supported(Case one) {
    return switch (one.op()) {
      case "ArgMax" -> one.attribute("select_last_index").isNull();
      case "SoftmaxCrossEntropyLoss" -> one.name().endsWith("_log_prob");
      default -> CASES.containsKey(one.op());
    };
  }

  private static void check(Case one, Backends.Rows backend) {
    switch (one.op()) {
      case "Softmax" -> along(one, backend, softmaxAxes(one), 1).softmax(reference(one, 0));
      case "LogSoftmax" -> along(one, backend, softmaxAxes(one), 1).logSoftmax(reference(one, 0));
      case "Hardmax" -> along(one, backend, softmaxAxes(one), 0).softmax(reference(one, 0));
      case "ReduceLogSumExp" ->
          along(one, backend, reducedAxes(one), 1).logSumExp(reference(one, 0));
      case "SoftmaxCrossEntropyLoss" ->
          along(one, backend, new int[] {1}, 1).logSoftmax(reference(one, 1));
      case "MaskedSoftmax" -> maskedSoftmax(one, backend);
      case "ArgMax" -> argmax(one, backend);
      default -> throw new IllegalArgumentException(one + " has the op " + one.op());
    }
  }

  private static RowCheck along(Case one, Backends.Rows backend, int[] axes, double temperature) {
    Npy x = one.input(0);
    double slack = x.dtype().equals("<f8") ? FLOAT64 : EXACT;
    return new RowCheck(backend, x, Axes.rows(x.shape(), axes), temperature, slack);
  }

  private static double[] reference(Case one, int output) {
    return one.reference(output).doubles();
  }

  private static int[] softmaxAxes(Case one) {
    int opset = one.meta().at("opset_import").at("ai.onnx").integer();
    int[] axis = one.axes("axis");
    if (opset >= ONE_AXIS_OPSET) {
      return axis.length == 0 ? new int[] {-1} : axis;
    }
    int dimensions = one.input(0).shape().length;
    int first = Math.floorMod(axis.length == 0 ? 1 : axis[0], dimensions);
    int[] axes = new int[dimensions - first];
    Arrays.setAll(axes, i -> first + i);
    return axes;
  }

  /** A second input since opset 18, an attribute before; all axes when there is none. */
  private static int[] reducedAxes(Case one) {
    return one.hasInput(1)
        ? Arrays.stream(one.input(1).longs()).mapToInt(Math::toIntExact).toArray()
        : one.axes("axes");
  }

  /**
   * The logits of an Attention case, masks included. Attention gives zeros for a row of -inf, the
   * softmax itself NaN.
   */
  private static void maskedSoftmax(Case one, Backends.Rows backend) {
    RowCheck check = along(one, backend, new int[] {-1}, 1);
    double[] x = one.input(0).doubles();
    double[] expected = reference(one, 0);
    for (int[] row : check.rows()) {
      if (Arrays.stream(row).allMatch(i -> x[i] == Double.NEGATIVE_INFINITY)) {
        Arrays.stream(row).forEach(i -> expected[i] = Double.NaN);
      }
    }
    check.softmax(expected);
  }

  private static void argmax(Case one, Backends.Rows backend) {
    int[] axis = one.axes("axis");
    int[] axes = axis.length == 0 ? new int[] {0} : axis;
    assertThat(along(one, backend, axes, 1).argmax()).isEqualTo(one.output(0).longs());
  }
}
