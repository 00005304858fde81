package io.github.softlane.jmh.report;

import io.github.softlane.jmh.contender.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every case in which a native peer or the naive loop is faster than {@code best}. */
final class Losses {
  private record Loss(Measurement best, Measurement other) {
    double ratio() {
      return other.median() / best.median();
    }
  }

  private final List<Loss> losses = new ArrayList<>();
  private int compared;

  Losses(Results results) {
    for (Setting setting : results.settings()) {
      for (Shape shape : results.shapes(setting)) {
        Optional<Measurement> best = results.find(setting, shape, Results.BEST);
        Optional<Measurement> other =
            Stream.concat(
                    results.fastestPeer(setting, shape).stream(),
                    results.find(setting, shape, Results.NAIVE).stream())
                .min(Comparator.comparingDouble(Measurement::median));
        if (best.isPresent() && other.isPresent()) {
          compared++;
          if (other.get().median() < best.get().median()) {
            losses.add(new Loss(best.get(), other.get()));
          }
        }
      }
    }
    losses.sort(Comparator.comparingDouble(Loss::ratio));
  }

  String markdown() {
    if (losses.isEmpty()) {
      return compared == 0
          ? "Nothing was compared.\n"
          : "Nowhere in the %d cases of this run.%n".formatted(compared);
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "In %d of %d cases another is faster, by ns per element:%n%n"
            .formatted(losses.size(), compared));
    text.append("| case | shape | faster | its time | best | its time / best |\n");
    text.append("|---|---:|---|---:|---:|---:|\n");
    for (Loss loss : losses) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %.2f |\n",
              loss.best().setting().title(),
              loss.best().shape(),
              loss.other().contender(),
              SettingTable.time(loss.other()),
              SettingTable.time(loss.best()),
              loss.ratio()));
    }
    return text.toString();
  }
}
