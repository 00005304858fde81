package io.github.softlane;

import java.util.List;

/**
 * How often predictions are right, by how sure they are: the rows of a held-out set in bins of
 * equal width over their confidence (Naeini, Cooper and Hauskrecht, AAAI 2015; Guo, Pleiss, Sun and
 * Weinberger, ICML 2017).
 *
 * <p>The confidence of a row is its largest probability. With M bins, bin m (from 0) has the rows
 * whose confidence lies in {@code (m/M, (m+1)/M]}, the edges rounded to the nearest double. A row
 * whose softmax is NaN is in no bin.
 *
 * @param bins the bins in ascending order, at least one; unmodifiable
 * @param undefinedRows number of rows in no bin, 0 or more
 */
public record ReliabilityTable(List<Bin> bins, int undefinedRows) {

  /** Makes a table with a copy of the list. */
  public ReliabilityTable {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param lower confidences in the bin are above it
   * @param upper and at most this
   * @param count number of rows, 0 or more
   * @param meanConfidence the mean of their confidences; NaN in an empty bin
   * @param accuracy the share of them whose first maximum is the label; NaN in an empty bin
   */
  public record Bin(double lower, double upper, int count, double meanConfidence, double accuracy) {

    /**
     * How far confidence and accuracy lie apart: {@code |accuracy - meanConfidence|}.
     *
     * @return the gap, from 0 to 1; NaN in an empty bin
     */
    public double gap() {
      return Math.abs(accuracy - meanConfidence);
    }
  }

  /**
   * The number of rows in bins.
   *
   * @return the sum of all counts
   */
  public int rows() {
    int rows = 0;
    for (Bin bin : bins) {
      rows += bin.count;
    }
    return rows;
  }

  /**
   * The expected calibration error (ECE): the mean of the bins' gaps, each weighted by its count.
   *
   * @return the error, from 0 to 1; NaN without rows or with a row that is in no bin
   */
  public double expectedCalibrationError() {
    int rows = rows();
    double sum = undefinedRows > 0 ? Double.NaN : 0;
    for (Bin bin : bins) {
      sum += bin.count == 0 ? 0 : bin.count * bin.gap();
    }
    return sum / rows;
  }

  /**
   * The maximum calibration error (MCE): the largest gap of a bin with rows.
   *
   * @return the error, from 0 to 1; NaN without rows or with a row that is in no bin
   */
  public double maximumCalibrationError() {
    double max = undefinedRows > 0 || rows() == 0 ? Double.NaN : 0;
    for (Bin bin : bins) {
      max = bin.count == 0 ? max : Math.max(max, bin.gap());
    }
    return max;
  }
}
