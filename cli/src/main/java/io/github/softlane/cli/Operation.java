package io.github.softlane.cli;

import io.github.softlane.ParallelLogits;

/** What is done to each row. */
enum Operation {
  SOFTMAX("softmax", false) {
    @Override
    void rows(ParallelLogits logits, float[] x, float[] y, RowShape block, double temperature) {
      int n = block.n();
      logits.softmaxRows(x, 0, n, y, 0, n, (int) block.rows(), n, temperature);
    }

    @Override
    void rows(ParallelLogits logits, double[] x, double[] y, RowShape block, double temperature) {
      int n = block.n();
      logits.softmaxRows(x, 0, n, y, 0, n, (int) block.rows(), n, temperature);
    }
  },
  LOG_SOFTMAX("log-softmax", false) {
    @Override
    void rows(ParallelLogits logits, float[] x, float[] y, RowShape block, double temperature) {
      int n = block.n();
      logits.logSoftmaxRows(x, 0, n, y, 0, n, (int) block.rows(), n, temperature);
    }

    @Override
    void rows(ParallelLogits logits, double[] x, double[] y, RowShape block, double temperature) {
      int n = block.n();
      logits.logSoftmaxRows(x, 0, n, y, 0, n, (int) block.rows(), n, temperature);
    }
  },
  LOG_SUM_EXP("logsumexp", true) {
    @Override
    void rows(ParallelLogits logits, float[] x, float[] y, RowShape block, double temperature) {
      int n = block.n();
      logits.logSumExpRows(x, 0, n, y, 0, (int) block.rows(), n, temperature);
    }

    @Override
    void rows(ParallelLogits logits, double[] x, double[] y, RowShape block, double temperature) {
      int n = block.n();
      logits.logSumExpRows(x, 0, n, y, 0, (int) block.rows(), n, temperature);
    }
  };

  private final String displayName;
  private final boolean reduces;

  Operation(String displayName, boolean reduces) {
    this.displayName = displayName;
    this.reduces = reduces;
  }

  /** Writes the results of the adjoining rows of {@code x} to {@code y}, from index 0 on. */
  abstract void rows(
      ParallelLogits logits, float[] x, float[] y, RowShape block, double temperature);

  /** Writes the results of the adjoining rows of {@code x} to {@code y}, from index 0 on. */
  abstract void rows(
      ParallelLogits logits, double[] x, double[] y, RowShape block, double temperature);

  String displayName() {
    return displayName;
  }

  /** Whether a row gives one value instead of a row. */
  boolean reduces() {
    return reduces;
  }

  /** The header of the result for an input. */
  NpyHeader resultOf(NpyHeader input) {
    return reduces ? input.withoutLastAxis() : new NpyHeader(input.dtype(), input.shape());
  }
}
