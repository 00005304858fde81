package io.github.softlane.jmh.peers;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Shape;

/**
 * An ONNX model of one node that computes a problem. The numbers of the fields are those of {@code
 * onnx.proto}.
 */
final class OnnxModel {
  static final String INPUT = "logits";
  static final String OUTPUT = "result";

  private static final int IR_VERSION = 11;
  private static final int OPSET = 23;

  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int DOUBLE = 11;
  private static final int INT_ATTRIBUTE = 2;

  private static final String AXES = "axes";

  private OnnxModel() {}

  static byte[] of(Problem problem) {
    return new ProtobufWriter()
        .number(1, IR_VERSION)
        .message(8, new ProtobufWriter().text(1, "").number(2, OPSET))
        .message(7, graph(problem))
        .toByteArray();
  }

  private static ProtobufWriter graph(Problem problem) {
    Shape shape = problem.shape();
    int type = problem.type() == ElementType.FLOAT ? FLOAT : DOUBLE;
    boolean givesRows = problem.operation().givesRows();
    ProtobufWriter graph =
        new ProtobufWriter().message(1, node(problem.operation())).text(2, "rows");
    if (!givesRows) {
      graph.message(5, lastAxis());
    }
    return graph
        .message(11, value(INPUT, type, shape.rows(), shape.columns()))
        .message(12, value(OUTPUT, type, shape.rows(), givesRows ? shape.columns() : 1));
  }

  private static ProtobufWriter node(Operation operation) {
    ProtobufWriter node = new ProtobufWriter().text(1, INPUT);
    switch (operation) {
      case SOFTMAX -> node.text(2, OUTPUT).text(4, "Softmax").message(5, attribute("axis", -1));
      case LOG_SOFTMAX ->
          node.text(2, OUTPUT).text(4, "LogSoftmax").message(5, attribute("axis", -1));
      case LOG_SUM_EXP ->
          node.text(1, AXES)
              .text(2, OUTPUT)
              .text(4, "ReduceLogSumExp")
              .message(5, attribute("keepdims", 1));
      case CROSS_ENTROPY_GRADIENT, SPARSEMAX ->
          throw new IllegalArgumentException("no single node computes " + operation.label());
    }
    return node;
  }

  private static ProtobufWriter attribute(String name, long value) {
    return new ProtobufWriter().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
  }

  private static ProtobufWriter lastAxis() {
    return new ProtobufWriter().number(1, 1).number(2, INT64).number(7, 1).text(8, AXES);
  }

  private static ProtobufWriter value(String name, int type, int rows, int columns) {
    ProtobufWriter dimensions =
        new ProtobufWriter()
            .message(1, new ProtobufWriter().number(1, rows))
            .message(1, new ProtobufWriter().number(1, columns));
    ProtobufWriter tensor = new ProtobufWriter().number(1, type).message(2, dimensions);
    return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
  }
}
