package io.github.softlane.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Kernels;
import io.github.softlane.dispatch.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files for {@code float} and {@code double} say the same but for the types and the places
 * where the arithmetic truly differs, so that a change of one is made in both.
 */
class TwinsTest {
  private static final Path SOURCES =
      ForkedJvm.classes(Kernels.class).resolve("../../main/java/io/github/softlane").normalize();

  @ParameterizedTest
  @CsvSource({
    // The polynomial is longer, ln 2, the remainder and sums take two doubles, vectors of two lanes
    // have no masks, a sum of int lanes may overflow, and without AVX-512 longs have no maximum.
    // Only float has short rows in one go, and its powers in eighths: their table is one vector of
    // eight floats, but would be two to four of doubles. And one addition of doubles takes both
    // parts
    // of a float into the sum.
    "internal/arithmetic/FloatExp.java,          internal/arithmetic/DoubleExp.java, 129",
    "internal/arithmetic/FloatLanes.java,        internal/arithmetic/DoubleLanes.java, 18",
    "internal/passes/FloatPasses.java,           internal/passes/DoublePasses.java, 6",
    "internal/passes/ScalarFloatPasses.java,     internal/passes/ScalarDoublePasses.java, 69",
    "internal/passes/vector/FloatPasses512.java, internal/passes/vector/DoublePasses512.java, 218",
    "internal/rows/FloatRows.java,               internal/rows/DoubleRows.java, 83",
    "internal/rows/FloatLongRow.java,            internal/rows/DoubleLongRow.java, 22",
    "internal/rows/FloatManyRows.java,          internal/rows/DoubleManyRows.java, 48",
    // Sums and quotients of double carry a second part, those of float are in double.
    "internal/passes/FloatLossSums.java,             internal/passes/DoubleLossSums.java, 52",
    "internal/passes/FloatLossGradients.java,        internal/passes/DoubleLossGradients.java, 8",
    "internal/rows/FloatCrossEntropyRows.java,   internal/rows/DoubleCrossEntropyRows.java, 112",
    "internal/rows/FloatDistillationRows.java,   internal/rows/DoubleDistillationRows.java, 0",
    "internal/rows/FloatLimitRows.java,          internal/rows/DoubleLimitRows.java,          0",
    "FloatDrill.java,                            DoubleDrill.java,                            9",
    "internal/passes/FloatMoments.java,          internal/passes/DoubleMoments.java,          0",
    "internal/rows/FloatLikelihood.java,         internal/rows/DoubleLikelihood.java,         0",
    "internal/rows/FloatLabelledRows.java,       internal/rows/DoubleLabelledRows.java,       0",
    "internal/passes/FloatSigmoid.java,          internal/passes/DoubleSigmoid.java, 0",
    "internal/passes/FloatBinaryLosses.java,     internal/passes/DoubleBinaryLosses.java, 0",
    "internal/passes/FloatGumbel.java,           internal/passes/DoubleGumbel.java, 0",
    "internal/passes/FloatRuns.java,             internal/passes/DoubleRuns.java, 4",
    "internal/passes/FloatSupport.java,          internal/passes/DoubleSupport.java, 0",
    "internal/rows/FloatHardmax.java,            internal/rows/DoubleHardmax.java, 0",
    "internal/rows/FloatSparsemax.java,          internal/rows/DoubleSparsemax.java, 0",
    "internal/rows/FloatEntmax15.java,           internal/rows/DoubleEntmax15.java, 0",
    "internal/passes/FloatGradients.java,        internal/passes/DoubleGradients.java, 0",
    "internal/rows/FloatDerivatives.java,        internal/rows/DoubleDerivatives.java, 0",
    "internal/rows/FloatInformation.java,        internal/rows/DoubleInformation.java, 0",
  })
  void twinsDifferInFewLines(String floats, String doubles, int budget) throws IOException {
    List<String> first = normalised(SOURCES.resolve(floats));
    List<String> second = normalised(SOURCES.resolve(doubles));
    List<String> difference = difference(first, second);
    assertThat(difference.size())
        .as(() -> "lines that differ:\n" + String.join("\n", difference))
        .isLessThanOrEqualTo(budget);
  }

  /** Softmax and the logarithms of rows in one vector are two methods with one way to the sums. */
  @Test
  void vectorRowsAreTheSameUpToTheSums() throws IOException {
    List<String> softmax = upToTheSums("internal/passes/vector/FloatVectorRows512.java");
    List<String> logs = upToTheSums("internal/passes/vector/FloatVectorLogs512.java");
    assertThat(logs).hasSizeGreaterThan(50).isEqualTo(softmax);
  }

