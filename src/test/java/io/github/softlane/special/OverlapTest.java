package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.softlane.Backends;
import io.github.softlane.Kernel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranges that overlap in part, or lie outside their array, are refused before any write. */
class OverlapTest {
  @ParameterizedTest
  @MethodSource("io.github.softlane.Backends#all")
  void partialOverlap(Backends.Rows backend) {
    Kernel kernel = backend.kernel();
    for (int shift : new int[] {1, 2, 3}) {
      float[] x = {1, 2, 3, 4, 5, 6, 7};
      double[] wide = {1, 2, 3, 4, 5, 6, 7};
      assertThatThrownBy(() -> kernel.softmax(x, 0, x, shift, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("xOffset 0")
          .hasMessageContaining("yOffset " + shift);
      assertThatThrownBy(() -> kernel.logSoftmax(x, shift, x, 0, 4))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> kernel.softmax(wide, 0, wide, shift, 4))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> kernel.logSoftmax(wide, shift, wide, 0, 4))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(x).containsExactly(1, 2, 3, 4, 5, 6, 7);
      assertThat(wide).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.softlane.Backends#all")
  void neighboursInOneArray(Backends.Rows backend) {
    float[] x = {1, 1, 0, 0};
    backend.kernel().softmax(x, 0, x, 2, 2);
    assertThat(x).containsExactly(1, 1, 0.5f, 0.5f);
  }

  @ParameterizedTest
  @MethodSource("io.github.softlane.Backends#all")
  void outsideTheArray(Backends.Rows backend) {
    Kernel kernel = backend.kernel();
    float[] x = {1, 2, 3};
    float[] y = {4, 5, 6};
    assertThatThrownBy(() -> kernel.softmax(x, 1, y, 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("xOffset");
    assertThatThrownBy(() -> kernel.softmax(x, 0, y, -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("yOffset");
    assertThatThrownBy(() -> kernel.logSumExp(x, Integer.MAX_VALUE, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> kernel.softmax(x, 0, y, 0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n is -1");
    assertThat(y).containsExactly(4, 5, 6);
  }
}
