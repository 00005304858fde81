package io.github.softlane.jmh;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the JIT compiler has still to do. After a JVM has run much in a second, C2 works on it for
 * some seconds more: meanwhile it takes a processor, and the code that is about to be measured
 * waits behind the rest for its last compilation.
 */
final class CompilerQueue {
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
  private static final int PAUSE_MILLIS = 20;
  private static final int PATIENCE_MILLIS = 60_000;

  private CompilerQueue() {}

  /**
   * Waits until nothing is being compiled, for a minute at most.
   *
   * @return whether nothing was; false at once in other JVMs, and after an interrupt
   */
  static boolean drain() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName commands = new ObjectName(COMMANDS);
      for (int waited = 0; server.isRegistered(commands) && waited < PATIENCE_MILLIS; ) {
        if (isEmpty((String) server.invoke(commands, "compilerQueue", null, null))) {
          return true;
        }
        Thread.sleep(PAUSE_MILLIS);
        waited += PAUSE_MILLIS;
      }
    } catch (JMException e) {
      throw new IllegalStateException("the queue of the compiler cannot be asked for", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /**
   * Whether neither a compilation runs nor one waits.
   *
   * @param text what {@code jcmd Compiler.queue} prints: the compilations that run, one a line, and
   *     then each queue, "Empty" or one compilation a line
   */
  static boolean isEmpty(String text) {
    return text.lines()
        .filter(line -> !line.isBlank())
        .noneMatch(line -> !line.matches("Current compiles: *|C[12] compile queue: *|Empty *"));
  }
}
