package io.github.softlane.jmh.peers;

import io.github.softlane.jmh.contender.Contender;

/** What the native libraries have in common. */
abstract class NativeContender implements Contender {
  @Override
  public final boolean isNative() {
    return true;
  }

  /** Nothing: what the JVM has run before means nothing to compiled code outside it. */
  @Override
  public final void pollute() {}
}
