package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.NegativeLogLikelihood;
import io.github.softlane.Reduction;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The ONNX cases of negative log-likelihood, whose expected values were taken in float64. */
class NegativeLogLikelihoodConformanceTest {
  private static final String OP = "NegativeLogLikelihoodLoss";

  @Test
  void allCases() {
    if (Conformance.sets().contains(Conformance.SHARED)) {
      assertThat(Cases.of(Conformance.SHARED, "onnx", one -> one.op().equals(OP))).hasSize(18);
    }
  }

  @TestFactory
  Stream<DynamicTest> onnx() {
    return Conformance.sets().stream()
        .flatMap(set -> Cases.of(set, "onnx", one -> one.op().equals(OP)).stream())
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
  }

  private static void check(Case one) {
    float[] x = one.input(0).floats();
    int[] shape = one.input(0).shape();
    float[] gathered = new float[x.length];
    int next = 0;
    for (int[] row : Axes.rows(shape, 1)) {
      for (int i : row) {
        gathered[next++] = x[i];
      }
    }
    Reduction reduction =
        Reduction.valueOf(one.attribute("reduction").text().toUpperCase(Locale.ROOT));
    NegativeLogLikelihood nll = NegativeLogLikelihood.of(reduction);
    if (!one.attribute("ignore_index").isNull()) {
      nll = nll.ignoreIndex(one.attribute("ignore_index").integer());
    }
    if (one.hasInput(2)) {
      nll = nll.classWeights(one.input(2).doubles());
    }
    int[] targets = Arrays.stream(one.input(1).longs()).mapToInt(Math::toIntExact).toArray();
    int n = shape[1];
    double[] expected = one.reference(0).doubles();
    if (reduction == Reduction.NONE) {
      float[] losses = new float[targets.length];
      nll.losses(gathered, 0, n, targets, 0, losses, 0, targets.length, n);
      float[] rounded = new float[expected.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) expected[i];
      }
      assertThat(losses).isEqualTo(rounded);
    } else {
      double loss = nll.loss(gathered, 0, n, targets, 0, targets.length, n);
      assertThat((float) loss).isEqualTo((float) expected[0]);
    }
  }
}
