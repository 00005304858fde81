package io.github.softlane.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the conformance cases lie: the whole set in {@code ../shared/conformance} beside the
 * repository, where it is there, and always the compact copy among the test resources.
 */
enum Conformance {
  SHARED(shared()),
  COMPACT(compact());

  private final Path root;

  Conformance(Path root) {
    this.root = root;
  }

  /** The sets that are there. Continuous integration must have both. */
  static List<Conformance> sets() {
    List<Conformance> sets = new ArrayList<>();
    for (Conformance set : values()) {
      if (Files.isDirectory(set.root)) {
        sets.add(set);
      }
    }
    return sets;
  }

  static boolean inContinuousIntegration() {
    return "true".equals(System.getenv("CI"));
  }

  /** A file or folder of the set, whether or not it exists. */
  Path path(String name) {
    return root.resolve(name);
  }

  /** The folders in a folder, by name; none where the folder is missing. */
  List<Path> folders(String name) {
    Path folder = path(name);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Maven runs tests in the folder of the module, which lies in that of the repository. */
  private static Path shared() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return module.resolve("../../shared/conformance").normalize();
  }

  private static Path compact() {
    try {
      return Path.of(
          Objects.requireNonNull(
                  Conformance.class.getResource("/conformance"),
                  "no /conformance on the class path")
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
