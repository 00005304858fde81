package io.github.softlane.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.HierarchicalSoftmax;
import io.github.softlane.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No call on a tree of classes allocates once it is compiled; slow, as it waits for the compiler.
 */
@Tag("slow")
class HierarchicalAllocationTest {
  private static final int CLASSES = 60;
  private static final int ROWS = 2;

  private final HierarchicalSoftmax tree = HierarchicalSoftmax.ofSizes(20, 1, 39);
  private final float[] u = new float[ROWS * 3];
  private final float[] x = new float[ROWS * CLASSES];
  private final float[] ug = new float[ROWS * 3];
  private final float[] xg = new float[ROWS * CLASSES];
  private final float[] losses = new float[ROWS];
  private final double[] wideU = new double[ROWS * 3];
  private final double[] wideX = new double[ROWS * CLASSES];
  private final double[] wideUg = new double[ROWS * 3];
  private final double[] wideXg = new double[ROWS * CLASSES];
  private final double[] wideLosses = new double[ROWS];
  private final int[] targets = {59, 20};

  @Test
  void callsAllocateNothing() {
    Kernels.warmUp();
    Random random = new Random(1);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
      wideX[i] = x[i];
    }
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("rows of float", this::floatRows);
    calls.put("rows of double", this::doubleRows);
    calls.put("all of float", () -> tree.logProbs(u, 0, x, 0, xg, 0));
    calls.put("all of double", () -> tree.logProbs(wideU, 0, wideX, 0, wideXg, 0));
    calls.put("one of float", () -> losses[0] = tree.logProb(u, 0, x, 0, 7));
    calls.put("one of double", () -> wideLosses[0] = tree.logProb(wideU, 0, wideX, 0, 7));
    Map<String, Long> bytes = new LinkedHashMap<>();
    calls.forEach((name, call) -> bytes.put(name, Meter.bytes(call)));
    assertThat(bytes).allSatisfy((name, count) -> assertThat(count).as(name).isZero());
  }

  private void floatRows() {
    int n = CLASSES;
    tree.lossRows(u, 0, 3, x, 0, n, targets, 0, losses, 0, ROWS);
    tree.lossAndGradientRows(u, 0, 3, x, 0, n, targets, 0, losses, 0, ug, 0, 3, xg, 0, n, ROWS);
  }

  private void doubleRows() {
    int n = CLASSES;
    tree.lossRows(wideU, 0, 3, wideX, 0, n, targets, 0, wideLosses, 0, ROWS);
    tree.lossAndGradientRows(
        wideU, 0, 3, wideX, 0, n, targets, 0, wideLosses, 0, wideUg, 0, 3, wideXg, 0, n, ROWS);
  }
}
