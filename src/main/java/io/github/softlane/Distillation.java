package io.github.softlane;

import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.rows.DoubleDistillationRows;
import io.github.softlane.internal.rows.FloatDistillationRows;
import io.github.softlane.internal.rows.LossOptions;

/**
 * Knowledge distillation: how far a student's logits are from a teacher's, at a temperature, and
 * the gradient with respect to the student's.
 *
 * <p>Immutable and safe for use by many threads; each method of an option returns a changed copy.
 *
 * <p><b>Formula.</b> With p the softmax of the teacher's logits over T, q that of the student's x
 * over T, r that of x at T = 1, and the share a of a hard label t,
 *
 * <pre>
 *   loss        = (1 - a) T^2 sum_c p[c] log(p[c] / q[c])  +  a (-log r[t])
 *   gradient[c] = (1 - a) T (q[c] - p[c])                  +  a (r[c] - [c = t])
 * </pre>
 *
 * <p>Without {@link #hardLabelWeight} a is 0. The factor T^2 keeps the gradient's size when T
 * changes. Source: Hinton, Vinyals, Dean 2015, "Distilling the Knowledge in a Neural Network".
 *
 * <p><b>Reduction.</b> {@link Reduction#MEAN} divides the sum of the losses, and the gradient, by
 * the number of rows; the mean of no rows is NaN, their sum 0.
 *
 * <p><b>Rows.</b> Row r of the student starts at {@code xOffset + r * xStride}, that of the teacher
 * at {@code teacherOffset + r * teacherStride}. The gradient may be written over the student's
 * logits (same array, offset and stride); every other overlap of what is read and what is written
 * is an {@link IllegalArgumentException}. The teacher's logits are never written. All arguments,
 * targets included, are checked before anything is written.
 *
 * <p><b>Special values.</b> A row with a NaN, with +inf or with nothing but -inf, of either, has
 * the loss NaN and the gradient NaN. Where the teacher's logit is -inf, its share of the loss is 0;
 * where only the student's is, the loss is +inf (if p is not 0 in double). Equal rows have the loss
 * 0.
 *
 * <p><b>Accuracy.</b> The loss keeps its digits where student and teacher nearly agree: its terms
 * are summed in a form in which nothing cancels. It is within 2^-23 of itself, or 2^-50 T^2 where
 * that is larger, for {@code float}, and for {@code double}, where it is T^2 D, within {@code (16 +
 * 3 |log p|) 2^-53 D + 2^-51 (1 + log n) sqrt(D)} of D, times T^2, or 2^-100 T^2, with the smallest
 * p that is not 0. An element of the gradient, without hard labels and before a mean is divided, is
 * within 4 ULP of T times the larger of its two probabilities m for {@code float}, and {@code 4 + 3
 * |log m|} for {@code double}.
 *
 * <p>No call allocates, none stores a row of probabilities, and all backends give the same bits.
 * All calls throw {@link IllegalStateException} where {@link Kernels#best()} does.
 */
public final class Distillation {
  private final Reduction reduction;
  private final LossOptions options;
  private final LossOptions hardOptions;
  private final double hard;

  private Distillation(
      Reduction reduction, LossOptions options, LossOptions hardOptions, double hard) {
    this.reduction = reduction;
    this.options = options;
    this.hardOptions = hardOptions;
    this.hard = hard;
  }

  /**
   * Distillation with this reduction, T = 1 and no hard labels.
   *
   * @param reduction what becomes of the losses of a batch
   * @return the loss, for any number of calls
   */
  public static Distillation of(Reduction reduction) {
    if (reduction == null) {
      throw new NullPointerException("reduction is null");
    }
    LossOptions unit = new LossOptions(1, 0, null);
    return new Distillation(reduction, unit, unit, 0);
  }

  /**
   * The same at a temperature.
   *
   * @param temperature T: finite and above 0
   * @return a changed copy
   */
  public Distillation temperature(double temperature) {
    double checked = LossArguments.checkedTemperature(temperature);
    return new Distillation(reduction, options.temperature(checked), hardOptions, hard);
  }

