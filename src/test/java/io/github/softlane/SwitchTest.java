package io.github.softlane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.softlane.dispatch.CpuReport;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The switch changes which passes serve and no bit of a result. */
class SwitchTest {
  private static final int ROWS = 60;

  private final Random random = new Random(12);

  @AfterEach
  void leaveVectorsServing() {
    if (WarmUp.SWITCHES && Kernels.warmUp()) {
      WarmUp.switchTo(WarmUp.Stage.VECTORS);
    }
  }

  /**
   * A dispatcher that switches has to where vectors are required, in this JVM of many tests too.
   */
  private static void assumeSwitch() {
    boolean switched = WarmUp.SWITCHES && Kernels.warmUp();
    if (WarmUp.SWITCHES && CpuReport.vectorsRequired()) {
      assertThat(switched).as(Kernels::describe).isTrue();
    }
    assumeThat(switched).as(Kernels::describe).isTrue();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SCALAR")
  void aBatchGivesTheSameBitsWhereverTheSwitchFalls(WarmUp.Stage between) {
    assumeSwitch();
    Kernel best = Kernels.best();
    int n = 1503;
    float[] x = new float[ROWS * n];
    double[] z = new double[ROWS * n];
    for (int i = 0; i < x.length; i++) {
      z[i] = 10 * random.nextGaussian();
      x[i] = (float) z[i];
    }
    float[] expected = new float[x.length];
    double[] expectedOfDouble = new double[z.length];
    for (int row = 0; row < ROWS; row++) {
      Kernels.scalar().softmax(x, row * n, expected, row * n, n);
      Kernels.scalar().logSoftmax(z, row * n, expectedOfDouble, row * n, n);
    }
    for (int at : new int[] {0, 1, 17, ROWS}) {
      float[] y = new float[x.length];
      double[] w = new double[z.length];
      WarmUp.switchTo(WarmUp.Stage.SCALAR);
      for (int row = 0; row < ROWS; row++) {
        if (row == at) {
          WarmUp.switchTo(between);
        }
        assertThat(Kernels.selected().name()).isEqualTo(row < at ? "scalar" : best.name());
        best.softmax(x, row * n, y, row * n, n);
        best.logSoftmax(z, row * n, w, row * n, n);
        float lse = Logits.logSumExp(x, row * n, n, 0.7);
        assertThat(lse).isEqualTo(Kernels.SCALAR.logSumExp(x, row * n, n, 0.7));
      }
      assertThat(y).isEqualTo(expected);
      assertThat(w).isEqualTo(expectedOfDouble);
    }
  }

  /** They go pass by pass in one stage and in one go in the next. */
  @ParameterizedTest
  @EnumSource
  void shortRowsHaveTheSameBitsInEveryStage(WarmUp.Stage stage) {
    assumeSwitch();
    RowKernel kernel = Kernels.selected(stage);
    for (int n = 1; n <= 300; n++) {
      float[] x = new float[ROWS * n];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (10 * random.nextGaussian());
      }
      float[] expected = new float[x.length];
      float[] y = new float[x.length];
      Kernels.SCALAR.softmaxRows(x, 0, n, expected, 0, n, ROWS, n, 1);
      kernel.softmaxRows(x, 0, n, y, 0, n, ROWS, n, 1);
      assertThat(y).as("softmax of %s", n).isEqualTo(expected);
      Kernels.SCALAR.logSoftmaxRows(x, 0, n, expected, 0, n, ROWS, n, 1);
      kernel.logSoftmaxRows(x, 0, n, y, 0, n, ROWS, n, 1);
      assertThat(y).as("log-softmax of %s", n).isEqualTo(expected);
      Kernels.SCALAR.logSumExpRows(x, 0, n, expected, 0, ROWS, n, 1);
      kernel.logSumExpRows(x, 0, n, y, 0, ROWS, n, 1);
      assertThat(y).as("log-sum-exp of %s", n).isEqualTo(expected);
    }
  }

  @Test
  void theNameIsThatOfTheBackendThatWasPickedBeforeAndAfter() {
    assumeSwitch();
    WarmUp.switchTo(WarmUp.Stage.SCALAR);
    String before = Kernels.best().name();
    WarmUp.switchTo(WarmUp.Stage.VECTORS);
    assertThat(Kernels.best().name()).isEqualTo(before).startsWith("vector-");
    assertThat(Kernels.best()).hasToString(before);
  }

  @Test
  void kernelsOfAllAreOneBackendEach() {
    for (Kernel kernel : Kernels.all()) {
      assertThat(kernel).isInstanceOf(RowKernel.class);
    }
    assertThat(Kernels.best() instanceof BestKernel).isEqualTo(WarmUp.SWITCHES);
  }
}
