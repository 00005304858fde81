package io.github.softlane.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The choice of a backend, made once.
 *
 * <p>A backend that was asked for by name is checked at once. The automatic choice comes in two
 * steps, each taken when it is first asked for: what the gates say, and the self-check, which takes
 * longer than many a program has to compute.
 */
public final class Dispatch {
  /** Overrides the choice; see {@link #VALUES}. */
  public static final String PROPERTY = "softlane.backend";

  /** Whether calls are served by the scalar passes until vectors are faster. */
  public static final String WARM_UP_PROPERTY = "softlane.warmup";

  private static final String VALUES = "auto, scalar, vector, vector-128, vector-256 or vector-512";

  private static final String WARM_UP = System.getProperty(WARM_UP_PROPERTY, "background");

  /** What the properties ask for, or null for the automatic choice. */
  private static final Choice ASKED = asked();

  private Dispatch() {}

  /** Whether the dispatcher chooses by itself: no backend was asked for by name. */
  public static boolean isAutomatic() {
    return ASKED == null;
  }

  /** Whether vectors are to be compiled beside the first calls, which scalar passes serve. */
  public static boolean warmsUp() {
    return isAutomatic()
        && WARM_UP.equalsIgnoreCase("background")
        // Without the module there is nothing to wait for, and that is quickly known.
        && VectorModule.isResolved();
  }

  /** The choice before the self-check: its backend may be null. */
  public static Choice picked() {
    return isAutomatic() ? Automatic.PICKED : ASKED;
  }

  /** The final choice. Runs the self-check, which takes some tenths of a second in a fresh JVM. */
  public static Choice checked() {
    return isAutomatic() ? Checked.CHOICE : ASKED;
  }

  /** The scalar backend. */
  public static Backend scalar() {
    return Backend.SCALAR;
  }

  /** Every backend that works here, the widest first, scalar last. Probes each width. */
  public static List<Backend> all() {
    List<Backend> all = new ArrayList<>();
    for (int width : Backend.WIDTHS) {
      if (width <= Vectors.OUTCOME.bits()) {
        Gates.Probed probed = Gates.probe(width);
        if (probed.refusal() == null) {
          all.add(probed.backend());
        }
      }
    }
    all.add(Backend.SCALAR);
    return all;
  }

  private static Choice asked() {
    if (!WARM_UP.equalsIgnoreCase("background") && !WARM_UP.equalsIgnoreCase("off")) {
      return Choice.impossible(
          WARM_UP_PROPERTY, WARM_UP, "there is no such mode", "use background or off");
    }
    String value = System.getProperty(PROPERTY, "auto");
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "auto" -> null;
      case "scalar" ->
          Choice.of(
              Backend.SCALAR,
              "asked for by -D" + PROPERTY + "=scalar",
              "for the fastest backend: remove -D" + PROPERTY);
      case "vector" -> forced(value, Vectors.OUTCOME.bits());
      case "vector-128" -> forced(value, 128);
      case "vector-256" -> forced(value, 256);
      case "vector-512" -> forced(value, 512);
      default -> impossible(value, "there is no such backend", "use " + VALUES);
    };
  }

  private static Choice forced(String value, int width) {
    Refusal refusal = Vectors.OUTCOME.refusal();
    if (refusal != null) {
      return impossible(value, refusal.reason(), refusal.remedy());
    }
    if (width > Vectors.OUTCOME.bits()) {
      String widest = "vector-" + Vectors.OUTCOME.bits();
      return impossible(value, "the JVM's widest vectors here are " + widest, "use " + widest);
    }
    Gates.Probed probed = Gates.probe(width);
    if (probed.refusal() != null) {
      return impossible(value, probed.refusal().reason(), probed.refusal().remedy());
    }
    return Choice.of(
        probed.backend(),
        "asked for by -D" + PROPERTY + "=" + value,
        "for the dispatcher's choice: remove -D" + PROPERTY);
  }

  private static Choice impossible(String value, String reason, String remedy) {
    return Choice.impossible(PROPERTY, value, reason, remedy);
  }

  private static Choice fallback(Refusal refusal) {
    System.getLogger("io.github.softlane")
        .log(
            System.Logger.Level.INFO,
            "Softlane uses its scalar backend: {0}; {1}",
            refusal.reason(),
            refusal.remedy());
    return Choice.of(Backend.SCALAR, refusal.reason(), "for vector speed: " + refusal.remedy());
  }

  /** What the gates say; apart, since nobody needs it who asks for scalar. */
  private static final class Vectors {
    static final Gates.Outcome OUTCOME = Gates.pass();
  }

  /** The automatic choice as far as it can be told without running a pass. */
  private static final class Automatic {
    static final Choice PICKED =
        Vectors.OUTCOME.refusal() != null
            ? fallback(Vectors.OUTCOME.refusal())
            : Choice.unchecked("vector-" + Vectors.OUTCOME.bits(), "the widest that this CPU has");
  }

  /** The automatic choice after the self-check. */
  private static final class Checked {
    static final Choice CHOICE = check(Automatic.PICKED);

    private static Choice check(Choice picked) {
      if (picked.backend() != null) {
        return picked;
      }
      Gates.Probed probed = Gates.probe(Vectors.OUTCOME.bits());
      return probed.refusal() != null
          ? fallback(probed.refusal())
          : new Choice(picked.name(), probed.backend(), picked.reason(), null);
    }
  }
}
