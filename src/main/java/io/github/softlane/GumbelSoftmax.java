package io.github.softlane;

import io.github.softlane.internal.passes.DoubleGumbel;
import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatGumbel;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.rows.DoubleHardmax;
import io.github.softlane.internal.rows.FloatHardmax;
import java.util.random.RandomGenerator;

/**
 * Gumbel-softmax (Jang, Gu and Poole 2017; Maddison, Mnih and Teh 2017): samples of classes that a
 * gradient can pass through.
 *
 * <p><b>Formula.</b> {@code y = softmax((x + g) / T)} with independent Gumbel noise {@code g[i] =
 * -log(-log(u[i]))}, u uniform in (0, 1). The largest element is in place i with probability {@code
 * softmax(x)[i]}, whatever T; the smaller T, the closer y is to one-hot. At T = 1 it is a soft
 * vector, not a sample of a class.
 *
 * <ul>
 *   <li>{@code sample}: the soft vector y.
 *   <li>{@code sampleHard}: 1 at the largest element and 0 elsewhere, a sample of softmax(x).
 *   <li>{@code straightThrough}: both from the same noise. The hard one goes forward, and the
 *       gradient goes back as if it had been the soft one, through {@code vjp}.
 * </ul>
 *
 * <p><b>Noise.</b> Each element takes one {@link RandomGenerator#nextLong()}, in the order of the
 * elements, masked ones too. Its 52 high bits choose the middle of one of 2^52 equal parts of (0,
 * 1), so that u is never 0 or 1 and g lies in [-3.61, 36.74]. The logarithms are the library's own,
 * so that a seed gives the same bits on every platform and backend. The noise is added in double
 * and the sum rounded to the type. A generator that several threads share must be safe for that.
 *
 * <p><b>Special values, temperature, ranges, in-place rules and errors</b> are those of {@link
 * Logits}; for the hard samples special values are those of {@link Hardmax}: {@code -inf} is a
 * masked entry, of which there must not be only such. The library allocates nothing in a call.
 */
public final class GumbelSoftmax {
  private GumbelSoftmax() {}

  private static void checkRandom(RandomGenerator random) {
    if (random == null) {
      throw new NullPointerException("random is null");
    }
  }

