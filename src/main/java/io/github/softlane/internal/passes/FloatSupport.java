package io.github.softlane.internal.passes;

/**
 * The loops over the support of a row of sparse probabilities: the elements that are not 0.
 *
 * <p>Sums run in the order of the elements and keep the errors of their additions. NaN counts as
 * being in the support, so that it shows in the results.
 */
public final class FloatSupport {
  private FloatSupport() {}

  /** How many elements are above 0. */
  public static int size(float[] y, int yOffset, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += y[yOffset + i] > 0 ? 1 : 0;
    }
    return count;
  }

  /** {@code gradX = (gradY - mean of gradY over the support) / T} on the support, 0 elsewhere. */
  public static void sparsemaxVjp(
      float[] y,
      int yOffset,
      float[] gradY,
      int gradYOffset,
      float[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    double sum = 0;
    double error = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (y[yOffset + i] != 0) {
        double term = gradY[gradYOffset + i];
        double next = sum + term;
        double part = next - sum;
        error += (sum - (next - part)) + (term - part);
        sum = next;
        count++;
      }
    }
    double mean = (sum + error) / count;
    // At T = 0 the results do not change with the logits either, but where they jump.
    double scale = temperature == 0 ? Double.POSITIVE_INFINITY : temperature;
    for (int i = 0; i < n; i++) {
      double p = y[yOffset + i];
      double difference = (gradY[gradYOffset + i] - mean) / scale;
      // Adding 0 turns -0 into 0; a NaN of the row goes through.
      gradX[gradXOffset + i] = (float) (p > 0 ? difference + 0.0 : p * 0);
    }
  }

  /**
   * {@code gradX = s (gradY - sum(s gradY) / sum(s)) / T} with {@code s = sqrt(y)}, which is 0
   * outside of the support.
   */
  public static void entmax15Vjp(
      float[] y,
      int yOffset,
      float[] gradY,
      int gradYOffset,
      float[] gradX,
      int gradXOffset,
      int n,
      double temperature) {
    double sum = 0;
    double error = 0;
    double roots = 0;
    double rootsError = 0;
    for (int i = 0; i < n; i++) {
      if (y[yOffset + i] != 0) {
        double root = Math.sqrt(y[yOffset + i]);
        double next = roots + root;
        double part = next - roots;
        rootsError += (roots - (next - part)) + (root - part);
        roots = next;
        double term = root * gradY[gradYOffset + i];
        next = sum + term;
        part = next - sum;
        error += (sum - (next - part)) + (term - part);
        sum = next;
      }
    }
    double mean = (sum + error) / (roots + rootsError);
    // At T = 0 the results do not change with the logits either, but where they jump.
    double scale = temperature == 0 ? Double.POSITIVE_INFINITY : temperature;
    for (int i = 0; i < n; i++) {
      double p = y[yOffset + i];
      double difference = Math.sqrt(p) * (gradY[gradYOffset + i] - mean) / scale;
      gradX[gradXOffset + i] = (float) (p > 0 ? difference + 0.0 : p * 0);
    }
  }
}
