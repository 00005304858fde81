package io.github.softlane.api;

import static io.github.softlane.api.Refusals.assertRefused;

import io.github.softlane.Information;
import io.github.softlane.LogSoftmaxDerivatives;
import io.github.softlane.LogSumExpDerivatives;
import io.github.softlane.SoftmaxDerivatives;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What derivatives and divergences refuse, and that they say so before they write anything. */
class DerivativesArgumentsTest {
  private static final int LENGTH = 40;
  private static final int MAX = Integer.MAX_VALUE;
  private static final Class<NullPointerException> NPE = NullPointerException.class;
  private static final Class<IllegalArgumentException> IAE = IllegalArgumentException.class;
  private static final Class<IndexOutOfBoundsException> OUTSIDE = IndexOutOfBoundsException.class;

  private final Refusals.Arrays arrays = new Refusals.Arrays(LENGTH);

  private interface FloatRow {
    void run(float[] a, int ao, float[] b, int bo, float[] c, int co, int n, double temperature);
  }

  private interface FloatRows {
    void run(
        float[] a,
        int ao,
        int as,
        float[] b,
        int bo,
        int bs,
        float[] c,
        int co,
        int cs,
        int rows,
        int n,
        double temperature);
  }

  private interface FloatArrays {
    void run(float[] a, float[] b, float[] c, double temperature);
  }

  private record FloatCall(
      String a,
      String b,
      String c,
      boolean inPlace,
      FloatRow row,
      FloatRows rows,
      FloatArrays whole) {}

  private static final List<FloatCall> FLOATS =
      List.of(
          new FloatCall(
              "x",
              "gradY",
              "gradX",
              false,
              SoftmaxDerivatives::vjp,
              SoftmaxDerivatives::vjpRows,
              SoftmaxDerivatives::vjp),
          new FloatCall(
              "p",
              "gradY",
              "gradX",
              true,
              SoftmaxDerivatives::vjpFromOutput,
              SoftmaxDerivatives::vjpFromOutputRows,
              SoftmaxDerivatives::vjpFromOutput),
          new FloatCall(
              "x",
              "v",
              "out",
              false,
              SoftmaxDerivatives::jvp,
              SoftmaxDerivatives::jvpRows,
              SoftmaxDerivatives::jvp),
          new FloatCall(
              "x",
              "gradY",
              "gradX",
              false,
              LogSoftmaxDerivatives::vjp,
              LogSoftmaxDerivatives::vjpRows,
              LogSoftmaxDerivatives::vjp),
          new FloatCall(
              "logP",
              "gradY",
              "gradX",
              false,
              LogSoftmaxDerivatives::vjpFromOutput,
              LogSoftmaxDerivatives::vjpFromOutputRows,
              LogSoftmaxDerivatives::vjpFromOutput),
          new FloatCall(
              "x",
              "v",
              "out",
              false,
              LogSoftmaxDerivatives::jvp,
              LogSoftmaxDerivatives::jvpRows,
              LogSoftmaxDerivatives::jvp),
          new FloatCall(
              "x",
              "v",
              "out",
              false,
              LogSumExpDerivatives::hvp,
              LogSumExpDerivatives::hvpRows,
              LogSumExpDerivatives::hvp));

