package io.github.softlane.jmh.peers;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Logits, targets and result as tensors of libtorch, which is told the number of threads. */
final class TorchRows {
  private final NativeRows rows;
  private final ByteBuffer classes;
  private final Tensor input;
  private final Tensor output;
  private final Tensor targets;

  TorchRows(Problem problem) {
    torch.set_num_threads(problem.threads());
    if (torch.get_num_threads() != problem.threads()) {
      throw new IllegalStateException(
          "libtorch uses %d threads, must be %d"
              .formatted(torch.get_num_threads(), problem.threads()));
    }
    rows = new NativeRows(problem);
    torch.ScalarType type =
        rows.type() == ElementType.FLOAT ? torch.ScalarType.Float : torch.ScalarType.Double;
    long height = problem.shape().rows();
    long width = problem.shape().columns();
    input = tensor(rows.input(), type, height, width);
    output =
        problem.operation().givesRows()
            ? tensor(rows.output(), type, height, width)
            : tensor(rows.output(), type, height);
    classes =
        ByteBuffer.allocateDirect(problem.shape().rows() * Long.BYTES)
            .order(ByteOrder.nativeOrder());
    for (int target : problem.logits().targets()) {
      classes.putLong(target);
    }
    targets = tensor(classes.rewind(), torch.ScalarType.Long, height);
  }

  private static Tensor tensor(ByteBuffer buffer, torch.ScalarType type, long... shape) {
    return torch.from_blob(new Pointer(buffer), shape, new TensorOptions(type));
  }

  Tensor input() {
    return input;
  }

  Tensor output() {
    return output;
  }

  /** A class a row. */
  Tensor targets() {
    return targets;
  }

  double result(int i) {
    return rows.result(i);
  }

  /** An element of a tensor that libtorch made. */
  double result(Tensor tensor, int i) {
    if (rows.type() == ElementType.FLOAT) {
      FloatPointer floats = tensor.data_ptr_float();
      return floats.get(i);
    }
    DoublePointer doubles = tensor.data_ptr_double();
    return doubles.get(i);
  }

  void close() {
    input.close();
    output.close();
    targets.close();
  }
}
