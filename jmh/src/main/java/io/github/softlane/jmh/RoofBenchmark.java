package io.github.softlane.jmh;

import io.github.softlane.jmh.contender.Contenders;
import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Logits;
import io.github.softlane.jmh.contender.Shape;
import io.github.softlane.jmh.contender.Team;
import io.github.softlane.jmh.roof.Roof;
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

/** The limits of the machine, over the same logits as {@link RowBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx3g"})
public class RoofBenchmark {
  /** See {@link Roof}. */
  @Param({Roof.READ, Roof.COPY, Roof.FMA})
  public String roof;

  /** See {@link ElementType}. */
  @Param("float")
  public String type;

  /** Rows times columns. */
  @Param("128x4096")
  public String shape;

  /** How many threads share the elements. */
  @Param("1")
  public int threads;

  private static final int WARM_UP_ELEMENTS = 2048;
  private static final int WARM_UP_RUNS = 20_000;

  private Roof chosen;
  private Team team;
  private Team.Body body;
  private int elements;

  /** For JMH. */
  public RoofBenchmark() {}

  /** Draws the logits and verifies what is about to be measured. */
  @Setup
  public void prepare() {
    if (!Contenders.vectorsAreResolved()) {
      throw new IllegalStateException(
          "the roofs need the module jdk.incubator.vector: add --add-modules jdk.incubator.vector");
    }
    Logits logits = Logits.draw(ElementType.named(type), Shape.of(shape), 0);
    elements = logits.shape().elements();
    chosen = Roof.named(roof, logits);
    // Short runs, so that the compiler replaces the whole method and not only a running loop.
    int some = Math.min(elements, WARM_UP_ELEMENTS);
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      chosen.run(0, some);
    }
    chosen.run(0, elements);
    chosen.verify(0, elements);
    team = new Team(threads);
    body = chosen::run;
  }

  /** All elements once. */
  @Benchmark
  public void elements() {
    team.run(elements, body);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    if (team != null) {
      team.close();
    }
  }
}
