package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.derivatives.Derivative;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Gradients of softmax and log-softmax from the tests of other libraries, exact and rounded. */
class DerivativesConformanceTest {
  private static final Map<String, Derivative> OPS =
      Map.of(
          "softmax_vjp", Derivative.SOFTMAX_PRODUCT,
          "log_softmax_vjp", Derivative.LOG_SOFTMAX_VJP);

  @TestFactory
  Stream<DynamicTest> cases() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Conformance set : Conformance.sets()) {
      List<Case> cases = Cases.of(set, "peers", one -> OPS.containsKey(one.op()));
      assertThat(cases).hasSizeGreaterThanOrEqualTo(6);
      for (Case one : cases) {
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
    assertThat(x.shape()).as("one row").hasSize(1);
    boolean isFloat = x.dtype().equals("<f4");
    double[] logits = x.doubles();
    double[] g = one.input(1).doubles();
    double[] found = OPS.get(one.op()).of(backend, isFloat, logits, g, one.temperature());
    double[] expected = one.output(0).doubles();
    double unit = isFloat ? 0x1p-24 : 0x1p-53;
    double sum = 0;
    for (double gradient : g) {
      sum += Math.abs(gradient);
    }
    for (int i = 0; i < expected.length; i++) {
      // No case cancels by more than a factor of ten; the tiny ones are seen by their own size.
      double size = Math.abs(expected[i]);
      assertThat(Math.abs(found[i] - expected[i]))
          .as("element %d", i)
          .isLessThanOrEqualTo(9 * unit * Math.min(10 * size, sum));
    }
  }
}
