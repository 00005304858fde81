package io.github.softlane.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import io.github.softlane.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every backend of this JVM gives the bits of the scalar one, NaNs included. */
class SameBitsTest {
  /** Offsets run through every place in a vector of 16 and two more. */
  private static final int OFFSETS = 18;

  /** Rows up to this length are tried in all ways by default. */
  private static final int SHORT = 130;

  static final double[] TEMPERATURES = {
    1,
    0.1,
    0.7,
    1000,
    1e-3,
    1e-30,
    1e30,
    0,
    Double.POSITIVE_INFINITY,
    1e-44,
    1e44,
    Double.MIN_VALUE,
    Double.MAX_VALUE
  };

  private static List<Backends.Rows> vectors() {
    return Backends.all().subList(0, Backends.all().size() - 1);
  }

  /** In a JVM without vector backends there is nothing to compare, and the reason is known. */
  private static boolean scalarOnly() {
    if (vectors().isEmpty()) {
      assertThat(Kernels.describe()).doesNotStartWith("vector");
    }
    return vectors().isEmpty();
  }

  static List<RowType<?>> types() {
    return RowType.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void everyLengthUpTo600(RowType<A> type) {
    everyLengthUpTo600(type, 3);
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("types")
  <A> void everyKindAtEveryLengthUpTo600(RowType<A> type) {
    everyLengthUpTo600(type, 1);
  }

  /** All kinds at short lengths, and one in so many at each of the others, in turn. */
  private static <A> void everyLengthUpTo600(RowType<A> type, int oneIn) {
    if (scalarOnly()) {
      return;
    }
    Comparison<A> comparison = new Comparison<>(type);
    Random random = new Random(1);
    for (int n = 0; n <= 600; n++) {
      int turn = n;
      for (RowKind kind : RowKind.values()) {
        turn++;
        if (n > SHORT && turn % oneIn != 0) {
          continue;
        }
        int xOffset = random.nextInt(OFFSETS);
        int yOffset = random.nextInt(OFFSETS);
        double temperature = TEMPERATURES[random.nextInt(TEMPERATURES.length)];
        comparison.kernels(kind, n, xOffset, yOffset, random);
        if (n > 0) {
          comparison.backends(kind, n, xOffset, yOffset, temperature, random);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void longRows(RowType<A> type) {
    longRows(type, 9);
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("types")
  <A> void moreLongRows(RowType<A> type) {
    longRows(type, 3);
  }

  /** Of the longest rows one in so many. */
  private static <A> void longRows(RowType<A> type, int oneIn) {
    if (scalarOnly()) {
      return;
    }
    Comparison<A> comparison = new Comparison<>(type);
    Random random = new Random(2);
    for (int whole : new int[] {640, 1024, 1536, 2048, 4096, 16_384, 70_000}) {
      for (int more : new int[] {-17, -16, -1, 0, 1, 7, 8, 15, 16, 33}) {
        for (RowKind kind : RowKind.values()) {
          if (whole > 4096 && random.nextInt(oneIn) > 0) {
            continue;
          }
          comparison.kernels(kind, whole + more, random.nextInt(OFFSETS), 3, random);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void everyOffset(RowType<A> type) {
    if (scalarOnly()) {
      return;
    }
    Comparison<A> comparison = new Comparison<>(type);
    Random random = new Random(3);
    for (int n : new int[] {1, 7, 15, 16, 17, 33, 64, 100, 513, 1029}) {
      for (int xOffset = 0; xOffset < OFFSETS; xOffset++) {
        for (int yOffset = 0; yOffset < OFFSETS; yOffset++) {
          RowKind kind = (xOffset + yOffset) % 2 == 0 ? RowKind.UNIT : RowKind.MASKED_30;
          comparison.kernels(kind, n, xOffset, yOffset, random);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void everyTemperature(RowType<A> type) {
    if (scalarOnly()) {
      return;
    }
    Comparison<A> comparison = new Comparison<>(type);
    Random random = new Random(4);
    for (double temperature : TEMPERATURES) {
      for (RowKind kind : RowKind.values()) {
        for (int n : new int[] {1, 2, 8, 16, 31, 32, 63, 257, 512, 530, 1024, 1100, 2500, 4500}) {
          comparison.backends(kind, n, n % 5, n % 7, temperature, random);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <A> void rowsInPlaceOfThemselves(RowType<A> type) {
    rowsInPlaceOfThemselves(type, 3);
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("types")
  <A> void rowsInPlaceAtEveryTemperature(RowType<A> type) {
    rowsInPlaceOfThemselves(type, 1);
  }

  /** All temperatures at short lengths, and one in so many at the others, in turn. */
  private static <A> void rowsInPlaceOfThemselves(RowType<A> type, int oneIn) {
    if (scalarOnly()) {
      return;
    }
    Random random = new Random(5);
    int turn = 0;
    for (RowKind kind : RowKind.values()) {
      // A turn more, so that a length has other temperatures for the next kind.
      turn++;
      for (int n : IntStream.iterate(1, n -> n < 3000, n -> n * 3 / 2 + 1).toArray()) {
        int offset = random.nextInt(OFFSETS);
        String what = " " + kind + " n " + n;
        A row = type.array(offset + n + OFFSETS);
        type.fill(row, offset, n, kind, random);
        turn++;
        double[] temperatures = n <= SHORT ? TEMPERATURES : oneIn(TEMPERATURES, oneIn, turn);
        for (Backends.Rows backend : Backends.all()) {
          for (double temperature : temperatures) {
            A inPlace = type.copy(row);
            A apart = type.copy(row);
            RowCalls<A> calls = type.of(backend);
            calls.softmax(inPlace, offset, inPlace, offset, n, temperature);
            calls.softmax(row, offset, apart, offset, n, temperature);
            type.assertSame(apart, inPlace, () -> backend + " softmax" + what);
            inPlace = type.copy(row);
            apart = type.copy(row);
            calls.logSoftmax(inPlace, offset, inPlace, offset, n, temperature);
            calls.logSoftmax(row, offset, apart, offset, n, temperature);
            type.assertSame(apart, inPlace, () -> backend + " logSoftmax" + what);
          }
        }
      }
    }
  }

  private static double[] oneIn(double[] values, int oneIn, int turn) {
    return IntStream.range(0, values.length)
        .filter(i -> (i + turn) % oneIn == 0)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  /** Runs the scalar backend and all others on the same row; elements around it count as well. */
  private static final class Comparison<A> {
    private final RowType<A> type;
    private final RowCalls<A> scalarKernel;
    private final RowCalls<A> scalarBackend;
    private final List<Backends.Rows> vectors = vectors();
    private final List<RowCalls<A>> kernels = new ArrayList<>();
    private final List<RowCalls<A>> backends = new ArrayList<>();

    Comparison(RowType<A> type) {
      this.type = type;
      this.scalarKernel = type.of(Kernels.scalar());
      this.scalarBackend = type.of(Backends.scalar());
      for (Backends.Rows backend : vectors) {
        kernels.add(type.of(backend.kernel()));
        backends.add(type.of(backend));
      }
    }

    void kernels(RowKind kind, int n, int xOffset, int yOffset, Random random) {
      compare(scalarKernel, kernels, kind, n, xOffset, yOffset, 1, random);
    }

    void backends(
        RowKind kind, int n, int xOffset, int yOffset, double temperature, Random random) {
      compare(scalarBackend, backends, kind, n, xOffset, yOffset, temperature, random);
    }

    private void compare(
        RowCalls<A> scalar,
        List<RowCalls<A>> others,
        RowKind kind,
        int n,
        int xOffset,
        int yOffset,
        double temperature,
        Random random) {
      A x = type.array(xOffset + n + OFFSETS);
      type.fill(x, xOffset, n, kind, random);
      A untouched = type.copy(x);
      A softmax = type.array(yOffset + n + OFFSETS);
      A logSoftmax = type.array(yOffset + n + OFFSETS);
      scalar.softmax(x, xOffset, softmax, yOffset, n, temperature);
      scalar.logSoftmax(x, xOffset, logSoftmax, yOffset, n, temperature);
      long logSumExp = scalar.logSumExpBits(x, xOffset, n, temperature);
      for (int i = 0; i < others.size(); i++) {
        RowCalls<A> other = others.get(i);
        Backends.Rows backend = vectors.get(i);
        Supplier<String> row =
            () ->
                " of "
                    + backend
                    + ", "
                    + kind
                    + ", n "
                    + n
                    + ", xOffset "
                    + xOffset
                    + ", yOffset "
                    + yOffset
                    + ", temperature "
                    + temperature;
        A y = type.array(yOffset + n + OFFSETS);
        other.softmax(x, xOffset, y, yOffset, n, temperature);
        type.assertSame(softmax, y, () -> "softmax" + row.get());
        y = type.array(yOffset + n + OFFSETS);
        other.logSoftmax(x, xOffset, y, yOffset, n, temperature);
        type.assertSame(logSoftmax, y, () -> "logSoftmax" + row.get());
        long bits = other.logSumExpBits(x, xOffset, n, temperature);
        if (bits != logSumExp) {
          throw new AssertionError(
              "logSumExp"
                  + row.get()
                  + ": expected "
                  + type.show(logSumExp)
                  + " but got "
                  + type.show(bits));
        }
      }
      type.assertSame(untouched, x, () -> "the logits " + kind);
    }
  }
}
