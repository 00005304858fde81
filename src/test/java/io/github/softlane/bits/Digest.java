package io.github.softlane.bits;

import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.dispatch.Dispatch;
import java.util.List;
import java.util.Locale;

/** Prints the digest of a workload in this JVM. */
public final class Digest {
  /** Asks for the backend that the dispatcher chose. */
  static final String BEST = "best";

  private Digest() {}

  /**
   * Prints {@code name asked=name} and {@code digest asked=digest} for each backend.
   *
   * @param args the workload and the backends: {@link #BEST}, {@code scalar}, or a vector backend,
   *     which is built whether or not the dispatcher refuses it here
   */
  public static void main(String[] args) {
    Workload workload = Workload.valueOf(args[0].toUpperCase(Locale.ROOT));
    for (String asked : List.of(args).subList(1, args.length)) {
      Backend backend =
          switch (asked) {
            case BEST -> Dispatch.checked().backend();
            case "scalar" -> Dispatch.scalar();
            default -> Backend.vector(Integer.parseInt(asked.substring("vector-".length())));
          };
      System.out.println("name " + asked + "=" + backend.name());
      System.out.println("digest " + asked + "=" + workload.digest(backend));
    }
  }
}
