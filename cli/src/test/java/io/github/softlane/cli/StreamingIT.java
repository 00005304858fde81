package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files larger than the heap of the process that works on them. */
class StreamingIT {
  private static final int N = 32_000;

  @TempDir private Path folder;

  @Test
  void aFileLargerThanTheHeapStreamsThrough() throws Exception {
    assertStreams(800, "-Xmx32m");
  }

  @Tag("sweep")
  @Test
  void aGigabyteStreamsThrough64Megabytes() throws Exception {
    assertStreams(8_500, "-Xmx64m");
  }

  @Test
  void aRowLargerThanTheHeapIsToldInOneLine() throws Exception {
    Path in = folder.resolve("in.npy");
    long n = 50_000_000;
    writeSparse(in, 2, n);
    Path out = folder.resolve("out.npy");

    Outcome outcome =
        Launcher.withJavaOptions("-Xmx64m")
            .start("softmax", in.toString(), "-o", out.toString())
            .finish();

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(outcome.errors())
        .containsExactly(
            "softlane: "
                + in
                + ": a row of 50000000 float32 values takes 191 MiB of the Java heap,"
                + " which may have 64 MiB; raise it with SOFTLANE_JAVA_OPTS=-Xmx...");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(in);
    }
  }

  /** One row in a thousand is not 0, so most of the file takes no room on the disk. */
  private void assertStreams(int rows, String heap) throws Exception {
    Path in = folder.resolve("in.npy");
    writeSparse(in, rows, N);
    float[] logits = Results.floatLogits(N, 4, 1);
    int marked = rows - 1;
    writeRow(in, marked, logits);
    Path out = folder.resolve("out.npy");

    Outcome outcome =
        Launcher.withJavaOptions(heap)
            .start("softmax", in.toString(), "-o", out.toString())
            .finish();

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(out).hasSize(128 + (long) rows * N * Float.BYTES);
    float[] uniform = new float[N];
    Arrays.fill(uniform, 1f / N);
    assertThat(readRow(out, 0)).containsExactly(uniform);
    assertThat(readRow(out, marked / 2)).containsExactly(uniform);
    float[] expected = logits.clone();
    Operation.SOFTMAX.rows(Results.ONE_THREAD, expected, expected, new RowShape(1, N), 1);
    assertThat(readRow(out, marked)).containsExactly(expected);
  }

  private static void writeSparse(Path file, long rows, long n) throws IOException {
    byte[] start = NpyBytes.file("<f4", false, NpyBytes.tuple(rows, n), new byte[0]);
    Files.write(file, start);
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(start.length + rows * n * Float.BYTES);
    }
  }

  private static void writeRow(Path file, int row, float[] logits) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(N * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(logits);
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(dataOffset(access) + (long) row * bytes.capacity());
      access.write(bytes.array());
    }
  }

  private static float[] readRow(Path file, int row) throws IOException {
    byte[] bytes = new byte[N * Float.BYTES];
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      access.seek(dataOffset(access) + (long) row * bytes.length);
      access.readFully(bytes);
    }
    float[] values = new float[N];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static long dataOffset(RandomAccessFile file) throws IOException {
    file.seek(8);
    return 10 + file.read() + 256L * file.read();
  }
}
