package io.github.softlane.accuracy;

import java.util.Locale;
import java.util.function.Supplier;

/** The largest error of one operation and the input that attains it; fails beyond the bound. */
public final class Worst {
  private final String operation;
  private final double bound;
  private double share;
  private String where = "nothing";
  private long count;

  /**
   * @param operation for messages
   * @param bound in ULP, where the error is measured against ULPs
   */
  public Worst(String operation, double bound) {
    this.operation = operation;
    this.bound = bound;
  }

  /**
   * Takes one result in.
   *
   * @param share of the bound; above 1, or NaN, fails
   * @param description of the input, asked for only when it is needed
   */
  public void add(double share, Supplier<String> description) {
    count++;
    if (!(share <= 1)) {
      throw new AssertionError(
          operation
              + " is "
              + share * bound
              + " ULP off ("
              + bound
              + " allowed) at "
              + description.get());
    }
    if (share > this.share) {
      this.share = share;
      this.where = description.get();
    }
  }

  /** Takes in what another thread or test has found. */
  public void add(Worst other) {
    count += other.count;
    if (other.share > share) {
      share = other.share;
      where = other.where;
    }
  }

  /** The largest error so far, as a share of the bound. */
  public double share() {
    return share;
  }

  /** Results taken in so far. */
  public long count() {
    return count;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4f ULP at %s", operation, share * bound, where);
  }
}
