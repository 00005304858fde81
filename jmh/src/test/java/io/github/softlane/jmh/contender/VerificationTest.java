package io.github.softlane.jmh.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
      task = Contenders.named("scalar").prepare(problem);
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
      return i == SPOILT ? right + ulps * type.ulp(right) : right;
    }

    @Override
    public void close() {
      task.close();
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void anErrorOfSomeUlpIsFound(ElementType type) {
    Problem problem = new Problem(Operation.SOFTMAX, Logits.draw(type, new Shape(3, 100), 0), 1);
    try (Task task = new Spoilt(problem, 5)) {
      task.run();
      assertThat(Verification.maxUlp(problem, task)).isCloseTo(5, within(2.0));
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
      assertThat(Verification.maxUlp(problem, task)).isGreaterThan(1e6);
    }
  }
}
