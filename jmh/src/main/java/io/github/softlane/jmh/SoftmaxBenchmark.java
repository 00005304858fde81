package io.github.softlane.jmh;

import io.github.softlane.Kernel;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The three operations over 128 rows of 4096 {@code float} logits, on one thread and in a polluted
 * JVM. The score is nanoseconds per element.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SoftmaxBenchmark.ROWS * SoftmaxBenchmark.COLUMNS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SoftmaxBenchmark {
  static final int ROWS = 128;
  static final int COLUMNS = 4096;

  /** See {@link Contenders}; {@link Main} puts in every one that this machine has. */
  @Param({"best", "scalar", "naive"})
  public String kernel;

  private Kernel contender;
  private float[] logits;
  private float[] result;

  /** For JMH. */
  public SoftmaxBenchmark() {}

  /**
   * Draws the logits.
   *
   * @param pollution asked for so that it has run before the measurement
   */
  @Setup
  public void draw(Pollution pollution) {
    contender = Contenders.named(kernel);
    logits = new float[ROWS * COLUMNS];
    result = new float[ROWS * COLUMNS];
    Random random = new Random(42);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (4 * random.nextGaussian());
    }
  }

  /**
   * Softmax into another array.
   *
   * @return the probabilities
   */
  @Benchmark
  public float[] softmax() {
    for (int row = 0; row < ROWS; row++) {
      contender.softmax(logits, row * COLUMNS, result, row * COLUMNS, COLUMNS);
    }
    return result;
  }

  /**
   * Log-softmax into another array.
   *
   * @return the log-probabilities
   */
  @Benchmark
  public float[] logSoftmax() {
    for (int row = 0; row < ROWS; row++) {
      contender.logSoftmax(logits, row * COLUMNS, result, row * COLUMNS, COLUMNS);
    }
    return result;
  }

  /**
   * Log-sum-exp of each row.
   *
   * @return their sum, which keeps every one of them alive
   */
  @Benchmark
  public float logSumExp() {
    float sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += contender.logSumExp(logits, row * COLUMNS, COLUMNS);
    }
    return sum;
  }
}
