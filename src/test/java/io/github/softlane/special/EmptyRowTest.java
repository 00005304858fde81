package io.github.softlane.special;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.Kernel;
import io.github.softlane.Logits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** n = 0: nothing is written, and the log-sum-exp is -inf. */
class EmptyRowTest {
  @ParameterizedTest
  @MethodSource("io.github.softlane.Backends#all")
  void kernels(Backends.Rows backend) {
    Kernel kernel = backend.kernel();
    for (int offset = 0; offset <= 3; offset++) {
      float[] x = {1, 2, 3};
      float[] y = {4, 5, 6};
      kernel.softmax(x, offset, y, 3 - offset, 0);
      kernel.logSoftmax(x, offset, y, 3 - offset, 0);
      kernel.softmax(x, offset, x, 3 - offset, 0);
      assertThat(kernel.logSumExp(x, offset, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
      assertThat(x).containsExactly(1, 2, 3);
      assertThat(y).containsExactly(4, 5, 6);

      double[] wideX = {1, 2, 3};
      double[] wideY = {4, 5, 6};
      kernel.softmax(wideX, offset, wideY, 3 - offset, 0);
      kernel.logSoftmax(wideX, offset, wideY, 3 - offset, 0);
      kernel.softmax(wideX, offset, wideX, 3 - offset, 0);
      assertThat(kernel.logSumExp(wideX, offset, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(wideX).containsExactly(1, 2, 3);
      assertThat(wideY).containsExactly(4, 5, 6);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 0.7, 1e300, Double.POSITIVE_INFINITY})
  void withATemperature(double temperature) {
    float[] y = {4, 5, 6};
    Logits.softmax(new float[0], 0, y, 1, 0, temperature);
    Logits.logSoftmax(new float[0], 0, y, 1, 0, temperature);
    assertThat(y).containsExactly(4, 5, 6);
    assertThat(Logits.logSumExp(new float[0], temperature)).isEqualTo(Float.NEGATIVE_INFINITY);

    double[] wide = {4, 5, 6};
    Logits.softmax(new double[0], 0, wide, 1, 0, temperature);
    Logits.logSoftmax(new double[0], 0, wide, 1, 0, temperature);
    assertThat(wide).containsExactly(4, 5, 6);
    assertThat(Logits.logSumExp(new double[0], temperature)).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
