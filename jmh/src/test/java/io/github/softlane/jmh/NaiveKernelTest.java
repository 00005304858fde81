package io.github.softlane.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A yardstick that computes something else would make every ratio in the benchmarks wrong. */
class NaiveKernelTest {
  private static final int OFFSET = 3;

  private final Kernel naive = new NaiveKernel();
  private final Kernel best = Kernels.best();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 64, 1000, 4096})
  void agreesOnFloats(int n) {
    float[] x = new float[OFFSET + n];
    Random random = new Random(n);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (3 * random.nextGaussian());
    }
    float[] expected = new float[OFFSET + n];
    float[] actual = new float[OFFSET + n];

    best.softmax(x, OFFSET, expected, OFFSET, n);
    naive.softmax(x, OFFSET, actual, OFFSET, n);
    assertThat(actual).containsExactly(expected, within(1e-5f));

    best.logSoftmax(x, OFFSET, expected, OFFSET, n);
    naive.logSoftmax(x, OFFSET, actual, OFFSET, n);
    assertThat(actual).containsExactly(expected, within(1e-4f));

    assertThat(naive.logSumExp(x, OFFSET, n))
        .isCloseTo(best.logSumExp(x, OFFSET, n), within(1e-4f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 64, 1000, 4096})
  void agreesOnDoubles(int n) {
    double[] x = new double[OFFSET + n];
    Random random = new Random(n);
    for (int i = 0; i < x.length; i++) {
      x[i] = 3 * random.nextGaussian();
    }
    double[] expected = new double[OFFSET + n];
    double[] actual = new double[OFFSET + n];

    best.softmax(x, OFFSET, expected, OFFSET, n);
    naive.softmax(x, OFFSET, actual, OFFSET, n);
    assertThat(actual).containsExactly(expected, within(1e-13));

    best.logSoftmax(x, OFFSET, expected, OFFSET, n);
    naive.logSoftmax(x, OFFSET, actual, OFFSET, n);
    assertThat(actual).containsExactly(expected, within(1e-12));

    assertThat(naive.logSumExp(x, OFFSET, n))
        .isCloseTo(best.logSumExp(x, OFFSET, n), within(1e-12));
  }
}
