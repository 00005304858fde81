package io.github.softlane.derivatives;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.rows.DoubleDerivatives;
import io.github.softlane.internal.rows.FloatDerivatives;

/** The derivatives as calls on one row, so that a test is written once for both types. */
public enum Derivative {
  SOFTMAX_PRODUCT {
    @Override
    void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t) {
      FloatDerivatives.softmaxProduct(passes, 1, x, o, n, g, o, n, y, o, n, 1, n, t);
    }

    @Override
    void run(DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t) {
      DoubleDerivatives.softmaxProduct(passes, 1, x, o, n, g, o, n, y, o, n, 1, n, t);
    }
  },
  LOG_SOFTMAX_VJP {
    @Override
    void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t) {
      FloatDerivatives.logSoftmaxVjp(passes, t, x, o, n, g, o, n, y, o, n, 1, n, t);
    }

    @Override
    void run(DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t) {
      DoubleDerivatives.logSoftmaxVjp(passes, t, x, o, n, g, o, n, y, o, n, 1, n, t);
    }
  },
  LOG_SOFTMAX_JVP {
    @Override
    void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t) {
      FloatDerivatives.logSoftmaxJvp(passes, x, o, n, g, o, n, y, o, n, 1, n, t);
    }

    @Override
    void run(DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t) {
      DoubleDerivatives.logSoftmaxJvp(passes, x, o, n, g, o, n, y, o, n, 1, n, t);
    }
  },
  LOG_SUM_EXP_GRADIENT {
    @Override
    void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t) {
      FloatDerivatives.logSumExpGradient(passes, x, o, n, y, o, n, 1, n, t);
    }

    @Override
    void run(DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t) {
      DoubleDerivatives.logSumExpGradient(passes, x, o, n, y, o, n, 1, n, t);
    }
  },
  LOG_SUM_EXP_HVP {
    @Override
    void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t) {
      FloatDerivatives.softmaxProduct(passes, 2, x, o, n, g, o, n, y, o, n, 1, n, t);
    }

    @Override
    void run(DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t) {
      DoubleDerivatives.softmaxProduct(passes, 2, x, o, n, g, o, n, y, o, n, 1, n, t);
    }
  },
  SOFTMAX_JACOBIAN {
    @Override
    void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t) {
      FloatDerivatives.softmaxJacobian(passes, x, o, y, o, n, t);
    }

    @Override
    void run(DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t) {
      DoubleDerivatives.softmaxJacobian(passes, x, o, y, o, n, t);
    }
  },
  LOG_SOFTMAX_JACOBIAN {
    @Override
    void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t) {
      FloatDerivatives.logSoftmaxJacobian(passes, x, o, y, o, n, t);
    }

    @Override
    void run(DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t) {
      DoubleDerivatives.logSoftmaxJacobian(passes, x, o, y, o, n, t);
    }
  };

  /** On a row that starts at an offset o in every array. */
  abstract void run(FloatPasses passes, float[] x, float[] g, float[] y, int o, int n, double t);

  abstract void run(
      DoublePasses passes, double[] x, double[] g, double[] y, int o, int n, double t);

  boolean isJacobian() {
    return this == SOFTMAX_JACOBIAN || this == LOG_SOFTMAX_JACOBIAN;
  }

  /** The entries of its result. */
  int size(int n) {
    return isJacobian() ? n * n : n;
  }

  /** The result for rows whose elements are numbers of the type, widened. */
  public double[] of(Backend backend, boolean isFloat, double[] x, double[] g, double t) {
    int n = x.length;
    if (!isFloat) {
      double[] y = new double[size(n)];
      run(backend.doubles(), x, g, y, 0, n, t);
      return y;
    }
    float[] y = new float[size(n)];
    run(backend.floats(), floats(x), floats(g), y, 0, n, t);
    double[] wide = new double[y.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = y[i];
    }
    return wide;
  }

  /** Rounded to float. */
  public static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
