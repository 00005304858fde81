package io.github.softlane.jmh.report;

import io.github.softlane.jmh.Environment;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Shape;
import io.github.softlane.jmh.roof.Roof;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All measurements of a report. */
final class Results {
  /** Stands where the operation does, for the roofs. */
  static final String ROOF = "roof";

  static final String BEST = "best";
  static final String NAIVE = "naive";
  static final List<String> NATIVE_PEERS =
      List.of("onnxruntime", "onednn", "libtorch", "libtorch-composite");

  private static final List<String> ORDER =
      List.of(
          BEST,
          "vector-512",
          "vector-256",
          "vector-128",
          "scalar",
          "onnxruntime",
          "onednn",
          "libtorch",
          "libtorch-composite",
          NAIVE,
          "lambda",
          "lanewise-exp");

  private record Key(Setting setting, Shape shape, String contender) {}

  private final List<Environment> environments;
  private final Map<Key, Measurement> byKey = new LinkedHashMap<>();

  /** Where a combination was measured more than once, the last one counts. */
  Results(List<Environment> environments, List<Measurement> measurements) {
    this.environments = List.copyOf(environments);
    for (Measurement measurement : measurements) {
      byKey.put(
          new Key(measurement.setting(), measurement.shape(), measurement.contender()),
          measurement);
    }
  }

  List<Environment> environments() {
    return environments;
  }

  /** Without the roofs: plain ones first, in the order of the operations. */
  List<Setting> settings() {
    return byKey.keySet().stream()
        .map(Key::setting)
        .filter(setting -> !setting.operation().equals(ROOF))
        .distinct()
        .sorted(
            Comparator.comparing((Setting setting) -> !setting.isPlain())
                .thenComparing(Setting::fresh)
                .thenComparingInt(Setting::mask)
                .thenComparingInt(Setting::threads)
                .thenComparing(Setting::type, Comparator.reverseOrder())
                .thenComparing(setting -> Operation.named(setting.operation())))
        .toList();
  }

  /** From short rows to long ones. */
  List<Shape> shapes(Setting setting) {
    return byKey.keySet().stream()
        .filter(key -> key.setting().equals(setting))
        .map(Key::shape)
        .distinct()
        .sorted(Comparator.comparingInt(Shape::columns).thenComparingInt(Shape::rows))
        .toList();
  }

  List<String> contenders(Setting setting) {
    return byKey.keySet().stream()
        .filter(key -> key.setting().equals(setting))
        .map(Key::contender)
        .distinct()
        .sorted(
            Comparator.comparingInt(
                (String name) -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size()))
        .toList();
  }

  Optional<Measurement> find(Setting setting, Shape shape, String contender) {
    return Optional.ofNullable(byKey.get(new Key(setting, shape, contender)));
  }

  Optional<Measurement> fastestPeer(Setting setting, Shape shape) {
    return NATIVE_PEERS.stream()
        .flatMap(name -> find(setting, shape, name).stream())
        .min(Comparator.comparingDouble(Measurement::median));
  }

  Optional<Measurement> roof(String name, Setting setting, Shape shape) {
    Setting roof = new Setting(ROOF, setting.type(), setting.threads(), 0, false);
    return find(roof, shape, name);
  }

  /** The memory roof of the operation or its arithmetic, if any, whichever takes longer. */
  Optional<Measurement> highestRoof(Setting setting, Shape shape) {
    Operation operation = Operation.named(setting.operation());
    String memory = operation.givesRows() ? Roof.COPY : Roof.READ;
    return (operation.hasExponentials() ? Stream.of(memory, Roof.FMA) : Stream.of(memory))
        .flatMap(name -> roof(name, setting, shape).stream())
        .max(Comparator.comparingDouble(Measurement::median));
  }
}
