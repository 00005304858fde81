package io.github.softlane;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.List;

/**
 * Chooses a {@link Kernel} for this JVM and CPU.
 *
 * <p>The choice is made once, on first use. The widest vectors are taken when the module {@code
 * jdk.incubator.vector} is resolved, the JVM has its optimising compiler, the CPU has vectors of at
 * least 128 bits and a fused multiply-add, and a self-check gives the same bits as the scalar code.
 * Otherwise the scalar backend serves, and one {@link System.Logger} line of level INFO says why
 * and what to change.
 *
 * <p>The system property {@code softlane.backend} overrides the choice: {@code auto}, {@code
 * scalar}, {@code vector}, {@code vector-128}, {@code vector-256} or {@code vector-512}. A backend
 * asked for in this way that cannot work is an error, never silently another one.
 */
public final class Kernels {
  private static final RowKernel SCALAR = new RowKernel(Dispatch.scalar());
  private static final RowKernel BEST = best(Dispatch.best());

  private Kernels() {}

  /**
   * The kernel that the dispatcher picked.
   *
   * @return the kernel, the same one on every call
   * @throws IllegalStateException when {@code softlane.backend} asks for a backend that cannot work
   *     here, or has another value than those allowed; the message says why
   */
  public static Kernel best() {
    return selected();
  }

  /**
   * The kernel in plain Java, which works everywhere.
   *
   * @return the kernel, the same one on every call
   */
  public static Kernel scalar() {
    return SCALAR;
  }

  /**
   * Every kernel that works on this machine, whatever {@code softlane.backend} says.
   *
   * @return the kernels, the widest vectors first and scalar last; unmodifiable
   */
  public static List<Kernel> all() {
    return All.KERNELS;
  }

  /**
   * What was picked, why, and what would have to change for another choice.
   *
   * @return one or two lines, the first of the form {@code "vector-512: reason"}
   */
  public static String describe() {
    return Dispatch.describe();
  }

  static RowKernel selected() {
    if (BEST == null) {
      throw new IllegalStateException(Dispatch.describe());
    }
    return BEST;
  }

  private static RowKernel best(Backend backend) {
    if (backend == null) {
      return null;
    }
    return backend.name().equals(SCALAR.name()) ? SCALAR : new RowKernel(backend);
  }

  /** Built only when asked for: each width has to be loaded and probed. */
  private static final class All {
    static final List<Kernel> KERNELS = Dispatch.all().stream().map(All::kernel).toList();

    private static Kernel kernel(Backend backend) {
      for (RowKernel known : new RowKernel[] {BEST, SCALAR}) {
        if (known != null && known.name().equals(backend.name())) {
          return known;
        }
      }
      return new RowKernel(backend);
    }
  }
}
