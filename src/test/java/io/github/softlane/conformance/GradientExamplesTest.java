package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.CrossEntropy;
import io.github.softlane.Logits;
import io.github.softlane.Reduction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The worked examples of gradients and of single powers of e; {@link WorkedExamplesTest} has the
 * rest. The logits are decimal numbers, so the tolerance adds to the bounds what their rounding to
 * the type may change.
 */
class GradientExamplesTest {
  private static final double FLOAT_TOLERANCE = 0x1p-21;
  private static final double DOUBLE_TOLERANCE = 0x1p-50;
  private static final int[] FIRST = {0};
  private static final CrossEntropy LOSS = CrossEntropy.of(Reduction.MEAN);

  @Test
  void everySetHasThem() {
    for (Conformance set : Conformance.sets()) {
      assertThat(examples(set).filter(GradientExamplesTest::isOfAGradient)).hasSize(3);
      assertThat(examples(set).filter(GradientExamplesTest::isAPower)).hasSize(2);
    }
  }

  @TestFactory
  Stream<DynamicTest> gradients() {
    return Conformance.sets().stream()
        .flatMap(GradientExamplesTest::examples)
        .filter(GradientExamplesTest::isOfAGradient)
        .map(one -> DynamicTest.dynamicTest(one.at("what").text(), () -> checkGradient(one)));
  }

  @TestFactory
  Stream<DynamicTest> powers() {
    return Conformance.sets().stream()
        .flatMap(GradientExamplesTest::examples)
        .filter(GradientExamplesTest::isAPower)
        .map(one -> DynamicTest.dynamicTest(one.at("what").text(), () -> checkPower(one)));
  }

  private static Stream<Json> examples(Conformance set) {
    return Json.read(set.path("worked-examples.json")).at("examples").list().stream();
  }

  private static boolean isOfAGradient(Json one) {
    return one.at("what").text().startsWith("gradient");
  }

  private static boolean isAPower(Json one) {
    return one.at("what").text().startsWith("e^");
  }

  private static void checkGradient(Json one) {
    double[] x = numbers(one.at("input"));
    float[] z = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      z[i] = (float) x[i];
    }
    LOSS.lossAndGradient(x, 0, x.length, FIRST, 0, x, 0, x.length, 1, x.length);
    LOSS.lossAndGradient(z, 0, z.length, FIRST, 0, z, 0, z.length, 1, z.length);
    double[] truth = numbers(one.at("true"));
    if (one.at("what").text().contains("sum")) {
      assertThat(x[0] + x[1] + x[2]).isCloseTo(truth[0], within(DOUBLE_TOLERANCE));
      assertThat((double) z[0] + z[1] + z[2]).isCloseTo(truth[0], within(FLOAT_TOLERANCE));
      return;
    }
    for (int i = 0; i < truth.length; i++) {
      double size = Math.abs(truth[i]);
      assertThat(x[i]).isCloseTo(truth[i], within(DOUBLE_TOLERANCE * size));
      assertThat((double) z[i]).isCloseTo(truth[i], within(FLOAT_TOLERANCE * size));
    }
  }

  /** e^x is the ratio of the probabilities of the logits x and 0. */
  private static void checkPower(Json one) {
    double exponent = Double.parseDouble(one.at("what").text().split("[\\^ ]", -1)[1]);
    double[] p = new double[2];
    Logits.softmax(new double[] {exponent, 0}, p);
    double truth = numbers(one.at("true"))[0];
    assertThat(p[0] / p[1]).isCloseTo(truth, within(4 * DOUBLE_TOLERANCE * truth));
  }

  /** One number or a list of them, some of them texts. */
  private static double[] numbers(Json json) {
    List<Json> numbers = json.list();
    return numbers.stream().mapToDouble(number -> Double.parseDouble(number.text())).toArray();
  }
}
