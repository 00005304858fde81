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
 * Makes {@code examples/logits.npy}: next-token logits with the traits of those that language
 * models give. It uses only what the Java specification fixes to the bit ({@link Random}, {@link
 * StrictMath} and plain arithmetic), so every JVM makes the same file.
 */
final class ExampleLogits {
  private static final int VOCABULARY = 32000;
  private static final long SEED = 20260101;

  /** Control and single-byte tokens, which come first in a vocabulary and hardly ever occur. */
  private static final int RARE_TOKENS = 259;

  private static final double RARE_BIAS = -9;

  /** The place in the text where a token is to be predicted, by how sure a model is there. */
  private enum Context {
    /** Within a word or a set phrase: one token stands out. */
    CONFIDENT(2.2, 3, 18),
    /** A handful of tokens share most of the probability. */
    UNDECIDED(2.4, 8, 12.5),
    /** The start of a sentence: the frequent tokens of the language, little else. */
    FLAT(1.6, 0, 0);

    private final double deviation;
    private final int peaks;
    private final double highestPeak;

    Context(double deviation, int peaks, double highestPeak) {
      this.deviation = deviation;
      this.peaks = peaks;
      this.highestPeak = highestPeak;
    }
  }

  private static final int ROUNDS = 4;

  private ExampleLogits() {}

  /** The whole file, header included. */
  static byte[] bytes() {
    Random random = new Random(SEED);
    double[] bias = unigramBias();
    int rows = ROUNDS * Context.values().length;
    ByteBuffer data =
        ByteBuffer.allocate(rows * VOCABULARY * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int round = 0; round < ROUNDS; round++) {
      for (Context context : Context.values()) {
        for (double logit : row(context, bias, random)) {
          data.putFloat((float) logit);
        }
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        new NpyHeader(Dtype.FLOAT32, List.of((long) rows, (long) VOCABULARY)).toBytes());
    file.writeBytes(data.array());
    return file.toByteArray();
  }

  /** How often a token occurs whatever the context: Zipf's law over the order of the vocabulary. */
  private static double[] unigramBias() {
    double[] bias = new double[VOCABULARY];
    for (int token = 0; token < VOCABULARY; token++) {
      int rank = token - RARE_TOKENS;
      bias[token] = rank < 0 ? RARE_BIAS : -StrictMath.log((rank + 3) / 1000.0);
    }
    return bias;
  }

  private static double[] row(Context context, double[] bias, Random random) {
    // A common offset changes no probability, yet real logits have one.
    double offset = 2 * random.nextGaussian() - 1;
    double[] logits = new double[VOCABULARY];
    for (int token = 0; token < VOCABULARY; token++) {
      logits[token] = offset + bias[token] + context.deviation * random.nextGaussian();
    }
    double peak = context.highestPeak;
    for (int i = 0; i < context.peaks; i++) {
      int token = RARE_TOKENS + random.nextInt(VOCABULARY - RARE_TOKENS);
      logits[token] = offset + peak + random.nextGaussian();
      peak -= 2.5 * random.nextDouble();
    }
    return logits;
  }

  /** Writes the file that the argument names. */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), bytes());
  }
}
