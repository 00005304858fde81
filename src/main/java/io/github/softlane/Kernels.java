package io.github.softlane;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Choice;
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
 *
 * <p><b>Cold start.</b> Vector code is very slow until the JIT compiler has reached it. So where
 * vectors were picked and not asked for by name, {@link #best} and {@link Logits} are served by the
 * scalar code at first, which gives the same bits, while one short-lived daemon thread compiles the
 * vector code, measures it, and switches to it for good once it is faster. {@link #warmUp} waits
 * for that. With the system property {@code softlane.warmup} set to {@code off} (the default is
 * {@code background}) no call starts that thread, and vectors serve from the first call on.
 */
public final class Kernels {
  static final RowKernel SCALAR = new RowKernel(Dispatch.scalar());

  private Kernels() {}

  /**
   * The kernel that the dispatcher picked. Its {@linkplain Kernel#name name} is that of the backend
   * that was picked, also as long as the scalar code serves in its place; {@link #describe} says
   * which one serves.
   *
   * @return the kernel, the same one on every call
   * @throws IllegalStateException when {@code softlane.backend} asks for a backend that cannot work
   *     here, or a property has another value than those allowed; the message says why
   */
  public static Kernel best() {
    RowKernel serving = selected();
    return WarmUp.SWITCHES ? Best.KERNEL : serving;
  }

  /**
   * Waits until {@link #best} and {@link Logits} are served by the backend that was picked, at full
   * speed: two to three seconds in a fresh JVM, less when calls were made before. Meant for
   * programs that want to be ready before their first request; the others need not call it.
   *
   * <p>It takes no time where nothing is to be warmed up: after the first time, with a backend
   * asked for by name, and without vectors. It gives up when vectors have not become faster than
   * the scalar code within half a minute, or when the thread is interrupted; the interrupt flag is
   * then still set. May be called from any number of threads.
   *
   * @return true when calls are now served by the vectors that were picked, or by the backend that
   *     {@code softlane.backend} names; false when the scalar code serves in place of vectors, in
   *     some calls or in all, and {@link #describe} says in which and why
   * @throws IllegalStateException as {@link #best}
   */
  public static boolean warmUp() {
    selected();
    return WarmUp.await();
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
   * Every kernel that works on this machine, whatever {@code softlane.backend} says. Each is one
   * backend and stays it: none of them is warmed up, and none ever switches.
   *
   * @return the kernels, the widest vectors first and scalar last; unmodifiable
   */
  public static List<Kernel> all() {
    return All.KERNELS;
  }

  /**
   * What was picked, why, which backend serves at this moment, and what would have to change for
   * another choice.
   *
   * @return one to three lines, the first of the form {@code "vector-512: reason"}
   */
  public static String describe() {
    return WarmUp.choice().describe(WarmUp.state());
  }

  /** The backend that serves at this moment. */
  static RowKernel selected() {
    RowKernel kernel = selected(WarmUp.stage());
    if (kernel == null) {
      throw new IllegalStateException(describe());
    }
    return kernel;
  }

  /**
   * One of four constants. The warm-up runs all branches, so that the compiler keeps them and need
   * not throw code away at the switch.
   */
  static RowKernel selected(WarmUp.Stage stage) {
    return switch (stage) {
      case SCALAR -> Cold.KERNEL;
      case FLOAT_PASSES -> QuarterWarm.KERNEL;
      case FLOAT_VECTORS -> HalfWarm.KERNEL;
      case VECTORS -> Warm.KERNEL;
    };
  }

  private static RowKernel of(Choice choice) {
    return choice.isImpossible() ? null : of(choice.backend());
  }

  private static RowKernel of(Backend backend) {
    return backend.name().equals(SCALAR.name()) ? SCALAR : new RowKernel(backend);
  }

  /** Serves from the first call on, for good or until the switch. Initialised by that call. */
  private static final class Cold {
    static final RowKernel KERNEL = WarmUp.SWITCHES ? SCALAR : of(Dispatch.checked());

    static {
      if (WarmUp.SWITCHES) {
        WarmUp.start();
      }
    }
  }

  /** Serves after the switch. Initialised by the warm-up, as it has to wait for the self-check. */
  private static final class Warm {
    static final RowKernel KERNEL = of(Dispatch.checked());
  }

  /** Serves first after the scalar code: vectors for float, but short rows pass by pass. */
  private static final class QuarterWarm {
    static final RowKernel KERNEL = new RowKernel(Dispatch.checked().backend().withoutShortRows());
  }

  /** Serves in between: vectors for float, plain Java for double. */
  private static final class HalfWarm {
    static final RowKernel KERNEL = new RowKernel(Dispatch.checked().backend().withScalarDoubles());
  }

  /** Apart, so that only those who need it load it. */
  private static final class Best {
    static final Kernel KERNEL = new BestKernel();
  }

  /** Built only when asked for: each width has to be loaded and probed. */
  private static final class All {
    static final List<Kernel> KERNELS = Dispatch.all().stream().map(All::kernel).toList();

    private static Kernel kernel(Backend backend) {
      // An automatic choice is left alone: looking at it would make it, and start its warm-up.
      RowKernel asked = Dispatch.isAutomatic() ? null : Cold.KERNEL;
      return asked != null && asked.name().equals(backend.name()) ? asked : of(backend);
    }
  }
}
