package io.github.softlane;

import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import java.util.EnumMap;
import java.util.Map;

/** The calls over rows of {@code float}. */
final class FloatDrill extends Drill {
  private static final RowOperation[] ROW_OPERATIONS = RowOperation.values();

  private final Map<Kind, float[]> rows = new EnumMap<>(Kind.class);
  private final FloatPasses passes;
  private final FloatExp tempered = FloatExp.of(TEMPERATURE);
  private final float[] results = new float[LENGTH];

  FloatDrill(FloatPasses passes, Scope scope, Rest rest) {
    super("float", scope, rest);
    this.passes = passes;
    for (Kind kind : KINDS) {
      rows.put(kind, row(kind));
    }
  }

  private static float[] row(Kind kind) {
    float[] x = new float[LENGTH];
    for (int i = 0; i < x.length; i++) {
      float logit = (i * 37 % 101 - 50) * 0.25f;
      x[i] =
          switch (kind) {
            case EVERYDAY, DOMINATED, NOT_A_NUMBER -> logit;
            case NEGATIVE -> logit - 20;
            case MASKED -> i % 3 == 1 || i / EMPTY == 1 ? Float.NEGATIVE_INFINITY : logit;
            case FAR -> logit + 5000;
            case CONSTANT -> 1;
            case RISING -> logit + i * 0.02f;
          };
    }
    if (kind == Kind.DOMINATED) {
      x[2] = 60;
      // So is the fourth of the rows that share vectors, and not those between.
      x[3 * SHARING + 3] = 30;
    } else if (kind == Kind.NOT_A_NUMBER) {
      x[2] = Float.NaN;
    }
    return x;
  }

  @Override
  void call(RowKernel kernel, Operation operation, Kind kind, int n) {
    float[] x = rows.get(kind);
    int count = n <= SHARING ? SHARERS : 1;
    switch (operation) {
      case SOFTMAX -> kernel.softmaxRows(x, 0, n, results, 0, n, count, n, 1);
      case LOG_SOFTMAX -> kernel.logSoftmaxRows(x, 0, n, results, 0, n, count, n, 1);
      case LOG_SUM_EXP -> results[0] = kernel.logSumExp(x, 0, n);
      case SOFTMAX_AT_TEMPERATURE -> kernel.softmaxRows(x, 0, n, results, 0, n, 1, n, TEMPERATURE);
      case LOG_SOFTMAX_AT_TEMPERATURE ->
          kernel.logSoftmaxRows(x, 0, n, results, 0, n, 1, n, TEMPERATURE);
      case LOG_SUM_EXP_AT_TEMPERATURE -> results[0] = kernel.logSumExp(x, 0, n, TEMPERATURE);
      case ARGMAX -> results[0] = kernel.argmax(x, 0, n);
    }
  }

  @Override
  void callShortRows(RowKernel kernel, Kind kind, int first, int n) {
    float[] x = rows.get(kind);
    int xi = first * SHARING;
    kernel.softmaxRows(x, xi, n, results, 0, n, SHARERS, n, 1);
    kernel.logSoftmaxRows(x, xi, n, results, 0, n, SHARERS, n, 1);
    kernel.logSumExpRows(x, xi, n, results, 0, SHARERS, n, 1);
  }

  @Override
  void touchPasses(RowKernel vectors) {
    float[] x = rows.get(Kind.EVERYDAY);
    passes.max(x, 0, SHORT);
    touchExp(FloatExp.UNIT, x);
    touchExp(tempered, x);
    for (RowOperation operation : ROW_OPERATIONS) {
      for (int n : TIMED_LENGTHS) {
        passes.shortRows(operation, x, 0, n, results, 0, n, 0, n);
      }
    }
    passes.scale(results, 0, SHORT, 1, 0, 1);
    passes.firstOtherThan(x, 0, SHORT, x[0]);
    // Has two searches, small enough to be compiled as a part of it.
    vectors.argmax(x, 0, SHORT);
  }

  @Override
  void loopSums() {
    loopSums(FloatExp.UNIT, null);
    loopSums(FloatExp.UNIT, results);
    loopSums(tempered, null);
    loopSums(tempered, results);
  }

  private void loopSums(FloatExp exp, float[] y) {
    float[] x = rows.get(Kind.EVERYDAY);
    passes.sumExp(x, 0, y, 0, LOOPED, exp, 0, exp.magic(13), exp.floor(13), 1);
  }

  private void touchExp(FloatExp exp, float[] x) {
    passes.sumExp(x, 0, results, 0, 0, exp, 0, exp.magic(0), exp.floor(0), 1);
    passes.logProbs(x, 0, results, 0, SHORT, exp, 0, 0);
  }
}
