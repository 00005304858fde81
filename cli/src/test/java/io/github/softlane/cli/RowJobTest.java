package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowJobTest {
  private static final float[] MANY_LOGITS = Results.floatLogits(3 * 700_000, 7, 5);

  @TempDir private Path folder;

  /** Rows so short and so many that a block holds many, the last one fewer. */
  @ParameterizedTest
  @EnumSource
  void blocksOfManyRowsGiveTheSameBitsAsSingleRows(Operation operation) throws Exception {
    int n = 7;
    int rows = 12_345;
    float[] x = Results.floatLogits(rows * n, 5, 1);
    List<Long> progress = new ArrayList<>();

    float[] y = NpyBytes.floats(run(NpyBytes.file(x, rows, n), operation, 0.7, progress));

    float[] expected = x.clone();
    float[] reduced = new float[rows];
    RowShape shape = new RowShape(rows, n);
    operation.rows(
        Results.ONE_THREAD, expected, operation.reduces() ? reduced : expected, shape, 0.7);
    assertThat(y).containsExactly(operation.reduces() ? reduced : expected);
    assertThat(progress).isSorted().hasSizeGreaterThan(1).endsWith((long) rows);
  }

  @ParameterizedTest
  @EnumSource
  void rowsLargerThanABlockWork(Operation operation) throws Exception {
    int n = 40_003;
    double[] x = Results.doubleLogits(2 * n, 5, 2);

    double[] y = NpyBytes.doubles(run(NpyBytes.file(x, 2, n), operation, 1, new ArrayList<>()));

    double[] expected = x.clone();
    double[] reduced = new double[2];
    RowShape shape = new RowShape(2, n);
    operation.rows(
        Results.ONE_THREAD, expected, operation.reduces() ? reduced : expected, shape, 1);
    assertThat(y).containsExactly(operation.reduces() ? reduced : expected);
  }

  /** Several blocks for several threads, and rows of which each is split. */
  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsGivesTheSameFile(Operation operation) throws Exception {
    for (int[] shape : new int[][] {{4_200, 500}, {3, 700_000}}) {
      byte[] file = NpyBytes.file(MANY_LOGITS, shape[0], shape[1]);
      byte[] one = run(file, operation, 0.9, 1, new ArrayList<>());
      for (int threads : new int[] {2, 3, 5}) {
        List<Long> progress = new ArrayList<>();
        assertThat(run(file, operation, 0.9, threads, progress)).isEqualTo(one);
        assertThat(progress).isSorted().hasSizeGreaterThan(1).endsWith((long) shape[0]);
      }
    }
  }

  @Test
  void threadsAreAsManyAsTheInputIsWorth() {
    assertThat(threads(8, new RowShape(0, 5))).isEqualTo(1);
    assertThat(threads(8, new RowShape(1 << 10, (1 << 10) - 1))).isEqualTo(1);
    assertThat(threads(8, new RowShape(1 << 10, 1 << 10))).isEqualTo(2);
    assertThat(threads(8, new RowShape(1 << 20, 1 << 10))).isEqualTo(8);
    assertThat(threads(1, new RowShape(1 << 20, 1 << 10))).isEqualTo(1);
  }

  private static int threads(int atMost, RowShape shape) {
    try (Threads threads = Threads.of(atMost, shape)) {
      return threads.count();
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultsAreWithinTheBoundsOfTheLibrary(Operation operation) throws Exception {
    for (double temperature : new double[] {1, 0.7, 3}) {
      float[] x = Results.floatLogits(6 * 31, 6, 3);
      byte[] y = run(NpyBytes.file(x, 2, 3, 31), operation, temperature, new ArrayList<>());
      Results.assertRows(operation, x, 31, temperature, NpyBytes.floats(y));

      double[] d = Results.doubleLogits(6 * 31, 9, 4);
      y = run(NpyBytes.file(d, 6, 31), operation, temperature, new ArrayList<>());
      Results.assertRows(operation, d, 31, temperature, NpyBytes.doubles(y));
    }
  }

  @Test
  void theShapeOfTheResultFollowsFromTheOperation() throws Exception {
    byte[] file = NpyBytes.file(new double[24], 2, 3, 4);

    assertThat(NpyBytes.headerText(run(file, Operation.LOG_SOFTMAX, 1, new ArrayList<>())))
        .contains("'<f8'", "(2, 3, 4)");
    assertThat(NpyBytes.headerText(run(file, Operation.LOG_SUM_EXP, 1, new ArrayList<>())))
        .contains("'<f8'", "(2, 3)");
    assertThat(
            NpyBytes.headerText(
                run(NpyBytes.file(new float[4], 4), Operation.LOG_SUM_EXP, 1, new ArrayList<>())))
        .contains("'<f4'", "()");
  }

  @Test
  void zeroRowsGiveAnEmptyResult() throws Exception {
    byte[] result = run(NpyBytes.file(new float[0], 0, 5), Operation.SOFTMAX, 1, new ArrayList<>());

    assertThat(NpyBytes.headerText(result)).contains("(0, 5)");
    assertThat(NpyBytes.floats(result)).isEmpty();
  }

  @Test
  void anInputThatShrinksMeanwhileIsToldInOneLine() throws Exception {
    Path file =
        Files.write(folder.resolve("in.npy"), NpyBytes.file(new float[1 << 20], 1 << 10, 1 << 10));
    try (Arena arena = Arena.ofConfined()) {
      NpyInput input = NpyInput.open(file, arena);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(4096);
      }
      RowShape shape = RowShape.of(input.header());
      RowJob job = new RowJob(input, shape, Operation.LOG_SUM_EXP, 1, Threads.of(1, shape));
      NpyHeader result = Operation.LOG_SUM_EXP.resultOf(input.header());
      Path target = folder.resolve("out.npy");
      try (OutputFile output = OutputFile.create(target, file, false, result)) {
        assertThatThrownBy(() -> job.run(output, rows -> {}))
            .isInstanceOf(Failure.class)
            .hasMessage(file + ": cannot read: the file changed or its disk failed");
      }
      assertThat(target).doesNotExist();
    }
  }

  private byte[] run(byte[] file, Operation operation, double temperature, List<Long> progress)
      throws IOException, NpyFormatException {
    return run(file, operation, temperature, 1, progress);
  }

  private byte[] run(
      byte[] file, Operation operation, double temperature, int atMost, List<Long> progress)
      throws IOException, NpyFormatException {
    Path in = Files.write(folder.resolve("in.npy"), file);
    Path out = folder.resolve("out.npy");
    try (Arena arena = Arena.ofConfined()) {
      NpyInput input = NpyInput.open(in, arena);
      RowShape shape = RowShape.of(input.header());
      try (OutputFile output =
              OutputFile.create(out, in, true, operation.resultOf(input.header()));
          Threads threads = Threads.of(atMost, shape)) {
        new RowJob(input, shape, operation, temperature, threads).run(output, progress::add);
        output.commit();
      }
    }
    return Files.readAllBytes(out);
  }
}
