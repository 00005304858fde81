package io.github.softlane.allocation;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Prints what each call of every kernel allocates in a JVM that has run all of them in an order
 * that a seed decides. What the compiler knows of a method when it compiles it depends on that
 * order, and whether it keeps a vector in a register may depend on what it knows.
 */
public final class ShuffledAllocationReport {
  private static final int CALLS = 3000;
  private static final int TURNS = 20;

  private ShuffledAllocationReport() {}

  /** Prints one line {@code kernel call=bytes} for each call; the argument is the seed. */
  public static void main(String[] args) {
    Random random = new Random(Long.parseLong(args[0]));
    Kernels.warmUp();
    KernelCalls rows = new KernelCalls();
    List<Map.Entry<String, Runnable>> calls = new ArrayList<>();
    for (Kernel kernel : Kernels.all()) {
      rows.of(kernel)
          .forEach((name, call) -> calls.add(Map.entry(kernel.name() + " " + name, call)));
    }
    rows.of(Kernels.best()).forEach((name, call) -> calls.add(Map.entry("best " + name, call)));
    rows.everyday().forEach((name, call) -> calls.add(Map.entry("Logits " + name, call)));
    Collections.shuffle(calls, random);
    // One call after the other until it is compiled, or all of them in turn.
    boolean inTurn = random.nextBoolean();
    for (int turn = 0; turn < (inTurn ? TURNS : 1); turn++) {
      for (Map.Entry<String, Runnable> call : calls) {
        for (int i = 0; i < (inTurn ? KernelCalls.ROUND : CALLS); i++) {
          call.getValue().run();
        }
      }
    }
    calls.forEach(call -> System.out.println(call.getKey() + "=" + Meter.bytes(call.getValue())));
  }
}
