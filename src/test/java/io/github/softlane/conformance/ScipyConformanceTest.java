package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of SciPy's own tests of softmax, log_softmax and logsumexp, those without weights. The
 * expected values are exact results rounded to the type.
 */
class ScipyConformanceTest {
  private static final String FOLDER = "scipy";
  private static final double ROUNDED_TO_TYPE = 0.5;

  @Test
  void enoughCases() {
    for (Conformance set : Conformance.sets()) {
      assertThat(Cases.of(set, FOLDER, ScipyConformanceTest::supported))
          .hasSizeGreaterThanOrEqualTo(set == Conformance.SHARED ? 58 : 53);
    }
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return Cases.tests(FOLDER, ScipyConformanceTest::supported, ScipyConformanceTest::check);
  }

  private static boolean supported(Case one) {
    return !one.attribute("has_b").isTrue() && !one.attribute("return_sign").isTrue();
  }

  private static void check(Case one, Backends.Rows backend) {
    Npy x = one.input(0);
    RowCheck check =
        new RowCheck(backend, x, Axes.rows(x.shape(), one.axes("axis")), 1, ROUNDED_TO_TYPE);
    double[] expected = one.output(0).doubles();
    switch (one.op()) {
      case "softmax" -> check.softmax(expected);
      case "log_softmax" -> check.logSoftmax(expected);
      case "logsumexp" -> check.logSumExp(expected);
      default -> throw new IllegalArgumentException(one + " has the op " + one.op());
    }
  }
}
