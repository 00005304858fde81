package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.Information;
import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.derivatives.Derivative;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Examples from textbooks with their true values: probabilities, exponentials and their sums,
 * Jacobians and entropies.
 *
 * <p>Exponentials are compared as shares of their sum, and sums by their logarithm. The logits and
 * temperatures are decimal numbers, so the tolerance adds to the documented bound what their
 * rounding to the type may change.
 */
class WorkedExamplesTest {
  private static final Pattern TEMPERATURE = Pattern.compile("T=([0-9.]+)");

  /** What an entry shows, by what it is called. */
  private enum Kind {
    PROBABILITIES("(.*softmax|printed probs.*|(Example 3 )?T=[0-9.]+( printed)?)"),
    PERCENT("(.*percent)"),
    EXPONENTIALS("(exp|exp of logits|figure exp|Example 3 T=[0-9.]+ exp|Example 2 exp.*)"),
    EXPONENTIALS_AND_SUM("(Problem [0-9] exp and sum)"),
    SUM("(S|sum|sum in the figure|sum of exponentials|Example 3 T=[0-9.]+ sum)"),
    SUM_OVER_MAX("(Example 2 sum)"),
    OTHER_EXPONENTIALS_AND_SUM_OVER_MAX("(shifted exp and sum)"),
    LOSS_OF_FIRST("(cross-entropy -log p1|Problem 4 entropy of .2,2,2.)"),
    JACOBIAN_DIAGONAL("(Problem 1 Jacobian diagonal)"),
    JACOBIAN_BESIDE("(Problem 1 Jacobian off-diagonal .12.,.13.,.23.)"),
    ENTROPY("(Problem 4 entropy( of .2,2,2.)?)"),
    ENTROPY_TERMS("(Problem 4 entropy terms)");

    private final Pattern name;

