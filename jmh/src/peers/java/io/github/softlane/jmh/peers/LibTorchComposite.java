package io.github.softlane.jmh.peers;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Task;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch without autograd: the gradient of cross-entropy as {@code (exp(log p) - y) / rows}, step
 * by step into memory that stays. The backward function of log-softmax has no name in Java.
 */
public final class LibTorchComposite extends NativeContender {

  /** Made by name, where the benchmarks were built with it. */
  public LibTorchComposite() {}

  @Override
  public String name() {
    return "libtorch-composite";
  }

  @Override
  public boolean offers(Operation operation, ElementType type) {
    return operation == Operation.CROSS_ENTROPY_GRADIENT;
  }

  @Override
  public Task prepare(Problem problem) {
    return new Run(problem);
  }

  private static final class Run implements Task {
    private final TorchRows rows;
    private final Tensor input;
    private final Tensor output;
    private final Tensor targets;
    private final Tensor columns;
    private final Tensor minusOnes;
    private final Scalar share;

    Run(Problem problem) {
      rows = new TorchRows(problem);
      input = rows.input();
      output = rows.output();
      targets = rows.targets();
      columns = targets.view(problem.shape().rows(), 1);
      minusOnes =
          torch.full(new long[] {problem.shape().rows(), 1}, new Scalar(-1.0), input.options());
      share = new Scalar(1.0 / problem.shape().rows());
    }

    @Override
    public void run() {
      AutoGradMode noGradients = new AutoGradMode(false);
      try {
        torch.log_softmax_out(output, input, 1).close();
        torch.nll_loss(output, targets).close();
        // These return the tensor itself, which is not to be closed.
        output.exp_();
        output.scatter_add_(1, columns, minusOnes);
        output.mul_(share);
      } finally {
        noGradients.close();
      }
    }

    @Override
    public double result(int i) {
      return rows.result(i);
    }

    @Override
    public void close() {
      columns.close();
      minusOnes.close();
      share.close();
      rows.close();
    }
  }
}
