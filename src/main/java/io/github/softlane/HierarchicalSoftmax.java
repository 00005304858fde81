package io.github.softlane;

import io.github.softlane.internal.arithmetic.InverseTemperature;
import io.github.softlane.internal.rows.DoubleLikelihood;
import io.github.softlane.internal.rows.FloatLikelihood;

/**
 * Softmax over a tree of two levels: clusters of classes, and the classes of each cluster (Goodman,
 * "Classes for fast maximum entropy training", ICASSP 2001; Morin and Bengio, "Hierarchical
 * probabilistic neural network language model", AISTATS 2005). The probability of class t in
 * cluster c is
 *
 * <pre>
 *   p(t) = p(c) * p(t | c),   log p(t) = logSoftmax(u)[c] + logSoftmax(x of c)[t]
 * </pre>
 *
 * <p>where u is a row with one logit for each cluster and x a row with one logit for each class.
 * The loss of a class is {@code -log p(t)}, and its gradient is {@code p(c) - y} in the logits of
 * the clusters and {@code p(. | c) - y} in those of the classes of c, with y 1 at the target and
 * else 0; it is 0 in the logits of all other clusters' classes, which are neither read nor written.
 * So a training step over N classes in clusters of about the square root of N touches 2 sqrt(N)
 * logits.
 *
 * <p><b>Layout.</b> In the row of the classes those of one cluster lie side by side: cluster 0
 * first, within a cluster in the order of the classes. {@link #position} says where a class is.
 * With {@link #ofSizes} the position is the class itself. Gradients and {@link #logProbs} have the
 * layout of the logits.
 *
 * <p><b>Arguments.</b> {@code u} has {@link #clusters} elements from its offset on, {@code x} has
 * {@link #classes}. An output may be the input that it corresponds to, at the same offset (and
 * stride); other overlaps are refused. Arguments are checked before anything is written. Errors are
 * those of {@link Kernel}, and {@link IllegalArgumentException} for a target that is no class.
 *
 * <p><b>Accuracy.</b> Log-probabilities and losses are computed in double and rounded once: for
 * {@code float} within 0.51 ULP (largest error found 0.50), for {@code double} within 3 ULP (1.97;
 * 20,000 random pairs of rows with scales of 0.1 to 60). Gradients are softmax with 1 subtracted at
 * one place: elsewhere within 2 ULP, and there within 2 ULP of the probability.
 *
 * <p><b>Special values.</b> As for {@link Kernel#logSoftmax(float[], int, float[], int, int)} in
 * the row of the clusters and in the target's cluster: a NaN, a {@code +inf} or only {@code -inf}
 * in either gives NaN; a {@code -inf} at the target or its cluster a loss of {@code +inf}. What
 * other clusters hold does not matter.
 *
 * <p>An object is immutable and may be used by any number of threads; calls allocate nothing.
 */
public final class HierarchicalSoftmax {
  private static final InverseTemperature UNIT = InverseTemperature.of(1);

  /** Where the classes of each cluster begin; one more, where the last one ends. */
  private final int[] starts;

  private final int[] clusterOf;
  private final int[] positions;

  private HierarchicalSoftmax(int[] clusterOf, int clusters) {
    this.clusterOf = clusterOf;
    this.starts = new int[clusters + 1];
    for (int cluster : clusterOf) {
      starts[cluster + 1]++;
    }
    for (int cluster = 0; cluster < clusters; cluster++) {
      starts[cluster + 1] += starts[cluster];
    }
    this.positions = new int[clusterOf.length];
    int[] next = starts.clone();
    for (int i = 0; i < clusterOf.length; i++) {
      positions[i] = next[clusterOf[i]]++;
    }
  }

