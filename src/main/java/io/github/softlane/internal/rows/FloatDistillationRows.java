package io.github.softlane.internal.rows;

import io.github.softlane.internal.arithmetic.Exp;
import io.github.softlane.internal.passes.FloatPasses;
import java.util.Arrays;

/**
 * Distillation of one row of {@code float}: the divergence of a student's softmax from a teacher's,
 * both at one temperature, and its gradient with respect to the student's logits.
 *
 * <p>With p the teacher's probabilities, q the student's and {@code d = log p - log q}, the
 * divergence is summed as
 *
 * <pre>
 *   sum_i q[i] - p[i] + p[i] d[i]  =  sum_i p[i] (exp(-d[i]) - 1 + d[i])
 * </pre>
 *
 * <p>whose terms are never negative, so that nothing cancels between them, and by its second form
 * within them where d is small. {@code sum p d} loses all digits there: it is of first order in d,
 * the divergence of second. The same goes for the gradient, {@code T (q - p) = T p (exp(-d) - 1)}.
 * Both rows of probabilities exist one element at a time.
 */
public final class FloatDistillationRows {
  private FloatDistillationRows() {}

  /**
   * The loss of a row, not divided.
   *
   * @param options of the temperature
   * @param hardOptions those of T = 1
   * @param divisor what the gradient is divided by, above 0
   * @param hard the share of the hard label, 0 where there is none
   * @param target the hard label, -1 where there is none
   * @param gradient receives the gradient; null when only the loss is wanted; may be x
   * @param n at least 1
   */
  public static double row(
      FloatPasses passes,
      LossOptions options,
      LossOptions hardOptions,
      double divisor,
      double hard,
      float[] x,
      int xOffset,
      float[] teacher,
      int teacherOffset,
      int target,
      float[] gradient,
      int gradientOffset,
      int n) {
    double temperature = options.temperature;
    float max = passes.max(x, xOffset, n);
    float teacherMax = passes.max(teacher, teacherOffset, n);
    double log = logOverMax(passes, options, max, x, xOffset, n);
    double teacherLog = logOverMax(passes, options, teacherMax, teacher, teacherOffset, n);
    double hardLog = hard > 0 ? logOverMax(passes, hardOptions, max, x, xOffset, n) : 0;
    if (Double.isNaN(log + teacherLog + hardLog)) {
      if (gradient != null) {
        Arrays.fill(gradient, gradientOffset, gradientOffset + n, Float.NaN);
      }
      return Double.NaN;
    }
    double goal = hard > 0 ? WideRows.quotient(1, max, x[xOffset + target]) - hardLog : 0;
    double soft = 1 - hard;
    double softScale = soft * temperature / divisor;
    double hardScale = hard / divisor;
    double shift = (double) teacherMax - max;
    double logShift = teacherLog - log;
    double sum = 0;
    double lost = 0;
    for (int i = 0; i < n; i++) {
      float logit = x[xOffset + i];
      float teacherLogit = teacher[teacherOffset + i];
      double logQ = WideRows.quotient(temperature, max, logit) - log;
      double logP = WideRows.quotient(temperature, teacherMax, teacherLogit) - teacherLog;
      double p = Exp.exp(logP);
      // Not the difference of both, which are rounded.
      double d = ((((double) teacherLogit - logit) - shift) / temperature) - logShift;
      double slope;
      double term;
      if (Math.abs(d) <= Exp.SMALL) {
        double tail = Exp.tail(-d);
        slope = p * (tail - d);
        term = p * tail;
      } else {
        slope = Exp.exp(logQ) - p;
        term = p == 0 ? slope : slope + p * (logP - logQ);
      }
      double next = sum + term;
      double part = next - sum;
      lost += (sum - (next - part)) + (term - part);
      sum = next;
      if (gradient != null) {
        double pull = softScale == 0 ? 0 : slope * softScale;
        if (hard > 0) {
          double logR = WideRows.quotient(1, max, logit) - hardLog;
          pull += hardScale * (i == target ? Exp.expm1(logR) : Exp.exp(logR));
        }
        gradient[gradientOffset + i] = (float) pull;
      }
    }
    // The error of an infinite sum is NaN.
    double divergence = Double.isNaN(lost) ? sum : sum + lost;
    double loss = soft == 0 ? 0 : soft * divergence * temperature * temperature;
    return hard > 0 ? loss - hard * goal : loss;
  }

  /** {@code log(sum exp((x - max) / T))}: the loss of the class that has the maximum. */
  private static double logOverMax(
      FloatPasses passes, LossOptions options, float max, float[] x, int xOffset, int n) {
    if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    int winner = passes.firstAtLeast(x, xOffset, n, max);
    return FloatCrossEntropyRows.row(passes, options, 1, x, xOffset, winner, null, 0, null, 0, n);
  }
}
