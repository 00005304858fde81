package io.github.softlane.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Makes {@code examples/calibration-logits.npy} and {@code examples/calibration-labels.npy}: a
 * held-out set of a classifier that is too sure of itself. As {@link ExampleLogits}, it uses only
 * what the Java specification fixes to the bit.
 */
final class ExampleCalibration {
  private static final int ROWS = 400;
  private static final int CLASSES = 10;
  private static final long SEED = 20260102;

  /** How many times too large the logits are. */
  static final double OVERCONFIDENCE = 2.5;

  private static final double DEVIATION = 3;

  private ExampleCalibration() {}

  private static Random random() {
    return new Random(SEED);
  }

  /** The logits that the labels are drawn from. */
  private static double[][] honest(Random random) {
    double[][] logits = new double[ROWS][CLASSES];
    for (double[] row : logits) {
      for (int i = 0; i < CLASSES; i++) {
        row[i] = DEVIATION * random.nextGaussian();
      }
    }
    return logits;
  }

  /** The file of logits, header included. */
  static byte[] logits() {
    ByteBuffer data =
        ByteBuffer.allocate(ROWS * CLASSES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : honest(random())) {
      for (double logit : row) {
        data.putFloat((float) (OVERCONFIDENCE * logit));
      }
    }
    return file(new NpyHeader(Dtype.FLOAT32, List.of((long) ROWS, (long) CLASSES)), data.array());
  }

  /** The file of labels, header included. */
  static byte[] labels() {
    Random random = random();
    double[][] logits = honest(random);
    ByteBuffer data = ByteBuffer.allocate(ROWS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : logits) {
      data.putLong(draw(row, random));
    }
    return file(new NpyHeader(Dtype.INT64, List.of((long) ROWS)), data.array());
  }

  /** A class with the probability of its softmax: the largest logit with Gumbel noise on all. */
  private static int draw(double[] row, Random random) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < row.length; i++) {
      // Above 0, so that no logarithm is infinite.
      double uniform = (random.nextInt(1 << 30) + 0.5) / (1 << 30);
      double noisy = row[i] - StrictMath.log(-StrictMath.log(uniform));
      if (noisy > highest) {
        highest = noisy;
        best = i;
      }
    }
    return best;
  }

  private static byte[] file(NpyHeader header, byte[] data) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header.toBytes());
    file.writeBytes(data);
    return file.toByteArray();
  }

  /** Writes both files into the folder that the argument names. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.write(folder.resolve("calibration-logits.npy"), logits());
    Files.write(folder.resolve("calibration-labels.npy"), labels());
  }
}
