package io.github.softlane.jmh.peers;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Logits and result outside the heap, aligned as the libraries' own allocators do. */
final class NativeRows {
  private static final int ALIGNMENT = 64;

  private final ElementType type;
  private final ByteBuffer input;
  private final ByteBuffer output;

  NativeRows(Problem problem) {
    type = problem.type();
    input = allocate(problem.shape().elements());
    output = allocate(problem.resultElements());
    if (type == ElementType.FLOAT) {
      input.asFloatBuffer().put(problem.logits().floats());
    } else {
      input.asDoubleBuffer().put(problem.logits().doubles());
    }
  }

  private ByteBuffer allocate(int elements) {
    // The aligned slice may lose as much at its end as at its start.
    return ByteBuffer.allocateDirect(elements * type.bytes() + 2 * ALIGNMENT)
        .alignedSlice(ALIGNMENT)
        .limit(elements * type.bytes())
        .slice()
        .order(ByteOrder.nativeOrder());
  }

  ElementType type() {
    return type;
  }

  ByteBuffer input() {
    return input;
  }

  ByteBuffer output() {
    return output;
  }

  double result(int i) {
    return type == ElementType.FLOAT
        ? output.getFloat(i * Float.BYTES)
        : output.getDouble(i * Double.BYTES);
  }
}
