package io.github.softlane.jmh.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitsTest {
  @Test
  void theSameArgumentsGiveTheSameLogits() {
    Shape shape = new Shape(3, 100);
    assertThat(Logits.draw(ElementType.FLOAT, shape, 30).floats())
        .containsExactly(Logits.draw(ElementType.FLOAT, shape, 30).floats());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 95})
  void theShareOfMaskedEntriesIsRight(int mask) {
    double[] logits = Logits.draw(ElementType.DOUBLE, new Shape(10, 10_000), mask).doubles();
    int masked = 0;
    for (double logit : logits) {
      masked += logit == Double.NEGATIVE_INFINITY ? 1 : 0;
    }
    assertThat(masked / 1000.0).isBetween(mask - 1.0, mask + 1.0);
  }

  @Test
  void noRowIsMaskedWhole() {
    float[] logits = Logits.draw(ElementType.FLOAT, new Shape(1000, 2), 99).floats();
    for (int row = 0; row < 1000; row++) {
      assertThat(Math.max(logits[2 * row], logits[2 * row + 1])).isFinite();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 95})
  void everyTargetIsAClassThatIsNotMasked(int mask) {
    Logits logits = Logits.draw(ElementType.FLOAT, new Shape(500, 60), mask);
    int[] targets = logits.targets();
    assertThat(targets).hasSize(500);
    for (int row = 0; row < targets.length; row++) {
      assertThat(targets[row]).isBetween(0, 59);
      assertThat(logits.at(row * 60 + targets[row])).isFinite();
    }
    assertThat(Arrays.stream(targets).distinct().count()).isGreaterThan(50);
    assertThat(targets)
        .containsExactly(Logits.draw(ElementType.FLOAT, new Shape(500, 60), mask).targets());
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> Logits.draw(ElementType.FLOAT, new Shape(1, 8), 100))
        .hasMessageContaining("mask is 100");
    assertThatThrownBy(() -> Logits.draw(ElementType.FLOAT, new Shape(1, 8), 0).doubles())
        .hasMessageContaining("float");
    assertThatThrownBy(() -> Shape.of("12by3")).hasMessageContaining("'12by3'");
    assertThatThrownBy(() -> Shape.of("65536x65536")).hasMessageContaining("65536x65536");
    assertThatThrownBy(() -> Operation.named("softmin")).hasMessageContaining("log-sum-exp");
    assertThatThrownBy(() -> ElementType.named("half")).hasMessageContaining("double");
  }
}
