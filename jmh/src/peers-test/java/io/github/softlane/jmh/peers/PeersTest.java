package io.github.softlane.jmh.peers;

import static io.github.softlane.jmh.contender.ElementType.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.jmh.RowBenchmark;
import io.github.softlane.jmh.contender.Contender;
import io.github.softlane.jmh.contender.Contenders;
import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Logits;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Shape;
import io.github.softlane.jmh.contender.Task;
import io.github.softlane.jmh.contender.Verification;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeersTest {
  static Stream<Contender> peers() {
    return Contenders.all().stream().filter(Contender::isNative);
  }

  @Test
  void allAreBuiltIn() {
    assertThat(peers().map(Contender::name))
        .containsExactly("onnxruntime", "onednn", "libtorch", "libtorch-composite");
  }

  @Test
  void libtorchHasTheGradientAndNobodySparsemax() {
    assertThat(peers().filter(peer -> peer.offers(Operation.CROSS_ENTROPY_GRADIENT, FLOAT)))
        .extracting(Contender::name)
        .containsExactly("libtorch", "libtorch-composite");
    assertThat(peers()).noneMatch(peer -> peer.offers(Operation.SPARSEMAX, FLOAT));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void everyPeerIsRight(Contender peer) {
    for (ElementType type : ElementType.values()) {
      for (Shape shape : List.of(new Shape(7, 67), new Shape(2, 1500), new Shape(1, 70_000))) {
        for (int mask : List.of(0, 30, 95)) {
          Logits logits = Logits.draw(type, shape, mask);
          for (Operation operation : Operation.values()) {
            if (peer.offers(operation, type)) {
              check(peer, new Problem(operation, logits, 1));
              check(peer, new Problem(operation, logits, 2));
            }
          }
        }
      }
    }
  }

  private static void check(Contender peer, Problem problem) {
    try (Task task = peer.prepare(problem)) {
      // Twice, since a gradient must not be added to the previous one.
      task.run();
      task.run();
      double maxUlp = Verification.check(peer, problem, task);
      assertThat(maxUlp).as("%s %s", peer.name(), problem).isLessThan(1000);
    }
  }

  @ParameterizedTest
  @MethodSource("peers")
  void theBenchmarkRunsEveryPeer(Contender peer) {
    RowBenchmark benchmark = new RowBenchmark();
    benchmark.operation =
        peer.offers(Operation.LOG_SOFTMAX, FLOAT) ? "log-softmax" : "cross-entropy-gradient";
    benchmark.type = "float";
    benchmark.shape = "4x33";
    benchmark.threads = 2;
    benchmark.contender = peer.name();
    benchmark.prepare();
    benchmark.rows();
    benchmark.close();
  }
}
