package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowShapeTest {
  @Test
  void rowsRunAlongTheLastAxis() throws NpyFormatException {
    assertThat(of(7L)).isEqualTo(new RowShape(1, 7));
    assertThat(of(2L, 3L, 5L)).isEqualTo(new RowShape(6, 5));
    assertThat(of(0L, 5L)).isEqualTo(new RowShape(0, 5));
    assertThat(of(4L, 0L, 5L)).isEqualTo(new RowShape(0, 5));
    assertThat(of(1L << 40, 1L)).isEqualTo(new RowShape(1L << 40, 1));
  }

  @Test
  void refusesArraysWithoutRows() {
    assertThatThrownBy(RowShapeTest::of).hasMessageContaining("at least 1 dimension is needed");
    assertThatThrownBy(() -> of(5L, 0L))
        .hasMessage("shape (5, 0) has rows of 0 values; at least 1 is needed");
    assertThatThrownBy(() -> of(0L)).hasMessageContaining("at least 1 is needed");
  }

  @Test
  void refusesRowsThatNoArrayHolds() {
    assertThatThrownBy(() -> of(2L, 1L << 31))
        .hasMessage("shape (2, 2147483648) has rows of 2147483648 values; at most 2147483639");
  }

  private static RowShape of(Long... shape) throws NpyFormatException {
    return RowShape.of(new NpyHeader(Dtype.FLOAT32, List.of(shape)));
  }
}
