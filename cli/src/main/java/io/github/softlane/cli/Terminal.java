package io.github.softlane.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Tells whether standard error is a terminal; the JDK can tell it only of standard input and output
 * together.
 */
final class Terminal {
  private static final int STANDARD_ERROR = 2;

  private Terminal() {}

  @SuppressWarnings("restricted")
  static boolean isStandardError() {
    // Without the permission the JVM would print a warning of its own.
    if (!Terminal.class.getModule().isNativeAccessEnabled()) {
      return false;
    }
    Linker linker = Linker.nativeLinker();
    String function = System.getProperty("os.name").startsWith("Windows") ? "_isatty" : "isatty";
    return linker
        .defaultLookup()
        .find(function)
        .map(
            address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)))
        .map(Terminal::call)
        .orElse(false);
  }

  private static boolean call(MethodHandle isatty) {
    try {
      return (int) isatty.invokeExact(STANDARD_ERROR) != 0;
    } catch (Throwable e) {
      throw new IllegalStateException("isatty failed", e);
    }
  }
}
