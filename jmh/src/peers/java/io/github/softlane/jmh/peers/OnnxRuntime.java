package io.github.softlane.jmh.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Task;
import java.nio.ByteBuffer;
import java.util.Map;

/** ONNX Runtime on the CPU: a model of one node, with input and output tensors that stay. */
public final class OnnxRuntime extends NativeContender {

  /** Made by name, where the benchmarks were built with it. */
  public OnnxRuntime() {}

  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public boolean offers(Operation operation, ElementType type) {
    return operation.isOfEveryBackend();
  }

  @Override
  public Task prepare(Problem problem) {
    try {
      return new Run(problem);
    } catch (OrtException failure) {
      throw new IllegalStateException("ONNX Runtime refuses " + problem, failure);
    }
  }

  private static final class Run implements Task {
    private final NativeRows rows;
    private final OrtSession.SessionOptions options;
    private final OrtSession model;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    Run(Problem problem) throws OrtException {
      rows = new NativeRows(problem);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(problem.threads());
      options.setInterOpNumThreads(1);
      model = environment.createSession(OnnxModel.of(problem), options);
      long height = problem.shape().rows();
      long width = problem.operation().givesRows() ? problem.shape().columns() : 1;
      input = tensor(environment, rows.input(), new long[] {height, problem.shape().columns()});
      output = tensor(environment, rows.output(), new long[] {height, width});
      inputs = Map.of(OnnxModel.INPUT, input);
      outputs = Map.of(OnnxModel.OUTPUT, output);
    }

    private OnnxTensor tensor(OrtEnvironment environment, ByteBuffer buffer, long[] shape)
        throws OrtException {
      return rows.type() == ElementType.FLOAT
          ? OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape)
          : OnnxTensor.createTensor(environment, buffer.asDoubleBuffer(), shape);
    }

    @Override
    public void run() {
      try {
        model.run(inputs, outputs).close();
      } catch (OrtException failure) {
        throw new IllegalStateException("ONNX Runtime failed", failure);
      }
    }

    @Override
    public double result(int i) {
      return rows.result(i);
    }

    @Override
    public void close() {
      try {
        model.close();
        input.close();
        output.close();
        options.close();
      } catch (OrtException failure) {
        throw new IllegalStateException("ONNX Runtime cannot be closed", failure);
      }
    }
  }
}
