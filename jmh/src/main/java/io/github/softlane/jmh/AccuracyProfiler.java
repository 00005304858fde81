package io.github.softlane.jmh;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Carries the error that the set-up found into JMH's result, beside the time. */
public final class AccuracyProfiler implements InternalProfiler {
  /** The name of the metric in JMH's result. */
  public static final String METRIC = "maxUlp";

  private static volatile double maxUlp = Double.NaN;

  /** For JMH. */
  public AccuracyProfiler() {}

  static void record(double found) {
    maxUlp = found;
  }

  @Override
  public String getDescription() {
    return "The largest error of the result, in ULP";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double found = maxUlp;
    return Double.isNaN(found)
        ? List.of()
        : List.of(new ScalarResult(METRIC, found, "ULP", AggregationPolicy.MAX));
  }
}
