package io.github.softlane;

/**
 * One backend: row kernels over logits for {@code float} and {@code double}.
 *
 * <p>A kernel is stateless and thread-safe, owns no threads, takes no locks and allocates nothing.
 * Every kernel of one release gives the same bits for the same row, whatever the vector width.
 *
 * <p><b>Arguments.</b> A row is the {@code n} elements of {@code x} from index {@code xOffset}; the
 * result goes to the {@code n} elements of {@code y} from {@code yOffset}. {@code n} may be 0: then
 * nothing is read or written. {@code x} and {@code y} may be the same array at the same offset (in
 * place); other overlaps are refused. Arguments are checked before anything is written.
 *
 * <p><b>Special values.</b> A NaN or a {@code +inf} in the row, or a row of {@code -inf} only,
 * gives NaN in the whole row of {@code softmax} and {@code logSoftmax}. {@code -inf} beside finite
 * values is a masked entry: probability exactly {@code +0}, log-probability {@code -inf}.
 *
 * <p>All methods throw {@link NullPointerException} for a null array, {@link
 * IndexOutOfBoundsException} when an offset or {@code n} lies outside its array, and {@link
 * IllegalArgumentException} when {@code x} and {@code y} overlap without being the same range.
 */
public interface Kernel {

  /**
   * The name of the backend: {@code "vector-512"}, {@code "vector-256"}, {@code "vector-128"} or
   * {@code "scalar"}.
   *
   * @return the name, never null
   */
  String name();

  /**
   * Softmax of one row: {@code y[i] = exp(x[i]) / sum_j exp(x[j])}, within 2 ULP.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities, each in [0, 1]
   * @param yOffset index of the first probability
   * @param n length of the row, 0 or more
   */
  void softmax(float[] x, int xOffset, float[] y, int yOffset, int n);

  /**
   * Log-softmax of one row: {@code y[i] = x[i] - log(sum_j exp(x[j]))}, each at most 0. The error
   * is within 2 ULP, or within 2^-24 in absolute terms where that is larger.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the log-probabilities
   * @param yOffset index of the first log-probability
   * @param n length of the row, 0 or more
   */
  void logSoftmax(float[] x, int xOffset, float[] y, int yOffset, int n);

  /**
   * Log-sum-exp of one row: {@code log(sum_j exp(x[j]))}, within 1 ULP, or within 2^-24 in absolute
   * terms where the result lies in (-1, 1).
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @return the log-sum-exp; {@code -inf} for an empty row or a row of {@code -inf}, {@code +inf}
   *     when the row holds a {@code +inf} and no NaN, NaN when it holds a NaN
   */
  float logSumExp(float[] x, int xOffset, int n);

  /**
   * Softmax of one row: {@code y[i] = exp(x[i]) / sum_j exp(x[j])}, within 2 ULP.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the probabilities, each in [0, 1]
   * @param yOffset index of the first probability
   * @param n length of the row, 0 or more
   */
  void softmax(double[] x, int xOffset, double[] y, int yOffset, int n);

  /**
   * Log-softmax of one row: {@code y[i] = x[i] - log(sum_j exp(x[j]))}, each at most 0. The error
   * is within 2 ULP, or within 2^-53 in absolute terms where that is larger.
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param y the array that receives the log-probabilities
   * @param yOffset index of the first log-probability
   * @param n length of the row, 0 or more
   */
  void logSoftmax(double[] x, int xOffset, double[] y, int yOffset, int n);

  /**
   * Log-sum-exp of one row: {@code log(sum_j exp(x[j]))}, within 1 ULP, or within 2^-53 in absolute
   * terms where the result lies in (-1, 1).
   *
   * @param x the array that holds the logits
   * @param xOffset index of the first logit
   * @param n length of the row, 0 or more
   * @return the log-sum-exp; {@code -inf} for an empty row or a row of {@code -inf}, {@code +inf}
   *     when the row holds a {@code +inf} and no NaN, NaN when it holds a NaN
   */
  double logSumExp(double[] x, int xOffset, int n);
}