  /**
   * Short rows one after the other, side by side and in groups: one way from an element to its sum.
   */
  @ParameterizedTest
  @CsvSource({
    "FloatColumns512, IntVector steps, if (stored)|FloatVector near",
    "FloatColumns512, FloatVector near, }",
    "FloatGroups512, IntVector steps, if (stored)|FloatVector near",
    "FloatGroups512, FloatVector near, }",
    "FloatDominatedGroups512, IntVector steps, if (stored)|FloatVector near",
    "FloatDominatedGroups512, FloatVector near, }"
  })
  void shortRowsHaveOneLoop(String type, String from, String to) throws IOException {
    List<String> rows = loopPart("internal/passes/vector/FloatShortRows512.java", from, to);
    List<String> others = loopPart("internal/passes/vector/" + type + ".java", from, to);
    assertThat(others).hasSizeGreaterThan(6).isEqualTo(rows);
  }

  /** And one way from the sums to a logarithm. */
  @Test
  void groupsEndAsColumnsDo() throws IOException {
    for (String half : List.of("A", "B")) {
      String from = "DoubleVector u" + half;
      String to = "FloatVector max|IntVector logs|FloatVector logs";
      List<String> columns = loopPart("internal/passes/vector/FloatColumns512.java", from, to);
      List<String> groups = loopPart("internal/passes/vector/FloatGroups512.java", from, to);
      assertThat(String.join("", groups))
          .hasSizeGreaterThan(400)
          .isEqualTo(String.join("", columns));
    }
  }

  /** The same for rows that one element dominates. */
  @Test
  void dominatedGroupsEndAsDominatedColumnsDo() throws IOException {
    for (String half : List.of("A", "B")) {
      String from = "DoubleVector unit" + half;
      String columns = "internal/passes/vector/FloatDominatedColumns512.java";
      String groups = "internal/passes/vector/FloatDominatedGroups512.java";
      List<String> lines = loopPart(columns, from, "FloatVector log");
      assertThat(loopPart(groups, from, "FloatVector log")).hasSizeGreaterThan(20).isEqualTo(lines);
    }
  }

  /** The lines from one that begins so to one that begins in one of several other ways. */
  private static List<String> loopPart(String file, String from, String to) throws IOException {
    List<String> ends = List.of(to.split("\\|"));
    return Files.readString(SOURCES.resolve(file))
        .lines()
        .map(String::strip)
        .dropWhile(line -> !line.startsWith(from))
        .takeWhile(line -> ends.stream().noneMatch(line::startsWith))
        .toList();
  }

  private static List<String> upToTheSums(String file) throws IOException {
    String text = Files.readString(SOURCES.resolve(file));
    int from = text.indexOf("VectorMask<Float> presentA");
    int to = text.indexOf("DoubleVector others = ");
    return text.substring(from, to).lines().map(String::strip).toList();
  }

  /** The code without comments and blank lines, one type's names in place of the other's. */
  private static List<String> normalised(Path file) throws IOException {
    String text = Files.readString(file);
    text = text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "");
    text = text.replaceAll("\\b(0x[0-9a-f.]+p-?\\d+|\\d+(\\.\\d+)?)f?\\b", "0");
    text = text.replaceAll("\\b([a-zA-Z]*)(?:float|double)(?=s?\\b)", "$1real");
    text = text.replaceAll("Float|Double", "Real");
    text = text.replaceAll("\\b(?:int|long)\\b", "whole");
    text = text.replaceAll("AsInts|AsLongs", "AsWholes");
    text = text.replaceAll("\\bWIDE_ZERO\\b", "ZERO").replaceAll("\\bNO_WIDE_BITS\\b", "NO_BITS");
    text = text.replaceAll("\\b(?:Int|Long)Vector\\b", "WholeVector");
    text = text.replaceAll("\\b(?:Integer|Long)\\.MAX", "Whole.MAX");
    text = text.replaceAll("IntBits|LongBits", "Bits").replaceAll("(?:int|long)Bits", "bits");
    text = text.replaceAll("(?:float|double)ToRaw", "toRaw");
    // Casts and line breaks fall where a type's name ends up.
    text = text.replace("(real) ", "").replaceAll("\\s+", " ").replace(" .", ".");
    List<String> lines = new ArrayList<>();
    for (String statement : text.split("(?<=[;{}])", -1)) {
      lines.add(statement.replace(" ", ""));
    }
    return lines;
  }

  /** What is left of both after their longest common subsequence. */
  private static List<String> difference(List<String> first, List<String> second) {
    int[][] common = new int[first.size() + 1][second.size() + 1];
    for (int i = first.size() - 1; i >= 0; i--) {
      for (int j = second.size() - 1; j >= 0; j--) {
        common[i][j] =
            first.get(i).equals(second.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> difference = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < first.size() || j < second.size()) {
      if (i < first.size() && j < second.size() && first.get(i).equals(second.get(j))) {
        i++;
        j++;
      } else if (j == second.size() || (i < first.size() && common[i + 1][j] >= common[i][j + 1])) {
        difference.add("< " + first.get(i++));
      } else {
        difference.add("> " + second.get(j++));
      }
    }
    return difference;
  }
}
