package io.github.softlane.jmh.peers;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Task;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** libtorch, the library below PyTorch: the {@code _out} functions on tensors that stay. */
public final class LibTorch extends NativeContender {

  /** Made by name, where the benchmarks were built with it. */
  public LibTorch() {}

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public boolean offers(Operation operation, ElementType type) {
    return true;
  }

  @Override
  public Task prepare(Problem problem) {
    return new Run(problem);
  }

  private static final class Run implements Task {
    private static final long[] LAST_AXIS = {1};

    private final NativeRows rows;
    private final Operation operation;
    private final Tensor input;
    private final Tensor output;

    Run(Problem problem) {
      rows = new NativeRows(problem);
      operation = problem.operation();
      torch.set_num_threads(problem.threads());
      if (torch.get_num_threads() != problem.threads()) {
        throw new IllegalStateException(
            "libtorch uses %d threads, must be %d"
                .formatted(torch.get_num_threads(), problem.threads()));
      }
      long height = problem.shape().rows();
      long width = problem.shape().columns();
      input = tensor(rows.input(), height, width);
      output =
          operation.givesRows()
              ? tensor(rows.output(), height, width)
              : tensor(rows.output(), height);
    }

    private Tensor tensor(ByteBuffer buffer, long... shape) {
      torch.ScalarType type =
          rows.type() == ElementType.FLOAT ? torch.ScalarType.Float : torch.ScalarType.Double;
      return torch.from_blob(new Pointer(buffer), shape, new TensorOptions(type));
    }

    /** The thread that runs a benchmark is not always the one that set it up. */
    @Override
    public void run() {
      AutoGradMode noGradients = new AutoGradMode(false);
      try {
        compute().close();
      } finally {
        noGradients.close();
      }
    }

    private Tensor compute() {
      return switch (operation) {
        case SOFTMAX -> torch.softmax_out(output, input, 1);
        case LOG_SOFTMAX -> torch.log_softmax_out(output, input, 1);
        case LOG_SUM_EXP -> torch.logsumexp_out(output, input, LAST_AXIS, false);
      };
    }

    @Override
    public double result(int i) {
      return rows.result(i);
    }

    @Override
    public void close() {
      input.close();
      output.close();
    }
  }
}
