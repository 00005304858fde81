package io.github.softlane;

import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.passes.DoublePasses;
import java.util.EnumMap;
import java.util.Map;

/** The calls over rows of {@code double}. */
final class DoubleDrill extends Drill {
  private final Map<Kind, double[]> rows = new EnumMap<>(Kind.class);
  private final DoublePasses passes;
  private final DoubleExp tempered = DoubleExp.of(TEMPERATURE);
  private final double[] results = new double[LENGTH];

  DoubleDrill(DoublePasses passes, Scope scope, Rest rest) {
    super("double", scope, rest);
    this.passes = passes;
    for (Kind kind : KINDS) {
      rows.put(kind, row(kind));
    }
  }

  private static double[] row(Kind kind) {
    double[] x = new double[LENGTH];
    for (int i = 0; i < x.length; i++) {
      double logit = (i * 37 % 101 - 50) * 0.25;
      x[i] =
          switch (kind) {
            case EVERYDAY, DOMINATED, NOT_A_NUMBER -> logit;
            case NEGATIVE -> logit - 20;
            case MASKED -> i % 3 == 1 || i / EMPTY == 1 ? Double.NEGATIVE_INFINITY : logit;
            case FAR -> logit + 20_000;
            case CONSTANT -> 1;
            case RISING -> logit + i * 0.02;
          };
    }
    if (kind == Kind.DOMINATED) {
      x[2] = 60;
      // So is the fourth of the rows that share vectors, and not those between.
      x[3 * SHARING + 3] = 30;
    } else if (kind == Kind.NOT_A_NUMBER) {
      x[2] = Double.NaN;
    }
    return x;
  }

  @Override
  void call(RowKernel kernel, Operation operation, Kind kind, int n) {
    double[] x = rows.get(kind);
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
    double[] x = rows.get(kind);
    int xi = first * SHARING;
    kernel.softmaxRows(x, xi, n, results, 0, n, SHARERS, n, 1);
    kernel.logSoftmaxRows(x, xi, n, results, 0, n, SHARERS, n, 1);
    kernel.logSumExpRows(x, xi, n, results, 0, SHARERS, n, 1);
  }

  @Override
  void touchPasses(RowKernel vectors) {
    double[] x = rows.get(Kind.EVERYDAY);
    passes.max(x, 0, SHORT);
    touchExp(DoubleExp.UNIT, x);
    touchExp(tempered, x);
    passes.scale(results, 0, SHORT, 1, 0, 1);
    passes.firstOtherThan(x, 0, SHORT, x[0]);
    // Has two searches, small enough to be compiled as a part of it.
    vectors.argmax(x, 0, SHORT);
  }

  @Override
  void loopSums() {
    loopSums(DoubleExp.UNIT, null);
    loopSums(DoubleExp.UNIT, results);
    loopSums(tempered, null);
    loopSums(tempered, results);
  }

  private void loopSums(DoubleExp exp, double[] y) {
    double[] x = rows.get(Kind.EVERYDAY);
    passes.sumExp(x, 0, y, 0, LOOPED, exp, 0, exp.magic(13), exp.floor(13), 1);
  }

  private void touchExp(DoubleExp exp, double[] x) {
    passes.sumExp(x, 0, results, 0, 0, exp, 0, exp.magic(0), exp.floor(0), 1);
    passes.logProbs(x, 0, results, 0, SHORT, exp, 0, 0);
  }
}
