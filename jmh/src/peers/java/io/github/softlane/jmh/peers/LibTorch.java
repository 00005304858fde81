package io.github.softlane.jmh.peers;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Task;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch, the library below PyTorch: the {@code _out} functions on tensors that stay, and
 * autograd for the gradient of {@code cross_entropy}.
 */
public final class LibTorch extends NativeContender {

  /** Made by name, where the benchmarks were built with it. */
  public LibTorch() {}

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public boolean offers(Operation operation, ElementType type) {
    return operation != Operation.SPARSEMAX;
  }

  @Override
  public Task prepare(Problem problem) {
    return problem.operation() == Operation.CROSS_ENTROPY_GRADIENT
        ? new Gradient(problem)
        : new Run(problem);
  }

  private static final class Run implements Task {
    private static final long[] LAST_AXIS = {1};

    private final TorchRows rows;
    private final Operation operation;
    private final Tensor output;

    Run(Problem problem) {
      rows = new TorchRows(problem);
      operation = problem.operation();
      output = rows.output();
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
        case SOFTMAX -> torch.softmax_out(output, rows.input(), 1);
        case LOG_SOFTMAX -> torch.log_softmax_out(output, rows.input(), 1);
        case LOG_SUM_EXP -> torch.logsumexp_out(output, rows.input(), LAST_AXIS, false);
        case CROSS_ENTROPY_GRADIENT, SPARSEMAX -> throw new AssertionError(operation);
      };
    }

    @Override
    public double result(int i) {
      return rows.result(i);
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** What a training step does: the graph is built anew, and so is the gradient. */
  private static final class Gradient implements Task {
    private final TorchRows rows;
    private final Tensor input;
    private final Tensor targets;
    private Tensor gradient;

    Gradient(Problem problem) {
      rows = new TorchRows(problem);
      input = rows.input();
      targets = rows.targets();
      input.set_requires_grad(true);
    }

    @Override
    public void run() {
      if (gradient != null) {
        // As an optimizer does by default: none, rather than zeros to add to.
        input.mutable_grad().reset();
        gradient.close();
      }
      AutoGradMode gradients = new AutoGradMode(true);
      try (Tensor loss = torch.cross_entropy_loss(input, targets)) {
        loss.backward();
        gradient = input.grad();
      } finally {
        gradients.close();
      }
    }

    @Override
    public double result(int i) {
      return rows.result(gradient, i);
    }

    @Override
    public void close() {
      if (gradient != null) {
        gradient.close();
      }
      rows.close();
    }
  }
}
