package io.github.softlane.jmh.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * The number of threads of the OpenMP library that oneDNN was linked with. oneDNN itself has no
 * function for it, and an environment variable would have to be set before the JVM starts.
 */
final class OpenMp {
  private static final MethodHandle SET_NUM_THREADS = setNumThreads();

  private final int threads;

  OpenMp(int threads) {
    this.threads = threads;
  }

  @SuppressWarnings("restricted") // A call of native code is the purpose.
  private static MethodHandle setNumThreads() {
    Path folder = Path.of(Loader.load(org.bytedeco.dnnl.global.dnnl.class)).getParent();
    MemorySegment function =
        SymbolLookup.libraryLookup(folder.resolve("libgomp.so.1"), Arena.global())
            .findOrThrow("omp_set_num_threads");
    return Linker.nativeLinker()
        .downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  }

  /** Sets it for the calling thread, which is how OpenMP counts. */
  void apply() {
    try {
      SET_NUM_THREADS.invokeExact(threads);
    } catch (Throwable failure) {
      throw new IllegalStateException("omp_set_num_threads failed", failure);
    }
  }
}
