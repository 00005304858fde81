package io.github.softlane.jmh.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A verification that finds nothing would be worse than none. */
class VerificationTest {
  private static final int SPOILT = 130;

  /** Takes the scalar backend's result and moves one element by some ULP. */
  private static final class Spoilt implements Task {
    private final Task task;
    private final ElementType type;
    private final int ulps;

    Spoilt(Problem problem, int ulps) {
      task = contender(problem.operation()).prepare(problem);
      type = problem.type();
      this.ulps = ulps;
    }

    @Override
    public void run() {
      task.run();
    }

    @Override
    public double result(int i) {
      double right = task.result(i);
      // A zero has no place to be spoilt by.
      double unit = Math.max(type.ulp(right), type.ulp(1) * 0x1p-10);
      return i == SPOILT ? right + ulps * (right == 0 ? unit : type.ulp(right)) : right;
    }

    @Override
    public void close() {
      task.close();
    }
  }

  /** One that also runs where the vector backends do not. */
  private static Contender contender(Operation operation) {
    return Contenders.named(operation.isOfEveryBackend() ? "scalar" : "naive");
  }

  /** In double and with the formulas of the books. */
  private static double[] plain(Problem problem, int row) {
    int n = problem.shape().columns();
    double[] x = Arrays.copyOfRange(problem.logits().doubles(), row * n, row * n + n);
    double[] sorted = Arrays.stream(x).sorted().toArray();
    double sum = Arrays.stream(x).map(Math::exp).sum();
    double threshold = Double.NEGATIVE_INFINITY;
    double support = 0;
    for (int k = 1; k <= n; k++) {
      support += sorted[n - k];
      threshold = Math.max(threshold, (support - 1) / k);
    }
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      double hit = i == problem.logits().targets()[row] ? 1 : 0;
      y[i] =
          problem.operation() == Operation.SPARSEMAX
              ? Math.max(0, x[i] - threshold)
              : (Math.exp(x[i]) / sum - hit) / problem.shape().rows();
    }
    return y;
  }

  @ParameterizedTest
  @EnumSource(names = {"CROSS_ENTROPY_GRADIENT", "SPARSEMAX"})
  void theReferenceIsTheFormula(Operation operation) {
    Problem problem =
        new Problem(operation, Logits.draw(ElementType.DOUBLE, new Shape(50, 13), 0), 1);
    for (int row = 0; row < 50; row++) {
      Reference reference = new Reference(problem, row);
      double[] expected = plain(problem, row);
      for (int i = 0; i < expected.length; i++) {
        assertThat(reference.at(i).hi()).isCloseTo(expected[i], within(1e-13));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CROSS_ENTROPY_GRADIENT", "SPARSEMAX"})
  void softlaneIsHeldToItsOwnBounds(Operation operation) {
    Problem problem =
        new Problem(operation, Logits.draw(ElementType.FLOAT, new Shape(8, 100), 0), 1);
    Contender best = Contenders.named("best");
    assertThat(best.leastUnit(problem)).isLessThan(0x1p-48);
    assertThat(best.allowedUlp(problem)).isLessThanOrEqualTo(3);
    Contender naive = Contenders.named("naive");
    assertThat(naive.leastUnit(problem)).isGreaterThanOrEqualTo(0x1p-27);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void anErrorOfSomeUlpIsFound(ElementType type) {
    Problem problem = new Problem(Operation.SOFTMAX, Logits.draw(type, new Shape(3, 100), 0), 1);
    try (Task task = new Spoilt(problem, 5)) {
      task.run();
      assertThat(Verification.maxUlp(contender(problem.operation()), problem, task))
          .isCloseTo(5, within(2.0));
      assertThatThrownBy(() -> Verification.check(Contenders.named("scalar"), problem, task))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("scalar")
          .hasMessageContaining("softmax " + type.label() + " 3x100");
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aFiniteNumberInTheWrongPlaceIsInfinitelyWrong(Operation operation) {
    Problem problem =
        new Problem(operation, Logits.draw(ElementType.FLOAT, new Shape(200, 3), 0), 1);
    try (Task task = new Spoilt(problem, Integer.MAX_VALUE)) {
      task.run();
      assertThat(Verification.maxUlp(contender(problem.operation()), problem, task))
          .isGreaterThan(1e6);
    }
  }
}