  @Test
  void productsOfFloat() {
    float[] x = arrays.x;
    float[] y = arrays.y;
    float[] g = new float[LENGTH];
    for (FloatCall call : FLOATS) {
      String a = call.a();
      String b = call.b();
      String c = call.c();
      FloatRow row = call.row();
      assertRefused(NPE, () -> row.run(null, 0, g, 0, y, 0, 1, 1), arrays, a + " is null");
      assertRefused(NPE, () -> row.run(x, 0, null, 0, y, 0, 1, 1), arrays, b + " is null");
      assertRefused(NPE, () -> row.run(x, 0, g, 0, null, 0, 1, 1), arrays, c + " is null");
      assertRefused(
          OUTSIDE, () -> row.run(x, 38, g, 0, y, 0, 3, 1), arrays, a + "Offset is 38", "40");
      assertRefused(OUTSIDE, () -> row.run(x, 0, g, -1, y, 0, 3, 1), arrays, b + "Offset is -1");
      assertRefused(
          OUTSIDE, () -> row.run(x, 0, g, 0, y, MAX, 3, 1), arrays, c + "Offset is " + MAX);
      assertRefused(IAE, () -> row.run(x, 0, g, 0, y, 0, -1, 1), arrays, "n is -1");
      assertRefused(
          IAE, () -> row.run(x, 0, g, 0, x, 2, 3, 1), arrays, a + " and " + c, "one array");
      assertRefused(
          IAE, () -> row.run(g, 0, x, 0, x, 2, 3, 1), arrays, b + " and " + c, "one array");
      if (!call.inPlace()) {
        assertRefused(IAE, () -> row.run(g, 0, x, 0, x, 0, 3, 1), arrays, b + " and " + c, "apart");
      }
      for (double t : new double[] {-1, Double.NaN, Double.NEGATIVE_INFINITY}) {
        assertRefused(IAE, () -> row.run(x, 0, g, 0, y, 0, 3, t), arrays, "temperature is " + t);
        assertRefused(IAE, () -> call.whole().run(x, g, y, t), arrays, "temperature is " + t);
      }
      float[] less = new float[LENGTH - 1];
      assertRefused(IAE, () -> call.whole().run(x, less, y, 1), arrays, b + " has 39", a + ": 40");
      assertRefused(IAE, () -> call.whole().run(x, g, less, 1), arrays, c + " has 39", a + ": 40");
      FloatRows rows = call.rows();
      assertRefused(
          NPE, () -> rows.run(null, 0, 1, g, 0, 1, y, 0, 1, 1, 1, 1), arrays, a + " is null");
      assertRefused(
          NPE, () -> rows.run(x, 0, 1, null, 0, 1, y, 0, 1, 1, 1, 1), arrays, b + " is null");
      assertRefused(
          NPE, () -> rows.run(x, 0, 1, g, 0, 1, null, 0, 1, 1, 1, 1), arrays, c + " is null");
      assertRefused(
          OUTSIDE, () -> rows.run(x, 0, 20, g, 0, 5, y, 0, 5, 3, 5, 1), arrays, a + "Offset");
      assertRefused(
          OUTSIDE, () -> rows.run(x, 0, 5, g, 1, 18, y, 0, 5, 3, 5, 1), arrays, b + "Offset");
      assertRefused(
          OUTSIDE, () -> rows.run(x, 0, 5, g, 0, 5, y, 0, MAX, 3, 5, 1), arrays, c + "Offset");
      assertRefused(
          IAE, () -> rows.run(x, 0, 4, g, 0, 5, y, 0, 5, 3, 5, 1), arrays, a + "Stride is 4");
      assertRefused(IAE, () -> rows.run(x, 0, 5, g, 0, 5, y, 0, 5, -1, 5, 1), arrays, "rows is -1");
      assertRefused(IAE, () -> rows.run(x, 0, 5, g, 0, 5, x, 0, 6, 3, 5, 1), arrays, "one array");
      assertRefused(
          IAE, () -> rows.run(x, 0, 5, g, 0, 5, y, 0, 5, 3, 5, -2), arrays, "temperature");
      // Nothing to do, nothing to refuse.
      row.run(x, LENGTH, g, 0, y, 0, 0, 1);
      rows.run(x, 0, 0, g, 0, 0, y, 0, 0, 3, 0, 1);
      rows.run(x, 0, 5, g, 0, 5, y, 0, 5, 0, 5, 1);
    }
  }

