package io.github.softlane.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.CrossEntropy;
import io.github.softlane.Distillation;
import io.github.softlane.Kernels;
import io.github.softlane.NegativeLogLikelihood;
import io.github.softlane.Reduction;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No call of a loss allocates once it is compiled. */
@Tag("slow")
class LossAllocationTest {
  private static final int LONGEST = 1500;

  private final KernelCalls rows = new KernelCalls();
  private final int[] targets = new int[1];
  private final float[] floats = new float[LONGEST];
  private final double[] doubles = new double[LONGEST];
  private final float[] softFloats = new float[LONGEST];
  private final double[] softDoubles = new double[LONGEST];

  @Test
  void nothing() {
    Kernels.warmUp();
    CrossEntropy plain = CrossEntropy.of(Reduction.MEAN).ignoreIndex(-1);
    CrossEntropy smooth = plain.labelSmoothing(0.1).temperature(0.7);
    NegativeLogLikelihood nll = NegativeLogLikelihood.of(Reduction.MEAN).ignoreIndex(-1);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    for (CrossEntropy loss : new CrossEntropy[] {plain, smooth}) {
      String name = loss == plain ? "plain " : "smooth ";
      calls.put(name + "float", () -> floats(loss));
      calls.put(name + "double", () -> doubles(loss));
    }
    calls.put(
        "negative log-likelihood",
        () -> {
          float[] x = rows.nextFloats();
          targets[0] = x.length - 1;
          nll.lossAndGradient(x, 0, x.length, targets, 0, floats, 0, x.length, 1, x.length);
        });
    Distillation distillation = Distillation.of(Reduction.SUM).temperature(2).hardLabelWeight(0.5);
    calls.put(
        "distillation",
        () -> {
          float[] x = rows.nextFloats();
          int n = Math.min(100, x.length);
          targets[0] = 0;
          int count = n == 0 ? 0 : 1;
          distillation.lossAndGradient(
              x, 0, n, softFloats, 0, n, targets, 0, floats, 0, n, count, n);
        });
    Map<String, Long> bytes = new LinkedHashMap<>();
    calls.forEach((name, call) -> bytes.put(name, Meter.bytes(call)));
    assertThat(bytes)
        .as("bytes allocated in a batch of calls")
        .allSatisfy((call, count) -> assertThat(count).as(call).isZero());
  }

  private void floats(CrossEntropy loss) {
    float[] x = rows.nextFloats();
    int n = x.length;
    targets[0] = n - 1;
    loss.loss(x, 0, n, targets, 0, 1, n);
    loss.losses(x, 0, n, targets, 0, floats, 0, 1, n);
    loss.perplexity(x, 0, n, targets, 0, 1, n);
    loss.lossAndGradient(x, 0, n, targets, 0, floats, 0, n, 1, n);
    loss.lossAndGradient(x, 0, n, softFloats, 0, n, floats, 0, n, 1, n);
  }

  private void doubles(CrossEntropy loss) {
    double[] x = rows.nextDoubles();
    int n = x.length;
    targets[0] = n - 1;
    loss.loss(x, 0, n, targets, 0, 1, n);
    loss.losses(x, 0, n, targets, 0, doubles, 0, 1, n);
    loss.perplexity(x, 0, n, targets, 0, 1, n);
    loss.lossAndGradient(x, 0, n, targets, 0, doubles, 0, n, 1, n);
    loss.lossAndGradient(x, 0, n, softDoubles, 0, n, doubles, 0, n, 1, n);
  }
}
