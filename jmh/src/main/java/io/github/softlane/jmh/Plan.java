package io.github.softlane.jmh;

import io.github.softlane.jmh.contender.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much to measure. */
enum Plan {
  /** Some minutes: one fork, the shapes that say most. */
  QUICK,

  /** About an hour: everything that has a target. */
  STANDARD,

  /** Hours: every shape, type, contender, mask and number of threads. */
  FULL;

  private static final String[] ALL_SHAPES = {
    "65536x8",
    "32768x16",
    "8192x64",
    "4096x128",
    "1024x1024",
    "128x4096",
    "1x32000",
    "32x32000",
    "1x128256",
    "8x128256",
    "64x262144",
    "1x16777216"
  };
  private static final String[] SOME_SHAPES = {
    "65536x8", "4096x128", "128x4096", "32x32000", "8x128256", "64x262144"
  };

  List<Sweep> sweeps() {
    return switch (this) {
      case QUICK ->
          List.of(
              Sweep.of(Sweep.Roster.PEERS)
                  .shapes("4096x128", "128x4096", "32x32000", "64x262144")
                  .forks(1));
      case STANDARD ->
          List.of(
              Sweep.of(Sweep.Roster.PEERS)
                  .shapes(
                      "65536x8",
                      "4096x128",
                      "1024x1024",
                      "128x4096",
                      "32x32000",
                      "1x128256",
                      "8x128256",
                      "64x262144",
                      "1x16777216")
                  .forks(2),
              gradients(),
              sparsemax());
      case FULL ->
          List.of(
              Sweep.of(Sweep.Roster.PEERS).shapes(ALL_SHAPES).forks(5),
              Sweep.of(Sweep.Roster.OTHERS).shapes(ALL_SHAPES).forks(2),
              Sweep.of(Sweep.Roster.ALL).shapes(SOME_SHAPES).types("double").forks(2),
              Sweep.of(Sweep.Roster.PEERS).shapes(SOME_SHAPES).threads(2).forks(3),
              Sweep.of(Sweep.Roster.PEERS)
                  .shapes("128x4096", "32x32000", "1x128256")
                  .masks(30, 95)
                  .forks(3),
              Sweep.of(Sweep.Roster.BEST).shapes(ALL_SHAPES).fresh().forks(5),
              gradients(),
              sparsemax());
    };
  }

  private static Sweep gradients() {
    return Sweep.of(Sweep.Roster.PEERS)
        .operations(Operation.CROSS_ENTROPY_GRADIENT)
        .shapes("32x32000", "8x128256")
        .forks(2);
  }

  /** With softmax, which it is compared with. */
  private static Sweep sparsemax() {
    return Sweep.of(Sweep.Roster.PEERS)
        .operations(Operation.SOFTMAX, Operation.SPARSEMAX)
        .shapes("32x32000")
        .forks(2);
  }

  /** Shorter iterations than the annotations say. */
  boolean isShort() {
    return this == QUICK;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Plan named(String label) {
    for (Plan plan : values()) {
      if (plan.label().equals(label)) {
        return plan;
      }
    }
    throw new IllegalArgumentException(
        "plan is '"
            + label
            + "', must be one of "
            + Arrays.stream(values()).map(Plan::label).toList());
  }
}
