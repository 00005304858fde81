package io.github.softlane.jmh.contender;

import java.util.SplittableRandom;

/**
 * Rows as a language model gives them: normal with standard deviation 4, a few large peaks, and on
 * demand a share of masked entries ({@code -inf}); and a class of each row, as its target. The same
 * arguments give the same logits and classes.
 */
public final class Logits {
  private static final double DEVIATION = 4;
  private static final int PEAKS = 3;
  private static final double LOWEST_PEAK = 14;
  private static final double HIGHEST_PEAK = 22;

  /** Below it every second row has one peak: three would be most of the row. */
  private static final int SHORT_ROW = 64;

  private final Shape shape;
  private final ElementType type;
  private final float[] floats;
  private final double[] doubles;
  private final int[] targets;

  private Logits(Shape shape, ElementType type) {
    this.shape = shape;
    this.type = type;
    floats = type == ElementType.FLOAT ? new float[shape.elements()] : null;
    doubles = type == ElementType.DOUBLE ? new double[shape.elements()] : null;
    targets = new int[shape.rows()];
  }

  /**
   * Draws logits.
   *
   * @param type the type of the elements
   * @param shape the number of rows and their length
   * @param mask the share of entries that are {@code -inf}, in percent, 0 to 99; every row keeps at
   *     least one that is not
   * @return the logits
   */
  public static Logits draw(ElementType type, Shape shape, int mask) {
    if (mask < 0 || mask > 99) {
      throw new IllegalArgumentException("mask is " + mask + ", must be 0 to 99 percent");
    }
    Logits logits = new Logits(shape, type);
    SplittableRandom random = new SplittableRandom(42);
    for (int row = 0; row < shape.rows(); row++) {
      logits.drawRow(random, row, mask);
    }
    logits.drawTargets(new SplittableRandom(43));
    return logits;
  }

  private void drawRow(SplittableRandom random, int row, int mask) {
    int from = row * shape.columns();
    int to = from + shape.columns();
    for (int i = from; i < to; i++) {
      set(i, DEVIATION * random.nextGaussian());
    }
    int peaks = shape.columns() < SHORT_ROW ? row % 2 : PEAKS;
    for (int peak = 0; peak < peaks; peak++) {
      set(random.nextInt(from, to), random.nextDouble(LOWEST_PEAK, HIGHEST_PEAK));
    }
    if (mask > 0) {
      int kept = random.nextInt(from, to);
      for (int i = from; i < to; i++) {
        if (random.nextInt(100) < mask && i != kept) {
          set(i, Double.NEGATIVE_INFINITY);
        }
      }
    }
  }

  /** Of the entries that are not masked. */
  private void drawTargets(SplittableRandom random) {
    int n = shape.columns();
    for (int row = 0; row < targets.length; row++) {
      int target = random.nextInt(n);
      while (at(row * n + target) == Double.NEGATIVE_INFINITY) {
        target = (target + 1) % n;
      }
      targets[row] = target;
    }
  }

  private void set(int i, double value) {
    if (type == ElementType.FLOAT) {
      floats[i] = (float) value;
    } else {
      doubles[i] = value;
    }
  }

  /**
   * The number of rows and their length.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /**
   * The type of the elements.
   *
   * @return the type
   */
  public ElementType type() {
    return type;
  }

  /**
   * The rows one after the other, for {@link ElementType#FLOAT}.
   *
   * @return the array itself
   */
  public float[] floats() {
    if (floats == null) {
      throw new IllegalStateException("the logits are of type " + type.label() + ", not float");
    }
    return floats;
  }

  /**
   * The rows one after the other, for {@link ElementType#DOUBLE}.
   *
   * @return the array itself
   */
  public double[] doubles() {
    if (doubles == null) {
      throw new IllegalStateException("the logits are of type " + type.label() + ", not double");
    }
    return doubles;
  }

  /**
   * The class of each row, from 0 to the number of columns less 1.
   *
   * @return the array itself
   */
  public int[] targets() {
    return targets;
  }

  double at(int i) {
    return floats == null ? doubles[i] : floats[i];
  }
}
