package io.github.softlane.accuracy;

import io.github.softlane.Backends;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The largest error of each operation over the rows that were checked. */
final class Maxima {
  final Worst softmax = new Worst("softmax", 2);
  final Worst logSoftmax = new Worst("logSoftmax", 2);
  final Worst logSumExp = new Worst("logSumExp", 1);

  /**
   * Checks all three operations on one row.
   *
   * @param description of the row, completed by the element
   */
  void check(
      Backends.Rows backend,
      float[] x,
      double temperature,
      FloatReference reference,
      Supplier<String> description) {
    float[] p = backend.softmax(x, temperature);
    float[] logP = backend.logSoftmax(x, temperature);
    IntFunction<Supplier<String>> at = i -> () -> description.get() + " element " + i;
    for (int i = 0; i < x.length; i++) {
      Probabilities.check(p[i], at.apply(i));
      softmax.add(Bounds.softmax(p[i], reference.softmax(i)), at.apply(i));
      logSoftmax.add(Bounds.logSoftmax(logP[i], reference.logSoftmax(i)), at.apply(i));
    }
    float lse = backend.logSumExp(x, temperature);
    logSumExp.add(Bounds.logSumExp(lse, reference.logSumExp(), reference.maxIsZero()), description);
  }

  /** The same for double. */
  void check(
      Backends.Rows backend,
      double[] x,
      double temperature,
      DoubleReference reference,
      Supplier<String> description) {
    double[] p = backend.softmax(x, temperature);
    double[] logP = backend.logSoftmax(x, temperature);
    IntFunction<Supplier<String>> at = i -> () -> description.get() + " element " + i;
    for (int i = 0; i < x.length; i++) {
      Probabilities.check(p[i], at.apply(i));
      softmax.add(Bounds.softmax(p[i], reference.softmax(i)), at.apply(i));
      DoubleDouble exact = reference.logSoftmax(i);
      logSoftmax.add(Bounds.logSoftmax(logP[i], exact.hi(), exact.lo()), at.apply(i));
    }
    double lse = backend.logSumExp(x, temperature);
    logSumExp.add(Bounds.logSumExp(lse, reference.logSumExp(), reference.maxIsZero()), description);
  }

  void add(Maxima other) {
    softmax.add(other.softmax);
    logSoftmax.add(other.logSoftmax);
    logSumExp.add(other.logSumExp);
  }

  @Override
  public String toString() {
    return List.of(softmax, logSoftmax, logSumExp).toString();
  }
}
