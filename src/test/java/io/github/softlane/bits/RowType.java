package io.github.softlane.bits;

import io.github.softlane.Backends;
import io.github.softlane.Kernel;
import io.github.softlane.ParallelLogits;
import io.github.softlane.internal.dispatch.Backend;
import io.github.softlane.internal.rows.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * An element type, so that a test is written once for both.
 *
 * @param <A> the array type
 */
public interface RowType<A> {
  /** Both types; a method source for tests. */
  static List<RowType<?>> all() {
    return List.of(new FloatRowType(), new DoubleRowType());
  }

  /** A new array. */
  A array(int length);

  /** A copy. */
  A copy(A array);

  /** The raw bits of an element. */
  long bits(A array, int index);

  /** An element with these raw bits, as text. */
  String show(long bits);

  /** Sets an element. */
  void set(A array, int index, double value);

  /** Fails where two arrays of one length differ in a bit. */
  default void assertSame(A expected, A found, String what) {
    assertSame(expected, found, () -> what);
  }

  /** The same with a message that is made only when it is needed. */
  default void assertSame(A expected, A found, Supplier<String> what) {
    if (segment(expected).mismatch(segment(found)) < 0) {
      return;
    }
    for (int i = 0; i < Array.getLength(expected); i++) {
      if (bits(expected, i) != bits(found, i)) {
        throw new AssertionError(
            "%s: at %d expected %s but got %s"
                .formatted(what.get(), i, show(bits(expected, i)), show(bits(found, i))));
      }
    }
    throw new AssertionError(what.get() + ": the arrays differ in length");
  }

  /** The array as memory, whose bits can be compared at once. */
  MemorySegment segment(A array);

  /** The elements of a block. */
  int block();

  /** Fills a range with a row of a kind; NaNs get any sign and payload, signalling ones too. */
  void fill(A array, int offset, int n, RowKind kind, Random random);

  /** The calls of a kernel, at T = 1 only. */
  RowCalls<A> of(Kernel kernel);

  /** The calls of a backend of this JVM. */
  RowCalls<A> of(Backends.Rows backend);

  /** The calls of a backend of this JVM on one row that workers share. */
  RowCalls<A> of(Backends.Rows backend, Workers workers);

  /** The calls on one row, on several threads. */
  RowCalls<A> of(ParallelLogits parallel);

  /** The calls on many rows, on several threads. */
  ManyRowsCalls<A> manyRows(ParallelLogits parallel);

  /** The calls on many rows, on one thread. */
  ManyRowsCalls<A> manyRows();

  /** The calls over any passes, also those that the dispatcher refuses in this JVM. */
  RowCalls<A> of(Backend backend);
}
