package io.github.softlane.cli;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The kernel that the library picked in this process and why.
 *
 * @param name the name of the kernel, such as {@code vector-512}
 * @param description what was picked, why and what would have to change, over one or more lines
 */
record Backend(String name, String description) {
  /** What {@code --backend} may be. */
  static final List<String> CHOICES =
      List.of("auto", "scalar", "vector", "vector-128", "vector-256", "vector-512");

  private static final String PROPERTY = "softlane.backend";

  /** Held here, since a logger that nobody holds loses its level. */
  private static final Logger LIBRARY_LOG = Logger.getLogger("io.github.softlane");

  /**
   * Has the library pick its kernel, which it does once in a process.
   *
   * @param choice one of {@link #CHOICES}, or null to leave the choice to the system property
   */
  static Backend pick(String choice) {
    if (choice != null) {
      System.setProperty(PROPERTY, choice);
    }
    // The command says itself which backend runs and what to change.
    LIBRARY_LOG.setLevel(Level.OFF);
    try {
      Kernel kernel = Kernels.best();
      return new Backend(kernel.name(), Kernels.describe());
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw Failure.usage(message(e));
    } catch (ExceptionInInitializerError e) {
      throw Failure.usage(message(e.getCause() == null ? e : e.getCause()));
    }
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

  /** The lines of the description after the first: what would have to change. */
  List<String> changes() {
    return description.lines().skip(1).toList();
  }

  /** The first line of the description. */
  String reason() {
    return description.lines().findFirst().orElse(name);
  }
}
