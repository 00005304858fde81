package io.github.softlane.jmh;

import io.github.softlane.Kernels;
import io.github.softlane.jmh.contender.Contender;
import io.github.softlane.jmh.contender.Contenders;
import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.roof.Roof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every combination of some parameters, a group for each set of things to compare. */
final class Sweep {
  private static final List<String> OPERATIONS =
      Arrays.stream(Operation.values())
          .filter(Operation::isOfEveryBackend)
          .map(Operation::label)
          .toList();
  private static final List<String> ROOFS = List.of(Roof.READ, Roof.COPY, Roof.FMA);

  /** Which contenders take part. */
  enum Roster {
    BEST,
    /** {@code best}, the naive loop and the native peers: what the targets compare. */
    PEERS,
    /** Those not in {@link #PEERS}. */
    OTHERS,
    ALL;

    private boolean has(Contender contender) {
      boolean best = contender.name().equals("best");
      boolean peer = best || contender.isNative() || contender.name().equals("naive");
      // The backend that `best` stands for would be measured twice.
      boolean repeated = contender.name().equals(Kernels.best().name());
      return switch (this) {
        case BEST -> best;
        case PEERS -> peer;
        case OTHERS -> !peer && !repeated;
        case ALL -> !repeated;
      };
    }
  }

  private final Roster roster;
  private List<String> operations = OPERATIONS;
  private List<String> shapes = List.of();
  private List<String> types = List.of("float");
  private List<String> masks = List.of("0");
  private String threads = "1";
  private String fresh = "false";
  private int forks = 1;

  private Sweep(Roster roster) {
    this.roster = roster;
  }

  static Sweep of(Roster roster) {
    return new Sweep(roster);
  }

  Sweep operations(Operation... all) {
    operations = Arrays.stream(all).map(Operation::label).toList();
    return this;
  }

  Sweep shapes(String... all) {
    shapes = List.of(all);
    return this;
  }

  Sweep types(String... all) {
    types = List.of(all);
    return this;
  }

  Sweep masks(int... all) {
    masks = Arrays.stream(all).mapToObj(Integer::toString).toList();
    return this;
  }

  Sweep threads(int count) {
    threads = Integer.toString(count);
    return this;
  }

  Sweep fresh() {
    fresh = "true";
    return this;
  }

  Sweep forks(int count) {
    forks = count;
    return this;
  }

  /**
   * The groups of this sweep.
   *
   * @param chosen the values that the user gave for a parameter, or null; they replace the sweep's
   */
  List<Group> groups(Function<String, Collection<String>> chosen) {
    List<Group> groups = new ArrayList<>();
    for (String type : or(chosen, "type", types)) {
      for (String shape : or(chosen, "shape", shapes)) {
        for (String count : or(chosen, "threads", List.of(threads))) {
          addRoofs(groups, chosen, type, shape, count);
          for (String mask : or(chosen, "mask", masks)) {
            for (String isFresh : or(chosen, "fresh", List.of(fresh))) {
              Map<String, String> params = new LinkedHashMap<>();
              params.put("type", type);
              params.put("shape", shape);
              params.put("threads", count);
              params.put("mask", mask);
              params.put("fresh", isFresh);
              addRows(groups, chosen, params);
            }
          }
        }
      }
    }
    return groups;
  }

  private void addRoofs(
      List<Group> groups,
      Function<String, Collection<String>> chosen,
      String type,
      String shape,
      String count) {
    if (roster == Roster.PEERS || roster == Roster.ALL) {
      Map<String, String> params = new LinkedHashMap<>();
      params.put("type", type);
      params.put("shape", shape);
      params.put("threads", count);
      Collection<String> roofs = or(chosen, "roof", ROOFS);
      groups.add(new Group(RoofBenchmark.class, params, "roof", List.copyOf(roofs), forks));
    }
  }

  private void addRows(
      List<Group> groups, Function<String, Collection<String>> chosen, Map<String, String> params) {
    ElementType type = ElementType.named(params.get("type"));
    for (String label : or(chosen, "operation", operations)) {
      Operation operation = Operation.named(label);
      List<String> contenders =
          contenders(chosen).stream()
              .filter(contender -> contender.offers(operation, type))
              .map(Contender::name)
              .toList();
      if (!contenders.isEmpty()) {
        Map<String, String> all = new LinkedHashMap<>(params);
        all.put("operation", label);
        groups.add(new Group(RowBenchmark.class, all, "contender", contenders, forks));
      }
    }
  }

  private List<Contender> contenders(Function<String, Collection<String>> chosen) {
    Collection<String> names = chosen.apply("contender");
    return names == null
        ? Contenders.all().stream().filter(roster::has).toList()
        : names.stream().map(Contenders::named).toList();
  }

  private static Collection<String> or(
      Function<String, Collection<String>> chosen, String name, List<String> otherwise) {
    Collection<String> values = chosen.apply(name);
    return values == null ? otherwise : values;
  }
}