  /**
   * The same mixed with the cross-entropy of hard labels; its calls take targets.
   *
   * @param weight the share of the hard labels, in [0, 1]
   * @return a changed copy
   */
  public Distillation hardLabelWeight(double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight is " + weight + ", must be in [0, 1]");
    }
    return new Distillation(reduction, options, hardOptions, weight);
  }

  private void checkSoftOnly() {
    if (hard > 0) {
      throw new IllegalStateException(
          "hardLabelWeight is " + hard + ", must be 0 for a call without targets");
    }
  }

  // Logits of float.

  /**
   * The loss of a batch.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE, or there is a share of hard labels
   */
  public double loss(
      float[] x,
      int xOffset,
      int xStride,
      float[] teacher,
      int teacherOffset,
      int teacherStride,
      int rows,
      int n) {
    LossArguments.checkReduced(reduction, "loss");
    checkSoftOnly();
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        null,
        0,
        null,
        0,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of each row of a batch, whatever the reduction.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param losses receives the losses
   * @param lossesOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @throws IllegalStateException when there is a share of hard labels
   */
  public void losses(
      float[] x,
      int xOffset,
      int xStride,
      float[] teacher,
      int teacherOffset,
      int teacherStride,
      float[] losses,
      int lossesOffset,
      int rows,
      int n) {
    checkSoftOnly();
    Arguments.length("losses", losses);
    run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        null,
        0,
        losses,
        lossesOffset,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of a batch, and its gradient with respect to the student's logits.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param gradient receives the gradient; may be {@code x} with the same offset and stride
   * @param gradientOffset index of the first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalStateException when there is a share of hard labels
   */
  public double lossAndGradient(
      float[] x,
      int xOffset,
      int xStride,
      float[] teacher,
      int teacherOffset,
      int teacherStride,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    checkSoftOnly();
    Arguments.length("gradient", gradient);
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        null,
        0,
        null,
        0,
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }

  /**
   * The loss of a batch with hard labels.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param targets the hard label of each row
   * @param targetsOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when a target is not a class
   */
  public double loss(
      float[] x,
      int xOffset,
      int xStride,
      float[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      int rows,
      int n) {
    LossArguments.checkReduced(reduction, "loss");
    Arguments.length("targets", targets);
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        targets,
        targetsOffset,
        null,
        0,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of each row of a batch with hard labels, whatever the reduction.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param targets the hard label of each row
   * @param targetsOffset index of that of the first row
   * @param losses receives the losses
   * @param lossesOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @throws IllegalArgumentException when a target is not a class
   */
  public void losses(
      float[] x,
      int xOffset,
      int xStride,
      float[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      float[] losses,
      int lossesOffset,
      int rows,
      int n) {
    Arguments.length("targets", targets);
    Arguments.length("losses", losses);
    run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        targets,
        targetsOffset,
        losses,
        lossesOffset,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of a batch with hard labels, and its gradient with respect to the student's logits.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param targets the hard label of each row
   * @param targetsOffset index of that of the first row
   * @param gradient receives the gradient; may be {@code x} with the same offset and stride
   * @param gradientOffset index of the first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when a target is not a class
   */
  public double lossAndGradient(
      float[] x,
      int xOffset,
      int xStride,
      float[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.length("targets", targets);
    Arguments.length("gradient", gradient);
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        targets,
        targetsOffset,
        null,
        0,
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }

  /** Losses and gradient go where there is an array for them; targets are null without labels. */
  double run(
      RowKernel kernel,
      float[] x,
      int xOffset,
      int xStride,
      float[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      float[] losses,
      int lossesOffset,
      float[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    LossArguments.checkLogits(x, xOffset, xStride, rows, n);
    LossArguments.checkRows("teacher", teacher, teacherOffset, teacherStride, rows, n);
    if (targets != null) {
      LossArguments.checkedWeight(targets, targetsOffset, rows, n, hardOptions, false, 0);
    }
    if (losses != null) {
      LossArguments.checkLosses(x, xOffset, xStride, losses, lossesOffset, rows, n);
      LossArguments.checkLossesApart(
          "teacher", teacher, teacherOffset, teacherStride, losses, lossesOffset, rows, n);
    }
    if (gradient != null) {
      LossArguments.checkGradient(
          x, xOffset, xStride, gradient, gradientOffset, gradientStride, rows, n);
      LossArguments.checkGradientApart(
          "teacher",
          teacher,
          teacherOffset,
          teacherStride,
          gradient,
          gradientOffset,
          gradientStride,
          rows,
          n);
    }
    FloatPasses passes = kernel.floats();
    double divisor = LossSum.divisor(reduction, rows);
    double sum = 0;
    double lost = 0;
    for (int row = 0; row < rows; row++) {
      double loss =
          n == 0
              ? 0
              : FloatDistillationRows.row(
                  passes,
                  options,
                  hardOptions,
                  divisor,
                  hard,
                  x,
                  xOffset + row * xStride,
                  teacher,
                  teacherOffset + row * teacherStride,
                  targets == null ? -1 : targets[targetsOffset + row],
                  gradient,
                  gradientOffset + row * gradientStride,
                  n);
      if (losses != null) {
        losses[lossesOffset + row] = (float) loss;
      }
      lost += LossSum.error(sum, loss);
      sum += loss;
    }
    return LossSum.reduced(reduction, sum, lost, rows);
  }

  // Logits of double.

  /**
   * The loss of a batch.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE, or there is a share of hard labels
   */
  public double loss(
      double[] x,
      int xOffset,
      int xStride,
      double[] teacher,
      int teacherOffset,
      int teacherStride,
      int rows,
      int n) {
    LossArguments.checkReduced(reduction, "loss");
    checkSoftOnly();
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        null,
        0,
        null,
        0,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of each row of a batch, whatever the reduction.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param losses receives the losses
   * @param lossesOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @throws IllegalStateException when there is a share of hard labels
   */
  public void losses(
      double[] x,
      int xOffset,
      int xStride,
      double[] teacher,
      int teacherOffset,
      int teacherStride,
      double[] losses,
      int lossesOffset,
      int rows,
      int n) {
    checkSoftOnly();
    Arguments.length("losses", losses);
    run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        null,
        0,
        losses,
        lossesOffset,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of a batch, and its gradient with respect to the student's logits.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param gradient receives the gradient; may be {@code x} with the same offset and stride
   * @param gradientOffset index of the first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalStateException when there is a share of hard labels
   */
  public double lossAndGradient(
      double[] x,
      int xOffset,
      int xStride,
      double[] teacher,
      int teacherOffset,
      int teacherStride,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    checkSoftOnly();
    Arguments.length("gradient", gradient);
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        null,
        0,
        null,
        0,
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }

  /**
   * The loss of a batch with hard labels.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param targets the hard label of each row
   * @param targetsOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses
   * @throws IllegalStateException when the reduction is NONE
   * @throws IllegalArgumentException when a target is not a class
   */
  public double loss(
      double[] x,
      int xOffset,
      int xStride,
      double[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      int rows,
      int n) {
    LossArguments.checkReduced(reduction, "loss");
    Arguments.length("targets", targets);
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        targets,
        targetsOffset,
        null,
        0,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of each row of a batch with hard labels, whatever the reduction.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param targets the hard label of each row
   * @param targetsOffset index of that of the first row
   * @param losses receives the losses
   * @param lossesOffset index of that of the first row
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @throws IllegalArgumentException when a target is not a class
   */
  public void losses(
      double[] x,
      int xOffset,
      int xStride,
      double[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      double[] losses,
      int lossesOffset,
      int rows,
      int n) {
    Arguments.length("targets", targets);
    Arguments.length("losses", losses);
    run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        targets,
        targetsOffset,
        losses,
        lossesOffset,
        null,
        0,
        0,
        rows,
        n);
  }

  /**
   * The loss of a batch with hard labels, and its gradient with respect to the student's logits.
   *
   * @param x the array that holds the student's logits
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param teacher the array that holds the teacher's logits
   * @param teacherOffset index of the first logit of the first row
   * @param teacherStride distance from one row of {@code teacher} to the next, at least n
   * @param targets the hard label of each row
   * @param targetsOffset index of that of the first row
   * @param gradient receives the gradient; may be {@code x} with the same offset and stride
   * @param gradientOffset index of the first element of the first row
   * @param gradientStride distance from one row of {@code gradient} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n number of classes, 0 or more
   * @return the mean or the sum of the losses; with NONE the sum, which the gradient then is of
   * @throws IllegalArgumentException when a target is not a class
   */
  public double lossAndGradient(
      double[] x,
      int xOffset,
      int xStride,
      double[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    Arguments.length("targets", targets);
    Arguments.length("gradient", gradient);
    return run(
        Kernels.selected(),
        x,
        xOffset,
        xStride,
        teacher,
        teacherOffset,
        teacherStride,
        targets,
        targetsOffset,
        null,
        0,
        gradient,
        gradientOffset,
        gradientStride,
        rows,
        n);
  }

  /** Losses and gradient go where there is an array for them; targets are null without labels. */
  double run(
      RowKernel kernel,
      double[] x,
      int xOffset,
      int xStride,
      double[] teacher,
      int teacherOffset,
      int teacherStride,
      int[] targets,
      int targetsOffset,
      double[] losses,
      int lossesOffset,
      double[] gradient,
      int gradientOffset,
      int gradientStride,
      int rows,
      int n) {
    LossArguments.checkLogits(x, xOffset, xStride, rows, n);
    LossArguments.checkRows("teacher", teacher, teacherOffset, teacherStride, rows, n);
    if (targets != null) {
      LossArguments.checkedWeight(targets, targetsOffset, rows, n, hardOptions, false, 0);
    }
    if (losses != null) {
      LossArguments.checkLosses(x, xOffset, xStride, losses, lossesOffset, rows, n);
      LossArguments.checkLossesApart(
          "teacher", teacher, teacherOffset, teacherStride, losses, lossesOffset, rows, n);
    }
    if (gradient != null) {
      LossArguments.checkGradient(
          x, xOffset, xStride, gradient, gradientOffset, gradientStride, rows, n);
      LossArguments.checkGradientApart(
          "teacher",
          teacher,
          teacherOffset,
          teacherStride,
          gradient,
          gradientOffset,
          gradientStride,
          rows,
          n);
    }
    DoublePasses passes = kernel.doubles();
    double divisor = LossSum.divisor(reduction, rows);
    double sum = 0;
    double lost = 0;
    for (int row = 0; row < rows; row++) {
      double loss =
          n == 0
              ? 0
              : DoubleDistillationRows.row(
                  passes,
                  options,
                  hardOptions,
                  divisor,
                  hard,
                  x,
                  xOffset + row * xStride,
                  teacher,
                  teacherOffset + row * teacherStride,
                  targets == null ? -1 : targets[targetsOffset + row],
                  gradient,
                  gradientOffset + row * gradientStride,
                  n);
      if (losses != null) {
        losses[lossesOffset + row] = loss;
      }
      lost += LossSum.error(sum, loss);
      sum += loss;
    }
    return LossSum.reduced(reduction, sum, lost, rows);
  }
}
