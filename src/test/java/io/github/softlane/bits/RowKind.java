package io.github.softlane.bits;

import java.util.Random;

/** Kinds of rows: plain data at several scales, every special value, and the algorithms' edges. */
public enum RowKind {
  NARROW {
    @Override
    double element(Random random, int i, Range range) {
      return uniform(random) * 0.1;
    }
  },
  UNIT {
    @Override
    double element(Random random, int i, Range range) {
      return bell(random);
    }
  },
  WIDE {
    @Override
    double element(Random random, int i, Range range) {
      return uniform(random) * 60;
    }
  },
  /** Most elements underflow. */
  STEEP {
    @Override
    double element(Random random, int i, Range range) {
      return uniform(random) * 3000;
    }
  },
  /** Far from 0, but not so far that the row is shifted. */
  OFFSET {
    @Override
    double element(Random random, int i, Range range) {
      return bell(random) * 5 - 600;
    }
  },
  /** So far from 0 that the row is shifted by its maximum. */
  FAR {
    @Override
    double element(Random random, int i, Range range) {
      return 1e6 + bell(random) * 5;
    }
  },
  HUGE {
    @Override
    double element(Random random, int i, Range range) {
      return uniform(random) * range.max;
    }
  },
  EXTREMES {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextBoolean() ? range.max : -range.max;
    }
  },
  SUBNORMAL {
    @Override
    double element(Random random, int i, Range range) {
      return uniform(random) * range.minNormal;
    }
  },
  ZEROS {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextBoolean() ? 0.0 : -0.0;
    }
  },
  CONSTANT {
    @Override
    double element(Random random, int i, Range range) {
      return 3.7;
    }
  },
  NEARLY_CONSTANT {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextInt(50) == 0 ? 3.7 + range.step : 3.7;
    }
  },
  TIES {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextInt(4) * 1.5;
    }
  },
  /** The first element outweighs all others together. */
  DOMINATED_FIRST {
    @Override
    double element(Random random, int i, Range range) {
      return i == 0 ? 45 : bell(random);
    }
  },
  /** An element among the others outweighs them, and the log-sum-exp is near 0. */
  DOMINATED_AT_ZERO {
    @Override
    double element(Random random, int i, Range range) {
      return i == 21 ? 0 : -30 + 8 * uniform(random);
    }
  },
  MASKED_30 {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextInt(100) < 30 ? Double.NEGATIVE_INFINITY : 4 * bell(random);
    }
  },
  MASKED_95 {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextInt(100) < 95 ? Double.NEGATIVE_INFINITY : 4 * bell(random);
    }
  },
  ALL_MASKED {
    @Override
    double element(Random random, int i, Range range) {
      return Double.NEGATIVE_INFINITY;
    }
  },
  SOME_INFINITE {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextInt(20) == 0 ? Double.POSITIVE_INFINITY : bell(random);
    }
  },
  /** About one NaN a row. */
  FEW_NANS {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextInt(60) == 0 ? Double.NaN : bell(random);
    }
  },
  MANY_NANS {
    @Override
    double element(Random random, int i, Range range) {
      return random.nextInt(3) == 0 ? Double.NaN : bell(random);
    }
  },
  /** Every special value in one row. */
  MIXED {
    @Override
    double element(Random random, int i, Range range) {
      return switch (random.nextInt(60)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2, 3, 4, 5 -> Double.NEGATIVE_INFINITY;
        case 6 -> range.max;
        case 7 -> -range.max;
        case 8, 9 -> -0.0;
        case 10, 11 -> range.minNormal / 8;
        default -> bell(random);
      };
    }
  };

  /**
   * The numbers in which the types differ.
   *
   * @param max the largest number
   * @param minNormal the smallest normal number
   * @param step an ulp at 3.7
   */
  record Range(double max, double minNormal, double step) {}

  /** The element at an index of the row; a NaN is given a payload by the type. */
  abstract double element(Random random, int i, Range range);

  private static double uniform(Random random) {
    return 2 * random.nextDouble() - 1;
  }

  private static double bell(Random random) {
    return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble()) - 3;
  }
}
