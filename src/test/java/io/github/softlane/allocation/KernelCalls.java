package io.github.softlane.allocation;

import io.github.softlane.Kernel;
import io.github.softlane.Logits;
import io.github.softlane.bits.DoubleRowType;
import io.github.softlane.bits.FloatRowType;
import io.github.softlane.bits.RowKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Every call of a kernel, each over a round of rows: one for each way in which a row can end. */
final class KernelCalls {
  private static final int[] LENGTHS = {0, 1, 4, 5, 8, 16, 31, 64, 100, 257, 1500};

  private static final RowKind[] KINDS = {
    RowKind.UNIT,
    RowKind.WIDE,
    RowKind.FAR,
    RowKind.EXTREMES,
    RowKind.CONSTANT,
    RowKind.ZEROS,
    RowKind.DOMINATED_FIRST,
    RowKind.DOMINATED_AT_ZERO,
    RowKind.MASKED_95,
    RowKind.ALL_MASKED,
    RowKind.SOME_INFINITE,
    RowKind.MANY_NANS,
  };

  /** A vector has so many elements or fewer. */
  private static final int ROOM = 16;

  private static final int BATCH_ROWS = KINDS.length;
  private static final int BATCH_LENGTH = 8;

  private static final int USUAL_ROWS = 51;

  /** Side by side, and with their ends side by side. */
  private static final int[] USUAL_LENGTHS = {16, 64};

  /** Rows in a round. */
  static final int ROUND = KINDS.length * LENGTHS.length;

  private final float[][] floats = new float[ROUND][];
  private final double[][] doubles = new double[ROUND][];

  /** The same rows with as much behind them as a vector may read of it. */
  private final float[][] roomy = new float[ROUND][];

  /** Short rows of all kinds, one after the other. */
  private final float[] batch = new float[BATCH_ROWS * BATCH_LENGTH];

  /** Rows of the usual kinds, one after the other. */
  private final float[][] usual = new float[USUAL_LENGTHS.length][];

  private final float[] usualResults = new float[USUAL_ROWS * 64];

  private final float[] y = new float[LENGTHS[LENGTHS.length - 1] + ROOM];
  private final double[] z = new double[y.length];
  private int next;

  KernelCalls() {
    Random random = new Random(6);
    for (int i = 0; i < ROUND; i++) {
      int n = LENGTHS[i % LENGTHS.length];
      RowKind kind = KINDS[i / LENGTHS.length];
      floats[i] = new float[n];
      doubles[i] = new double[n];
      new FloatRowType().fill(floats[i], 0, n, kind, random);
      roomy[i] = Arrays.copyOf(floats[i], n + ROOM);
      new DoubleRowType().fill(doubles[i], 0, n, kind, random);
    }
    for (int row = 0; row < BATCH_ROWS; row++) {
      new FloatRowType().fill(batch, row * BATCH_LENGTH, BATCH_LENGTH, KINDS[row], random);
    }
    fillUsual(random);
  }

  private void fillUsual(Random random) {
    for (int i = 0; i < usual.length; i++) {
      int length = USUAL_LENGTHS[i];
      usual[i] = new float[USUAL_ROWS * length];
      for (int row = 0; row < USUAL_ROWS; row++) {
        new FloatRowType().fill(usual[i], row * length, length, usualKind(row), random);
      }
    }
  }

  /**
   * A group of sixteen with rows that make logarithms go one by one, one with dominated rows, one
   * with a row of -inf alone, and everyday rows.
   */
  private static RowKind usualKind(int row) {
    if (row == 40) {
      return RowKind.ALL_MASKED;
    }
    if (row < 16 && row % 5 == 1) {
      return RowKind.CONSTANT;
    }
    return row < 32 && row % 5 == 3 ? RowKind.DOMINATED_FIRST : RowKind.WIDE;
  }

  float[] nextFloats() {
    next = (next + 1) % ROUND;
    return floats[next];
  }

  double[] nextDoubles() {
    next = (next + 1) % ROUND;
    return doubles[next];
  }

  /** The calls of a kernel, by name; each takes the next row. */
  Map<String, Runnable> of(Kernel kernel) {
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put(
        "softmax of float",
        () -> {
          int n = nextFloats().length;
          kernel.softmax(roomy[next], 0, y, 0, n);
        });
    calls.put(
        "logSoftmax of float",
        () -> {
          int n = nextFloats().length;
          kernel.logSoftmax(roomy[next], 0, y, 0, n);
        });
    calls.put(
        "logSumExp of float",
        () -> {
          int n = nextFloats().length;
          y[0] = kernel.logSumExp(roomy[next], 0, n);
        });
    calls.put(
        "softmax of double",
        () -> {
          double[] x = nextDoubles();
          kernel.softmax(x, 0, z, 0, x.length);
        });
    calls.put(
        "logSoftmax of double",
        () -> {
          double[] x = nextDoubles();
          kernel.logSoftmax(x, 0, z, 0, x.length);
        });
    calls.put(
        "logSumExp of double",
        () -> {
          double[] x = nextDoubles();
          z[0] = kernel.logSumExp(x, 0, x.length);
        });
    return calls;
  }

  /** Calls of {@link Logits} without a temperature, by name. */
  Map<String, Runnable> everyday() {
    int n = BATCH_LENGTH;
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put(
        "softmax of rows of float",
        () -> Logits.softmaxRows(batch, 0, n, y, 0, n, BATCH_ROWS, n, 1));
    float[] results = usualResults;
    calls.put(
        "softmax of usual rows of float",
        () -> {
          for (int i = 0; i < usual.length; i++) {
            int length = USUAL_LENGTHS[i];
            Logits.softmaxRows(usual[i], 0, length, results, 0, length, USUAL_ROWS, length, 1);
          }
        });
    calls.put(
        "logSoftmax of usual rows of float",
        () -> {
          for (int i = 0; i < usual.length; i++) {
            int length = USUAL_LENGTHS[i];
            Logits.logSoftmaxRows(usual[i], 0, length, results, 0, length, USUAL_ROWS, length, 1);
          }
        });
    calls.put(
        "logSumExp of usual rows of float",
        () -> {
          for (int i = 0; i < usual.length; i++) {
            int length = USUAL_LENGTHS[i];
            Logits.logSumExpRows(usual[i], 0, length, results, 0, USUAL_ROWS, length, 1);
          }
        });
    calls.put(
        "logSoftmax of rows of float",
        () -> Logits.logSoftmaxRows(batch, 0, n, y, 0, n, BATCH_ROWS, n, 1));
    calls.put(
        "logSumExp of rows of float",
        () -> Logits.logSumExpRows(batch, 0, n, y, 0, BATCH_ROWS, n, 1));
    calls.put("logSumExp of float", () -> y[0] = Logits.logSumExp(nextFloats()));
    calls.put("logSumExp of double", () -> z[0] = Logits.logSumExp(nextDoubles()));
    calls.put(
        "argmax of float",
        () -> {
          float[] x = nextFloats();
          y[0] = x.length > 0 ? Logits.argmax(x) : 0;
        });
    calls.put(
        "argmax of double",
        () -> {
          double[] x = nextDoubles();
          z[0] = x.length > 0 ? Logits.argmax(x) : 0;
        });
    return calls;
  }
}
