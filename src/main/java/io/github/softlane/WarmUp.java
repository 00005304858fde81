package io.github.softlane;

import io.github.softlane.internal.dispatch.Choice;
import io.github.softlane.internal.dispatch.Dispatch;
import java.time.Duration;
import java.util.Locale;

/**
 * The switch from the scalar backend to vectors, and the thread that makes it.
 *
 * <p>Code on the Vector API is a thousand times slower than plain Java until C2 has compiled it,
 * and slower than plain Java for half a second and more. Both give the same bits, so that nobody
 * can tell which one served a call but by the time it took.
 *
 * <p>The thread loads and checks the vector passes, calls every operation until C2 has compiled it
 * ({@link Drill}), times it against the scalar code, and switches when vectors were faster in every
 * operation several times in a row: first the passes of {@code float}, then its short rows in one
 * go, then {@code double}. Where it gives up, what it has switched to by then goes on serving. It
 * pauses after each round, to leave the CPU to the compiler and to the caller.
 */
final class WarmUp {
  /** Whether calls are served by scalar passes first, and by vectors after the switch. */
  static final boolean SWITCHES = Dispatch.warmsUp();

  private static final String THREAD_NAME = "softlane-warm-up";

  /** Rounds in a row in which every operation has to be faster. */
  private static final int CONFIRMATIONS = 3;

