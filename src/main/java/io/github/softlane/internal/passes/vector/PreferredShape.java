package io.github.softlane.internal.passes.vector;

import jdk.incubator.vector.FloatVector;

/** The vector width that the JVM prefers on this CPU. */
public final class PreferredShape {
  private PreferredShape() {}

  /** The width in bits; 64 where the JVM makes no use of vector registers. */
  public static int bits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
