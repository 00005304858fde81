package io.github.softlane.jmh;

import java.io.IOException;
import java.util.Arrays;

/** JMH's own command line, with every contender of this machine unless {@code -p kernel=…} says. */
public final class Main {
  private Main() {}

  /**
   * Runs the benchmarks.
   *
   * @param args the options of JMH; {@code -h} lists them
   * @throws IOException when JMH cannot write its result
   */
  public static void main(String[] args) throws IOException {
    org.openjdk.jmh.Main.main(withContenders(args));
  }

  static String[] withContenders(String... args) {
    for (String arg : args) {
      if (arg.contains("kernel=")) {
        return args;
      }
    }
    String[] extended = Arrays.copyOf(args, args.length + 2);
    extended[args.length] = "-p";
    extended[args.length + 1] = "kernel=" + String.join(",", Contenders.names());
    return extended;
  }
}