  /**
   * Long enough for a busy machine, where compilation takes many times as long as on an idle one.
   */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** For {@link #await}: beyond the patience of the thread, which also loads classes. */
  private static final long WAIT_MILLIS = 30_000;

  private static final int START_PAUSES = 20;
  private static final long START_PAUSE_MILLIS = 5;
  private static final long MIN_PAUSE_MILLIS = 2;
  private static final long MAX_PAUSE_MILLIS = 50;

  /** Up to so many processors the thread rests between its calls. */
  private static final int FEW_PROCESSORS = 3;

  /**
   * How many times as long as they took, once the first vectors serve: then the caller keeps one
   * processor, and the compiler another.
   */
  private static final int RESTS = 3;

  /** The same for the second type, which has less to compile and waits for it already. */
  private static final int LAST_RESTS = 1;

  /**
   * The switch. A plain field, as every call reads it: a thread that sees it late is served by the
   * scalar passes a little longer, and the result is the same. What it leads to is safely published
   * by class initialisation, not by this field.
   */
  private static Stage stage = Stage.SCALAR;

  /** For {@link Kernels#describe} and {@link #await} only. */
  private static volatile Progress progress = Progress.NOT_STARTED;

  /** When and why {@link #progress} became final; written before it. */
  private static volatile String outcome;

  /** Whether a thread waits for the end of the warm-up. */
  private static volatile boolean awaited;

  /**
   * What serves: {@code float} switches first, since both types take twice as long to compile, and
   * of it the passes, as the methods for short rows take ten times as long as they do.
   */
  enum Stage {
    SCALAR,
    FLOAT_PASSES,
    FLOAT_VECTORS,
    VECTORS
  }

  private enum Progress {
    NOT_STARTED,
    CHECKING,
    COMPILING,
    SWITCHED,
    GAVE_UP
  }

  private WarmUp() {}

  static Stage stage() {
    return stage;
  }

  /** Makes another kernel serve: the switch, and for tests the way back. */
  static void switchTo(Stage next) {
    stage = next;
  }

  /** Starts the thread, unless it has been. */
  static void start() {
    Worker.ensureStarted();
  }

  /**
   * Waits for the end of the warm-up, and starts it where no call does.
   *
   * @return whether the backend that was picked or asked for serves
   */
  static boolean await() {
    if (!Dispatch.isAutomatic()) {
      return true;
    }
    if (!isFinal() && (SWITCHES || !Dispatch.checked().isScalar())) {
      awaited = true;
      join(Worker.ensureStarted());
    }
    return progress == Progress.SWITCHED;
  }

  private static boolean isFinal() {
    return progress.compareTo(Progress.SWITCHED) >= 0;
  }

  private static void join(Thread worker) {
    try {
      if (worker != null) {
        worker.join(WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The choice as far as it is known without a wait for the self-check. */
  static Choice choice() {
    boolean pending = progress.compareTo(Progress.CHECKING) <= 0;
    return SWITCHES && pending ? Dispatch.picked() : Dispatch.checked();
  }

  /** Which backend serves, or null where it is the one that was picked and always was. */
  static String state() {
    Choice choice = choice();
    if (!Dispatch.isAutomatic() || choice.isScalar()) {
      return null;
    }
    if (!SWITCHES) {
      return choice.name()
          + " serves from the first call on: -D"
          + Dispatch.WARM_UP_PROPERTY
          + "=off";
    }
    return switch (progress) {
      case NOT_STARTED -> "scalar serves first: the warm-up starts with the first call";
      case CHECKING -> "scalar serves: the self-check of " + choice.name() + " is running";
      case COMPILING ->
          serving(choice)
              + ": "
              + (stage == Stage.SCALAR ? choice.name() : "the rest")
              + " is being compiled";
      case SWITCHED, GAVE_UP -> serving(choice) + ": " + outcome;
    };
  }

  private static String serving(Choice choice) {
    return switch (stage) {
      case SCALAR -> "scalar serves";
      case FLOAT_PASSES ->
          choice.name() + " serves float, short rows pass by pass, scalar serves double";
      case FLOAT_VECTORS -> choice.name() + " serves float, scalar serves double";
      case VECTORS -> choice.name() + " serves";
    };
  }

  private static void finish(Progress end, String why) {
    outcome = why;
    progress = end;
  }

  private static void run() {
    long start = System.nanoTime();
    try {
      progress = Progress.CHECKING;
      leaveTheCallerAlone();
      Choice choice = Dispatch.checked();
      if (choice.isScalar()) {
        finish(Progress.GAVE_UP, choice.reason());
        return;
      }
      progress = Progress.COMPILING;
      RowKernel vectors = Kernels.selected(Stage.VECTORS);
      RowKernel passes = Kernels.selected(Stage.FLOAT_PASSES);
      boolean few = Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS;
      Drill.Rest rest = few ? WarmUp::restAfter : worked -> {};
      String slower =
          compile(new FloatDrill(passes.floats(), Drill.Scope.PASSES, rest), passes, start);
      if (slower == null) {
        switchTo(SWITCHES ? Stage.FLOAT_PASSES : Stage.SCALAR);
        slower = compile(new FloatDrill(vectors.floats(), Drill.Scope.ALL, rest), vectors, start);
      }
      if (slower == null) {
        switchTo(SWITCHES ? Stage.FLOAT_VECTORS : Stage.SCALAR);
        slower = compile(new DoubleDrill(vectors.doubles(), Drill.Scope.ALL, rest), vectors, start);
      }
      if (slower == null) {
        String why = "faster than scalar after " + seconds(start) + " of warm-up";
        switchTo(SWITCHES ? Stage.VECTORS : Stage.SCALAR);
        finish(Progress.SWITCHED, why);
      } else {
        finish(
            Progress.GAVE_UP,
            "after " + seconds(start) + " " + choice.name() + " is not faster in " + slower);
      }
    } catch (InterruptedException e) {
      finish(Progress.GAVE_UP, "the thread " + THREAD_NAME + " was interrupted");
    } catch (RuntimeException | Error e) {
      finish(Progress.GAVE_UP, "the warm-up failed (" + e + ")");
    }
  }

  /**
   * Lets the JVM compile the caller's scalar code first, for which the classes that are loaded next
   * compete, and spares a program that ends at once all of the warm-up.
   */
  private static void leaveTheCallerAlone() throws InterruptedException {
    for (int i = 0; i < START_PAUSES && !awaited; i++) {
      Thread.sleep(START_PAUSE_MILLIS);
    }
  }

  /** Makes calls until vectors are faster; null, or what they are still slower in. */
  private static String compile(Drill drill, RowKernel vectors, long start)
      throws InterruptedException {
    String slower;
    int confirmations = 0;
    int round = 0;
    long roundStart;
    do {
      roundStart = System.nanoTime();
      slower = drill.round(round, vectors);
      round++;
      confirmations = slower == null ? confirmations + 1 : 0;
      if (confirmations == CONFIRMATIONS) {
        return null;
      }
      // Less than half of a core: the compiler needs one, and the caller the other.
      long worked = System.nanoTime() - roundStart;
      Thread.sleep(Math.min(MIN_PAUSE_MILLIS + worked / 1_000_000, MAX_PAUSE_MILLIS));
    } while (roundStart - start < PATIENCE_NANOS);
    return slower == null ? "every round" : slower;
  }

  private static void restAfter(long workedNanos) throws InterruptedException {
    // Somebody who waits has nothing else to do, and before the first switch all are waiting.
    if (!awaited && stage != Stage.SCALAR) {
      int rests = stage == Stage.FLOAT_PASSES ? RESTS : LAST_RESTS;
      Thread.sleep(Duration.ofNanos(rests * workedNanos));
    }
  }

  private static String seconds(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }

  /** The thread, started by the initialisation of this class: once, and without a lock. */
  private static final class Worker {
    private static final Thread THREAD = start();

    static Thread ensureStarted() {
      return THREAD;
    }

    private static Thread start() {
      try {
        return Thread.ofPlatform()
            .daemon()
            .name(THREAD_NAME)
            .inheritInheritableThreadLocals(false)
            .start(WarmUp::run);
      } catch (OutOfMemoryError e) {
        finish(Progress.GAVE_UP, "the thread " + THREAD_NAME + " cannot be started (" + e + ")");
        return null;
      }
    }
  }
}
