package io.github.softlane;

import io.github.softlane.internal.rows.DoubleInformation;
import io.github.softlane.internal.rows.FloatInformation;

/**
 * Entropy of the softmax of a row of logits, and divergences of the softmaxes of two, in nats, at a
 * temperature, without forming probabilities: Shannon's entropy (1948), the divergence of Kullback
 * and Leibler (1951), and that of Lin (1991), known as the Jensen-Shannon divergence (not its
 * square root, the distance).
 *
 * <p><b>Accuracy.</b> For {@code float} a result is the exact one rounded, as good as correctly: at
 * most 0.501 ULP off for an entropy, down to the smallest number, whatever the peak. For {@code
 * double}, with u = 2^-53, an entropy is within 4 u of its own size (2.5 u the largest error in 600
 * random rows) while it is above 2^-930. A divergence D of either kind is within {@code 4 u (D + (1
 * + log n) sqrt(D))} and 4 u^2 (1 + log n)^2 beside it (0.9 u the largest found), which is small
 * beside D for close rows too, and it is never negative; that of a row to itself is exactly 0. For
 * {@code float} the rounding comes on top.
 *
 * <p><b>Temperature.</b> 0 or more, +inf allowed; negative or NaN is an {@link
 * IllegalArgumentException}. It applies to both rows of a divergence. At T = +inf the distributions
 * are uniform over the entries that are not {@code -inf}; at T = 0 all probability is at the first
 * maximum, so that the entropy is 0 and the divergences are 0 where both rows have it at the same
 * index, and else +inf and log 2.
 *
 * <p><b>Special values.</b> A row with a NaN, a {@code +inf}, or only {@code -inf} has no
 * distribution, nor has an empty one: the result is NaN. {@code -inf} beside finite values is a
 * masked entry of probability 0, which adds nothing to an entropy ({@code 0 log 0 = 0}).
 * Kullback-Leibler is +inf where an entry is masked in q and not in p. It is finite, if large,
 * where the probability in q is only too small for the type.
 *
 * <p>No call allocates, takes a lock or owns a thread; every backend gives the same bits. The loops
 * are plain Java in double for both types, with one exponential an element and row (two for
 * divergences), and slower than the vector code of {@link Logits#logSumExp(float[])}: the sums need
 * each exponential beside its exponent, and there is no row to store it in.
 *
 * <p>All calls throw {@link NullPointerException} for a null array, {@link
 * IndexOutOfBoundsException} when an offset or length lies outside its array, and {@link
 * IllegalStateException} where {@link Kernels#best()} does; nothing is written then.
 */
public final class Information {
  private Information() {}

  /**
   * Entropy of the softmax of a whole array, in nats: {@code -sum_i p[i] log p[i]} with {@code p =
   * softmax(x)}.
   *
   * @param x the logits
   * @return the entropy, 0 or more; NaN for an empty array
   */
  public static float entropy(float[] x) {
    return entropy(x, 1);
  }

  /**
   * Entropy of the softmax of a whole array at a temperature, in nats: {@code -sum_i p[i] log p[i]}
   * with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the entropy, 0 or more; NaN for an empty array
   */
  public static float entropy(float[] x, double temperature) {
    return entropy(x, 0, Arguments.length("x", x), temperature);
  }

