package io.github.softlane.special;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Lengths, positions and temperatures at which special values are tried. */
final class Rows {
  /** Around the lane counts, around a block of 1024, and two blocks with a tail. */
  private static final int[] LENGTHS = {
    1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 65, 130, 1024, 1039, 2100
  };

  private static final int LANES = 16;

  /** Usual ones, those out of the range of a float's reciprocal or of a double's, the limits. */
  static final double[] TEMPERATURES = {
    1,
    0.7,
    2,
    1e-3,
    1e3,
    Float.MIN_VALUE,
    1e-300,
    Double.MIN_VALUE,
    1e300,
    Double.MAX_VALUE,
    0,
    Double.POSITIVE_INFINITY
  };

  private Rows() {}

  /** Every backend with every type and length; a method source. */
  static Stream<Arguments> subjectsAndLengths() {
    return Subject.all().stream()
        .flatMap(subject -> IntStream.of(LENGTHS).mapToObj(n -> Arguments.of(subject, n)));
  }

  /** Longer rows are tried at fewer positions. */
  private static final int MANY = 200;

  /** First, last, each lane, the middle, and in the tail after the last whole set of lanes. */
  static List<Integer> positions(int n) {
    TreeSet<Integer> positions = new TreeSet<>(List.of(0, n - 1, n / 2, n - n % LANES));
    for (int lane = 0; lane < LANES; lane++) {
      positions.add(lane);
      if (n < MANY) {
        positions.add(n / 2 / LANES * LANES + lane);
      }
    }
    return positions.stream().filter(position -> position < n).toList();
  }

  /** Finite logits between -8 and 8, the same for each n. */
  static double[] finite(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-8, 8);
    }
    return x;
  }
}