  @Test
  void gradientsAndMatricesOfFloat() {
    float[] x = arrays.x;
    float[] y = arrays.y;
    assertRefused(
        NPE, () -> LogSumExpDerivatives.gradient(null, 0, y, 0, 1, 1), arrays, "x is null");
    assertRefused(NPE, () -> LogSumExpDerivatives.gradient(x, null), arrays, "gradX is null");
    assertRefused(IAE, () -> LogSumExpDerivatives.gradient(x, 0, x, 1, 2, 1), arrays, "gradX");
    assertRefused(IAE, () -> LogSumExpDerivatives.gradient(x, y, -1), arrays, "temperature");
    assertRefused(
        OUTSIDE,
        () -> LogSumExpDerivatives.gradientRows(x, 0, 9, y, 0, 20, 3, 9, 1),
        arrays,
        "gradXOffset");
    assertRefused(NPE, () -> SoftmaxDerivatives.jacobian(null, 0, y, 0, 2, 1), arrays, "x is null");
    assertRefused(NPE, () -> SoftmaxDerivatives.jacobian(x, null), arrays, "jacobian is null");
    assertRefused(IAE, () -> SoftmaxDerivatives.jacobian(x, y), arrays, "jacobian has 40", "1600");
    assertRefused(
        OUTSIDE,
        () -> SoftmaxDerivatives.jacobian(x, 0, y, 5, 6, 1),
        arrays,
        "jacobianOffset is 5",
        "36",
        "40");
    assertRefused(
        IAE, () -> SoftmaxDerivatives.jacobian(x, 0, x, 1, 2, 1), arrays, "one array", "apart");
    assertRefused(
        IAE, () -> SoftmaxDerivatives.jacobian(x, 0, y, 0, 2, -1), arrays, "temperature is -1");
    assertRefused(
        IAE, () -> LogSoftmaxDerivatives.jacobian(x, y), arrays, "jacobian has 40", "1600");
    assertRefused(
        OUTSIDE,
        () -> LogSoftmaxDerivatives.jacobian(x, 0, y, 5, 6, 1),
        arrays,
        "jacobianOffset is 5");
    assertRefused(
        IAE,
        () -> LogSoftmaxDerivatives.jacobian(x, 0, y, 0, 2, Double.NaN),
        arrays,
        "temperature is NaN");
    SoftmaxDerivatives.jacobian(x, 0, y, LENGTH, 0, 1);
  }

  @Test
  void informationOfFloat() {
    float[] x = arrays.x;
    float[] y = arrays.y;
    float[] g = new float[LENGTH];
    assertRefused(NPE, () -> Information.entropy((float[]) null), arrays, "x is null");
    assertRefused(OUTSIDE, () -> Information.entropy(x, 39, 2, 1), arrays, "xOffset is 39");
    assertRefused(IAE, () -> Information.entropy(x, -1), arrays, "temperature is -1");
    assertRefused(IAE, () -> Information.entropyRows(x, 0, 5, x, 3, 2, 5, 1), arrays, "one array");
    assertRefused(
        OUTSIDE, () -> Information.entropyRows(x, 0, 5, y, 39, 2, 5, 1), arrays, "yOffset");
    assertRefused(NPE, () -> Information.klDivergence((float[]) null, x), arrays, "xp is null");
    assertRefused(NPE, () -> Information.klDivergence(x, null), arrays, "xq is null");
    assertRefused(
        IAE, () -> Information.klDivergence(x, new float[3]), arrays, "xq has 3", "xp: 40");
    assertRefused(
        OUTSIDE, () -> Information.klDivergence(x, 0, g, 38, 3, 1), arrays, "xqOffset is 38");
    assertRefused(
        IAE, () -> Information.klDivergence(x, 0, g, 0, 3, Double.NaN), arrays, "temperature");
    assertRefused(
        IAE,
        () -> Information.klDivergenceRows(x, 0, 5, g, 0, 5, x, 7, 2, 5, 1),
        arrays,
        "y and xp");
    assertRefused(
        IAE,
        () -> Information.jsDivergenceRows(g, 0, 5, x, 0, 5, x, 7, 2, 5, 1),
        arrays,
        "y and xq");
    assertRefused(
        IAE,
        () -> Information.jsDivergenceRows(g, 0, 5, x, 0, 4, y, 7, 2, 5, 1),
        arrays,
        "xqStride is 4");
    assertRefused(NPE, () -> Information.jsDivergence(x, (float[]) null), arrays, "xq is null");
    assertRefused(
        OUTSIDE, () -> Information.jsDivergence(x, -1, g, 0, 3, 1), arrays, "xpOffset is -1");
  }

