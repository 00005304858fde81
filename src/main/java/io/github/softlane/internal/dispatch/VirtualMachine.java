package io.github.softlane.internal.dispatch;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Whether this JVM compiles the Vector API to vector instructions. */
final class VirtualMachine {
  /** The level of the optimising compiler among HotSpot's tiers. */
  private static final int OPTIMISING_TIER = 4;

  private VirtualMachine() {}

  /** Why the Vector API would be slow in this JVM and what to change, or null. */
  static Refusal refusal() {
    String name = System.getProperty("java.vm.name", "");
    String info = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
    if (!isHotSpot(name)) {
      return new Refusal(
          "the virtual machine \"" + name + "\" does not compile the Vector API",
          "run on a HotSpot or GraalVM JDK");
    }
    if (info.contains("interpreted")) {
      return new Refusal("the JVM only interprets (-Xint)", "remove -Xint");
    }
    if ("false".equals(option("UseCompiler"))) {
      return new Refusal(
          "the optimising compiler is off (-XX:-UseCompiler)",
          "remove -XX:-UseCompiler and -XX:TieredStopAtLevel");
    }
    String tier = option("TieredStopAtLevel");
    if (tier != null && !option("TieredCompilation").equals("false")) {
      if (Integer.parseInt(tier) < OPTIMISING_TIER) {
        return new Refusal(
            "the optimising compiler is off (-XX:TieredStopAtLevel=" + tier + ")",
            "remove -XX:TieredStopAtLevel");
      }
    }
    if (info.contains("emulated-client")) {
      return new Refusal(
          "the optimising compiler is off (" + info + ")",
          "remove -XX:TieredStopAtLevel and -XX:CompilationMode");
    }
    return null;
  }

  private static boolean isHotSpot(String name) {
    return name.contains("HotSpot") || name.contains("OpenJDK") || name.contains("GraalVM");
  }

  /** A HotSpot option, or null where the management interface or the option is missing. */
  private static String option(String name) {
    try {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return bean == null ? null : bean.getVMOption(name).getValue();
    } catch (LinkageError | RuntimeException e) {
      return null;
    }
  }
}
