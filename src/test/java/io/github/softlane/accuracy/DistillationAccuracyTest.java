package io.github.softlane.accuracy;

import io.github.softlane.Backends;
import io.github.softlane.Distillation;
import io.github.softlane.Losses;
import io.github.softlane.Reduction;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documented bounds of distillation over random rows; each row on one of the backends. */
class DistillationAccuracyTest {
  /**
   * In 2^-24 of the loss, or 2^-50 T^2 all in all where that is larger; 2^-53 and 2^-100. Plus
   * three for each unit of the log of the smallest probability of the teacher in double.
   */
  private static final double FLOAT_LOSS_BOUND = 2;

  private static final double DOUBLE_LOSS_BOUND = 16;

  /**
   * In ULP of the larger of the two probabilities, times T, plus three for each unit of its log in
   * double.
   */
  private static final double GRADIENT_BOUND = 4;

  @Test
  @Tag("slow")
  void floatSample() {
    run(true, new RandomRows(31, 300), 800);
  }

  @Test
  @Tag("slow")
  void doubleSample() {
    run(false, new RandomRows(32, 300), 800);
  }

  @Test
  @Tag("sweep")
  void floatSweep() {
    run(true, new RandomRows(33, 4096), 20_000);
  }

  @Test
  @Tag("sweep")
  void doubleSweep() {
    run(false, new RandomRows(34, 4096), 20_000);
  }

  void run(boolean isFloat, RandomRows rows, int count) {
    double bound = isFloat ? FLOAT_LOSS_BOUND : DOUBLE_LOSS_BOUND;
    Worst loss = new Worst("distillation", bound);
    Worst gradient = new Worst("gradient of distillation", GRADIENT_BOUND);
    List<Backends.Rows> backends = Backends.all();
    double unit = isFloat ? 0x1p-24 : 0x1p-53;
    for (int index = 0; index < count; index++) {
      RandomRows.Row row = rows.row(index);
      int n = row.x().length;
      double[] student = new double[n];
      double[] teacher = new double[n];
      SplittableRandom random = new SplittableRandom(index);
      // From nearly equal to wholly different.
      double distance = Math.scalb(1.0, -random.nextInt(20));
      for (int i = 0; i < n; i++) {
        double other = row.x()[i] + distance * random.nextGaussian();
        student[i] = isFloat ? (float) row.x()[i] : row.x()[i];
        teacher[i] = isFloat ? (float) other : other;
      }
      double temperature = row.temperature();
      double[] slopes = new double[n];
      double actual =
          Losses.distillation(
              backends.get(index % backends.size()),
              isFloat,
              Distillation.of(Reduction.SUM).temperature(temperature),
              student,
              teacher,
              slopes);
      DoubleReference q = new DoubleReference(student, 0, n, temperature);
      DoubleReference p = new DoubleReference(teacher, 0, n, temperature);
      DoubleDouble exact = DoubleDouble.ZERO;
      double deepest = 0;
      String at = rows + " row " + index + " of " + n;
      for (int i = 0; i < n; i++) {
        DoubleDouble pi = p.softmax(i).value();
        DoubleDouble qi = q.softmax(i).value();
        if (pi.hi() > 0 && !Double.isInfinite(p.logSoftmax(i).hi())) {
          deepest = isFloat ? 0 : Math.max(deepest, -p.logSoftmax(i).hi());
          exact = exact.plus(pi.times(p.logSoftmax(i).minus(q.logSoftmax(i))));
        }
        DoubleDouble slope = qi.minus(pi).times(temperature);
        double size = Math.max(pi.hi(), qi.hi());
        double ulp =
            isFloat ? Ulp.ofFloat(size * temperature) : Ulp.ofDouble(size * temperature, 0);
        double logs = isFloat ? 0 : -3 * Math.log(size);
        double error = Math.abs((slopes[i] - slope.hi()) - slope.lo()) / ulp;
        int element = i;
        gradient.add(
            (size == 0 ? 0 : Math.max(0, error - logs)) / GRADIENT_BOUND,
            () -> at + " element " + element);
      }
      exact = exact.times(temperature).times(temperature);
      double error = Math.abs((actual - exact.hi()) - exact.lo());
      double floor = (isFloat ? 0x1p-50 : 0x1p-100) * temperature * temperature;
      double allowed = Math.max(exact.hi() * unit, floor / bound);
      double logs = 3 * deepest * exact.hi() * unit;
      if (!isFloat) {
        // As of any divergence: it is quadratic in what the rows differ by.
        logs += 4 * unit * (1 + Math.log(n)) * temperature * Math.sqrt(exact.hi());
      }
      loss.add(Math.max(0, error - logs) / allowed / bound, () -> at);
    }
    System.out.println((isFloat ? "float " : "double ") + List.of(loss, gradient));
  }
}