  /**
   * A tree from the cluster of each class.
   *
   * @param clusterOf the cluster of each class, from 0 on without a gap: every number below the
   *     largest is the cluster of some class
   * @return the tree
   * @throws IllegalArgumentException when there are no classes, or a cluster is negative or has no
   *     class
   */
  public static HierarchicalSoftmax of(int[] clusterOf) {
    int classes = Arguments.length("clusterOf", clusterOf);
    if (classes == 0) {
      throw new IllegalArgumentException("clusterOf is empty, must have at least one class");
    }
    int clusters = 0;
    for (int i = 0; i < classes; i++) {
      if (clusterOf[i] < 0 || clusterOf[i] >= classes) {
        throw new IllegalArgumentException(
            "the cluster of class "
                + i
                + " is "
                + clusterOf[i]
                + ", must be 0 or more and less than the number of classes, "
                + classes);
      }
      clusters = Math.max(clusters, clusterOf[i] + 1);
    }
    HierarchicalSoftmax tree = new HierarchicalSoftmax(clusterOf.clone(), clusters);
    for (int cluster = 0; cluster < clusters; cluster++) {
      if (tree.size(cluster) == 0) {
        throw new IllegalArgumentException(
            "cluster " + cluster + " has no class, must have at least one");
      }
    }
    return tree;
  }