    Kind(String name) {
      this.name = Pattern.compile(name);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Example(
      Kind kind, String name, double[] logits, List<BigDecimal> truth, double temperature) {

    BigDecimal sumOfTruth() {
      return truth.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  @Test
  void enoughExamples() {
    for (Conformance set : Conformance.sets()) {
      assertThat(examples(set)).hasSizeGreaterThanOrEqualTo(45);
      for (Kind kind : Kind.values()) {
        assertThat(examples(set)).anyMatch(example -> example.kind() == kind);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> examples() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Conformance set : Conformance.sets()) {
      for (Example example : examples(set)) {
        for (Backends.Rows backend : Backends.all()) {
          for (boolean isFloat : new boolean[] {true, false}) {
            tests.add(
                DynamicTest.dynamicTest(
                    set + " " + example.name() + (isFloat ? " float " : " double ") + backend,
                    () -> check(example, isFloat, backend)));
          }
        }
      }
    }
    return tests.stream();
  }

  private static List<Example> examples(Conformance set) {
    List<Example> examples = new ArrayList<>();
    for (Json entry : Json.read(set.path("worked-examples.json")).at("examples").list()) {
      String what = entry.at("what").text();
      for (Kind kind : Kind.values()) {
        if (kind.name.matcher(what).matches() && !entry.at("input").isNull()) {
          double[] logits =
              Arrays.stream(numbers(entry.at("input")).toArray(BigDecimal[]::new))
                  .mapToDouble(BigDecimal::doubleValue)
                  .toArray();
          Matcher temperature = TEMPERATURE.matcher(what);
          examples.add(
              new Example(
                  kind,
                  what + " of " + Arrays.toString(logits),
                  logits,
                  numbers(entry.at("true")),
                  temperature.find() ? Double.parseDouble(temperature.group(1)) : 1));
        }
      }
    }
    return examples;
  }

  /** Numbers in a list, or in one text with commas. */
  private static List<BigDecimal> numbers(Json json) {
    return json.list().stream()
        .flatMap(number -> Arrays.stream(number.text().split(",", -1)))
        .map(BigDecimal::new)
        .toList();
  }

  private static void check(Example example, boolean isFloat, Backends.Rows backend) {
    Results results = Results.of(backend, isFloat, example.logits(), example.temperature());
    double max = Arrays.stream(example.logits()).max().orElseThrow();
    List<BigDecimal> truth = example.truth();
    switch (example.kind()) {
      case PROBABILITIES -> probabilities(example, results, truth, BigDecimal.ONE);
      case PERCENT -> probabilities(example, results, truth, BigDecimal.valueOf(100));
      case EXPONENTIALS -> probabilities(example, results, truth, example.sumOfTruth());
      case EXPONENTIALS_AND_SUM -> {
        probabilities(example, results, truth.subList(0, truth.size() - 1), truth.getLast());
        near(example, isFloat, results.logSumExp(), log(truth.getLast()));
      }
      case SUM -> near(example, isFloat, results.logSumExp(), log(truth.getFirst()));
      case SUM_OVER_MAX -> near(example, isFloat, results.logSumExp(), max + log(truth.getFirst()));
      case OTHER_EXPONENTIALS_AND_SUM_OVER_MAX -> {
        near(example, isFloat, results.logSumExp(), max + log(truth.getLast()));
        for (int i = 1; i < example.logits().length; i++) {
          probability(example, results, i, truth.get(i - 1), truth.getLast());
        }
      }
      case LOSS_OF_FIRST ->
          near(example, isFloat, -results.logSoftmax()[0], truth.getFirst().doubleValue());
      case JACOBIAN_DIAGONAL -> jacobian(example, isFloat, backend, new int[] {0, 4, 8});
      case JACOBIAN_BESIDE -> jacobian(example, isFloat, backend, new int[] {1, 2, 5});
      case ENTROPY ->
          near(example, isFloat, entropy(example, isFloat), truth.getFirst().doubleValue());
      case ENTROPY_TERMS -> {
        for (int i = 0; i < truth.size(); i++) {
          double term = -results.softmax()[i] * results.logSoftmax()[i];
          near(example, isFloat, term, truth.get(i).doubleValue());
        }
      }
    }
  }

  private static double entropy(Example example, boolean isFloat) {
    double[] x = example.logits();
    return isFloat
        ? Information.entropy(Derivative.floats(x), example.temperature())
        : Information.entropy(x, example.temperature());
  }

  /** Entries of a matrix of three rows, to the documented bound. */
  private static void jacobian(
      Example example, boolean isFloat, Backends.Rows backend, int[] positions) {
    Backend passes =
        Dispatch.all().stream()
            .filter(each -> each.name().equals(backend.toString()))
            .findFirst()
            .orElseThrow();
    double[] x = example.logits();
    double[] found = Derivative.SOFTMAX_JACOBIAN.of(passes, isFloat, x, x, example.temperature());
    for (int i = 0; i < positions.length; i++) {
      double exact = example.truth().get(i).doubleValue();
      assertThat(Math.abs(found[positions[i]] - exact))
          .as(example.name())
          .isLessThanOrEqualTo(8 * unit(isFloat) * Math.abs(exact));
    }
  }

  private static void probabilities(
      Example example, Results results, List<BigDecimal> truth, BigDecimal whole) {
    assertThat(results.softmax()).hasSameSizeAs(truth.toArray());
    for (int i = 0; i < truth.size(); i++) {
      probability(example, results, i, truth.get(i), whole);
    }
  }

  private static void probability(
      Example example, Results results, int i, BigDecimal part, BigDecimal whole) {
    BigDecimal exact = part.divide(whole, DoubleDouble.DIGITS);
    double unit = unit(results.isFloat());
    double relative = 4 * unit + inputError(example, unit);
    assertThat(new BigDecimal(results.softmax()[i]).subtract(exact).abs())
        .as("%s, element %d", example.name(), i)
        .isLessThanOrEqualTo(exact.multiply(new BigDecimal(relative)));
  }

  private static void near(Example example, boolean isFloat, double actual, double exact) {
    double unit = unit(isFloat);
    double tolerance = 2 * unit * Math.max(1, Math.abs(exact)) + inputError(example, unit);
    assertThat(Math.abs(actual - exact)).as(example.name()).isLessThanOrEqualTo(tolerance);
  }

  /** How much of (x - max) / T the rounding of x, max and T may change. */
  private static double inputError(Example example, double unit) {
    double largest = Arrays.stream(example.logits()).map(Math::abs).max().orElseThrow();
    boolean exact =
        Arrays.stream(example.logits()).allMatch(x -> x == Math.rint(x))
            && Math.getExponent(example.temperature()) >= -1
            && example.temperature() * 2 == Math.rint(example.temperature() * 2);
    return exact ? 0 : 4 * unit * largest / example.temperature();
  }

  private static double unit(boolean isFloat) {
    return isFloat ? 0x1p-24 : 0x1p-53;
  }

  private static double log(BigDecimal x) {
    return DoubleDouble.of(x).log().hi();
  }
}
