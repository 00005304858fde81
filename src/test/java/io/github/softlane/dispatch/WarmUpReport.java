package io.github.softlane.dispatch;

import io.github.softlane.Kernels;
import io.github.softlane.Logits;

/** Prints what the warm-up does in this JVM, step by step. */
public final class WarmUpReport {
  private WarmUpReport() {}

  /** Prints one line {@code key=value} for each step; see the tests for the arguments. */
  public static void main(String[] args) throws InterruptedException {
    print("described", describe());
    print("threadsBefore", threads());
    print("scalar", Kernels.scalar().name() + " of " + Kernels.all().size());
    print("threadsOfOthers", threads());
    print("result", Logits.logSumExp(new float[] {1, 1}));
    print("threadsAfter", threads());
    if (args.length > 0) {
      Thread.currentThread().interrupt();
      print("interruptedWarmUp", Kernels.warmUp());
      print("interrupted", Thread.interrupted());
    }
    print("warmUp", Kernels.warmUp());
    print("describedWarm", describe());
    long start = System.nanoTime();
    boolean again = true;
    for (int i = 0; i < 1000; i++) {
      again &= Kernels.warmUp();
    }
    print("again", again);
    print("againMillis", (System.nanoTime() - start) / 1_000_000);
    // The thread still has to return from its last statement.
    for (int i = 0; i < 1000 && !threads().equals("0"); i++) {
      Thread.sleep(1);
    }
    print("threadsWarm", threads());
  }

  private static void print(String key, Object value) {
    System.out.println(key + "=" + value);
  }

  private static String describe() {
    return Kernels.describe().replace(System.lineSeparator(), DispatchReport.LINE);
  }

  /** How many threads of the library there are; all have to be daemons. */
  private static String threads() {
    return ""
        + Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("softlane-warm-up") && thread.isDaemon())
            .count();
  }
}
