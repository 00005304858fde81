package io.github.softlane.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Information;
import io.github.softlane.Kernels;
import io.github.softlane.LogSoftmaxDerivatives;
import io.github.softlane.LogSumExpDerivatives;
import io.github.softlane.SoftmaxDerivatives;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** No derivative, entropy or divergence allocates once it is compiled. */
@Tag("slow")
class DerivativesAllocationTest {
  private static final int LONGEST = 1500;
  private static final int SQUARE = 31;

  private final KernelCalls rows = new KernelCalls();
  private final float[] g = new float[LONGEST];
  private final float[] y = new float[LONGEST];
  private final double[] h = new double[LONGEST];
  private final double[] z = new double[LONGEST];

  @TestFactory
  Stream<DynamicTest> calls() {
    Kernels.warmUp();
    for (int i = 0; i < LONGEST; i++) {
      g[i] = i % 7 - 3;
      h[i] = g[i];
    }
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("derivatives of float", this::floats);
    calls.put("derivatives of double", this::doubles);
    calls.put("information of float", this::informationOfFloats);
    calls.put("information of double", this::informationOfDoubles);
    return calls.entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey(), () -> assertThat(Meter.bytes(call.getValue())).isZero()));
  }

  private void floats() {
    float[] x = rows.nextFloats();
    int n = x.length;
    SoftmaxDerivatives.vjp(x, 0, g, 0, y, 0, n, 1);
    SoftmaxDerivatives.vjpFromOutput(y, 0, g, 0, y, 0, n, 0.7);
    SoftmaxDerivatives.jvp(x, 0, g, 0, y, 0, n, 1);
    LogSoftmaxDerivatives.vjp(x, 0, g, 0, y, 0, n, 1);
    LogSoftmaxDerivatives.vjpFromOutput(x, 0, g, 0, y, 0, n, 0.7);
    LogSoftmaxDerivatives.jvp(x, 0, g, 0, y, 0, n, 1);
    LogSumExpDerivatives.gradient(x, 0, y, 0, n, 1);
    LogSumExpDerivatives.hvp(x, 0, g, 0, y, 0, n, 1);
    if (n <= SQUARE) {
      SoftmaxDerivatives.jacobian(x, 0, y, 0, n, 1);
      LogSoftmaxDerivatives.jacobian(x, 0, y, 0, n, 1);
    }
  }

  private void doubles() {
    double[] x = rows.nextDoubles();
    int n = x.length;
    SoftmaxDerivatives.vjp(x, 0, h, 0, z, 0, n, 1);
    SoftmaxDerivatives.vjpFromOutput(z, 0, h, 0, z, 0, n, 0.7);
    SoftmaxDerivatives.jvp(x, 0, h, 0, z, 0, n, 1);
    LogSoftmaxDerivatives.vjp(x, 0, h, 0, z, 0, n, 1);
    LogSoftmaxDerivatives.vjpFromOutput(x, 0, h, 0, z, 0, n, 0.7);
    LogSoftmaxDerivatives.jvp(x, 0, h, 0, z, 0, n, 1);
    LogSumExpDerivatives.gradient(x, 0, z, 0, n, 1);
    LogSumExpDerivatives.hvp(x, 0, h, 0, z, 0, n, 1);
    if (n <= SQUARE) {
      SoftmaxDerivatives.jacobian(x, 0, z, 0, n, 1);
      LogSoftmaxDerivatives.jacobian(x, 0, z, 0, n, 1);
    }
  }

  private void informationOfFloats() {
    float[] x = rows.nextFloats();
    int n = x.length;
    y[0] = Information.entropy(x, 0, n, 0.7);
    y[1] = Information.klDivergence(x, 0, g, 0, n, 0.7);
    y[2] = Information.jsDivergence(x, 0, g, 0, n, 0.7);
  }

  private void informationOfDoubles() {
    double[] x = rows.nextDoubles();
    int n = x.length;
    z[0] = Information.entropy(x, 0, n, 0.7);
    z[1] = Information.klDivergence(x, 0, h, 0, n, 0.7);
    z[2] = Information.jsDivergence(x, 0, h, 0, n, 0.7);
  }
}
