package io.github.softlane.bits;

import io.github.softlane.Backends;
import io.github.softlane.Kernel;
import io.github.softlane.Logits;
import io.github.softlane.ParallelLogits;
import io.github.softlane.internal.arithmetic.DoubleExp;
import io.github.softlane.internal.arithmetic.DoubleLanes;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.rows.DoubleLimitRows;
import io.github.softlane.internal.rows.DoubleRows;
import io.github.softlane.internal.rows.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Rows of {@code double}. */
public final class DoubleRowType implements RowType<double[]> {
  private static final RowKind.Range RANGE =
      new RowKind.Range(Double.MAX_VALUE, Double.MIN_NORMAL, Math.ulp(3.7));

  @Override
  public String toString() {
    return "double";
  }

  @Override
  public double[] array(int length) {
    return new double[length];
  }

  @Override
  public double[] copy(double[] array) {
    return array.clone();
  }

  @Override
  public long bits(double[] array, int index) {
    return Double.doubleToRawLongBits(array[index]);
  }

  @Override
  public MemorySegment segment(double[] array) {
    return MemorySegment.ofArray(array);
  }

  @Override
  public String show(long bits) {
    return Double.toHexString(Double.longBitsToDouble(bits)) + " (" + Long.toHexString(bits) + ")";
  }

  @Override
  public void fill(double[] array, int offset, int n, RowKind kind, Random random) {
    for (int i = 0; i < n; i++) {
      double element = kind.element(random, i, RANGE);
      array[offset + i] = Double.isNaN(element) ? nan(random) : element;
    }
  }

  /** Any NaN: the lowest bit is set, so that the payload is never 0. */
  private static double nan(Random random) {
    return Double.longBitsToDouble(
        random.nextLong() | Double.doubleToRawLongBits(Double.POSITIVE_INFINITY) | 1);
  }

  @Override
  public RowCalls<double[]> of(Kernel kernel) {
    return new RowCalls<>() {
      @Override
      public void softmax(
          double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
        kernel.softmax(x, xOffset, y, yOffset, n);
      }

      @Override
      public void logSoftmax(
          double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
        kernel.logSoftmax(x, xOffset, y, yOffset, n);
      }

      @Override
      public long logSumExpBits(double[] x, int xOffset, int n, double temperature) {
        return Double.doubleToRawLongBits(kernel.logSumExp(x, xOffset, n));
      }
    };
  }

  @Override
  public RowCalls<double[]> of(Backends.Rows backend) {
    return new RowCalls<>() {
      @Override
      public void softmax(
          double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
        backend.softmax(x, xOffset, y, yOffset, n, temperature);
      }

      @Override
      public void logSoftmax(
          double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
        backend.logSoftmax(x, xOffset, y, yOffset, n, temperature);
      }

      @Override
      public long logSumExpBits(double[] x, int xOffset, int n, double temperature) {
        return Double.doubleToRawLongBits(backend.logSumExp(x, xOffset, n, temperature));
      }
    };
  }

  @Override
  public RowCalls<double[]> of(Backend backend) {
    return new RowCalls<>() {
      @Override
      public void softmax(
          double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
        if (DoubleExp.covers(temperature)) {
          DoubleExp exp = DoubleExp.of(temperature);
          DoubleRows.softmax(backend.doubles(), exp, x, xOffset, y, yOffset, n);
        } else {
          DoubleLimitRows.softmax(backend.doubles(), temperature, x, xOffset, y, yOffset, n);
        }
      }

      @Override
      public void logSoftmax(
          double[] x, int xOffset, double[] y, int yOffset, int n, double temperature) {
        if (DoubleExp.covers(temperature)) {
          DoubleExp exp = DoubleExp.of(temperature);
          DoubleRows.logSoftmax(backend.doubles(), exp, x, xOffset, y, yOffset, n);
        } else {
          DoubleLimitRows.logSoftmax(backend.doubles(), temperature, x, xOffset, y, yOffset, n);
        }
      }

      @Override
      public long logSumExpBits(double[] x, int xOffset, int n, double temperature) {
        double logSumExp =
            DoubleExp.covers(temperature)
                ? DoubleRows.logSumExp(backend.doubles(), DoubleExp.of(temperature), x, xOffset, n)
                : DoubleLimitRows.logSumExp(backend.doubles(), temperature, x, xOffset, n);
        return Double.doubleToRawLongBits(logSumExp);
      }
    };
  }

  @Override
  public void set(double[] array, int index, double value) {
    array[index] = value;
  }

  @Override
  public int block() {
    return DoubleLanes.BLOCK;
  }

  @Override
  public RowCalls<double[]> of(Backends.Rows backend, Workers workers) {
    return new RowCalls<>() {
      @Override
      public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
        backend.softmax(workers, x, xOffset, y, yOffset, n, t);
      }

      @Override
      public void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
        backend.logSoftmax(workers, x, xOffset, y, yOffset, n, t);
      }

      @Override
      public long logSumExpBits(double[] x, int xOffset, int n, double t) {
        return Double.doubleToRawLongBits(backend.logSumExp(workers, x, xOffset, n, t));
      }
    };
  }

  @Override
  public RowCalls<double[]> of(ParallelLogits parallel) {
    return new RowCalls<>() {
      @Override
      public void softmax(double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
        parallel.softmax(x, xOffset, y, yOffset, n, t);
      }

      @Override
      public void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n, double t) {
        parallel.logSoftmax(x, xOffset, y, yOffset, n, t);
      }

      @Override
      public long logSumExpBits(double[] x, int xOffset, int n, double t) {
        return Double.doubleToRawLongBits(parallel.logSumExp(x, xOffset, n, t));
      }
    };
  }

  @Override
  public ManyRowsCalls<double[]> manyRows(ParallelLogits parallel) {
    return new ManyRowsCalls<>() {
      @Override
      public void softmax(
          double[] x, int xo, int xs, double[] y, int yo, int ys, int rows, int n, double t) {
        parallel.softmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSoftmax(
          double[] x, int xo, int xs, double[] y, int yo, int ys, int rows, int n, double t) {
        parallel.logSoftmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSumExp(
          double[] x, int xo, int xs, double[] y, int yo, int rows, int n, double t) {
        parallel.logSumExpRows(x, xo, xs, y, yo, rows, n, t);
      }
    };
  }

  @Override
  public ManyRowsCalls<double[]> manyRows() {
    return new ManyRowsCalls<>() {
      @Override
      public void softmax(
          double[] x, int xo, int xs, double[] y, int yo, int ys, int rows, int n, double t) {
        Logits.softmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSoftmax(
          double[] x, int xo, int xs, double[] y, int yo, int ys, int rows, int n, double t) {
        Logits.logSoftmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSumExp(
          double[] x, int xo, int xs, double[] y, int yo, int rows, int n, double t) {
        Logits.logSumExpRows(x, xo, xs, y, yo, rows, n, t);
      }
    };
  }
}
