package io.github.softlane.jmh.peers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_impl_info_str;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_accurate;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_log;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_wait;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Operation;
import io.github.softlane.jmh.contender.Problem;
import io.github.softlane.jmh.contender.Task;
import java.nio.ByteBuffer;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** oneDNN: its softmax primitive, accurate and logarithmic. It has none of the other operations. */
public final class OneDnn extends NativeContender {

  /** Made by name, where the benchmarks were built with it. */
  public OneDnn() {}

  @Override
  public String name() {
    return "onednn";
  }

  /** The CPU engine has softmax for {@code float} and narrower types. */
  @Override
  public boolean offers(Operation operation, ElementType type) {
    return (operation == Operation.SOFTMAX || operation == Operation.LOG_SOFTMAX)
        && type == ElementType.FLOAT;
  }

  @Override
  public Task prepare(Problem problem) {
    return new Run(problem);
  }

  /** Its native objects live as long as the process: a benchmark makes one set of them. */
  private static final class Run implements Task {
    private static final int ARGUMENTS = 2;

    private final NativeRows rows;
    private final OpenMp threads;
    private final dnnl_stream stream = new dnnl_stream();
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(ARGUMENTS);

    Run(Problem problem) {
      rows = new NativeRows(problem);
      dnnl_engine engine = new dnnl_engine();
      check("dnnl_engine_create", dnnl_engine_create(engine, dnnl_cpu, 0));
      threads = new OpenMp(problem.threads());
      threads.apply();
      check("dnnl_stream_create", dnnl_stream_create(stream, engine, dnnl_stream_default_flags));
      dnnl_memory_desc layout = new dnnl_memory_desc();
      long[] dimensions = {problem.shape().rows(), problem.shape().columns()};
      check(
          "dnnl_memory_desc_create_with_tag",
          dnnl_memory_desc_create_with_tag(layout, 2, dimensions, dnnl_f32, dnnl_ab));
      dnnl_primitive_desc description = new dnnl_primitive_desc();
      int algorithm =
          problem.operation() == Operation.SOFTMAX ? dnnl_softmax_accurate : dnnl_softmax_log;
      check(
          "dnnl_softmax_forward_primitive_desc_create",
          dnnl_softmax_forward_primitive_desc_create(
              description,
              engine,
              dnnl_forward_inference,
              algorithm,
              layout,
              layout,
              1,
              new dnnl_primitive_attr()));
      refuseReference(description);
      check("dnnl_primitive_create", dnnl_primitive_create(primitive, description));
      setArgument(0, DNNL_ARG_SRC, layout, engine, rows.input());
      setArgument(1, DNNL_ARG_DST, layout, engine, rows.output());
    }

    /** oneDNN falls back to plain C++ silently; it is its generated code that is measured. */
    private static void refuseReference(dnnl_primitive_desc description) {
      try (PointerPointer<BytePointer> text = new PointerPointer<>(1)) {
        check(
            "dnnl_primitive_desc_query",
            dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, text));
        String implementation = text.get(BytePointer.class).getString();
        if (!implementation.startsWith("jit")) {
          throw new IllegalStateException(
              "oneDNN would use its implementation '" + implementation + "', must be a jit one");
        }
      }
    }

    private void setArgument(
        int position, int kind, dnnl_memory_desc layout, dnnl_engine engine, ByteBuffer buffer) {
      dnnl_memory memory = new dnnl_memory();
      check("dnnl_memory_create", dnnl_memory_create(memory, layout, engine, new Pointer(buffer)));
      arguments.position(position).arg(kind).memory(memory);
      arguments.position(0);
    }

    private static void check(String function, int status) {
      if (status != dnnl_success) {
        throw new IllegalStateException(function + " failed with status " + status);
      }
    }

    @Override
    public void run() {
      threads.apply();
      check(
          "dnnl_primitive_execute",
          dnnl_primitive_execute(primitive, stream, ARGUMENTS, arguments));
      check("dnnl_stream_wait", dnnl_stream_wait(stream));
    }

    @Override
    public double result(int i) {
      return rows.result(i);
    }

    @Override
    public void close() {}
  }
}