  /**
   * Entropy of the softmax of one row at a temperature, in nats.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the entropy, 0 or more; NaN for an empty row
   */
  public static float entropy(float[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkTemperature(temperature);
    return n == 0
        ? Float.NaN
        : (float) FloatInformation.entropy(Kernels.selected().floats(), x, xOffset, n, temperature);
  }

  /**
   * Entropies of the softmaxes of many rows at a temperature, in nats, one each.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param y the array that receives one value a row; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void entropyRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkResults(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    for (int row = 0; row < rows; row++) {
      y[yOffset + row] = entropy(x, n == 0 ? 0 : xOffset + row * xStride, n, temperature);
    }
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of two arrays, in nats: {@code
   * sum_i p[i] log(p[i] / q[i])} with {@code p = softmax(xp)} and {@code q = softmax(xq)}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @return the divergence, 0 or more, +inf where an entry has probability in p and none in q; NaN
   *     for empty arrays
   * @throws IllegalArgumentException when the lengths differ
   */
  public static float klDivergence(float[] xp, float[] xq) {
    return klDivergence(xp, xq, 1);
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of two arrays at a temperature,
   * in nats: {@code sum_i p[i] log(p[i] / q[i])} with {@code p = softmax(xp / T)} and {@code q =
   * softmax(xq / T)}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, 0 or more, +inf where an entry has probability in p and none in q; NaN
   *     for empty arrays
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static float klDivergence(float[] xp, float[] xq, double temperature) {
    int n = Arguments.length("xp", xp);
    Arguments.checkSameLength("xq", Arguments.length("xq", xq), "xp", n);
    return klDivergence(xp, 0, xq, 0, n, temperature);
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of two rows at a temperature,
   * in nats.
   *
   * @param xp the array that holds the logits of p
   * @param xpOffset index of the first of them
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first of them
   * @param n length of the rows, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, 0 or more, +inf where an entry has probability in p and none in q; NaN
   *     for empty rows
   */
  public static float klDivergence(
      float[] xp, int xpOffset, float[] xq, int xqOffset, int n, double temperature) {
    Operands.checkPair(xp, xpOffset, xq, xqOffset, n, temperature);
    return n == 0
        ? Float.NaN
        : (float)
            FloatInformation.klDivergence(
                Kernels.selected().floats(), xp, xpOffset, xq, xqOffset, n, temperature);
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of many pairs of rows at a
   * temperature, in nats, one value each.
   *
   * @param xp the array that holds the logits of p; row r starts at {@code xpOffset + r * xpStride}
   * @param xpOffset index of the first logit of the first row
   * @param xpStride distance from one row to the next, at least n
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first logit of the first row
   * @param xqStride distance from one row to the next, at least n
   * @param y the array that receives one value a pair; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of pairs, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void klDivergenceRows(
      float[] xp,
      int xpOffset,
      int xpStride,
      float[] xq,
      int xqOffset,
      int xqStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Operands.checkPairs(
        xp, xpOffset, xpStride, xq, xqOffset, xqStride, y, yOffset, rows, n, temperature);
    for (int row = 0; row < rows; row++) {
      int xpi = n == 0 ? 0 : xpOffset + row * xpStride;
      int xqi = n == 0 ? 0 : xqOffset + row * xqStride;
      y[yOffset + row] = klDivergence(xp, xpi, xq, xqi, n, temperature);
    }
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of two arrays, in nats: {@code KL(p || m) / 2 + KL(q
   * || m) / 2} with {@code p = softmax(xp)}, {@code q = softmax(xq)} and {@code m = (p + q) / 2}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @return the divergence, in [0, log 2]; NaN for empty arrays
   * @throws IllegalArgumentException when the lengths differ
   */
  public static float jsDivergence(float[] xp, float[] xq) {
    return jsDivergence(xp, xq, 1);
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of two arrays at a temperature, in nats: {@code KL(p
   * || m) / 2 + KL(q || m) / 2} with {@code p = softmax(xp / T)}, {@code q = softmax(xq / T)} and
   * {@code m = (p + q) / 2}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, in [0, log 2]; NaN for empty arrays
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static float jsDivergence(float[] xp, float[] xq, double temperature) {
    int n = Arguments.length("xp", xp);
    Arguments.checkSameLength("xq", Arguments.length("xq", xq), "xp", n);
    return jsDivergence(xp, 0, xq, 0, n, temperature);
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of two rows at a temperature, in nats.
   *
   * @param xp the array that holds the logits of p
   * @param xpOffset index of the first of them
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first of them
   * @param n length of the rows, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, in [0, log 2]; NaN for empty rows
   */
  public static float jsDivergence(
      float[] xp, int xpOffset, float[] xq, int xqOffset, int n, double temperature) {
    Operands.checkPair(xp, xpOffset, xq, xqOffset, n, temperature);
    return n == 0
        ? Float.NaN
        : (float)
            FloatInformation.jsDivergence(
                Kernels.selected().floats(), xp, xpOffset, xq, xqOffset, n, temperature);
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of many pairs of rows at a temperature, in nats, one
   * value each.
   *
   * @param xp the array that holds the logits of p; row r starts at {@code xpOffset + r * xpStride}
   * @param xpOffset index of the first logit of the first row
   * @param xpStride distance from one row to the next, at least n
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first logit of the first row
   * @param xqStride distance from one row to the next, at least n
   * @param y the array that receives one value a pair; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of pairs, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jsDivergenceRows(
      float[] xp,
      int xpOffset,
      int xpStride,
      float[] xq,
      int xqOffset,
      int xqStride,
      float[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Operands.checkPairs(
        xp, xpOffset, xpStride, xq, xqOffset, xqStride, y, yOffset, rows, n, temperature);
    for (int row = 0; row < rows; row++) {
      int xpi = n == 0 ? 0 : xpOffset + row * xpStride;
      int xqi = n == 0 ? 0 : xqOffset + row * xqStride;
      y[yOffset + row] = jsDivergence(xp, xpi, xq, xqi, n, temperature);
    }
  }

  /**
   * Entropy of the softmax of a whole array, in nats: {@code -sum_i p[i] log p[i]} with {@code p =
   * softmax(x)}.
   *
   * @param x the logits
   * @return the entropy, 0 or more; NaN for an empty array
   */
  public static double entropy(double[] x) {
    return entropy(x, 1);
  }

  /**
   * Entropy of the softmax of a whole array at a temperature, in nats: {@code -sum_i p[i] log p[i]}
   * with {@code p = softmax(x / T)}.
   *
   * @param x the logits
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the entropy, 0 or more; NaN for an empty array
   */
  public static double entropy(double[] x, double temperature) {
    return entropy(x, 0, Arguments.length("x", x), temperature);
  }

  /**
   * Entropy of the softmax of one row at a temperature, in nats.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the entropy, 0 or more; NaN for an empty row
   */
  public static double entropy(double[] x, int xOffset, int n, double temperature) {
    Arguments.checkRow(x, xOffset, n);
    Arguments.checkTemperature(temperature);
    return n == 0
        ? Double.NaN
        : DoubleInformation.entropy(Kernels.selected().doubles(), x, xOffset, n, temperature);
  }

  /**
   * Entropies of the softmaxes of many rows at a temperature, in nats, one each.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row to the next, at least n
   * @param y the array that receives one value a row; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void entropyRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Arguments.checkResults(x, xOffset, xStride, y, yOffset, rows, n, temperature);
    for (int row = 0; row < rows; row++) {
      y[yOffset + row] = entropy(x, n == 0 ? 0 : xOffset + row * xStride, n, temperature);
    }
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of two arrays, in nats: {@code
   * sum_i p[i] log(p[i] / q[i])} with {@code p = softmax(xp)} and {@code q = softmax(xq)}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @return the divergence, 0 or more, +inf where an entry has probability in p and none in q; NaN
   *     for empty arrays
   * @throws IllegalArgumentException when the lengths differ
   */
  public static double klDivergence(double[] xp, double[] xq) {
    return klDivergence(xp, xq, 1);
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of two arrays at a temperature,
   * in nats: {@code sum_i p[i] log(p[i] / q[i])} with {@code p = softmax(xp / T)} and {@code q =
   * softmax(xq / T)}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, 0 or more, +inf where an entry has probability in p and none in q; NaN
   *     for empty arrays
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static double klDivergence(double[] xp, double[] xq, double temperature) {
    int n = Arguments.length("xp", xp);
    Arguments.checkSameLength("xq", Arguments.length("xq", xq), "xp", n);
    return klDivergence(xp, 0, xq, 0, n, temperature);
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of two rows at a temperature,
   * in nats.
   *
   * @param xp the array that holds the logits of p
   * @param xpOffset index of the first of them
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first of them
   * @param n length of the rows, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, 0 or more, +inf where an entry has probability in p and none in q; NaN
   *     for empty rows
   */
  public static double klDivergence(
      double[] xp, int xpOffset, double[] xq, int xqOffset, int n, double temperature) {
    Operands.checkPair(xp, xpOffset, xq, xqOffset, n, temperature);
    return n == 0
        ? Double.NaN
        : DoubleInformation.klDivergence(
            Kernels.selected().doubles(), xp, xpOffset, xq, xqOffset, n, temperature);
  }

  /**
   * Kullback-Leibler divergence {@code KL(p || q)} of the softmaxes of many pairs of rows at a
   * temperature, in nats, one value each.
   *
   * @param xp the array that holds the logits of p; row r starts at {@code xpOffset + r * xpStride}
   * @param xpOffset index of the first logit of the first row
   * @param xpStride distance from one row to the next, at least n
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first logit of the first row
   * @param xqStride distance from one row to the next, at least n
   * @param y the array that receives one value a pair; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of pairs, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void klDivergenceRows(
      double[] xp,
      int xpOffset,
      int xpStride,
      double[] xq,
      int xqOffset,
      int xqStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Operands.checkPairs(
        xp, xpOffset, xpStride, xq, xqOffset, xqStride, y, yOffset, rows, n, temperature);
    for (int row = 0; row < rows; row++) {
      int xpi = n == 0 ? 0 : xpOffset + row * xpStride;
      int xqi = n == 0 ? 0 : xqOffset + row * xqStride;
      y[yOffset + row] = klDivergence(xp, xpi, xq, xqi, n, temperature);
    }
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of two arrays, in nats: {@code KL(p || m) / 2 + KL(q
   * || m) / 2} with {@code p = softmax(xp)}, {@code q = softmax(xq)} and {@code m = (p + q) / 2}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @return the divergence, in [0, log 2]; NaN for empty arrays
   * @throws IllegalArgumentException when the lengths differ
   */
  public static double jsDivergence(double[] xp, double[] xq) {
    return jsDivergence(xp, xq, 1);
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of two arrays at a temperature, in nats: {@code KL(p
   * || m) / 2 + KL(q || m) / 2} with {@code p = softmax(xp / T)}, {@code q = softmax(xq / T)} and
   * {@code m = (p + q) / 2}.
   *
   * @param xp the logits of p
   * @param xq the logits of q; as many
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, in [0, log 2]; NaN for empty arrays
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static double jsDivergence(double[] xp, double[] xq, double temperature) {
    int n = Arguments.length("xp", xp);
    Arguments.checkSameLength("xq", Arguments.length("xq", xq), "xp", n);
    return jsDivergence(xp, 0, xq, 0, n, temperature);
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of two rows at a temperature, in nats.
   *
   * @param xp the array that holds the logits of p
   * @param xpOffset index of the first of them
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first of them
   * @param n length of the rows, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   * @return the divergence, in [0, log 2]; NaN for empty rows
   */
  public static double jsDivergence(
      double[] xp, int xpOffset, double[] xq, int xqOffset, int n, double temperature) {
    Operands.checkPair(xp, xpOffset, xq, xqOffset, n, temperature);
    return n == 0
        ? Double.NaN
        : DoubleInformation.jsDivergence(
            Kernels.selected().doubles(), xp, xpOffset, xq, xqOffset, n, temperature);
  }

  /**
   * Jensen-Shannon divergence of the softmaxes of many pairs of rows at a temperature, in nats, one
   * value each.
   *
   * @param xp the array that holds the logits of p; row r starts at {@code xpOffset + r * xpStride}
   * @param xpOffset index of the first logit of the first row
   * @param xpStride distance from one row to the next, at least n
   * @param xq the array that holds the logits of q; may be {@code xp}
   * @param xqOffset index of the first logit of the first row
   * @param xqStride distance from one row to the next, at least n
   * @param y the array that receives one value a pair; no part of the rows themselves
   * @param yOffset index of the first value
   * @param rows number of pairs, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T: 0 or more, +inf allowed; see the class
   */
  public static void jsDivergenceRows(
      double[] xp,
      int xpOffset,
      int xpStride,
      double[] xq,
      int xqOffset,
      int xqStride,
      double[] y,
      int yOffset,
      int rows,
      int n,
      double temperature) {
    Operands.checkPairs(
        xp, xpOffset, xpStride, xq, xqOffset, xqStride, y, yOffset, rows, n, temperature);
    for (int row = 0; row < rows; row++) {
      int xpi = n == 0 ? 0 : xpOffset + row * xpStride;
      int xqi = n == 0 ? 0 : xqOffset + row * xqStride;
      y[yOffset + row] = jsDivergence(xp, xpi, xq, xqi, n, temperature);
    }
  }
}
