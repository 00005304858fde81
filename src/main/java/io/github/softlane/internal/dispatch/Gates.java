package io.github.softlane.internal.dispatch;

import io.github.softlane.internal.arithmetic.Fused;
import io.github.softlane.internal.passes.vector.PreferredShape;

/** The conditions for the vector passes, in the order in which they are asked. */
final class Gates {
  private static final int NARROWEST = Backend.WIDTHS[Backend.WIDTHS.length - 1];

  private Gates() {}

  /** The widest vectors that this JVM and CPU offer, or why there are none. */
  static Outcome pass() {
    if (!VectorModule.isResolved()) {
      return refused("the module jdk.incubator.vector is not resolved", flag());
    }
    Refusal machine = VirtualMachine.refusal();
    if (machine != null) {
      return new Outcome(0, machine);
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
      return new Outcome(widest(bits), null);
    } catch (LinkageError | RuntimeException e) {
      return refused("the vector passes cannot be loaded (" + e + ")", flag());
    }
  }

  private static int widest(int bits) {
    for (int width : Backend.WIDTHS) {
      if (width <= bits) {
        return width;
      }
    }
    throw new IllegalArgumentException("no width is " + bits + " or less");
  }

  /** The last gate: the passes of one width, or why they do not give the scalar bits. */
  static Probed probe(int width) {
    try {
      Backend backend = Backend.vector(width);
      String difference = Probe.difference(backend);
      return difference == null
          ? new Probed(backend, null)
          : refusedProbe(
              "the self-check of " + backend.name() + " failed: " + difference,
              "report this JDK and CPU to the project");
    } catch (LinkageError | RuntimeException e) {
      return refusedProbe("the passes of " + width + " bits fail to run (" + e + ")", flag());
    }
  }

  private static Probed refusedProbe(String reason, String remedy) {
    return new Probed(null, new Refusal(reason, remedy));
  }

  private static String flag() {
    return "start the JVM with " + VectorModule.FLAG;
  }

  private static Outcome refused(String reason, String remedy) {
    return new Outcome(0, new Refusal(reason, remedy));
  }

  /**
   * What the gates said.
   *
   * @param bits the width of the widest vectors, 0 when there are none
   * @param refusal why there are none, or null
   */
  record Outcome(int bits, Refusal refusal) {}

  /**
   * What the last gate said.
   *
   * @param backend the working backend, or null
   * @param refusal why there is none, or null
   */
  record Probed(Backend backend, Refusal refusal) {}
}
