package io.github.softlane.bits;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.Locale;

/** Prints the digest of a workload in this JVM. */
public final class Digest {
  /** Asks for the backend that the dispatcher chose. */
  static final String BEST = "best";

  private Digest() {}

  /**
   * Prints the name of the backend and the digest.
   *
   * @param args the workload and the backend: {@link #BEST}, {@code scalar}, or a vector backend,
   *     which is built whether or not the dispatcher refuses it here
   */
  public static void main(String[] args) {
    Workload workload = Workload.valueOf(args[0].toUpperCase(Locale.ROOT));
    Backend backend =
        switch (args[1]) {
          case BEST -> Dispatch.checked().backend();
          case "scalar" -> Dispatch.scalar();
          default -> Backend.vector(Integer.parseInt(args[1].substring("vector-".length())));
        };
    System.out.println("backend=" + backend.name());
    System.out.println("digest=" + workload.digest(backend));
  }
}
