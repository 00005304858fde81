package io.github.softlane.jmh.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.softlane.Kernels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContendersTest {
  static Stream<Contender> inJava() {
    // A test run may have been forced to the slow path, which `best` refuses.
    boolean vectors = !Kernels.best().name().equals("scalar");
    return Contenders.all().stream()
        .filter(contender -> !contender.isNative())
        .filter(contender -> vectors || !contender.name().equals("best"));
  }

  @Test
  void theBackendsAndTheYardsticksAreThere() {
    List<String> names = Contenders.all().stream().map(Contender::name).toList();
    assertThat(names).startsWith("best").contains("scalar", "naive", "lambda");
    assertThat(names).containsAll(Kernels.all().stream().map(kernel -> kernel.name()).toList());
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Contenders.named("vector-77"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'vector-77'")
        .hasMessageContaining("scalar")
        .hasMessageContaining("-Ppeers");
  }

  @ParameterizedTest
  @MethodSource("inJava")
  void everyContenderIsRight(Contender contender) {
    for (ElementType type : ElementType.values()) {
      for (Shape shape : List.of(new Shape(5, 1), new Shape(7, 67), new Shape(2, 1500))) {
        for (int mask : List.of(0, 30, 95)) {
          Logits logits = Logits.draw(type, shape, mask);
          for (Operation operation : Operation.values()) {
            if (contender.offers(operation, type)) {
              check(contender, new Problem(operation, logits, 1));
              check(contender, new Problem(operation, logits, 2));
            }
          }
        }
      }
    }
  }

  @Test
  void onlySomeHaveTheOtherOperations() {
    assertThat(offering(Operation.CROSS_ENTROPY_GRADIENT))
        .containsExactly("best", "naive", "lambda");
    assertThat(offering(Operation.SPARSEMAX)).containsExactly("best", "naive");
  }

  private static List<String> offering(Operation operation) {
    return Contenders.all().stream()
        .filter(contender -> !contender.isNative())
        .filter(contender -> contender.offers(operation, ElementType.FLOAT))
        .map(Contender::name)
        .toList();
  }

  private static void check(Contender contender, Problem problem) {
    try (Task task = contender.prepare(problem)) {
      task.run();
      double maxUlp = Verification.check(contender, problem, task);
      // The yardsticks are imprecise, but not on rows as short as these.
      assertThat(maxUlp).as("%s %s", contender.name(), problem).isLessThan(1000);
    }
  }
}