  /**
   * A soft sample of a whole array at T = 1: {@code y = softmax(x + g)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void sample(float[] x, float[] y, RandomGenerator random) {
    sample(x, y, random, 1);
  }

  /**
   * A soft sample of a whole array: {@code y = softmax((x + g) / T)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void sample(float[] x, float[] y, RandomGenerator random, double temperature) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    sample(x, 0, y, 0, x.length, random, temperature);
  }

  /**
   * A soft sample of one row: {@code y = softmax((x + g) / T)}.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void sample(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int n,
      RandomGenerator random,
      double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    sampleRows(x, xOffset, n, y, yOffset, n, 1, n, random, temperature);
  }

  /**
   * Soft samples of many rows, each on its own, one after the other.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void sampleRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      RandomGenerator random,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    checkRandom(random);
    if (n > 0) {
      RowKernel kernel = Kernels.selected();
      for (int row = 0; row < rows; row++) {
        FloatGumbel.perturb(x, xOffset + row * xStride, y, yOffset + row * yStride, n, random);
      }
      kernel.softmaxRows(y, yOffset, yStride, y, yOffset, yStride, rows, n, temperature);
    }
  }

  /**
   * A hard sample of a whole array: 1 at the largest {@code x[i] + g[i]} and 0 elsewhere.
   *
   * @param x the logits
   * @param y receives 1 and 0; as long as {@code x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void sampleHard(float[] x, float[] y, RandomGenerator random) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    sampleHard(x, 0, y, 0, x.length, random);
  }

  /**
   * A hard sample of one row: 1 at the largest {@code x[i] + g[i]} and 0 elsewhere.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives 1 and 0
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param random where the noise comes from
   */
  public static void sampleHard(
      float[] x, int xOffset, float[] y, int yOffset, int n, RandomGenerator random) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    sampleHardRows(x, xOffset, n, y, yOffset, n, 1, n, random);
  }

  /**
   * Hard samples of many rows, each on its own, one after the other.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives 1 and 0; may be {@code x} with the same offset and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param random where the noise comes from
   */
  public static void sampleHardRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      RandomGenerator random) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1);
    checkRandom(random);
    if (n > 0) {
      FloatPasses passes = Kernels.selected().floats();
      for (int row = 0; row < rows; row++) {
        int yi = yOffset + row * yStride;
        FloatGumbel.perturb(x, xOffset + row * xStride, y, yi, n, random);
        FloatHardmax.hardmax(passes, y, yi, y, yi, n);
      }
    }
  }

  /**
   * A hard sample of a whole array and the soft one from the same noise.
   *
   * @param x the logits
   * @param soft receives {@code softmax((x + g) / T)}; as long as {@code x}, and may be {@code x}
   *     itself
   * @param hard receives 1 at the largest {@code x[i] + g[i]} and 0 elsewhere; as long as {@code
   *     x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   * @throws IllegalArgumentException when the lengths differ, soft and hard are one array, or the
   *     temperature is negative or NaN
   */
  public static void straightThrough(
      float[] x, float[] soft, float[] hard, RandomGenerator random, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("soft", Arguments.length("soft", soft), "x", n);
    Arguments.checkSameLength("hard", Arguments.length("hard", hard), "x", n);
    straightThrough(x, 0, soft, 0, hard, 0, n, random, temperature);
  }

  /**
   * A hard sample of one row and the soft one from the same noise.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param soft the array that receives {@code softmax((x + g) / T)}
   * @param softOffset index of the first of its elements
   * @param hard the array that receives 1 at the largest {@code x[i] + g[i]} and 0 elsewhere
   * @param hardOffset index of the first of its elements
   * @param n length of the row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void straightThrough(
      float[] x,
      int xOffset,
      float[] soft,
      int softOffset,
      float[] hard,
      int hardOffset,
      int n,
      RandomGenerator random,
      double temperature) {
    straightThroughRows(
        x, xOffset, n, soft, softOffset, n, hard, hardOffset, n, 1, n, random, temperature);
  }

  /**
   * Hard samples of many rows and the soft ones from the same noise, one row after the other.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param soft the array that receives {@code softmax((x + g) / T)}; may be {@code x} with the
   *     same offset and stride
   * @param softOffset index of the first of its elements
   * @param softStride distance from one row of {@code soft} to the next, at least n
   * @param hard the array that receives 1 at the largest {@code x[i] + g[i]} and 0 elsewhere; may
   *     be {@code x} with the same offset and stride
   * @param hardOffset index of the first of its elements
   * @param hardStride distance from one row of {@code hard} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void straightThroughRows(
      float[] x,
      int xOffset,
      int xStride,
      float[] soft,
      int softOffset,
      int softStride,
      float[] hard,
      int hardOffset,
      int hardStride,
      int rows,
      int n,
      RandomGenerator random,
      double temperature) {
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("soft", soft, softOffset, softStride, rows, n);
    Arguments.checkRows("hard", hard, hardOffset, hardStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "soft", soft, softOffset, softStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "hard", hard, hardOffset, hardStride, rows, n);
    Overlaps.checkRowsApart(
        "soft", soft, softOffset, softStride, "hard", hard, hardOffset, hardStride, rows, n);
    Arguments.checkTemperature(temperature);
    checkRandom(random);
    if (n > 0) {
      RowKernel kernel = Kernels.selected();
      for (int row = 0; row < rows; row++) {
        int softRow = softOffset + row * softStride;
        int hardRow = hardOffset + row * hardStride;
        FloatGumbel.perturb(x, xOffset + row * xStride, soft, softRow, n, random);
        FloatHardmax.hardmax(kernel.floats(), soft, softRow, hard, hardRow, n);
      }
      kernel.softmaxRows(
          soft, softOffset, softStride, soft, softOffset, softStride, rows, n, temperature);
    }
  }

  /**
   * The vector-Jacobian product of a soft sample of a whole array: {@code gradX[i] = y[i] (gradY[i]
   * - sum(y gradY)) / T}.
   *
   * @param y the soft sample
   * @param gradY the gradient by the sample, soft or hard; as long as {@code y}
   * @param gradX receives the gradient by the logits; as long as {@code y}, and may be {@code y} or
   *     {@code gradY} itself
   * @param temperature T of the sample
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(float[] y, float[] gradY, float[] gradX, double temperature) {
    int n = Arguments.length("y", y);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "y", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "y", n);
    vjpFromOutput(y, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * The vector-Jacobian product of a soft sample of one row: {@code gradX[i] = y[i] (gradY[i] -
   * sum(y gradY)) / T}.
   *
   * @param y the array that holds the soft sample
   * @param yOffset index of the first of its elements
   * @param gradY the array that holds the gradient by the sample, soft or hard
   * @param gradYOffset index of the first of its elements
   * @param gradX the array that receives the gradient by the logits; may be {@code y} or {@code
   *     gradY} with the same offset
   * @param gradXOffset index of the first of its elements
   * @param n length of the row, 0 or more
   * @param temperature T of the sample
   */
  public static void vjpFromOutput(
      float[] y,
      int yOffset,
      float[] gradY,
      int gradYOffset,
      float[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    vjpFromOutputRows(
        y, yOffset, n, gradY, gradYOffset, n, gradX, gradXOffset, n, 1, n, temperature);
  }

  /**
   * The vector-Jacobian products of the soft samples of many rows, each on its own.
   *
   * @param y the array that holds the soft samples; row r starts at {@code yOffset + r * yStride}
   * @param yOffset index of the first of its elements
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param gradY the array that holds the gradients by the samples, soft or hard
   * @param gradYOffset index of the first of its elements
   * @param gradYStride distance from one row of {@code gradY} to the next, at least n
   * @param gradX the array that receives the gradients by the logits; may be {@code y} or {@code
   *     gradY} with the same offset and stride
   * @param gradXOffset index of the first of its elements
   * @param gradXStride distance from one row of {@code gradX} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T of the samples
   */
  public static void vjpFromOutputRows(
      float[] y,
      int yOffset,
      int yStride,
      float[] gradY,
      int gradYOffset,
      int gradYStride,
      float[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("y", y, yOffset, yStride, rows, n);
    Arguments.checkRows("gradY", gradY, gradYOffset, gradYStride, rows, n);
    Arguments.checkRows("gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "y", y, yOffset, yStride, "gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n);
    Arguments.checkTemperature(temperature);
    for (int row = 0; row < rows; row++) {
      int yi = yOffset + row * yStride;
      int gradYi = gradYOffset + row * gradYStride;
      int gradXi = gradXOffset + row * gradXStride;
      FloatGumbel.softmaxVjp(y, yi, gradY, gradYi, gradX, gradXi, n, temperature);
    }
  }

  /**
   * A soft sample of a whole array at T = 1: {@code y = softmax(x + g)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void sample(double[] x, double[] y, RandomGenerator random) {
    sample(x, y, random, 1);
  }

  /**
   * A soft sample of a whole array: {@code y = softmax((x + g) / T)}.
   *
   * @param x the logits
   * @param y receives the probabilities; as long as {@code x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void sample(double[] x, double[] y, RandomGenerator random, double temperature) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    sample(x, 0, y, 0, x.length, random, temperature);
  }

  /**
   * A soft sample of one row: {@code y = softmax((x + g) / T)}.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void sample(
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int n,
      RandomGenerator random,
      double temperature) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    sampleRows(x, xOffset, n, y, yOffset, n, 1, n, random, temperature);
  }

  /**
   * Soft samples of many rows, each on its own, one after the other.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives the probabilities; may be {@code x} with the same offset and
   *     stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void sampleRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      RandomGenerator random,
      double temperature) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, temperature);
    checkRandom(random);
    if (n > 0) {
      RowKernel kernel = Kernels.selected();
      for (int row = 0; row < rows; row++) {
        DoubleGumbel.perturb(x, xOffset + row * xStride, y, yOffset + row * yStride, n, random);
      }
      kernel.softmaxRows(y, yOffset, yStride, y, yOffset, yStride, rows, n, temperature);
    }
  }

  /**
   * A hard sample of a whole array: 1 at the largest {@code x[i] + g[i]} and 0 elsewhere.
   *
   * @param x the logits
   * @param y receives 1 and 0; as long as {@code x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @throws IllegalArgumentException when the lengths differ
   */
  public static void sampleHard(double[] x, double[] y, RandomGenerator random) {
    Arguments.checkSameLength("y", Arguments.length("y", y), "x", Arguments.length("x", x));
    sampleHard(x, 0, y, 0, x.length, random);
  }

  /**
   * A hard sample of one row: 1 at the largest {@code x[i] + g[i]} and 0 elsewhere.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives 1 and 0
   * @param yOffset index of the first of them
   * @param n length of the row, 0 or more
   * @param random where the noise comes from
   */
  public static void sampleHard(
      double[] x, int xOffset, double[] y, int yOffset, int n, RandomGenerator random) {
    Arguments.checkRows(x, xOffset, y, yOffset, n);
    sampleHardRows(x, xOffset, n, y, yOffset, n, 1, n, random);
  }

  /**
   * Hard samples of many rows, each on its own, one after the other.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param y the array that receives 1 and 0; may be {@code x} with the same offset and stride
   * @param yOffset index of the first of them
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param random where the noise comes from
   */
  public static void sampleHardRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] y,
      int yOffset,
      int yStride,
      int rows,
      int n,
      RandomGenerator random) {
    Arguments.checkRows(x, xOffset, xStride, y, yOffset, yStride, rows, n, 1);
    checkRandom(random);
    if (n > 0) {
      DoublePasses passes = Kernels.selected().doubles();
      for (int row = 0; row < rows; row++) {
        int yi = yOffset + row * yStride;
        DoubleGumbel.perturb(x, xOffset + row * xStride, y, yi, n, random);
        DoubleHardmax.hardmax(passes, y, yi, y, yi, n);
      }
    }
  }

  /**
   * A hard sample of a whole array and the soft one from the same noise.
   *
   * @param x the logits
   * @param soft receives {@code softmax((x + g) / T)}; as long as {@code x}, and may be {@code x}
   *     itself
   * @param hard receives 1 at the largest {@code x[i] + g[i]} and 0 elsewhere; as long as {@code
   *     x}, and may be {@code x} itself
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   * @throws IllegalArgumentException when the lengths differ, soft and hard are one array, or the
   *     temperature is negative or NaN
   */
  public static void straightThrough(
      double[] x, double[] soft, double[] hard, RandomGenerator random, double temperature) {
    int n = Arguments.length("x", x);
    Arguments.checkSameLength("soft", Arguments.length("soft", soft), "x", n);
    Arguments.checkSameLength("hard", Arguments.length("hard", hard), "x", n);
    straightThrough(x, 0, soft, 0, hard, 0, n, random, temperature);
  }

  /**
   * A hard sample of one row and the soft one from the same noise.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param soft the array that receives {@code softmax((x + g) / T)}
   * @param softOffset index of the first of its elements
   * @param hard the array that receives 1 at the largest {@code x[i] + g[i]} and 0 elsewhere
   * @param hardOffset index of the first of its elements
   * @param n length of the row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void straightThrough(
      double[] x,
      int xOffset,
      double[] soft,
      int softOffset,
      double[] hard,
      int hardOffset,
      int n,
      RandomGenerator random,
      double temperature) {
    straightThroughRows(
        x, xOffset, n, soft, softOffset, n, hard, hardOffset, n, 1, n, random, temperature);
  }

  /**
   * Hard samples of many rows and the soft ones from the same noise, one row after the other.
   *
   * @param x the array that holds the logits; row r starts at {@code xOffset + r * xStride}
   * @param xOffset index of the first logit of the first row
   * @param xStride distance from one row of {@code x} to the next, at least n
   * @param soft the array that receives {@code softmax((x + g) / T)}; may be {@code x} with the
   *     same offset and stride
   * @param softOffset index of the first of its elements
   * @param softStride distance from one row of {@code soft} to the next, at least n
   * @param hard the array that receives 1 at the largest {@code x[i] + g[i]} and 0 elsewhere; may
   *     be {@code x} with the same offset and stride
   * @param hardOffset index of the first of its elements
   * @param hardStride distance from one row of {@code hard} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param random where the noise comes from
   * @param temperature T: 0 or more, +inf allowed; see {@link Logits}
   */
  public static void straightThroughRows(
      double[] x,
      int xOffset,
      int xStride,
      double[] soft,
      int softOffset,
      int softStride,
      double[] hard,
      int hardOffset,
      int hardStride,
      int rows,
      int n,
      RandomGenerator random,
      double temperature) {
    Arguments.checkRows("x", x, xOffset, xStride, rows, n);
    Arguments.checkRows("soft", soft, softOffset, softStride, rows, n);
    Arguments.checkRows("hard", hard, hardOffset, hardStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "soft", soft, softOffset, softStride, rows, n);
    Overlaps.checkSameOrApart(
        "x", x, xOffset, xStride, "hard", hard, hardOffset, hardStride, rows, n);
    Overlaps.checkRowsApart(
        "soft", soft, softOffset, softStride, "hard", hard, hardOffset, hardStride, rows, n);
    Arguments.checkTemperature(temperature);
    checkRandom(random);
    if (n > 0) {
      RowKernel kernel = Kernels.selected();
      for (int row = 0; row < rows; row++) {
        int softRow = softOffset + row * softStride;
        int hardRow = hardOffset + row * hardStride;
        DoubleGumbel.perturb(x, xOffset + row * xStride, soft, softRow, n, random);
        DoubleHardmax.hardmax(kernel.doubles(), soft, softRow, hard, hardRow, n);
      }
      kernel.softmaxRows(
          soft, softOffset, softStride, soft, softOffset, softStride, rows, n, temperature);
    }
  }

  /**
   * The vector-Jacobian product of a soft sample of a whole array: {@code gradX[i] = y[i] (gradY[i]
   * - sum(y gradY)) / T}.
   *
   * @param y the soft sample
   * @param gradY the gradient by the sample, soft or hard; as long as {@code y}
   * @param gradX receives the gradient by the logits; as long as {@code y}, and may be {@code y} or
   *     {@code gradY} itself
   * @param temperature T of the sample
   * @throws IllegalArgumentException when the lengths differ, or the temperature is negative or NaN
   */
  public static void vjpFromOutput(double[] y, double[] gradY, double[] gradX, double temperature) {
    int n = Arguments.length("y", y);
    Arguments.checkSameLength("gradY", Arguments.length("gradY", gradY), "y", n);
    Arguments.checkSameLength("gradX", Arguments.length("gradX", gradX), "y", n);
    vjpFromOutput(y, 0, gradY, 0, gradX, 0, n, temperature);
  }

  /**
   * The vector-Jacobian product of a soft sample of one row: {@code gradX[i] = y[i] (gradY[i] -
   * sum(y gradY)) / T}.
   *
   * @param y the array that holds the soft sample
   * @param yOffset index of the first of its elements
   * @param gradY the array that holds the gradient by the sample, soft or hard
   * @param gradYOffset index of the first of its elements
   * @param gradX the array that receives the gradient by the logits; may be {@code y} or {@code
   *     gradY} with the same offset
   * @param gradXOffset index of the first of its elements
   * @param n length of the row, 0 or more
   * @param temperature T of the sample
   */
  public static void vjpFromOutput(
      double[] y,
      int yOffset,
      double[] gradY,
      int gradYOffset,
      double[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    vjpFromOutputRows(
        y, yOffset, n, gradY, gradYOffset, n, gradX, gradXOffset, n, 1, n, temperature);
  }

  /**
   * The vector-Jacobian products of the soft samples of many rows, each on its own.
   *
   * @param y the array that holds the soft samples; row r starts at {@code yOffset + r * yStride}
   * @param yOffset index of the first of its elements
   * @param yStride distance from one row of {@code y} to the next, at least n
   * @param gradY the array that holds the gradients by the samples, soft or hard
   * @param gradYOffset index of the first of its elements
   * @param gradYStride distance from one row of {@code gradY} to the next, at least n
   * @param gradX the array that receives the gradients by the logits; may be {@code y} or {@code
   *     gradY} with the same offset and stride
   * @param gradXOffset index of the first of its elements
   * @param gradXStride distance from one row of {@code gradX} to the next, at least n
   * @param rows number of rows, 0 or more
   * @param n length of a row, 0 or more
   * @param temperature T of the samples
   */
  public static void vjpFromOutputRows(
      double[] y,
      int yOffset,
      int yStride,
      double[] gradY,
      int gradYOffset,
      int gradYStride,
      double[] gradX,
      int gradXOffset,
      int gradXStride,
      int rows,
      int n,
      double temperature) {
    Arguments.checkRows("y", y, yOffset, yStride, rows, n);
    Arguments.checkRows("gradY", gradY, gradYOffset, gradYStride, rows, n);
    Arguments.checkRows("gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "y", y, yOffset, yStride, "gradX", gradX, gradXOffset, gradXStride, rows, n);
    Overlaps.checkSameOrApart(
        "gradY",
        gradY,
        gradYOffset,
        gradYStride,
        "gradX",
        gradX,
        gradXOffset,
        gradXStride,
        rows,
        n);
    Arguments.checkTemperature(temperature);
    for (int row = 0; row < rows; row++) {
      int yi = yOffset + row * yStride;
      int gradYi = gradYOffset + row * gradYStride;
      int gradXi = gradXOffset + row * gradXStride;
      DoubleGumbel.softmaxVjp(y, yi, gradY, gradYi, gradX, gradXi, n, temperature);
    }
  }
}
