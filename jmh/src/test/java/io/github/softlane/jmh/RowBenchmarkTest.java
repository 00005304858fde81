package io.github.softlane.jmh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.softlane.jmh.contender.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowBenchmarkTest {
  private static RowBenchmark benchmark(String operation, String contender) {
    RowBenchmark benchmark = new RowBenchmark();
    benchmark.operation = operation;
    benchmark.type = "float";
    benchmark.shape = "4x33";
    benchmark.mask = 30;
    benchmark.threads = 2;
    benchmark.fresh = true;
    benchmark.contender = contender;
    return benchmark;
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void runsEveryOperation(Operation operation) {
    RowBenchmark benchmark =
        benchmark(operation.label(), operation.isOfEveryBackend() ? "scalar" : "naive");
    benchmark.prepare();
    benchmark.rows();
    benchmark.close();
  }

  @Test
  void anOperationThatTheContenderHasNotFailsTheFork() {
    assertThatThrownBy(benchmark("sparsemax", "scalar")::prepare)
        .hasMessageContaining("scalar has no sparsemax");
  }

  @Test
  void pollutesUnlessFresh() {
    RowBenchmark benchmark = benchmark("softmax", "naive");
    benchmark.fresh = false;
    benchmark.prepare();
    benchmark.rows();
    benchmark.close();
  }

  @Test
  void anUnknownContenderFailsTheFork() {
    assertThatThrownBy(benchmark("softmax", "onnx")::prepare).hasMessageContaining("'onnx'");
  }
}
