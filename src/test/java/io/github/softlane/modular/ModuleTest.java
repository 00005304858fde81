package io.github.softlane.modular;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Kernels;
import io.github.softlane.dispatch.CpuReport;
import io.github.softlane.dispatch.ForkedJvm;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module descriptor, and a strict modular consumer, compiled and run. */
@Tag("fork")
class ModuleTest {
  private static final String LIBRARY = ForkedJvm.classes(Kernels.class).toString();

  private static final String MODULE_INFO =
      """
      module app {
        requires io.github.softlane;
      }
      """;

  private static final String MAIN =
      """
      package app;

      import io.github.softlane.Kernels;
      import io.github.softlane.Logits;

      /** Prints the backend and a probability. */
      public final class Main {
        private Main() {}

        /**
         * Runs.
         *
         * @param args unused
         */
        public static void main(String[] args) {
          float[] x = {0, 0, 0, 0};
          Logits.softmax(x);
          System.out.println("best=" + Kernels.best().name());
          System.out.println("probability=" + x[0]);
        }
      }
      """;

  @TempDir static Path folder;

  private static ModuleDescriptor descriptor() {
    return ModuleFinder.of(Path.of(LIBRARY)).find("io.github.softlane").orElseThrow().descriptor();
  }

  @BeforeAll
  static void compileTheConsumer() throws IOException {
    Files.createDirectories(folder.resolve("source/app"));
    Files.writeString(folder.resolve("source/module-info.java"), MODULE_INFO);
    Files.writeString(folder.resolve("source/app/Main.java"), MAIN);
    compile();
  }

  @Test
  void requiresNoIncubatorModule() {
    List<Requires> requires = List.copyOf(descriptor().requires());
    assertThat(requires)
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("java.base", "java.management", "jdk.management");
    assertThat(requires)
        .filteredOn(module -> !module.name().equals("java.base"))
        .allMatch(module -> module.modifiers().contains(Requires.Modifier.STATIC));
  }

  @Test
  void exportsTheApiAndNothingElse() {
    ModuleDescriptor descriptor = descriptor();
    assertThat(descriptor.exports()).hasSize(1);
    var exported = descriptor.exports().iterator().next();
    assertThat(exported.source()).isEqualTo("io.github.softlane");
    assertThat(exported.isQualified()).isFalse();
    assertThat(descriptor.opens()).isEmpty();
    assertThat(descriptor.isOpen()).isFalse();
    assertThat(descriptor.uses()).isEmpty();
    assertThat(descriptor.provides()).isEmpty();
  }

  @Test
  void aStrictConsumerGetsVectorsWithTheModule() {
    List<String> vectors = CpuReport.vectorBackends();
    var result = runConsumer(ForkedJvm.VECTOR_MODULE);
    assertThat(result.values())
        .containsEntry("best", vectors.isEmpty() ? "scalar" : vectors.getFirst())
        .containsEntry("probability", "0.25");
    if (!vectors.isEmpty()) {
      assertThat(result.messages()).isEmpty();
    }
  }

  @Test
  void aStrictConsumerGetsScalarAndALogLineWithoutTheModule() {
    var result = runConsumer();
    assertThat(result.values())
        .containsEntry("best", "scalar")
        .containsEntry("probability", "0.25");
    // Without java.logging among the modules the JDK's own logger writes two lines a record.
    assertThat(String.join(" ", result.messages()))
        .containsOnlyOnce("Softlane uses its scalar backend: the module jdk.incubator.vector is")
        .contains("start the JVM with --add-modules jdk.incubator.vector");
  }

  /** The management modules are optional: only java.base is there. */
  @Test
  void javaBaseAloneIsEnough() {
    Set<String> modules = Set.of("java.base", "app", "io.github.softlane");
    var result = runConsumer("--limit-modules=" + String.join(",", modules));
    assertThat(result.values())
        .containsEntry("best", "scalar")
        .containsEntry("probability", "0.25");
  }

  /** Without the management modules the compiler gate sees less, but the vectors still work. */
  @Test
  void vectorsWorkWithoutTheManagementModules() {
    List<String> vectors = CpuReport.vectorBackends();
    var result =
        runConsumer(
            "--limit-modules=java.base,jdk.incubator.vector,app,io.github.softlane",
            ForkedJvm.VECTOR_MODULE);
    assertThat(result.values())
        .containsEntry("best", vectors.isEmpty() ? "scalar" : vectors.getFirst());
  }

  private static void compile() {
    var result =
        ForkedJvm.execute(
            List.of(
                ForkedJvm.tool("javac"),
                "-Xlint:all",
                "-Werror",
                "--module-path",
                LIBRARY,
                "-d",
                folder.resolve("classes").toString(),
                folder.resolve("source/module-info.java").toString(),
                folder.resolve("source/app/Main.java").toString()));
    result.succeeded();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEmpty();
  }

  private static ForkedJvm.Result runConsumer(String... options) {
    String path = LIBRARY + java.io.File.pathSeparator + folder.resolve("classes");
    List<String> arguments =
        Stream.concat(
                Stream.of(options), Stream.of("--module-path", path, "--module", "app/app.Main"))
            .toList();
    return ForkedJvm.java(arguments).succeeded();
  }
}
