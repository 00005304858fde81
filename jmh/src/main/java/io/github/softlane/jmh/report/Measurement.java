package io.github.softlane.jmh.report;

import io.github.softlane.jmh.contender.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The time of one contender for one shape.
 *
 * @param setting what was computed
 * @param shape over which rows
 * @param contender by whom
 * @param forks nanoseconds per element, of each iteration of each JVM
 * @param maxUlp the largest error, or NaN when it was not recorded
 * @param bytesPerRun allocated on the heap per run over all rows, or NaN without {@code -prof gc}
 */
record Measurement(
    Setting setting,
    Shape shape,
    String contender,
    List<List<Double>> forks,
    double maxUlp,
    double bytesPerRun) {

  /** The median over the forks, each of which counts with the median of its iterations. */
  double median() {
    return median(perFork());
  }

  /** Largest less smallest fork, or iteration when there is only one fork, over the median. */
  double spread() {
    double[] values = forks.size() > 1 ? perFork() : toArray(forks.getFirst());
    double min = Arrays.stream(values).min().orElseThrow();
    double max = Arrays.stream(values).max().orElseThrow();
    return (max - min) / median(values);
  }

  private double[] perFork() {
    return forks.stream().mapToDouble(fork -> median(toArray(fork))).toArray();
  }

  private static double[] toArray(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
