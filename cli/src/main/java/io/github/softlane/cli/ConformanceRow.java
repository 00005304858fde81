package io.github.softlane.cli;

import io.github.softlane.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A row of logits with its true results, computed with 60 decimal digits and rounded to double. */
final class ConformanceRow {
  /** The bound of the library for softmax; log-sum-exp stays within 1 on these rows. */
  private static final double ULPS = 2;

  static final List<ConformanceRow> ALL =
      List.of(
          new ConformanceRow(
              "textbook",
              new double[] {2, 1, 0.1},
              new double[] {0.6590011388859679, 0.24243297070471392, 0.09856589040931817},
              2.4170300162778333),
          new ConformanceRow(
              "large logits",
              new double[] {1000, 1001, 1002},
              new double[] {0.09003057317038046, 0.24472847105479764, 0.6652409557748219},
              1002.4076059644444),
          new ConformanceRow(
              "tail near zero",
              new double[] {0, -40},
              new double[] {1.0, 4.248354255291589e-18},
              4.248354255291589e-18),
          new ConformanceRow(
              "confident",
              new double[] {0.5, -2.25, 7.75},
              new double[] {0.0007096382044397733, 4.536565264040301e-05, 0.9992449961429198},
              7.750755289016032),
          new ConformanceRow(
              "masked",
              new double[] {-1, Double.NEGATIVE_INFINITY, 0, 3, 5},
              new double[] {
                0.002165696460061088,
                0,
                0.005886973333342135,
                0.11824302025266464,
                0.8737043099539321
              },
              5.135013278699604));

  private final String name;
  private final double[] logits;
  private final double[] softmax;
  private final double logSumExp;

  private ConformanceRow(String name, double[] logits, double[] softmax, double logSumExp) {
    this.name = name;
    this.logits = logits;
    this.softmax = softmax;
    this.logSumExp = logSumExp;
  }

  /** What a kernel gets wrong, one line for each result; empty when all is well. */
  List<String> check(Kernel kernel) {
    List<String> wrong = new ArrayList<>();
    checkFloat(kernel, wrong);
    checkDouble(kernel, wrong);
    return wrong;
  }

  private void checkFloat(Kernel kernel, List<String> wrong) {
    int n = logits.length;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) logits[i];
    }
    float[] y = new float[n];
    kernel.softmax(x, 0, y, 0, n);
    for (int i = 0; i < n; i++) {
      double error = Math.abs(y[i] - softmax[i]);
      report(
          wrong,
          kernel,
          "float softmax[" + i + "]",
          y[i],
          softmax[i],
          error / Math.ulp((float) softmax[i]));
    }
    float lse = kernel.logSumExp(x, 0, n);
    double error = Math.abs(lse - logSumExp);
    report(wrong, kernel, "float logSumExp", lse, logSumExp, error / Math.ulp((float) logSumExp));
  }

  private void checkDouble(Kernel kernel, List<String> wrong) {
    int n = logits.length;
    double[] y = new double[n];
    kernel.softmax(logits, 0, y, 0, n);
    for (int i = 0; i < n; i++) {
      double error = Math.abs(y[i] - softmax[i]);
      report(
          wrong,
          kernel,
          "double softmax[" + i + "]",
          y[i],
          softmax[i],
          error / Math.ulp(softmax[i]));
    }
    double lse = kernel.logSumExp(logits, 0, n);
    double error = Math.abs(lse - logSumExp);
    report(wrong, kernel, "double logSumExp", lse, logSumExp, error / Math.ulp(logSumExp));
  }

  private void report(
      List<String> wrong, Kernel kernel, String what, double found, double expected, double ulps) {
    if (!(ulps <= ULPS)) {
      wrong.add(
          String.format(
              Locale.ROOT,
              "%s: %s of '%s' is %s instead of %s (%.1f ULP)",
              kernel.name(),
              what,
              name,
              found,
              expected,
              ulps));
    }
  }
}
