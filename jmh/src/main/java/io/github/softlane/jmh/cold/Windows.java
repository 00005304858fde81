package io.github.softlane.jmh.cold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows done in each window of time, by several JVMs of one kind. */
final class Windows {
  private final List<int[]> runs = new ArrayList<>();

  /** Takes the line that {@link FirstSeconds} prints. */
  void add(String line) {
    int[] rows = Arrays.stream(line.strip().split(" ")).mapToInt(Integer::parseInt).toArray();
    if (!runs.isEmpty() && rows.length != runs.getFirst().length) {
      throw new IllegalArgumentException(
          rows.length + " windows after " + runs.getFirst().length + ": " + line);
    }
    runs.add(rows);
  }

  int count() {
    return runs.getFirst().length;
  }

  /** The median over the JVMs of the rows in a window. */
  double median(int window) {
    double[] sorted = runs.stream().mapToDouble(rows -> rows[window]).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The least of the medians, as a share of those of another kind in the same window. */
  double leastShareOf(Windows other) {
    double least = Double.POSITIVE_INFINITY;
    for (int window = 0; window < count(); window++) {
      least = Math.min(least, median(window) / other.median(window));
    }
    return least;
  }

  /**
   * When full speed is reached.
   *
   * @return the first window from which on all medians are at least 0.8 of the largest; the number
   *     of windows when the last one is not
   */
  int firstOfFullSpeed() {
    double full = 0;
    for (int window = 0; window < count(); window++) {
      full = Math.max(full, median(window));
    }
    int first = count();
    while (first > 0 && median(first - 1) >= 0.8 * full) {
      first--;
    }
    return first;
  }
}
