package io.github.softlane.jmh;

import io.github.softlane.jmh.contender.Contender;
import io.github.softlane.jmh.contender.Contenders;
import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Logits;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Shape;
import io.github.softlane.jmh.contender.Task;
import io.github.softlane.jmh.contender.Verification;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation of one contender over all rows of a shape. The score is the time for all of them;
 * the report divides it by the elements. {@link Main} chooses the parameters.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx3g"
    })
public class RowBenchmark {
  /** See {@link Operation}. */
  @Param({"softmax", "log-softmax", "log-sum-exp"})
  public String operation;

  /** See {@link ElementType}. */
  @Param("float")
  public String type;

  /** Rows times columns. */
  @Param("128x4096")
  public String shape;

  /** The share of entries that are {@code -inf}, in percent. */
  @Param("0")
  public int mask;

  /** How many threads may compute. */
  @Param("1")
  public int threads;

  /** Whether to measure in a JVM that has run nothing else. */
  @Param("false")
  public boolean fresh;

  /** See {@link Contenders}. */
  @Param({"best", "scalar", "naive"})
  public String contender;

  private Task task;

  /** For JMH. */
  public RowBenchmark() {}

  /** Draws the logits, pollutes the JVM and verifies what is about to be measured. */
  @Setup
  public void prepare() {
    Contender chosen = Contenders.named(contender);
    Logits logits = Logits.draw(ElementType.named(type), Shape.of(shape), mask);
    Problem problem = new Problem(Operation.named(operation), logits, threads);
    if (!chosen.offers(problem.operation(), problem.type())) {
      throw new IllegalArgumentException(
          "contender " + contender + " has no " + operation + " of type " + type);
    }
    if (!fresh) {
      chosen.pollute();
      CompilerQueue.drain();
    }
    task = chosen.prepare(problem);
    task.run();
    double maxUlp = Verification.check(chosen, problem, task);
    AccuracyProfiler.record(maxUlp);
    System.err.printf("verified %s %s maxUlp=%.3f%n", contender, problem, maxUlp);
  }

  /** All rows once. */
  @Benchmark
  public void rows() {
    task.run();
  }

  /** Gives back what the contender holds. */
  @TearDown
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