  private interface DoubleRow {
    void run(double[] a, int ao, double[] b, int bo, double[] c, int co, int n, double temperature);
  }

  private interface DoubleRows {
    void run(
        double[] a,
        int ao,
        int as,
        double[] b,
        int bo,
        int bs,
        double[] c,
        int co,
        int cs,
        int rows,
        int n,
        double temperature);
  }

  private interface DoubleArrays {
    void run(double[] a, double[] b, double[] c, double temperature);
  }

  private record DoubleCall(
      String a,
      String b,
      String c,
      boolean inPlace,
      DoubleRow row,
      DoubleRows rows,
      DoubleArrays whole) {}

  private static final List<DoubleCall> DOUBLES =
      List.of(
          new DoubleCall(
              "x",
              "gradY",
              "gradX",
              false,
              SoftmaxDerivatives::vjp,
              SoftmaxDerivatives::vjpRows,
              SoftmaxDerivatives::vjp),
          new DoubleCall(
              "p",
              "gradY",
              "gradX",
              true,
              SoftmaxDerivatives::vjpFromOutput,
              SoftmaxDerivatives::vjpFromOutputRows,
              SoftmaxDerivatives::vjpFromOutput),
          new DoubleCall(
              "x",
              "v",
              "out",
              false,
              SoftmaxDerivatives::jvp,
              SoftmaxDerivatives::jvpRows,
              SoftmaxDerivatives::jvp),
          new DoubleCall(
              "x",
              "gradY",
              "gradX",
              false,
              LogSoftmaxDerivatives::vjp,
              LogSoftmaxDerivatives::vjpRows,
              LogSoftmaxDerivatives::vjp),
          new DoubleCall(
              "logP",
              "gradY",
              "gradX",
              false,
              LogSoftmaxDerivatives::vjpFromOutput,
              LogSoftmaxDerivatives::vjpFromOutputRows,
              LogSoftmaxDerivatives::vjpFromOutput),
          new DoubleCall(
              "x",
              "v",
              "out",
              false,
              LogSoftmaxDerivatives::jvp,
              LogSoftmaxDerivatives::jvpRows,
              LogSoftmaxDerivatives::jvp),
          new DoubleCall(
              "x",
              "v",
              "out",
              false,
              LogSumExpDerivatives::hvp,
              LogSumExpDerivatives::hvpRows,
              LogSumExpDerivatives::hvp));

