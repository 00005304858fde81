package io.github.softlane.internal.arithmetic;

/**
 * A sum that is not negative, with 57 significant bits, in one {@code long}.
 *
 * <p>A double would round the sum of a row to 53 bits, and that one rounding would cost a softmax
 * up to 1 ULP; two doubles cannot be returned without allocating. The word holds an exponent in its
 * upper 7 bits and an integer below 2^57 in the others. All ones is NaN. Sums below 2^{@value
 * #MIN_EXPONENT} keep the grid of that exponent, 2^-56 of it: nothing beside the sum of a row,
 * which is at least 0.7.
 */
public final class WideSum {
  private static final int BITS = 57;
  private static final long INTEGER = (1L << BITS) - 1;

  /** The bits that a double has no room for. */
  private static final long LOW = (1L << (BITS - 53)) - 1;

  private static final int MIN_EXPONENT = -90;
  private static final long NAN = -1;

  private WideSum() {}

  /** The word for {@code hi + lo}, 0 or at least 2^-90 and below 2^36. */
  public static long of(double hi, double lo) {
    double sum = hi + lo;
    if (Double.isNaN(sum)) {
      return NAN;
    }
    int exponent = Math.max(Math.getExponent(sum), MIN_EXPONENT);
    double part = sum - hi;
    double error = (hi - (sum - part)) + (lo - part);
    long integer =
        (long) Math.scalb(sum, BITS - 1 - exponent)
            + (long) Math.rint(Math.scalb(error, BITS - 1 - exponent));
    return (long) (exponent - MIN_EXPONENT) << BITS | integer;
  }

  /** The sum of two. */
  public static long add(long a, long b) {
    double sum = hi(a) + hi(b);
    double part = sum - hi(a);
    double error = (hi(a) - (sum - part)) + (hi(b) - part);
    return of(sum, error + lo(a) + lo(b));
  }

  /** Whether the word stands for NaN. */
  public static boolean isNaN(long word) {
    return word == NAN;
  }

  /** The first 53 bits of the sum; NaN for NaN. */
  public static double hi(long word) {
    return word == NAN ? Double.NaN : scaled(word, word & INTEGER & ~LOW);
  }

  /** What {@link #hi} leaves over. */
  public static double lo(long word) {
    return word == NAN ? Double.NaN : scaled(word, word & LOW);
  }

  /** The sum, rounded; NaN for NaN. */
  public static double rounded(long word) {
    return hi(word) + lo(word);
  }

  private static double scaled(long word, long integer) {
    int exponent = (int) (word >>> BITS) + MIN_EXPONENT;
    return Math.scalb((double) integer, exponent - (BITS - 1));
  }
}
