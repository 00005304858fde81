package io.github.softlane.internal.dispatch;

import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.passes.vector.PreferredShape;
import java.util.ArrayList;
import java.util.List;

/** The conditions for the vector passes, in the order in which they are asked. */
final class Gates {
  private static final int NARROWEST = Backend.WIDTHS[Backend.WIDTHS.length - 1];

  private Gates() {}

  /** The vector backends that work here, widest first, or why there are none. */
  static Outcome pass() {
    if (!VectorModule.isResolved()) {
      return refused("the module jdk.incubator.vector is not resolved", flag());
    }
    Refusal machine = VirtualMachine.refusal();
    if (machine != null) {
      return new Outcome(List.of(), machine);
    }
    try {
      VectorModule.read();
      int bits = PreferredShape.bits();
      if (bits < NARROWEST) {
        return refused(
            "the JVM prefers vectors of " + bits + " bits, and at least 128 are needed",
            "remove -XX:MaxVectorSize and -XX:UseSSE, or use a CPU with vectors of 128 bits");
      }
      if (!Fused.AVAILABLE) {
        return refused(
            "there is no fused multiply-add in hardware, so results differ from other machines",
            "remove -XX:-UseFMA, or use a CPU with FMA");
      }
      return probed(bits);
    } catch (LinkageError | RuntimeException e) {
      return refused("the vector passes cannot be loaded (" + e + ")", flag());
    }
  }

  private static Outcome probed(int bits) {
    List<Backend> working = new ArrayList<>();
    for (int width : Backend.WIDTHS) {
      if (width <= bits) {
        Backend backend = Backend.vector(width);
        String difference = Probe.difference(backend);
        if (difference != null) {
          return refused(
              "the self-check of " + backend.name() + " failed: " + difference,
              "report this JDK and CPU to the project");
        }
        working.add(backend);
      }
    }
    return new Outcome(List.copyOf(working), null);
  }

  private static String flag() {
    return "start the JVM with " + VectorModule.FLAG;
  }

  private static Outcome refused(String reason, String remedy) {
    return new Outcome(List.of(), new Refusal(reason, remedy));
  }

  /**
   * What the gates said.
   *
   * @param backends the working vector backends, widest first
   * @param refusal why there are none, or null
   */
  record Outcome(List<Backend> backends, Refusal refusal) {}
}
