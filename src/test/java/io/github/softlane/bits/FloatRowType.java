package io.github.softlane.bits;

import io.github.softlane.Backends;
import io.github.softlane.Kernel;
import io.github.softlane.Logits;
import io.github.softlane.ParallelLogits;
import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.arithmetic.FloatLanes;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.rows.FloatLimitRows;
import io.github.softlane.internal.rows.FloatRows;
import io.github.softlane.internal.rows.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Rows of {@code float}. */
public final class FloatRowType implements RowType<float[]> {
  private static final RowKind.Range RANGE =
      new RowKind.Range(Float.MAX_VALUE, Float.MIN_NORMAL, Math.ulp(3.7f));

  @Override
  public String toString() {
    return "float";
  }

  @Override
  public float[] array(int length) {
    return new float[length];
  }

  @Override
  public float[] copy(float[] array) {
    return array.clone();
  }

  @Override
  public long bits(float[] array, int index) {
    return Float.floatToRawIntBits(array[index]);
  }

  @Override
  public MemorySegment segment(float[] array) {
    return MemorySegment.ofArray(array);
  }

  @Override
  public String show(long bits) {
    return Float.toHexString(Float.intBitsToFloat((int) bits))
        + " ("
        + Integer.toHexString((int) bits)
        + ")";
  }

  @Override
  public void fill(float[] array, int offset, int n, RowKind kind, Random random) {
    for (int i = 0; i < n; i++) {
      double element = kind.element(random, i, RANGE);
      array[offset + i] = Double.isNaN(element) ? nan(random) : (float) element;
    }
  }

  /** Any NaN: the lowest bit is set, so that the payload is never 0. */
  private static float nan(Random random) {
    return Float.intBitsToFloat(
        random.nextInt() | Float.floatToRawIntBits(Float.POSITIVE_INFINITY) | 1);
  }

  @Override
  public RowCalls<float[]> of(Kernel kernel) {
    return new RowCalls<>() {
      @Override
      public void softmax(
          float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
        kernel.softmax(x, xOffset, y, yOffset, n);
      }

      @Override
      public void logSoftmax(
          float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
        kernel.logSoftmax(x, xOffset, y, yOffset, n);
      }

      @Override
      public long logSumExpBits(float[] x, int xOffset, int n, double temperature) {
        return Float.floatToRawIntBits(kernel.logSumExp(x, xOffset, n));
      }
    };
  }

  @Override
  public RowCalls<float[]> of(Backends.Rows backend) {
    return new RowCalls<>() {
      @Override
      public void softmax(
          float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
        backend.softmax(x, xOffset, y, yOffset, n, temperature);
      }

      @Override
      public void logSoftmax(
          float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
        backend.logSoftmax(x, xOffset, y, yOffset, n, temperature);
      }

      @Override
      public long logSumExpBits(float[] x, int xOffset, int n, double temperature) {
        return Float.floatToRawIntBits(backend.logSumExp(x, xOffset, n, temperature));
      }
    };
  }

  @Override
  public RowCalls<float[]> of(Backend backend) {
    return new RowCalls<>() {
      @Override
      public void softmax(
          float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
        if (FloatExp.covers(temperature)) {
          FloatExp exp = FloatExp.of(temperature);
          FloatRows.softmax(backend.floats(), exp, x, xOffset, y, yOffset, n);
        } else {
          FloatLimitRows.softmax(backend.floats(), temperature, x, xOffset, y, yOffset, n);
        }
      }

      @Override
      public void logSoftmax(
          float[] x, int xOffset, float[] y, int yOffset, int n, double temperature) {
        if (FloatExp.covers(temperature)) {
          FloatExp exp = FloatExp.of(temperature);
          FloatRows.logSoftmax(backend.floats(), exp, x, xOffset, y, yOffset, n);
        } else {
          FloatLimitRows.logSoftmax(backend.floats(), temperature, x, xOffset, y, yOffset, n);
        }
      }

      @Override
      public long logSumExpBits(float[] x, int xOffset, int n, double temperature) {
        float logSumExp =
            FloatExp.covers(temperature)
                ? FloatRows.logSumExp(backend.floats(), FloatExp.of(temperature), x, xOffset, n)
                : FloatLimitRows.logSumExp(backend.floats(), temperature, x, xOffset, n);
        return Float.floatToRawIntBits(logSumExp);
      }
    };
  }

  @Override
  public void set(float[] array, int index, double value) {
    array[index] = (float) value;
  }

  @Override
  public int block() {
    return FloatLanes.BLOCK;
  }

  @Override
  public RowCalls<float[]> of(Backends.Rows backend, Workers workers) {
    return new RowCalls<>() {
      @Override
      public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
        backend.softmax(workers, x, xOffset, y, yOffset, n, t);
      }

      @Override
      public void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
        backend.logSoftmax(workers, x, xOffset, y, yOffset, n, t);
      }

      @Override
      public long logSumExpBits(float[] x, int xOffset, int n, double t) {
        return Float.floatToRawIntBits(backend.logSumExp(workers, x, xOffset, n, t));
      }
    };
  }

  @Override
  public RowCalls<float[]> of(ParallelLogits parallel) {
    return new RowCalls<>() {
      @Override
      public void softmax(float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
        parallel.softmax(x, xOffset, y, yOffset, n, t);
      }

      @Override
      public void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n, double t) {
        parallel.logSoftmax(x, xOffset, y, yOffset, n, t);
      }

      @Override
      public long logSumExpBits(float[] x, int xOffset, int n, double t) {
        return Float.floatToRawIntBits(parallel.logSumExp(x, xOffset, n, t));
      }
    };
  }

  @Override
  public ManyRowsCalls<float[]> manyRows(ParallelLogits parallel) {
    return new ManyRowsCalls<>() {
      @Override
      public void softmax(
          float[] x, int xo, int xs, float[] y, int yo, int ys, int rows, int n, double t) {
        parallel.softmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSoftmax(
          float[] x, int xo, int xs, float[] y, int yo, int ys, int rows, int n, double t) {
        parallel.logSoftmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSumExp(
          float[] x, int xo, int xs, float[] y, int yo, int rows, int n, double t) {
        parallel.logSumExpRows(x, xo, xs, y, yo, rows, n, t);
      }
    };
  }

  @Override
  public ManyRowsCalls<float[]> manyRows() {
    return new ManyRowsCalls<>() {
      @Override
      public void softmax(
          float[] x, int xo, int xs, float[] y, int yo, int ys, int rows, int n, double t) {
        Logits.softmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSoftmax(
          float[] x, int xo, int xs, float[] y, int yo, int ys, int rows, int n, double t) {
        Logits.logSoftmaxRows(x, xo, xs, y, yo, ys, rows, n, t);
      }

      @Override
      public void logSumExp(
          float[] x, int xo, int xs, float[] y, int yo, int rows, int n, double t) {
        Logits.logSumExpRows(x, xo, xs, y, yo, rows, n, t);
      }
    };
  }
}
