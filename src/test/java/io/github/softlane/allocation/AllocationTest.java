package io.github.softlane.allocation;

import static io.github.softlane.dispatch.ForkedJvm.VECTOR_MODULE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import io.github.softlane.dispatch.ForkedJvm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No call of a kernel allocates once it is compiled; slow, as it waits for the compiler. */
@Tag("slow")
class AllocationTest {
  private static final int WARM_UP_ROUNDS = 25;

  private static final KernelCalls CALLS = new KernelCalls();

  static List<Kernel> kernels() {
    return Kernels.all();
  }

  /** The best kernel too, which chooses anew in each call. */
  static List<Kernel> kernelsAndBest() {
    Kernels.warmUp();
    List<Kernel> kernels = new ArrayList<>(Kernels.all());
    kernels.add(Kernels.best());
    return kernels;
  }

  /** All kernels in turn, so that what is compiled has seen all of them, as in a used JVM. */
  @BeforeAll
  static void warmUp() {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      for (Kernel kernel : kernelsAndBest()) {
        for (Runnable call : CALLS.of(kernel).values()) {
          for (int i = 0; i < KernelCalls.ROUND; i++) {
            call.run();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndBest")
  void inAJvmThatHasRunAllKernels(Kernel kernel) {
    Map<String, Long> bytes = new HashMap<>();
    CALLS.of(kernel).forEach((name, call) -> bytes.put(name, Meter.bytes(call)));
    assertThat(bytes).as("bytes allocated in a batch of calls").allSatisfy(AllocationTest::isZero);
  }

  /**
   * The scalar passes serve before the switch, the vectors after it, and in each state none
   * allocates.
   */
  @Tag("fork")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inAFreshJvmThatChoosesByItself(boolean warmedUp) {
    List<String> options = List.of(VECTOR_MODULE, "-Dsoftlane.test.warmUp=" + warmedUp);
    Map<String, String> values =
        new HashMap<>(ForkedJvm.run(AllocationReport.class, options).succeeded().values());
    assertThat(values.remove("backend")).isNotEmpty();
    assertThat(values).hasSize(6).allSatisfy((call, bytes) -> assertThat(bytes).isEqualTo("0"));
  }

  /** Each JVM runs all kernels and calls in an order of its own before any is measured. */
  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void inAJvmThatHasRunAllKernelsInAnyOrder(int seed) {
    var result =
        ForkedJvm.run(ShuffledAllocationReport.class, List.of(VECTOR_MODULE), String.valueOf(seed));
    Map<String, String> values = result.succeeded().values();
    assertThat(values).hasSize(6 * (Kernels.all().size() + 1) + 10);
    assertThat(values).allSatisfy((call, bytes) -> assertThat(bytes).as(call).isEqualTo("0"));
  }

  private static void isZero(String call, long bytes) {
    assertThat(bytes).as(call).isZero();
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("kernels")
  void inAFreshJvmThatRunsOneKernel(Kernel kernel) {
    String forced = "-Dsoftlane.backend=" + kernel.name();
    var result = ForkedJvm.run(AllocationReport.class, List.of(VECTOR_MODULE, forced));
    Map<String, String> values = new HashMap<>(result.succeeded().values());
    assertThat(values.remove("backend")).isEqualTo(kernel.name());
    assertThat(values).hasSize(6).allSatisfy((call, bytes) -> assertThat(bytes).isEqualTo("0"));
  }

  @Test
  void everydayCallsWithoutATemperature() {
    Map<String, Long> bytes = new HashMap<>();
    CALLS.everyday().forEach((name, call) -> bytes.put(name, Meter.bytes(call)));
    assertThat(bytes).as("bytes allocated in a batch of calls").allSatisfy(AllocationTest::isZero);
  }

  /** One small array in a hundred calls, which the meter must see. */
  @Test
  void theMeterNoticesASmallArray() {
    Runnable call = CALLS.of(Kernels.scalar()).get("softmax of float");
    float[][] kept = new float[1][];
    int[] calls = new int[1];
    long bytes =
        Meter.bytes(
            () -> {
              call.run();
              if (++calls[0] % 100 == 0) {
                kept[0] = new float[1];
              }
            },
            1_000_000_000L);
    assertThat(bytes).isPositive();
    assertThat(kept[0]).isNotNull();
  }
}
