package io.github.softlane.internal.dispatch;

import io.github.softlane.internal.arithmetic.Fused;
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

  /** Every backend that works here, the widest first, scalar last. Probes each width. */
  public static List<Backend> all() {
    List<Backend> all = new ArrayList<>();
    for (int width : Backend.WIDTHS) {
      if (width <= VECTORS.bits()) {
        Gates.Probed probed = Gates.probe(width);
        if (probed.refusal() == null) {
          all.add(probed.backend());
        }
      }
    }
    all.add(Backend.SCALAR);
    return all;
  }

  /** What was picked, why, and what would have to change for another choice; one to three lines. */
  public static String describe() {
    return Fused.AVAILABLE || CHOICE.backend == null
        ? CHOICE.description
        : CHOICE.description
            + System.lineSeparator()
            + "without a fused multiply-add in hardware results differ from other machines";
  }

  private static Choice choose(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "auto" -> auto();
      case "scalar" ->
          chosen(
              Backend.SCALAR,
              "asked for by -D" + PROPERTY + "=scalar",
              "for the fastest backend: remove -D" + PROPERTY);
      case "vector" -> forced(value, VECTORS.bits());
      case "vector-128" -> forced(value, 128);
      case "vector-256" -> forced(value, 256);
      case "vector-512" -> forced(value, 512);
      default -> impossible(value, "there is no such backend", "use " + VALUES);
    };
  }

  private static Choice auto() {
    if (VECTORS.refusal() != null) {
      return fallback(VECTORS.refusal());
    }
    Gates.Probed probed = Gates.probe(VECTORS.bits());
    if (probed.refusal() != null) {
      return fallback(probed.refusal());
    }
    Backend backend = probed.backend();
    return new Choice(backend, backend.name() + ": the widest that this CPU has");
  }

  private static Choice forced(String value, int width) {
    Refusal refusal = VECTORS.refusal();
    if (refusal != null) {
      return impossible(value, refusal.reason(), refusal.remedy());
    }
    if (width > VECTORS.bits()) {
      String widest = "vector-" + VECTORS.bits();
      return impossible(value, "the JVM's widest vectors here are " + widest, "use " + widest);
    }
    Gates.Probed probed = Gates.probe(width);
    if (probed.refusal() != null) {
      return impossible(value, probed.refusal().reason(), probed.refusal().remedy());
    }
    return chosen(
        probed.backend(),
        "asked for by -D" + PROPERTY + "=" + value,
        "for the dispatcher's choice: remove -D" + PROPERTY);
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
