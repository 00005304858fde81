package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Cases from tests and bug reports of other libraries. The expected values are exact results
 * rounded to the type. Hardmax is softmax at T = 0, save that it has a value for a row of -inf.
 */
class PeersConformanceTest {
  private static final String FOLDER = "peers";
  private static final double ROUNDED_TO_TYPE = 0.5;
  private static final Set<String> OPS = Set.of("softmax", "log_softmax", "logsumexp", "hardmax");

  @Test
  void enoughCases() {
    for (Conformance set : Conformance.sets()) {
      assertThat(Cases.of(set, FOLDER, PeersConformanceTest::supported))
          .hasSizeGreaterThanOrEqualTo(set == Conformance.SHARED ? 35 : 32);
    }
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return Cases.tests(FOLDER, PeersConformanceTest::supported, PeersConformanceTest::check);
  }

  private static boolean supported(Case one) {
    return OPS.contains(one.op()) && !one.name().startsWith("hardmax_all_neginf");
  }

  private static void check(Case one, Backends.Rows backend) {
    Npy x = one.input(0);
    double temperature = one.op().equals("hardmax") ? 0 : one.temperature();
    RowCheck check =
        new RowCheck(
            backend, x, Axes.rows(x.shape(), one.axes("axis")), temperature, ROUNDED_TO_TYPE);
    double[] expected = one.output(0).doubles();
    switch (one.op()) {
      case "softmax", "hardmax" -> check.softmax(expected);
      case "log_softmax" -> check.logSoftmax(expected);
      case "logsumexp" -> check.logSumExp(expected);
      default -> throw new IllegalArgumentException(one + " has the op " + one.op());
    }
  }
}
