package io.github.softlane.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.BinaryCrossEntropy;
import io.github.softlane.Entmax15;
import io.github.softlane.GumbelSoftmax;
import io.github.softlane.Hardmax;
import io.github.softlane.Kernels;
import io.github.softlane.Reduction;
import io.github.softlane.Sigmoid;
import io.github.softlane.Sparsemax;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No alternative to softmax and no binary loss allocates once it is compiled. */
@Tag("slow")
class SparseAllocationTest {
  private static final int LONGEST = 1500;

  private final KernelCalls rows = new KernelCalls();
  private final float[] y = new float[LONGEST];
  private final float[] g = new float[LONGEST];
  private final double[] z = new double[LONGEST];
  private final double[] h = new double[LONGEST];
  private final SplittableRandom random = new SplittableRandom(1);

  @BeforeAll
  static void warmUp() {
    Kernels.warmUp();
  }

  @Test
  void calls() {
    double[] weights = new double[20];
    BinaryCrossEntropy loss =
        BinaryCrossEntropy.of(Reduction.MEAN).classWeights(weights).positiveWeights(weights);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put(
        "float maps",
        () -> {
          float[] x = rows.nextFloats();
          int n = x.length;
          Sparsemax.sparsemax(x, 0, y, 0, n);
          Sparsemax.vjpFromOutput(y, 0, x, 0, g, 0, n, 0.7);
          Entmax15.entmax15(x, 0, y, 0, n, 0.7);
          Entmax15.vjpFromOutput(y, 0, x, 0, g, 0, n, 0.7);
          Hardmax.hardmax(x, 0, y, 0, n);
          if (n > 0) {
            g[0] = (float) (Sparsemax.threshold(x) + Entmax15.threshold(x));
          }
        });
    calls.put(
        "double maps",
        () -> {
          double[] x = rows.nextDoubles();
          int n = x.length;
          Sparsemax.sparsemax(x, 0, z, 0, n);
          Sparsemax.vjpFromOutput(z, 0, x, 0, h, 0, n, 0.7);
          Entmax15.entmax15(x, 0, z, 0, n, 0.7);
          Entmax15.vjpFromOutput(z, 0, x, 0, h, 0, n, 0.7);
          Hardmax.hardmax(x, 0, z, 0, n);
          if (n > 0) {
            h[0] = Sparsemax.threshold(x) + Entmax15.threshold(x);
          }
        });
    calls.put(
        "float samples",
        () -> {
          float[] x = rows.nextFloats();
          int n = Math.min(x.length, 100);
          GumbelSoftmax.sample(x, 0, y, 0, n, random, 1);
          GumbelSoftmax.straightThrough(x, 0, y, 0, g, 0, n, random, 1);
          GumbelSoftmax.vjpFromOutput(y, 0, x, 0, g, 0, n, 1);
        });
    calls.put(
        "double samples",
        () -> {
          double[] x = rows.nextDoubles();
          int n = Math.min(x.length, 100);
          GumbelSoftmax.sample(x, 0, z, 0, n, random, 1);
          GumbelSoftmax.straightThrough(x, 0, z, 0, h, 0, n, random, 1);
          GumbelSoftmax.vjpFromOutput(z, 0, x, 0, h, 0, n, 1);
        });
    calls.put(
        "float binary",
        () -> {
          float[] x = rows.nextFloats();
          int n = Math.min(x.length, 100);
          Sigmoid.sigmoid(x, 0, y, 0, n);
          Sigmoid.logSigmoid(x, 0, y, 0, n);
          g[0] = (float) loss.lossAndGradient(g, 0, 20, y, 0, 20, g, 0, 20, 4, 20);
        });
    calls.put(
        "double binary",
        () -> {
          double[] x = rows.nextDoubles();
          int n = Math.min(x.length, 100);
          Sigmoid.sigmoid(x, 0, z, 0, n);
          Sigmoid.logSigmoid(x, 0, z, 0, n);
          h[0] = loss.lossAndGradient(h, 0, 20, z, 0, 20, h, 0, 20, 4, 20);
        });
    Map<String, Long> bytes = new LinkedHashMap<>();
    calls.forEach((name, call) -> bytes.put(name, Meter.bytes(call)));
    assertThat(bytes)
        .as("bytes allocated in a batch of calls")
        .allSatisfy((name, count) -> assertThat(count).as(name).isZero());
  }
}
