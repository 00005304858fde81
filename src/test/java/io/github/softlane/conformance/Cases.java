package io.github.softlane.conformance;

import io.github.softlane.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The cases of a folder that the library has operations for. */
final class Cases {
  private Cases() {}

  static List<Case> of(Conformance set, String folder, Predicate<Case> supported) {
    return set.folders(folder).stream().map(Case::read).filter(supported).toList();
  }

  /** One test for each case of each set and each backend. */
  static Stream<DynamicTest> tests(
      String folder, Predicate<Case> supported, BiConsumer<Case, Backends.Rows> check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Conformance set : Conformance.sets()) {
      for (Case one : of(set, folder, supported)) {
        for (Backends.Rows backend : Backends.all()) {
          tests.add(
              DynamicTest.dynamicTest(
                  set + " " + one + " " + backend, () -> check.accept(one, backend)));
        }
      }
    }
    return tests.stream();
  }
}
