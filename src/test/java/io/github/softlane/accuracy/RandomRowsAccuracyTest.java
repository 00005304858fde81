package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documented bounds over random rows; each row on one of the backends, in turn. */
class RandomRowsAccuracyTest {
  private static final int THREADS = 2;
  private static final int LONGEST = 4096;
  private static final StringBuilder SUMMARY = new StringBuilder();

  /** Checks the row of an index. */
  private interface Check {
    void row(Maxima maxima, RandomRows rows, long index, Backends.Rows backend);
  }

  @Test
  @Tag("slow")
  void floatSample() throws ExecutionException, InterruptedException {
    run("float", new RandomRows(1, LONGEST), 20_000, RandomRowsAccuracyTest::checkFloat);
  }

  @Test
  @Tag("sweep")
  void floatSweep() throws ExecutionException, InterruptedException {
    run("float", new RandomRows(2, LONGEST), 1_000_000, RandomRowsAccuracyTest::checkFloat);
  }

  @Test
  @Tag("slow")
  void doubleSample() throws ExecutionException, InterruptedException {
    run("double", new RandomRows(3, 1024), 4_000, RandomRowsAccuracyTest::checkDouble);
  }

  @Test
  @Tag("sweep")
  void doubleSweep() throws ExecutionException, InterruptedException {
    run("double", new RandomRows(4, LONGEST), 100_000, RandomRowsAccuracyTest::checkDouble);
  }

  private static void checkFloat(
      Maxima maxima, RandomRows rows, long index, Backends.Rows backend) {
    RandomRows.Row row = rows.row(index);
    float[] x = row.floats();
    FloatReference reference = new FloatReference(x, 0, x.length, row.temperature());
    maxima.check(backend, x, row.temperature(), reference, () -> rows + " row " + index);
  }

  private static void checkDouble(
      Maxima maxima, RandomRows rows, long index, Backends.Rows backend) {
    RandomRows.Row row = rows.row(index);
    double[] x = row.x();
    DoubleReference reference = new DoubleReference(x, 0, x.length, row.temperature());
    maxima.check(backend, x, row.temperature(), reference, () -> rows + " row " + index);
  }

  private static void run(String type, RandomRows rows, int count, Check check)
      throws ExecutionException, InterruptedException {
    List<Backends.Rows> backends = Backends.all();
    Maxima all = new Maxima();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Maxima>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        parts.add(
            threads.submit(
                () -> {
                  Maxima maxima = new Maxima();
                  for (int i = first; i < count; i += THREADS) {
                    check.row(maxima, rows, i, backends.get(i / THREADS % backends.size()));
                  }
                  return maxima;
                }));
      }
      for (Future<Maxima> part : parts) {
        all.add(part.get());
      }
    }
    assertThat(all.logSumExp.count()).isEqualTo(count);
    // Errors far below these would mean that the reference follows the kernel.
    assertThat(all.softmax.share()).isGreaterThan(0.5);
    assertThat(all.logSumExp.share()).isGreaterThan(0.4);
    SUMMARY.append(' ').append(type).append(' ').append(count).append(" rows ").append(all);
  }

  @AfterAll
  static void summary() {
    System.out.println("random rows:" + SUMMARY);
  }
}
