package io.github.softlane.cli;

import io.github.softlane.Kernels;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The kernel that the library picked in this process, why, and what serves in its place.
 *
 * @param name the name of the kernel, such as {@code vector-512}
 * @param description what was picked, why, which backend serves and what would have to change, over
 *     one or more lines
 */
record Backend(String name, String description) {
  /** What {@code --backend} may be. */
  static final List<String> CHOICES =
      List.of("auto", "scalar", "vector", "vector-128", "vector-256", "vector-512");

  private static final String PROPERTY = "softlane.backend";

  /** Held here, since a logger that nobody holds loses its level. */
  private static final Logger LIBRARY_LOG = Logger.getLogger("io.github.softlane");

  /** What a line begins with that says that the scalar code stands in for vectors. */
  private static final String STAND_IN = "scalar serves";

  private static final String SCALAR_SERVES_DOUBLE = ", scalar serves double:";

  /**
   * Has the library pick its kernel, which it does once in a process.
   *
   * @param choice one of {@link #CHOICES}, or null to leave the choice to the system property
   */
  static void pick(String choice) {
    if (choice != null) {
      System.setProperty(PROPERTY, choice);
    }
    // The command says itself which backend runs and what to change.
    LIBRARY_LOG.setLevel(Level.OFF);
    try {
      Kernels.best();
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw Failure.usage(message(e));
    } catch (ExceptionInInitializerError e) {
      throw Failure.usage(message(e.getCause() == null ? e : e.getCause()));
    }
  }

  /**
   * What was picked and what serves now. Asked after the work: the library finds out beside it, and
   * would have to be waited for before.
   */
  static Backend now() {
    return new Backend(Kernels.best().name(), Kernels.describe());
  }

  /** Whether this backend was asked for, by an option or by the system property. */
  static boolean isForced(String choice) {
    return choice.equals(System.getProperty(PROPERTY));
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage().lines().findFirst().orElse("");
  }

  boolean slow() {
    return name.equals("scalar");
  }

  /** Whether vectors were picked and the scalar code serves in their place. */
  boolean scalarStandsIn() {
    return state().startsWith(STAND_IN);
  }

  /** Whether it does so because vectors are not compiled yet. */
  boolean warmsUp() {
    return scalarStandsIn() && state().matches(".*( first: | is running| is being compiled).*");
  }

  /** Whether vectors serve float already, and the scalar code double in their place. */
  boolean scalarServesDouble() {
    return state().contains(SCALAR_SERVES_DOUBLE);
  }

  /** The line of the description that says which backend serves, or an empty text. */
  String state() {
    return description.lines().skip(1).filter(Backend::isState).findFirst().orElse("");
  }

  private static boolean isState(String line) {
    return line.matches("[a-z0-9-]+ serves.*");
  }

  /** The lines of the description that say what would have to change. */
  List<String> changes() {
    return description.lines().skip(1).filter(line -> !isState(line)).toList();
  }

  /** The first line of the description. */
  String reason() {
    return description.lines().findFirst().orElse(name);
  }
}
