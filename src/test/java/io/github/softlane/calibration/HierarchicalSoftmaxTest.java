package io.github.softlane.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.softlane.Backends;
import io.github.softlane.HierarchicalSoftmax;
import io.github.softlane.accuracy.DoubleDouble;
import io.github.softlane.accuracy.DoubleReference;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HierarchicalSoftmaxTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Nine classes in clusters of 3, 1 and 5, mixed. */
  private static final int[] CLUSTER_OF = {2, 0, 2, 1, 0, 2, 2, 0, 2};

  private final HierarchicalSoftmax tree = HierarchicalSoftmax.of(CLUSTER_OF);

  private static float[] floats(int n, double scale, Random random) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (scale * random.nextGaussian());
    }
    return x;
  }

  private static double[] widened(float[] x) {
    double[] wide = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      wide[i] = x[i];
    }
    return wide;
  }

  /** The log-probability by the definition. */
  private DoubleDouble logProb(double[] u, double[] x, int target) {
    int cluster = tree.cluster(target);
    int start = tree.start(cluster);
    DoubleDouble ofCluster = new DoubleReference(u, 0, u.length, 1).logSoftmax(cluster);
    return new DoubleReference(x, start, tree.size(cluster), 1)
        .logSoftmax(tree.position(target) - start)
        .plus(ofCluster);
  }

  private static double ulps(double found, DoubleDouble truth, double ulp) {
    return Math.abs(DoubleDouble.of(found).minus(truth).hi()) / ulp;
  }

  @Test
  void theLayoutHasClustersSideBySide() {
    assertThat(tree.classes()).isEqualTo(9);
    assertThat(tree.clusters()).isEqualTo(3);
    int[] positions = {4, 0, 5, 3, 1, 6, 7, 2, 8};
    for (int target = 0; target < 9; target++) {
      assertThat(tree.position(target)).isEqualTo(positions[target]);
      assertThat(tree.cluster(target)).isEqualTo(CLUSTER_OF[target]);
    }
    assertThat(tree.start(2)).isEqualTo(4);
    assertThat(tree.size(2)).isEqualTo(5);

    HierarchicalSoftmax even = HierarchicalSoftmax.ofSizes(2, 1, 3);
    for (int target = 0; target < 6; target++) {
      assertThat(even.position(target)).isEqualTo(target);
    }
    assertThat(even.cluster(2)).isEqualTo(1);
    assertThat(even.cluster(5)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 3, 60})
  void logProbsAreThoseOfTheDefinition(double scale) {
    Random random = new Random(1);
    for (int round = 0; round < 30; round++) {
      float[] u = floats(3, scale, random);
      float[] x = floats(9, scale, random);
      double[] wideU = widened(u);
      double[] wideX = widened(x);
      float[] all = new float[9];
      tree.logProbs(u, x, all);
      double[] wideAll = new double[9];
      tree.logProbs(wideU, wideX, wideAll);
      for (int target = 0; target < 9; target++) {
        DoubleDouble truth = logProb(wideU, wideX, target);
        float ulp = Math.ulp((float) truth.hi());
        double wideUlp = Math.ulp(truth.hi());
        assertThat(ulps(tree.logProb(u, x, target), truth, ulp)).isLessThanOrEqualTo(0.51);
        assertThat(ulps(tree.logProb(wideU, wideX, target), truth, wideUlp)).isLessThanOrEqualTo(3);
        assertThat(tree.loss(u, x, target)).isEqualTo(-tree.logProb(u, x, target));
        assertThat(tree.loss(wideU, wideX, target)).isEqualTo(-tree.logProb(wideU, wideX, target));
        int position = tree.position(target);
        double bound = Math.max(3 * ulp, 1.5 * 0x1p-24);
        assertThat(ulps(all[position], truth, bound)).isLessThanOrEqualTo(1);
        double wideBound = Math.max(3 * wideUlp, 1.5 * 0x1p-53);
        assertThat(ulps(wideAll[position], truth, wideBound)).isLessThanOrEqualTo(1);
      }
    }
  }

  /** Prints the largest errors that it finds. */
  @Tag("sweep")
  @Test
  void randomRows() {
    Random random = new Random(7);
    double one = 0;
    double wideOne = 0;
    double each = 0;
    double wideEach = 0;
    for (int round = 0; round < 20_000; round++) {
      double scale = 0.1 * Math.pow(600, random.nextDouble());
      float[] u = floats(3, scale, random);
      float[] x = floats(9, scale, random);
      double[] wideU = widened(u);
      double[] wideX = widened(x);
      float[] all = new float[9];
      tree.logProbs(u, x, all);
      double[] wideAll = new double[9];
      tree.logProbs(wideU, wideX, wideAll);
      int target = random.nextInt(9);
      DoubleDouble truth = logProb(wideU, wideX, target);
      double ulp = Math.ulp((float) truth.hi());
      double wideUlp = Math.ulp(truth.hi());
      int position = tree.position(target);
      one = Math.max(one, ulps(tree.logProb(u, x, target), truth, ulp));
      wideOne = Math.max(wideOne, ulps(tree.logProb(wideU, wideX, target), truth, wideUlp));
      each = Math.max(each, ulps(all[position], truth, Math.max(3 * ulp, 1.5 * 0x1p-24)));
      wideEach =
          Math.max(wideEach, ulps(wideAll[position], truth, Math.max(3 * wideUlp, 1.5 * 0x1p-53)));
    }
    System.out.printf(
        "largest errors: %.4f and %.4f ULP; of all classes %.3f and %.3f of the bound%n",
        one, wideOne, each, wideEach);
    assertThat(one).isLessThanOrEqualTo(0.51);
    assertThat(wideOne).isLessThanOrEqualTo(3);
    assertThat(each).isLessThanOrEqualTo(1);
    assertThat(wideEach).isLessThanOrEqualTo(1);
  }

  @Test
  void theProbabilitiesOfAllClassesAddUpToOne() {
    Random random = new Random(2);
    HierarchicalSoftmax large = HierarchicalSoftmax.ofSizes(100, 1, 37, 250, 16);
    double[] u = widened(floats(5, 3, random));
    double[] x = widened(floats(404, 5, random));
    double[] y = new double[404];
    large.logProbs(u, x, y);
    assertThat(Arrays.stream(y).map(Math::exp).sum()).isCloseTo(1, within(1e-14));

    double sum = 0;
    for (int target = 0; target < 404; target++) {
      sum += Math.exp(large.logProb(u, x, target));
    }
    assertThat(sum).isCloseTo(1, within(1e-14));
  }

  @Test
  void oneClusterIsASoftmaxAndOneClassEachAsWell() {
    double[] x = {1, 2, -0.5, 0};
    double expected = new DoubleReference(x, 0, 4, 1).logSoftmax(1).hi();
    assertThat(HierarchicalSoftmax.ofSizes(4).logProb(new double[] {7}, x, 1))
        .isCloseTo(expected, within(1e-15));
    assertThat(HierarchicalSoftmax.ofSizes(1, 1, 1, 1).logProb(x, new double[] {9, 8, 7, 6}, 1))
        .isCloseTo(expected, within(1e-15));
    assertThat(HierarchicalSoftmax.ofSizes(1).logProb(new float[] {3}, new float[] {4}, 0))
        .isEqualTo(0f);
  }

  /** The gradient is that of differences of the loss, and touches the path alone. */
  @Test
  void theGradientTouchesOnlyThePath() {
    Random random = new Random(3);
    double[] u = widened(floats(3, 2, random));
    double[] x = widened(floats(9, 2, random));
    for (int target = 0; target < 9; target++) {
      double[] ug = new double[3];
      double[] xg = new double[9];
      Arrays.fill(xg, 77);
      double loss = tree.lossAndGradient(u, x, target, ug, xg);
      assertThat(loss).isEqualTo(tree.loss(u, x, target));
      for (int i = 0; i < 3; i++) {
        assertThat(ug[i]).isCloseTo(difference(u, i, u, x, target), within(1e-8));
      }
      int cluster = tree.cluster(target);
      for (int i = 0; i < 9; i++) {
        boolean onPath = i >= tree.start(cluster) && i < tree.start(cluster) + tree.size(cluster);
        if (onPath) {
          assertThat(xg[i]).isCloseTo(difference(x, i, u, x, target), within(1e-8));
        } else {
          assertThat(xg[i]).isEqualTo(77);
        }
      }
    }
  }

  private double difference(double[] of, int i, double[] u, double[] x, int target) {
    double kept = of[i];
    double step = 1e-5;
    of[i] = kept + step;
    double above = tree.loss(u, x, target);
    of[i] = kept - step;
    double below = tree.loss(u, x, target);
    of[i] = kept;
    return (above - below) / (2 * step);
  }

  @Test
  void rowsAreTakenOneByOneAndInPlace() {
    Random random = new Random(4);
    int rows = 5;
    float[] u = floats(2 + rows * 4, 2, random);
    float[] x = floats(1 + rows * 11, 2, random);
    int[] targets = {-9, 8, 0, 3, 3, 5};
    float[] expectedU = u.clone();
    float[] expectedX = x.clone();
    float[] expected = new float[rows];
    for (int row = 0; row < rows; row++) {
      float[] ug = new float[3];
      float[] xg = new float[9];
      int ui = 2 + row * 4;
      int xi = 1 + row * 11;
      int target = targets[1 + row];
      expected[row] = tree.lossAndGradient(u, ui, x, xi, target, ug, 0, xg, 0);
      System.arraycopy(ug, 0, expectedU, ui, 3);
      int start = tree.start(tree.cluster(target));
      int size = tree.size(tree.cluster(target));
      System.arraycopy(xg, start, expectedX, xi + start, size);
    }
    float[] losses = new float[rows + 1];
    tree.lossRows(u, 2, 4, x, 1, 11, targets, 1, losses, 1, rows);
    assertThat(Arrays.copyOfRange(losses, 1, rows + 1)).isEqualTo(expected);
    Arrays.fill(losses, 0);
    tree.lossAndGradientRows(u, 2, 4, x, 1, 11, targets, 1, losses, 1, u, 2, 4, x, 1, 11, rows);
    assertThat(Arrays.copyOfRange(losses, 1, rows + 1)).isEqualTo(expected);
    assertThat(u).isEqualTo(expectedU);
    assertThat(x).isEqualTo(expectedX);
  }

  @Test
  void rowsOfDoubleAsWell() {
    Random random = new Random(5);
    double[] u = widened(floats(6, 2, random));
    double[] x = widened(floats(18, 2, random));
    int[] targets = {8, 3};
    double[] losses = new double[2];
    double[] ug = new double[6];
    double[] xg = new double[18];
    tree.lossAndGradientRows(u, 0, 3, x, 0, 9, targets, 0, losses, 0, ug, 0, 3, xg, 0, 9, 2);
    for (int row = 0; row < 2; row++) {
      double[] u1 = Arrays.copyOfRange(u, row * 3, row * 3 + 3);
      double[] x1 = Arrays.copyOfRange(x, row * 9, row * 9 + 9);
      double[] ug1 = new double[3];
      double[] xg1 = new double[9];
      assertThat(tree.lossAndGradient(u1, x1, targets[row], ug1, xg1)).isEqualTo(losses[row]);
      assertThat(Arrays.copyOfRange(ug, row * 3, row * 3 + 3)).isEqualTo(ug1);
      assertThat(Arrays.copyOfRange(xg, row * 9, row * 9 + 9)).isEqualTo(xg1);
    }
    double[] again = new double[2];
    tree.lossRows(u, 0, 3, x, 0, 9, targets, 0, again, 0, 2);
    assertThat(again).isEqualTo(losses);
  }

  @Test
  void everyBackendGivesTheSameBits() {
    Random random = new Random(6);
    HierarchicalSoftmax large = HierarchicalSoftmax.ofSizes(100, 1, 37);
    float[] u = floats(3, 3, random);
    float[] x = floats(138, 6, random);
    for (int target : new int[] {0, 99, 100, 101, 137}) {
      float[] ug = new float[3];
      float[] xg = new float[138];
      float loss = large.lossAndGradient(u, x, target, ug, xg);
      double[] wideUg = new double[3];
      double[] wideXg = new double[138];
      double wideLoss = large.lossAndGradient(widened(u), widened(x), target, wideUg, wideXg);
      for (Backends.Rows backend : Backends.all()) {
        float[] otherUg = new float[3];
        float[] otherXg = new float[138];
        assertThat(backend.lossAndGradient(large, u, x, target, otherUg, otherXg)).isEqualTo(loss);
        assertThat(otherUg).isEqualTo(ug);
        assertThat(otherXg).isEqualTo(xg);
        double[] wideOtherUg = new double[3];
        double[] wideOtherXg = new double[138];
        assertThat(
                backend.lossAndGradient(
                    large, widened(u), widened(x), target, wideOtherUg, wideOtherXg))
            .isEqualTo(wideLoss);
        assertThat(wideOtherUg).isEqualTo(wideUg);
        assertThat(wideOtherXg).isEqualTo(wideXg);
      }
    }
  }

  @Test
  void specialValues() {
    HierarchicalSoftmax pair = HierarchicalSoftmax.ofSizes(2, 2);
    double[] u = {1, 2};
    for (double bad : new double[] {NAN, INFINITY}) {
      assertThat(pair.loss(u, new double[] {bad, 1, 2, 3}, 1)).isNaN();
      assertThat(pair.loss(new double[] {0, bad}, new double[4], 1)).isNaN();
      // In the other cluster it does not matter.
      assertThat(pair.loss(u, new double[] {1, 2, bad, bad}, 1)).isFinite();
    }
    double[] masked = {-INFINITY, -INFINITY, -INFINITY, 4};
    assertThat(pair.loss(u, masked, 0)).isNaN();
    assertThat(pair.loss(u, masked, 2)).isEqualTo(INFINITY);
    assertThat(pair.logProb(u, masked, 2)).isEqualTo(-INFINITY);
    assertThat(pair.loss(u, masked, 3))
        .isCloseTo(pair.loss(u, new double[4], 3) - Math.log(2), within(1e-15));
    assertThat(pair.loss(new double[] {-INFINITY, 0}, new double[4], 1)).isEqualTo(INFINITY);

    double[] ug = new double[2];
    double[] xg = new double[4];
    assertThat(pair.lossAndGradient(u, masked, 2, ug, xg)).isEqualTo(INFINITY);
    assertThat(xg).containsExactly(0, 0, -1, 1);
  }

  @Test
  void refusesTreesWithGaps() {
    refused(
        IllegalArgumentException.class,
        "cluster 1 has no class",
        () -> HierarchicalSoftmax.of(new int[] {0, 2, 0}));
    refused(
        IllegalArgumentException.class,
        "the cluster of class 1 is -1",
        () -> HierarchicalSoftmax.of(new int[] {0, -1}));
    refused(
        IllegalArgumentException.class,
        "the cluster of class 0 is 2",
        () -> HierarchicalSoftmax.of(new int[] {2, 0}));
    refused(
        IllegalArgumentException.class,
        "clusterOf is empty",
        () -> HierarchicalSoftmax.of(new int[0]));
    refused(NullPointerException.class, "clusterOf is null", () -> HierarchicalSoftmax.of(null));
    refused(IllegalArgumentException.class, "sizes is empty", HierarchicalSoftmax::ofSizes);
    refused(
        IllegalArgumentException.class,
        "the size of cluster 1 is 0",
        () -> HierarchicalSoftmax.ofSizes(3, 0));
    refused(
        IllegalArgumentException.class,
        "4294967294 classes",
        () -> HierarchicalSoftmax.ofSizes(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void refusesWrongArguments() {
    float[] u = new float[3];
    float[] x = new float[9];
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    refused(wrong, "target is 9, must be", () -> tree.loss(u, x, 9));
    refused(wrong, "target is -1, must be", () -> tree.logProb(u, x, -1));
    refused(
        wrong,
        "u has 9 elements, must have as many as there are clusters: 3",
        () -> tree.loss(x, x, 0));
    refused(
        wrong,
        "x has 3 elements, must have as many as there are classes: 9",
        () -> tree.loss(u, u, 0));
    refused(NullPointerException.class, "u is null", () -> tree.loss(null, x, 0));
    refused(IndexOutOfBoundsException.class, "xOffset is 1", () -> tree.loss(u, 0, x, 1, 0));
    refused(
        wrong,
        "the target of row 0 is 9",
        () -> tree.lossRows(u, 0, 3, x, 0, 9, new int[] {9}, 0, new float[1], 0, 1));

    float[] shared = new float[40];
    refused(
        wrong,
        "u and uGradient are one array",
        () -> tree.lossAndGradient(shared, 0, x, 0, 0, shared, 2, new float[9], 0));
    refused(
        wrong,
        "x and xGradient are one array",
        () -> tree.lossAndGradient(u, 0, shared, 0, 0, new float[3], 0, shared, 8));
    refused(
        wrong,
        "u and xGradient are one array",
        () -> tree.lossAndGradient(shared, 0, x, 0, 0, new float[3], 0, shared, 2));
    refused(
        wrong,
        "x and uGradient are one array",
        () -> tree.lossAndGradient(u, 0, shared, 0, 0, shared, 8, new float[9], 0));
    refused(
        wrong,
        "uGradient and xGradient are one array",
        () -> tree.lossAndGradient(u, 0, x, 0, 0, shared, 0, shared, 0));
    refused(
        wrong,
        "losses and x are one array",
        () -> tree.lossRows(u, 0, 3, shared, 0, 9, new int[] {1}, 0, shared, 8, 1));
    refused(
        wrong,
        "losses and uGradient are one array",
        () ->
            tree.lossAndGradientRows(
                u, 0, 3, x, 0, 9, new int[] {1}, 0, shared, 2, shared, 0, 3, x, 0, 9, 1));
    refused(wrong, "u and y are one array", () -> tree.logProbs(shared, 0, x, 0, shared, 2));
    assertThat(shared).containsOnly(0);
  }

  private static void refused(
      Class<? extends Throwable> type, String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(message);
  }
}
