package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the benchmarks compare, by name. */
public final class Contenders {
  private static final List<String> NATIVE_PEERS =
      List.of(
          "io.github.softlane.jmh.peers.OnnxRuntime",
          "io.github.softlane.jmh.peers.OneDnn",
          "io.github.softlane.jmh.peers.LibTorch",
          "io.github.softlane.jmh.peers.LibTorchComposite");

  private Contenders() {}

  /**
   * {@code best}, every backend of this machine, the Java peers, and the native peers when they
   * were built in.
   *
   * @return the contenders, in the order of the tables
   */
  public static List<Contender> all() {
    List<Contender> all = new ArrayList<>();
    all.add(new SoftlaneContender(SoftlaneContender.BEST));
    for (Kernel kernel : Kernels.all()) {
      all.add(new SoftlaneContender(kernel.name()));
    }
    all.add(new JavaContender(new NaiveKernel()));
    all.add(new JavaContender(new LambdaKernel()));
    if (vectorsAreResolved()) {
      all.add(new JavaContender(new LanewiseKernel()));
    }
    all.addAll(nativePeers());
    return all;
  }

  /** Those that the build put in: only one with the profile has the classes. */
  private static List<Contender> nativePeers() {
    return NATIVE_PEERS.stream().flatMap(name -> nativePeer(name).stream()).toList();
  }

  private static Optional<Contender> nativePeer(String name) {
    try {
      Class<? extends Contender> type = Class.forName(name).asSubclass(Contender.class);
      return Optional.of(type.getConstructor().newInstance());
    } catch (ClassNotFoundException notBuilt) {
      return Optional.empty();
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(name + " cannot be created", broken);
    }
  }

  /**
   * Whether code on the Vector API can run.
   *
   * @return true when the JVM was started with the module
   */
  public static boolean vectorsAreResolved() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /**
   * The contender of a name.
   *
   * @param name the name
   * @return the contender
   */
  public static Contender named(String name) {
    List<Contender> all = all();
    for (Contender contender : all) {
      if (contender.name().equals(name)) {
        return contender;
      }
    }
    throw new IllegalArgumentException(
        "contender is '"
            + name
            + "', must be one of "
            + all.stream().map(Contender::name).toList()
            + "; native peers need a build with -Ppeers");
  }
}
