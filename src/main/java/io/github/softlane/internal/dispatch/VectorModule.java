package io.github.softlane.internal.dispatch;

import java.util.Optional;

/** The incubator module, which the library's own module descriptor must not require. */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  /** What a user has to add to the command line. */
  static final String FLAG = "--add-modules " + NAME;

  private VectorModule() {}

  static boolean isResolved() {
    return module().isPresent();
  }

  /** Lets this module read it. On the class path that is so already. */
  static void read() {
    module().ifPresent(VectorModule.class.getModule()::addReads);
  }

  private static Optional<Module> module() {
    return ModuleLayer.boot().findModule(NAME);
  }
}