  @Test
  void productsOfDouble() {
    double[] x = arrays.z;
    double[] y = arrays.w;
    double[] g = new double[LENGTH];
    for (DoubleCall call : DOUBLES) {
      String a = call.a();
      String b = call.b();
      String c = call.c();
      DoubleRow row = call.row();
      assertRefused(NPE, () -> row.run(null, 0, g, 0, y, 0, 1, 1), arrays, a + " is null");
      assertRefused(NPE, () -> row.run(x, 0, null, 0, y, 0, 1, 1), arrays, b + " is null");
      assertRefused(NPE, () -> row.run(x, 0, g, 0, null, 0, 1, 1), arrays, c + " is null");
      assertRefused(
          OUTSIDE, () -> row.run(x, 38, g, 0, y, 0, 3, 1), arrays, a + "Offset is 38", "40");
      assertRefused(OUTSIDE, () -> row.run(x, 0, g, -1, y, 0, 3, 1), arrays, b + "Offset is -1");
      assertRefused(
          OUTSIDE, () -> row.run(x, 0, g, 0, y, MAX, 3, 1), arrays, c + "Offset is " + MAX);
      assertRefused(IAE, () -> row.run(x, 0, g, 0, y, 0, -1, 1), arrays, "n is -1");
      assertRefused(
          IAE, () -> row.run(x, 0, g, 0, x, 2, 3, 1), arrays, a + " and " + c, "one array");
      assertRefused(
          IAE, () -> row.run(g, 0, x, 0, x, 2, 3, 1), arrays, b + " and " + c, "one array");
      if (!call.inPlace()) {
        assertRefused(IAE, () -> row.run(g, 0, x, 0, x, 0, 3, 1), arrays, b + " and " + c, "apart");
      }
      for (double t : new double[] {-1, Double.NaN, Double.NEGATIVE_INFINITY}) {
        assertRefused(IAE, () -> row.run(x, 0, g, 0, y, 0, 3, t), arrays, "temperature is " + t);
        assertRefused(IAE, () -> call.whole().run(x, g, y, t), arrays, "temperature is " + t);
      }
      double[] less = new double[LENGTH - 1];
      assertRefused(IAE, () -> call.whole().run(x, less, y, 1), arrays, b + " has 39", a + ": 40");
      assertRefused(IAE, () -> call.whole().run(x, g, less, 1), arrays, c + " has 39", a + ": 40");
      DoubleRows rows = call.rows();
      assertRefused(
          NPE, () -> rows.run(null, 0, 1, g, 0, 1, y, 0, 1, 1, 1, 1), arrays, a + " is null");
      assertRefused(
          NPE, () -> rows.run(x, 0, 1, null, 0, 1, y, 0, 1, 1, 1, 1), arrays, b + " is null");
      assertRefused(
          NPE, () -> rows.run(x, 0, 1, g, 0, 1, null, 0, 1, 1, 1, 1), arrays, c + " is null");
      assertRefused(
          OUTSIDE, () -> rows.run(x, 0, 20, g, 0, 5, y, 0, 5, 3, 5, 1), arrays, a + "Offset");
      assertRefused(
          OUTSIDE, () -> rows.run(x, 0, 5, g, 1, 18, y, 0, 5, 3, 5, 1), arrays, b + "Offset");
      assertRefused(
          OUTSIDE, () -> rows.run(x, 0, 5, g, 0, 5, y, 0, MAX, 3, 5, 1), arrays, c + "Offset");
      assertRefused(
          IAE, () -> rows.run(x, 0, 4, g, 0, 5, y, 0, 5, 3, 5, 1), arrays, a + "Stride is 4");
      assertRefused(IAE, () -> rows.run(x, 0, 5, g, 0, 5, y, 0, 5, -1, 5, 1), arrays, "rows is -1");
      assertRefused(IAE, () -> rows.run(x, 0, 5, g, 0, 5, x, 0, 6, 3, 5, 1), arrays, "one array");
      assertRefused(
          IAE, () -> rows.run(x, 0, 5, g, 0, 5, y, 0, 5, 3, 5, -2), arrays, "temperature");
      // Nothing to do, nothing to refuse.
      row.run(x, LENGTH, g, 0, y, 0, 0, 1);
      rows.run(x, 0, 0, g, 0, 0, y, 0, 0, 3, 0, 1);
      rows.run(x, 0, 5, g, 0, 5, y, 0, 5, 0, 5, 1);
    }
  }

