package io.github.softlane.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts, helpers that come late or leave, and what becomes of an exception. */
@Timeout(60)
class CrewTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void everyElementIsDoneOnce() {
    try (Crew crew = new Crew(threads, 3)) {
      for (int n : new int[] {1, 2, 7, 8, 9, 1000}) {
        for (int size : new int[] {1, 3, 8, 5000}) {
          AtomicIntegerArray done = new AtomicIntegerArray(n);
          crew.share(
              n,
              size,
              (from, count) -> {
                assertThat(count).isBetween(1, size);
                for (int i = from; i < from + count; i++) {
                  done.incrementAndGet(i);
                }
              });
          for (int i = 0; i < n; i++) {
            assertThat(done.get(i)).isEqualTo(1);
          }
        }
      }
    }
  }

  @Test
  void theLastElementMayBeTheLargestInt() {
    int n = Integer.MAX_VALUE;
    AtomicInteger sum = new AtomicInteger();
    try (Crew crew = new Crew(threads, 1)) {
      crew.share(n, 1 << 30, (from, count) -> sum.addAndGet(count));
    }
    assertThat(sum.get()).isEqualTo(n);
  }

  @Test
  void theCallerDoesWhatNobodyElseDoes() {
    Thread caller = Thread.currentThread();
    List<Thread> seen = new ArrayList<>();
    try (Crew crew = new Crew(task -> {}, 4)) {
      crew.share(10, 1, (from, count) -> seen.add(Thread.currentThread()));
    }
    assertThat(seen).hasSize(10).containsOnly(caller);
  }

  @Test
  void othersHelp() {
    CountDownLatch bothAreHere = new CountDownLatch(2);
    try (Crew crew = new Crew(threads, 1)) {
      crew.share(2, 1, (from, count) -> meet(bothAreHere));
    }
  }

  @Test
  void aHelperThatHasLeftIsReplaced() {
    try (Crew crew = new Crew(threads, 1)) {
      for (int i = 0; i < 3; i++) {
        CountDownLatch bothAreHere = new CountDownLatch(2);
        crew.share(2, 1, (from, count) -> meet(bothAreHere));
        LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
      }
    }
  }

  @Test
  void noMoreTasksThanHelpers() {
    AtomicInteger tasks = new AtomicInteger();
    try (Crew crew = new Crew(task -> tasks.incrementAndGet(), 3)) {
      for (int i = 0; i < 5; i++) {
        crew.share(100, 1, (from, count) -> {});
      }
    }
    assertThat(tasks.get()).isEqualTo(3);
  }

  /** A part takes longer than the caller spins. */
  @Test
  void theCallerWaitsForTheSlowest() {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    try (Crew crew = new Crew(threads, 1)) {
      crew.share(
          2,
          1,
          (from, count) -> {
            if (Thread.currentThread() == caller) {
              await(begun);
            } else {
              begun.countDown();
              LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            done.incrementAndGet();
          });
    }
    assertThat(done.get()).isEqualTo(2);
  }

  @Test
  void anInterruptIsLeftToTheCaller() {
    Thread.currentThread().interrupt();
    AtomicInteger done = new AtomicInteger();
    try (Crew crew = new Crew(threads, 2)) {
      crew.share(
          200,
          1,
          (from, count) -> {
            long end = System.nanoTime() + 200_000;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            done.incrementAndGet();
          });
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done.get()).isEqualTo(200);
  }

  @Test
  void whatAPartOfTheCallerThrowsIsThrown() {
    assertThrows(task -> {}, new IllegalStateException("part"));
    assertThrows(task -> {}, new AssertionError("part"));
  }

  @Test
  void whatAPartOfAHelperThrowsIsThrownOnceAllHaveEnded() {
    AtomicInteger running = new AtomicInteger();
    CountDownLatch helperIsHere = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Error error = new StackOverflowError("of a helper");
    try (Crew crew = new Crew(threads, 2)) {
      assertThatThrownBy(
              () ->
                  crew.share(
                      1000,
                      1,
                      (from, count) -> {
                        running.incrementAndGet();
                        try {
                          if (Thread.currentThread() != caller) {
                            helperIsHere.countDown();
                            throw error;
                          }
                          await(helperIsHere);
                          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                        } finally {
                          running.decrementAndGet();
                        }
                      }))
          .isSameAs(error);
      assertThat(running.get()).isZero();
    }
  }

  @Test
  void whatTheExecutorThrowsIsThrownUnlessItRejects() {
    OutOfMemoryError error = new OutOfMemoryError("no more threads");
    AtomicInteger done = new AtomicInteger();
    Executor broken =
        task -> {
          throw error;
        };
    try (Crew crew = new Crew(broken, 2)) {
      assertThatThrownBy(() -> crew.share(5, 1, (from, count) -> done.incrementAndGet()))
          .isSameAs(error);
    }
    assertThat(done.get()).isZero();
  }

  private static void assertThrows(Executor executor, Throwable thrown) {
    try (Crew crew = new Crew(executor, 2)) {
      assertThatThrownBy(
              () ->
                  crew.share(
                      10,
                      1,
                      (from, count) -> {
                        if (thrown instanceof Error error) {
                          throw error;
                        }
                        throw (RuntimeException) thrown;
                      }))
          .isSameAs(thrown);
    }
  }

  /** A task that waits in a queue for ever must not hold what it was to work on. */
  @Test
  void lateTasksHoldNothingAndDoNothing() {
    List<Runnable> late = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    WeakReference<float[]> array = share(late, done);
    for (int i = 0; i < 100 && array.get() != null; i++) {
      System.gc();
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(array.get()).isNull();
    assertThat(late).hasSize(2);
    late.forEach(threads::execute);
    late.forEach(Runnable::run);
    assertThat(done.get()).isEqualTo(4);
  }

  private static WeakReference<float[]> share(List<Runnable> late, AtomicInteger done) {
    float[] array = new float[1000];
    try (Crew crew = new Crew(late::add, 2)) {
      crew.share(
          4,
          1,
          (from, count) -> {
            array[from] = 1;
            done.incrementAndGet();
          });
    }
    return new WeakReference<>(array);
  }

  private static void meet(CountDownLatch latch) {
    latch.countDown();
    await(latch);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
