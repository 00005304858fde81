package io.github.softlane.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The choice of a backend, made once. */
public final class Dispatch {
  /** Overrides the choice; see {@link #VALUES}. */
  public static final String PROPERTY = "softlane.backend";

  private static final String VALUES = "auto, scalar, vector, vector-128, vector-256 or vector-512";

  private static final Gates.Outcome VECTORS = Gates.pass();
  private static final Choice CHOICE = choose(System.getProperty(PROPERTY, "auto"));

  private Dispatch() {}

  /** The backend in use, or null when the property asks for one that cannot work. */
  public static Backend best() {
    return CHOICE.backend;
  }

  /** The scalar backend. */
  public static Backend scalar() {
    return Backend.SCALAR;
  }

  /** Every backend that works here, the widest first, scalar last. */
  public static List<Backend> all() {
    List<Backend> all = new ArrayList<>(VECTORS.backends());
    all.add(Backend.SCALAR);
    return all;
  }

  /**
   * What was picked, why, and what would have to change for another choice, in one to three lines.
   */
  public static String describe() {
    return CHOICE.description;
  }

  private static Choice choose(String value) {
    Refusal refusal = VECTORS.refusal();
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "auto" -> refusal == null ? widest("the widest that this CPU has") : fallback(refusal);
      case "scalar" ->
          chosen(
              Backend.SCALAR,
              "asked for by -D" + PROPERTY + "=scalar",
              "for the fastest backend: remove -D" + PROPERTY);
      case "vector" ->
          refusal == null
              ? widest("the widest that this CPU has, asked for by -D" + PROPERTY + "=vector")
              : impossible(value, refusal.reason(), refusal.remedy());
      case "vector-128", "vector-256", "vector-512" -> forced(value, refusal);
      default -> impossible(value, "there is no such backend", "use " + VALUES);
    };
  }

  private static Choice forced(String value, Refusal refusal) {
    if (refusal != null) {
      return impossible(value, refusal.reason(), refusal.remedy());
    }
    for (Backend backend : VECTORS.backends()) {
      if (backend.name().equals(value)) {
        return chosen(
            backend,
            "asked for by -D" + PROPERTY + "=" + value,
            "for the widest vectors: remove -D" + PROPERTY);
      }
    }
    String widest = VECTORS.backends().getFirst().name();
    return impossible(value, "the JVM's widest vectors here are " + widest, "use " + widest);
  }

  private static Choice widest(String reason) {
    return new Choice(
        VECTORS.backends().getFirst(), VECTORS.backends().getFirst().name() + ": " + reason);
  }

  private static Choice fallback(Refusal refusal) {
    Choice choice =
        chosen(Backend.SCALAR, refusal.reason(), "for vector speed: " + refusal.remedy());
    System.getLogger("io.github.softlane")
        .log(
            System.Logger.Level.INFO,
            "Softlane uses its scalar backend: {0}; {1}",
            refusal.reason(),
            refusal.remedy());
    return choice;
  }

  private static Choice chosen(Backend backend, String reason, String change) {
    return new Choice(backend, backend.name() + ": " + reason + System.lineSeparator() + change);
  }

  private static Choice impossible(String value, String reason, String remedy) {
    return new Choice(
        null, "-D" + PROPERTY + "=" + value + " cannot work: " + reason + "; " + remedy);
  }

  private record Choice(Backend backend, String description) {}
}
