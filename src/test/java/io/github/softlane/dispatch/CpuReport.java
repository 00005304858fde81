package io.github.softlane.dispatch;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;

/** Prints what the JVM itself says about vectors and FMA, without a look at the library. */
public final class CpuReport {
  private CpuReport() {}

  /** Prints the preferred vector width in bits and whether the JVM uses FMA instructions. */
  public static void main(String[] args) {
    System.out.println("bits=" + FloatVector.SPECIES_PREFERRED.vectorBitSize());
    System.out.println(
        "fma="
            + ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("UseFMA")
                .getValue());
  }

  /** Whether a JVM without vector backends is a failure, as it is in CI. */
  public static boolean vectorsRequired() {
    return "true".equals(System.getenv("SOFTLANE_REQUIRE_VECTOR"));
  }

  /** The vector backends that a JVM with these options must have, widest first. */
  public static List<String> vectorBackends(String... options) {
    List<String> all =
        Stream.concat(Stream.of(ForkedJvm.VECTOR_MODULE), Stream.of(options)).toList();
    var values = ForkedJvm.run(CpuReport.class, all).succeeded().values();
    if (!Boolean.parseBoolean(values.get("fma"))) {
      return List.of();
    }
    int bits = Integer.parseInt(values.get("bits"));
    return Stream.of(512, 256, 128)
        .filter(width -> width <= bits)
        .map(width -> "vector-" + width)
        .toList();
  }
}
