package io.github.softlane.jmh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.softlane.jmh.contender.Contenders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoofBenchmarkTest {
  @ParameterizedTest
  @ValueSource(strings = {"read", "copy", "fma"})
  void runs(String roof) {
    assumeTrue(Contenders.vectorsAreResolved());
    RoofBenchmark benchmark = new RoofBenchmark();
    benchmark.roof = roof;
    benchmark.type = "double";
    benchmark.shape = "4x33";
    benchmark.threads = 2;
    benchmark.prepare();
    benchmark.elements();
    benchmark.close();
  }
}
