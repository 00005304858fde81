package io.github.softlane.dispatch;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import io.github.softlane.Logits;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Prints what the dispatcher chose in this JVM. */
public final class DispatchReport {
  /** Separates the lines of a description, which go on one line here. */
  static final String LINE = " | ";

  private DispatchReport() {}

  /** Prints one line {@code key=value} for each answer of the public API. */
  public static void main(String[] args) {
    Properties before = (Properties) System.getProperties().clone();
    print("best", () -> Kernels.best().name());
    print("bestAgain", () -> Kernels.best().name());
    print("logits", () -> "" + Logits.logSumExp(new float[] {1, 1}));
    print("logitsAgain", () -> "" + Logits.logSumExp(new double[] {1, 1}, 0.5));
    print("scalar", () -> Kernels.scalar().name());
    print("all", () -> names());
    print("describe", () -> Kernels.describe().replace(System.lineSeparator(), LINE));
    for (Kernel kernel : Kernels.all()) {
      use(kernel);
    }
    print("bestAfterUse", () -> Kernels.best().name());
    print("allAfterUse", () -> names());
    print("properties", () -> "" + changed(before, System.getProperties()));
  }

  private static void print(String key, Supplier<String> value) {
    try {
      System.out.println(key + "=" + value.get());
    } catch (IllegalStateException e) {
      System.out.println(key + "=" + e);
    }
  }

  private static String names() {
    return Kernels.all().stream().map(Kernel::name).collect(Collectors.joining(" "));
  }

  private static void use(Kernel kernel) {
    float[] x = new float[40];
    for (int call = 0; call < 60; call++) {
      x[call % x.length] += 1;
      kernel.softmax(x, 0, x, 0, x.length);
    }
  }

  private static Set<Object> changed(Properties before, Properties after) {
    Set<Map.Entry<Object, Object>> changed = new HashSet<>(after.entrySet());
    changed.removeAll(before.entrySet());
    Set<Object> names = changed.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(names::add);
    return names;
  }
}
