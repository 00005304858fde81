package io.github.softlane.jmh.roof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.softlane.jmh.contender.Contenders;
import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Logits;
import io.github.softlane.jmh.contender.Shape;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoofTest {
  @BeforeEach
  void vectors() {
    assumeTrue(Contenders.vectorsAreResolved());
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void everyRoofDoesItsWork(ElementType type) {
    Logits logits = Logits.draw(type, new Shape(3, 1001), 0);
    for (String name : List.of(Roof.READ, Roof.COPY, Roof.FMA)) {
      Roof roof = Roof.named(name, logits);
      roof.run(5, 3000);
      roof.verify(5, 3000);
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void workThatWasNotDoneIsNoticed(ElementType type) {
    Logits logits = Logits.draw(type, new Shape(3, 1001), 0);
    for (String name : List.of(Roof.READ, Roof.COPY, Roof.FMA)) {
      Roof roof = Roof.named(name, logits);
      assertThatThrownBy(() -> roof.verify(0, 3003)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anUnknownNameIsRefused() {
    Logits logits = Logits.draw(ElementType.FLOAT, new Shape(1, 1), 0);
    assertThatThrownBy(() -> Roof.named("write", logits))
        .hasMessageContaining("'write'")
        .hasMessageContaining("copy");
  }
}