  /**
   * A tree from the sizes of the clusters: the first classes are in cluster 0, and so on.
   *
   * @param sizes the number of classes in each cluster, 1 or more
   * @return the tree
   * @throws IllegalArgumentException when there are no clusters, a size is below 1, or there are
   *     more than 2^31 - 1 classes
   */
  public static HierarchicalSoftmax ofSizes(int... sizes) {
    if (Arguments.length("sizes", sizes) == 0) {
      throw new IllegalArgumentException("sizes is empty, must have at least one cluster");
    }
    long classes = 0;
    for (int cluster = 0; cluster < sizes.length; cluster++) {
      if (sizes[cluster] < 1) {
        throw new IllegalArgumentException(
            "the size of cluster " + cluster + " is " + sizes[cluster] + ", must be 1 or more");
      }
      classes += sizes[cluster];
    }
    if (classes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "sizes add up to " + classes + " classes, must be at most " + Integer.MAX_VALUE);
    }
    int[] clusterOf = new int[(int) classes];
    int next = 0;
    for (int cluster = 0; cluster < sizes.length; cluster++) {
      for (int i = 0; i < sizes[cluster]; i++) {
        clusterOf[next++] = cluster;
      }
    }
    return new HierarchicalSoftmax(clusterOf, sizes.length);
  }

  /**
   * The number of classes.
   *
   * @return 1 or more
   */
  public int classes() {
    return clusterOf.length;
  }

  /**
   * The number of clusters.
   *
   * @return 1 or more
   */
  public int clusters() {
    return starts.length - 1;
  }

  /**
   * The cluster of a class.
   *
   * @param target the class, from 0 to {@code classes() - 1}
   * @return the cluster, from 0
   */
  public int cluster(int target) {
    return clusterOf[target];
  }

  /**
   * Where a class is in the row of the classes.
   *
   * @param target the class, from 0 to {@code classes() - 1}
   * @return the index, from 0
   */
  public int position(int target) {
    return positions[target];
  }

  /**
   * Where the classes of a cluster begin in the row of the classes.
   *
   * @param cluster the cluster, from 0 to {@code clusters() - 1}
   * @return the index of the first, from 0
   */
  public int start(int cluster) {
    return starts[cluster];
  }

  /**
   * The number of classes in a cluster.
   *
   * @param cluster the cluster, from 0 to {@code clusters() - 1}
   * @return 1 or more
   */
  public int size(int cluster) {
    return starts[cluster + 1] - starts[cluster];
  }

  /**
   * The log-probability of a class.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param target the class
   * @return {@code log p(target)}, at most 0
   */
  public float logProb(float[] u, float[] x, int target) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    return logProb(u, 0, x, 0, target);
  }

  /**
   * The log-probability of a class.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param target the class
   * @return {@code log p(target)}, at most 0
   */
  public float logProb(float[] u, int uOffset, float[] x, int xOffset, int target) {
    // Of two zeros the positive one.
    return 0f - loss(u, uOffset, x, xOffset, target);
  }

  /**
   * The loss of a class.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param target the class
   * @return {@code -log p(target)}, 0 or more
   */
  public float loss(float[] u, float[] x, int target) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    return loss(u, 0, x, 0, target);
  }

  /**
   * The loss of a class.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param target the class
   * @return {@code -log p(target)}, 0 or more
   */
  public float loss(float[] u, int uOffset, float[] x, int xOffset, int target) {
    Arguments.checkRow("u", u, uOffset, clusters());
    Arguments.checkRow("x", x, xOffset, classes());
    Arguments.checkTarget(target, classes());
    return pathLoss(Kernels.selected(), u, uOffset, x, xOffset, target);
  }

  /**
   * The losses of the classes of many rows.
   *
   * @param u the array that holds the logits of the clusters; row r starts at {@code uOffset + r *
   *     uStride}
   * @param uOffset index of the first of them
   * @param uStride distance from one row to the next, at least {@link #clusters}
   * @param x the array that holds the logits of the classes
   * @param xOffset index of the first of them
   * @param xStride distance from one row to the next, at least {@link #classes}
   * @param targets the array that holds the class of each row
   * @param targetsOffset index of the first of them
   * @param losses receives {@code -log p(target)} of each row; no part of the logits
   * @param lossesOffset index of the first of them
   * @param rows number of rows, 0 or more
   */
  public void lossRows(
      float[] u,
      int uOffset,
      int uStride,
      float[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      float[] losses,
      int lossesOffset,
      int rows) {
    Arguments.checkRows("u", u, uOffset, uStride, rows, clusters());
    Arguments.checkRows("x", x, xOffset, xStride, rows, classes());
    Arguments.checkTargets(targets, targetsOffset, rows, classes());
    Arguments.checkRows("losses", losses, lossesOffset, 1, rows, 1);
    long uSpan = span(uStride, rows, clusters());
    long xSpan = span(xStride, rows, classes());
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "u", u, uOffset, uSpan);
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "x", x, xOffset, xSpan);
    RowKernel kernel = Kernels.selected();
    for (int row = 0; row < rows; row++) {
      int target = targets[targetsOffset + row];
      losses[lossesOffset + row] =
          pathLoss(kernel, u, uOffset + row * uStride, x, xOffset + row * xStride, target);
    }
  }

  /**
   * The loss of a class and its gradient.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param target the class
   * @param uGradient receives the gradient in the logits of the clusters; may be {@code u}
   * @param xGradient receives that in the logits of the classes of the target's cluster; the others
   *     are not written, and their gradient is 0; may be {@code x}
   * @return {@code -log p(target)}, 0 or more
   */
  public float lossAndGradient(
      float[] u, float[] x, int target, float[] uGradient, float[] xGradient) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    checkClusters("uGradient", Arguments.length("uGradient", uGradient));
    checkClasses("xGradient", Arguments.length("xGradient", xGradient));
    return lossAndGradient(u, 0, x, 0, target, uGradient, 0, xGradient, 0);
  }

  /**
   * The loss of a class and its gradient.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param target the class
   * @param uGradient the array that receives the gradient in the logits of the clusters
   * @param uGradientOffset index of the first of them
   * @param xGradient the array that receives that in the logits of the classes of the target's
   *     cluster; the others are not written, and their gradient is 0
   * @param xGradientOffset index of where that of position 0 would be
   * @return {@code -log p(target)}, 0 or more
   */
  public float lossAndGradient(
      float[] u,
      int uOffset,
      float[] x,
      int xOffset,
      int target,
      float[] uGradient,
      int uGradientOffset,
      float[] xGradient,
      int xGradientOffset) {
    Arguments.checkRow("u", u, uOffset, clusters());
    Arguments.checkRow("x", x, xOffset, classes());
    Arguments.checkTarget(target, classes());
    Arguments.checkRow("uGradient", uGradient, uGradientOffset, clusters());
    Arguments.checkRow("xGradient", xGradient, xGradientOffset, classes());
    checkOverlaps(
        u,
        uOffset,
        0,
        x,
        xOffset,
        0,
        uGradient,
        uGradientOffset,
        0,
        xGradient,
        xGradientOffset,
        0,
        1);
    return pathGradient(
        Kernels.selected(),
        u,
        uOffset,
        x,
        xOffset,
        target,
        uGradient,
        uGradientOffset,
        xGradient,
        xGradientOffset);
  }

  /**
   * The losses of the classes of many rows and the gradient of each in its own row, not divided by
   * the number of rows.
   *
   * @param u the array that holds the logits of the clusters; row r starts at {@code uOffset + r *
   *     uStride}
   * @param uOffset index of the first of them
   * @param uStride distance from one row to the next, at least {@link #clusters}
   * @param x the array that holds the logits of the classes
   * @param xOffset index of the first of them
   * @param xStride distance from one row to the next, at least {@link #classes}
   * @param targets the array that holds the class of each row
   * @param targetsOffset index of the first of them
   * @param losses receives {@code -log p(target)} of each row
   * @param lossesOffset index of the first of them
   * @param uGradient the array that receives the gradients in the logits of the clusters
   * @param uGradientOffset index of the first of them
   * @param uGradientStride distance from one row to the next, at least {@link #clusters}
   * @param xGradient the array that receives those in the logits of the classes of the target's
   *     cluster; the others are not written, and their gradient is 0
   * @param xGradientOffset index of where that of position 0 would be
   * @param xGradientStride distance from one row to the next, at least {@link #classes}
   * @param rows number of rows, 0 or more
   */
  public void lossAndGradientRows(
      float[] u,
      int uOffset,
      int uStride,
      float[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      float[] losses,
      int lossesOffset,
      float[] uGradient,
      int uGradientOffset,
      int uGradientStride,
      float[] xGradient,
      int xGradientOffset,
      int xGradientStride,
      int rows) {
    Arguments.checkRows("u", u, uOffset, uStride, rows, clusters());
    Arguments.checkRows("x", x, xOffset, xStride, rows, classes());
    Arguments.checkTargets(targets, targetsOffset, rows, classes());
    Arguments.checkRows("losses", losses, lossesOffset, 1, rows, 1);
    Arguments.checkRows("uGradient", uGradient, uGradientOffset, uGradientStride, rows, clusters());
    Arguments.checkRows("xGradient", xGradient, xGradientOffset, xGradientStride, rows, classes());
    checkOverlaps(
        u,
        uOffset,
        uStride,
        x,
        xOffset,
        xStride,
        uGradient,
        uGradientOffset,
        uGradientStride,
        xGradient,
        xGradientOffset,
        xGradientStride,
        rows);
    long uSpan = span(uStride, rows, clusters());
    long xSpan = span(xStride, rows, classes());
    long uGradientSpan = span(uGradientStride, rows, clusters());
    long xGradientSpan = span(xGradientStride, rows, classes());
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "u", u, uOffset, uSpan);
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "x", x, xOffset, xSpan);
    Overlaps.checkApart(
        "losses",
        losses,
        lossesOffset,
        rows,
        "uGradient",
        uGradient,
        uGradientOffset,
        uGradientSpan);
    Overlaps.checkApart(
        "losses",
        losses,
        lossesOffset,
        rows,
        "xGradient",
        xGradient,
        xGradientOffset,
        xGradientSpan);
    RowKernel kernel = Kernels.selected();
    for (int row = 0; row < rows; row++) {
      losses[lossesOffset + row] =
          pathGradient(
              kernel,
              u,
              uOffset + row * uStride,
              x,
              xOffset + row * xStride,
              targets[targetsOffset + row],
              uGradient,
              uGradientOffset + row * uGradientStride,
              xGradient,
              xGradientOffset + row * xGradientStride);
    }
  }

  /**
   * The log-probabilities of all classes; their exponentials add up to 1.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param y receives the log-probabilities, in the same layout; may be {@code x}
   */
  public void logProbs(float[] u, float[] x, float[] y) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    checkClasses("y", Arguments.length("y", y));
    logProbs(u, 0, x, 0, y, 0);
  }

  /**
   * The log-probabilities of all classes; their exponentials add up to 1. Each is a log-softmax to
   * which the log-probability of the cluster is added: within 3 ULP, or 1.5 times 2^-24 where that
   * is larger.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param y the array that receives the log-probabilities, in the same layout
   * @param yOffset index of the first of them
   */
  public void logProbs(float[] u, int uOffset, float[] x, int xOffset, float[] y, int yOffset) {
    Arguments.checkRow("u", u, uOffset, clusters());
    Arguments.checkRows(x, xOffset, y, yOffset, classes());
    Overlaps.checkApart("u", u, uOffset, clusters(), "y", y, yOffset, classes());
    RowKernel kernel = Kernels.selected();
    double rest = FloatLikelihood.rest(kernel.floats(), UNIT, u, uOffset, clusters());
    float max = kernel.floats().max(u, uOffset, clusters());
    for (int cluster = 0; cluster < clusters(); cluster++) {
      double loss = FloatLikelihood.loss(rest, UNIT, u[uOffset + cluster], max);
      int yi = yOffset + starts[cluster];
      int size = size(cluster);
      kernel.logSoftmax(x, xOffset + starts[cluster], y, yi, size);
      for (int i = yi; i < yi + size; i++) {
        y[i] = (float) (y[i] - loss);
      }
    }
  }

  /** The loss by one backend; arguments checked by the caller. */
  float pathLoss(RowKernel kernel, float[] u, int uOffset, float[] x, int xOffset, int target) {
    int cluster = clusterOf[target];
    int start = starts[cluster];
    double ofCluster = FloatLikelihood.loss(kernel.floats(), UNIT, u, uOffset, clusters(), cluster);
    double ofClass =
        FloatLikelihood.loss(
            kernel.floats(), UNIT, x, xOffset + start, size(cluster), positions[target] - start);
    return (float) (ofCluster + ofClass);
  }

  /** Loss and gradient by one backend; arguments checked by the caller. */
  float pathGradient(
      RowKernel kernel,
      float[] u,
      int uOffset,
      float[] x,
      int xOffset,
      int target,
      float[] uGradient,
      int uGradientOffset,
      float[] xGradient,
      int xGradientOffset) {
    // Before the gradient takes the place of the logits.
    float loss = pathLoss(kernel, u, uOffset, x, xOffset, target);
    int cluster = clusterOf[target];
    int start = starts[cluster];
    kernel.softmax(u, uOffset, uGradient, uGradientOffset, clusters());
    uGradient[uGradientOffset + cluster] -= 1;
    kernel.softmax(x, xOffset + start, xGradient, xGradientOffset + start, size(cluster));
    xGradient[xGradientOffset + positions[target]] -= 1;
    return loss;
  }

  /**
   * The log-probability of a class.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param target the class
   * @return {@code log p(target)}, at most 0
   */
  public double logProb(double[] u, double[] x, int target) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    return logProb(u, 0, x, 0, target);
  }

  /**
   * The log-probability of a class.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param target the class
   * @return {@code log p(target)}, at most 0
   */
  public double logProb(double[] u, int uOffset, double[] x, int xOffset, int target) {
    // Of two zeros the positive one.
    return 0.0 - loss(u, uOffset, x, xOffset, target);
  }

  /**
   * The loss of a class.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param target the class
   * @return {@code -log p(target)}, 0 or more
   */
  public double loss(double[] u, double[] x, int target) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    return loss(u, 0, x, 0, target);
  }

  /**
   * The loss of a class.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param target the class
   * @return {@code -log p(target)}, 0 or more
   */
  public double loss(double[] u, int uOffset, double[] x, int xOffset, int target) {
    Arguments.checkRow("u", u, uOffset, clusters());
    Arguments.checkRow("x", x, xOffset, classes());
    Arguments.checkTarget(target, classes());
    return pathLoss(Kernels.selected(), u, uOffset, x, xOffset, target);
  }

  /**
   * The losses of the classes of many rows.
   *
   * @param u the array that holds the logits of the clusters; row r starts at {@code uOffset + r *
   *     uStride}
   * @param uOffset index of the first of them
   * @param uStride distance from one row to the next, at least {@link #clusters}
   * @param x the array that holds the logits of the classes
   * @param xOffset index of the first of them
   * @param xStride distance from one row to the next, at least {@link #classes}
   * @param targets the array that holds the class of each row
   * @param targetsOffset index of the first of them
   * @param losses receives {@code -log p(target)} of each row; no part of the logits
   * @param lossesOffset index of the first of them
   * @param rows number of rows, 0 or more
   */
  public void lossRows(
      double[] u,
      int uOffset,
      int uStride,
      double[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      double[] losses,
      int lossesOffset,
      int rows) {
    Arguments.checkRows("u", u, uOffset, uStride, rows, clusters());
    Arguments.checkRows("x", x, xOffset, xStride, rows, classes());
    Arguments.checkTargets(targets, targetsOffset, rows, classes());
    Arguments.checkRows("losses", losses, lossesOffset, 1, rows, 1);
    long uSpan = span(uStride, rows, clusters());
    long xSpan = span(xStride, rows, classes());
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "u", u, uOffset, uSpan);
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "x", x, xOffset, xSpan);
    RowKernel kernel = Kernels.selected();
    for (int row = 0; row < rows; row++) {
      int target = targets[targetsOffset + row];
      losses[lossesOffset + row] =
          pathLoss(kernel, u, uOffset + row * uStride, x, xOffset + row * xStride, target);
    }
  }

  /**
   * The loss of a class and its gradient.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param target the class
   * @param uGradient receives the gradient in the logits of the clusters; may be {@code u}
   * @param xGradient receives that in the logits of the classes of the target's cluster; the others
   *     are not written, and their gradient is 0; may be {@code x}
   * @return {@code -log p(target)}, 0 or more
   */
  public double lossAndGradient(
      double[] u, double[] x, int target, double[] uGradient, double[] xGradient) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    checkClusters("uGradient", Arguments.length("uGradient", uGradient));
    checkClasses("xGradient", Arguments.length("xGradient", xGradient));
    return lossAndGradient(u, 0, x, 0, target, uGradient, 0, xGradient, 0);
  }

  /**
   * The loss of a class and its gradient.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param target the class
   * @param uGradient the array that receives the gradient in the logits of the clusters
   * @param uGradientOffset index of the first of them
   * @param xGradient the array that receives that in the logits of the classes of the target's
   *     cluster; the others are not written, and their gradient is 0
   * @param xGradientOffset index of where that of position 0 would be
   * @return {@code -log p(target)}, 0 or more
   */
  public double lossAndGradient(
      double[] u,
      int uOffset,
      double[] x,
      int xOffset,
      int target,
      double[] uGradient,
      int uGradientOffset,
      double[] xGradient,
      int xGradientOffset) {
    Arguments.checkRow("u", u, uOffset, clusters());
    Arguments.checkRow("x", x, xOffset, classes());
    Arguments.checkTarget(target, classes());
    Arguments.checkRow("uGradient", uGradient, uGradientOffset, clusters());
    Arguments.checkRow("xGradient", xGradient, xGradientOffset, classes());
    checkOverlaps(
        u,
        uOffset,
        0,
        x,
        xOffset,
        0,
        uGradient,
        uGradientOffset,
        0,
        xGradient,
        xGradientOffset,
        0,
        1);
    return pathGradient(
        Kernels.selected(),
        u,
        uOffset,
        x,
        xOffset,
        target,
        uGradient,
        uGradientOffset,
        xGradient,
        xGradientOffset);
  }

  /**
   * The losses of the classes of many rows and the gradient of each in its own row, not divided by
   * the number of rows.
   *
   * @param u the array that holds the logits of the clusters; row r starts at {@code uOffset + r *
   *     uStride}
   * @param uOffset index of the first of them
   * @param uStride distance from one row to the next, at least {@link #clusters}
   * @param x the array that holds the logits of the classes
   * @param xOffset index of the first of them
   * @param xStride distance from one row to the next, at least {@link #classes}
   * @param targets the array that holds the class of each row
   * @param targetsOffset index of the first of them
   * @param losses receives {@code -log p(target)} of each row
   * @param lossesOffset index of the first of them
   * @param uGradient the array that receives the gradients in the logits of the clusters
   * @param uGradientOffset index of the first of them
   * @param uGradientStride distance from one row to the next, at least {@link #clusters}
   * @param xGradient the array that receives those in the logits of the classes of the target's
   *     cluster; the others are not written, and their gradient is 0
   * @param xGradientOffset index of where that of position 0 would be
   * @param xGradientStride distance from one row to the next, at least {@link #classes}
   * @param rows number of rows, 0 or more
   */
  public void lossAndGradientRows(
      double[] u,
      int uOffset,
      int uStride,
      double[] x,
      int xOffset,
      int xStride,
      int[] targets,
      int targetsOffset,
      double[] losses,
      int lossesOffset,
      double[] uGradient,
      int uGradientOffset,
      int uGradientStride,
      double[] xGradient,
      int xGradientOffset,
      int xGradientStride,
      int rows) {
    Arguments.checkRows("u", u, uOffset, uStride, rows, clusters());
    Arguments.checkRows("x", x, xOffset, xStride, rows, classes());
    Arguments.checkTargets(targets, targetsOffset, rows, classes());
    Arguments.checkRows("losses", losses, lossesOffset, 1, rows, 1);
    Arguments.checkRows("uGradient", uGradient, uGradientOffset, uGradientStride, rows, clusters());
    Arguments.checkRows("xGradient", xGradient, xGradientOffset, xGradientStride, rows, classes());
    checkOverlaps(
        u,
        uOffset,
        uStride,
        x,
        xOffset,
        xStride,
        uGradient,
        uGradientOffset,
        uGradientStride,
        xGradient,
        xGradientOffset,
        xGradientStride,
        rows);
    long uSpan = span(uStride, rows, clusters());
    long xSpan = span(xStride, rows, classes());
    long uGradientSpan = span(uGradientStride, rows, clusters());
    long xGradientSpan = span(xGradientStride, rows, classes());
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "u", u, uOffset, uSpan);
    Overlaps.checkApart("losses", losses, lossesOffset, rows, "x", x, xOffset, xSpan);
    Overlaps.checkApart(
        "losses",
        losses,
        lossesOffset,
        rows,
        "uGradient",
        uGradient,
        uGradientOffset,
        uGradientSpan);
    Overlaps.checkApart(
        "losses",
        losses,
        lossesOffset,
        rows,
        "xGradient",
        xGradient,
        xGradientOffset,
        xGradientSpan);
    RowKernel kernel = Kernels.selected();
    for (int row = 0; row < rows; row++) {
      losses[lossesOffset + row] =
          pathGradient(
              kernel,
              u,
              uOffset + row * uStride,
              x,
              xOffset + row * xStride,
              targets[targetsOffset + row],
              uGradient,
              uGradientOffset + row * uGradientStride,
              xGradient,
              xGradientOffset + row * xGradientStride);
    }
  }

  /**
   * The log-probabilities of all classes; their exponentials add up to 1.
   *
   * @param u the logits of the clusters
   * @param x the logits of the classes, in the layout of the class
   * @param y receives the log-probabilities, in the same layout; may be {@code x}
   */
  public void logProbs(double[] u, double[] x, double[] y) {
    checkClusters("u", Arguments.length("u", u));
    checkClasses("x", Arguments.length("x", x));
    checkClasses("y", Arguments.length("y", y));
    logProbs(u, 0, x, 0, y, 0);
  }

  /**
   * The log-probabilities of all classes; their exponentials add up to 1. Each is a log-softmax to
   * which the log-probability of the cluster is added: within 3 ULP, or 1.5 times 2^-53 where that
   * is larger.
   *
   * @param u the array that holds the logits of the clusters
   * @param uOffset index of the first of them
   * @param x the array that holds the logits of the classes, in the layout of the class
   * @param xOffset index of the first of them
   * @param y the array that receives the log-probabilities, in the same layout
   * @param yOffset index of the first of them
   */
  public void logProbs(double[] u, int uOffset, double[] x, int xOffset, double[] y, int yOffset) {
    Arguments.checkRow("u", u, uOffset, clusters());
    Arguments.checkRows(x, xOffset, y, yOffset, classes());
    Overlaps.checkApart("u", u, uOffset, clusters(), "y", y, yOffset, classes());
    RowKernel kernel = Kernels.selected();
    double rest = DoubleLikelihood.rest(kernel.doubles(), UNIT, u, uOffset, clusters());
    double max = kernel.doubles().max(u, uOffset, clusters());
    for (int cluster = 0; cluster < clusters(); cluster++) {
      double loss = DoubleLikelihood.loss(rest, UNIT, u[uOffset + cluster], max);
      int yi = yOffset + starts[cluster];
      int size = size(cluster);
      kernel.logSoftmax(x, xOffset + starts[cluster], y, yi, size);
      for (int i = yi; i < yi + size; i++) {
        y[i] = y[i] - loss;
      }
    }
  }

  /** The loss by one backend; arguments checked by the caller. */
  double pathLoss(RowKernel kernel, double[] u, int uOffset, double[] x, int xOffset, int target) {
    int cluster = clusterOf[target];
    int start = starts[cluster];
    double ofCluster =
        DoubleLikelihood.loss(kernel.doubles(), UNIT, u, uOffset, clusters(), cluster);
    double ofClass =
        DoubleLikelihood.loss(
            kernel.doubles(), UNIT, x, xOffset + start, size(cluster), positions[target] - start);
    return ofCluster + ofClass;
  }

  /** Loss and gradient by one backend; arguments checked by the caller. */
  double pathGradient(
      RowKernel kernel,
      double[] u,
      int uOffset,
      double[] x,
      int xOffset,
      int target,
      double[] uGradient,
      int uGradientOffset,
      double[] xGradient,
      int xGradientOffset) {
    // Before the gradient takes the place of the logits.
    double loss = pathLoss(kernel, u, uOffset, x, xOffset, target);
    int cluster = clusterOf[target];
    int start = starts[cluster];
    kernel.softmax(u, uOffset, uGradient, uGradientOffset, clusters());
    uGradient[uGradientOffset + cluster] -= 1;
    kernel.softmax(x, xOffset + start, xGradient, xGradientOffset + start, size(cluster));
    xGradient[xGradientOffset + positions[target]] -= 1;
    return loss;
  }

  private static long span(int stride, int rows, int n) {
    return rows == 0 ? 0 : (rows - 1L) * stride + n;
  }

  /** A gradient may take the place of its logits, and overlap nothing else. */
  private void checkOverlaps(
      Object u,
      int uOffset,
      int uStride,
      Object x,
      int xOffset,
      int xStride,
      Object uGradient,
      int uGradientOffset,
      int uGradientStride,
      Object xGradient,
      int xGradientOffset,
      int xGradientStride,
      int rows) {
    long uSpan = span(uStride, rows, clusters());
    long xSpan = span(xStride, rows, classes());
    long uGradientSpan = span(uGradientStride, rows, clusters());
    long xGradientSpan = span(xGradientStride, rows, classes());
    if (uOffset != uGradientOffset || uStride != uGradientStride) {
      Overlaps.checkApart(
          "u", u, uOffset, uSpan, "uGradient", uGradient, uGradientOffset, uGradientSpan);
    }
    if (xOffset != xGradientOffset || xStride != xGradientStride) {
      Overlaps.checkApart(
          "x", x, xOffset, xSpan, "xGradient", xGradient, xGradientOffset, xGradientSpan);
    }
    Overlaps.checkApart(
        "u", u, uOffset, uSpan, "xGradient", xGradient, xGradientOffset, xGradientSpan);
    Overlaps.checkApart(
        "x", x, xOffset, xSpan, "uGradient", uGradient, uGradientOffset, uGradientSpan);
    Overlaps.checkApart(
        "uGradient",
        uGradient,
        uGradientOffset,
        uGradientSpan,
        "xGradient",
        xGradient,
        xGradientOffset,
        xGradientSpan);
  }

  private void checkClusters(String name, int length) {
    Arguments.checkLength(name, length, clusters(), "clusters");
  }

  private void checkClasses(String name, int length) {
    Arguments.checkLength(name, length, classes(), "classes");
  }
}
