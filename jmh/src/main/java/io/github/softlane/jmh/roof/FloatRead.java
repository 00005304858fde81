package io.github.softlane.jmh.roof;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A sum in four vectors, so that the latency of an addition does not count. */
final class FloatRead implements Roof {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final float[] x;
  private volatile float sum;

  FloatRead(float[] x) {
    this.x = x;
  }

  @Override
  public void run(int from, int to) {
    sum = sum(x, from, to);
  }

  private static float sum(float[] x, int from, int to) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = from;
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
      // No instruction: the compiler would mix the loads of several rounds, and memory that is not
      // read in order is read at half the speed.
      VarHandle.loadLoadFence();
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < to; i++) {
      sum += x[i];
    }
    return sum;
  }

  @Override
  public void verify(int from, int to) {
    double expected = 0;
    double magnitude = 0;
    for (int i = from; i < to; i++) {
      expected += x[i];
      magnitude += Math.abs(x[i]);
    }
    if (Math.abs(sum - expected) > 1e-5 * magnitude) {
      throw new IllegalStateException("the sum is " + sum + ", must be " + expected);
    }
  }
}
