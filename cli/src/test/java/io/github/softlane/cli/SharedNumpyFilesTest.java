package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Reads files that NumPy itself wrote, where the folder of conformance cases is at hand. */
@EnabledIf("atHand")
class SharedNumpyFilesTest {
  private static final Path CASES = Path.of("..", "..", "shared", "conformance");

  static boolean atHand() {
    return Files.isDirectory(CASES);
  }

  @Test
  void readsTheLogitsOfEveryHighPrecisionCase() throws IOException {
    List<Path> files =
        numpyFiles(CASES.resolve("mp")).stream().filter(file -> file.endsWith("x.npy")).toList();

    assertThat(files).isNotEmpty();
    for (Path file : files) {
      try (Arena arena = Arena.ofConfined()) {
        NpyInput input = NpyInput.open(file, arena);
        assertThat(input.data().byteSize()).as("%s", file).isEqualTo(input.header().dataBytes());
        assertThat(file.getParent().getFileName().toString())
            .startsWith(input.header().dtype() == Dtype.FLOAT32 ? "f32" : "f64");
      }
    }
  }

  @Test
  void readsOrRefusesEveryFile() throws IOException {
    for (Path file : numpyFiles(CASES)) {
      try (Arena arena = Arena.ofConfined()) {
        assertThat(NpyInput.open(file, arena).header().dtype()).isIn((Object[]) Dtype.values());
      } catch (Failure e) {
        assertThat(e).hasMessageStartingWith(file + ": unsupported dtype \"");
      }
    }
  }

  private static List<Path> numpyFiles(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".npy")).toList();
    }
  }
}