  @Test
  void gradientsAndMatricesOfDouble() {
    double[] x = arrays.z;
    double[] y = arrays.w;
    assertRefused(
        NPE, () -> LogSumExpDerivatives.gradient(null, 0, y, 0, 1, 1), arrays, "x is null");
    assertRefused(NPE, () -> LogSumExpDerivatives.gradient(x, null), arrays, "gradX is null");
    assertRefused(IAE, () -> LogSumExpDerivatives.gradient(x, 0, x, 1, 2, 1), arrays, "gradX");
    assertRefused(IAE, () -> LogSumExpDerivatives.gradient(x, y, -1), arrays, "temperature");
    assertRefused(
        OUTSIDE,
        () -> LogSumExpDerivatives.gradientRows(x, 0, 9, y, 0, 20, 3, 9, 1),
        arrays,
        "gradXOffset");
    assertRefused(NPE, () -> SoftmaxDerivatives.jacobian(null, 0, y, 0, 2, 1), arrays, "x is null");
    assertRefused(NPE, () -> SoftmaxDerivatives.jacobian(x, null), arrays, "jacobian is null");
    assertRefused(IAE, () -> SoftmaxDerivatives.jacobian(x, y), arrays, "jacobian has 40", "1600");
    assertRefused(
        OUTSIDE,
        () -> SoftmaxDerivatives.jacobian(x, 0, y, 5, 6, 1),
        arrays,
        "jacobianOffset is 5",
        "36",
        "40");
    assertRefused(
        IAE, () -> SoftmaxDerivatives.jacobian(x, 0, x, 1, 2, 1), arrays, "one array", "apart");
    assertRefused(
        IAE, () -> SoftmaxDerivatives.jacobian(x, 0, y, 0, 2, -1), arrays, "temperature is -1");
    assertRefused(
        IAE, () -> LogSoftmaxDerivatives.jacobian(x, y), arrays, "jacobian has 40", "1600");
    assertRefused(
        OUTSIDE,
        () -> LogSoftmaxDerivatives.jacobian(x, 0, y, 5, 6, 1),
        arrays,
        "jacobianOffset is 5");
    assertRefused(
        IAE,
        () -> LogSoftmaxDerivatives.jacobian(x, 0, y, 0, 2, Double.NaN),
        arrays,
        "temperature is NaN");
    SoftmaxDerivatives.jacobian(x, 0, y, LENGTH, 0, 1);
  }

  @Test
  void informationOfDouble() {
    double[] x = arrays.z;
    double[] y = arrays.w;
    double[] g = new double[LENGTH];
    assertRefused(NPE, () -> Information.entropy((double[]) null), arrays, "x is null");
    assertRefused(OUTSIDE, () -> Information.entropy(x, 39, 2, 1), arrays, "xOffset is 39");
    assertRefused(IAE, () -> Information.entropy(x, -1), arrays, "temperature is -1");
    assertRefused(IAE, () -> Information.entropyRows(x, 0, 5, x, 3, 2, 5, 1), arrays, "one array");
    assertRefused(
        OUTSIDE, () -> Information.entropyRows(x, 0, 5, y, 39, 2, 5, 1), arrays, "yOffset");
    assertRefused(NPE, () -> Information.klDivergence((double[]) null, x), arrays, "xp is null");
    assertRefused(NPE, () -> Information.klDivergence(x, null), arrays, "xq is null");
    assertRefused(
        IAE, () -> Information.klDivergence(x, new double[3]), arrays, "xq has 3", "xp: 40");
    assertRefused(
        OUTSIDE, () -> Information.klDivergence(x, 0, g, 38, 3, 1), arrays, "xqOffset is 38");
    assertRefused(
        IAE, () -> Information.klDivergence(x, 0, g, 0, 3, Double.NaN), arrays, "temperature");
    assertRefused(
        IAE,
        () -> Information.klDivergenceRows(x, 0, 5, g, 0, 5, x, 7, 2, 5, 1),
        arrays,
        "y and xp");
    assertRefused(
        IAE,
        () -> Information.jsDivergenceRows(g, 0, 5, x, 0, 5, x, 7, 2, 5, 1),
        arrays,
        "y and xq");
    assertRefused(
        IAE,
        () -> Information.jsDivergenceRows(g, 0, 5, x, 0, 4, y, 7, 2, 5, 1),
        arrays,
        "xqStride is 4");
    assertRefused(NPE, () -> Information.jsDivergence(x, (double[]) null), arrays, "xq is null");
    assertRefused(
        OUTSIDE, () -> Information.jsDivergence(x, -1, g, 0, 3, 1), arrays, "xpOffset is -1");
  }
}
