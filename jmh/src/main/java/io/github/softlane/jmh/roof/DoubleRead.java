package io.github.softlane.jmh.roof;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A sum in four vectors, so that the latency of an addition does not count. */
final class DoubleRead implements Roof {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final double[] x;
  private volatile double sum;

  DoubleRead(double[] x) {
    this.x = x;
  }

  @Override
  public void run(int from, int to) {
    sum = sum(x, from, to);
  }

  private static double sum(double[] x, int from, int to) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int i = from;
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, x, i));
      s1 = s1.add(DoubleVector.fromArray(SPECIES, x, i + LANES));
      s2 = s2.add(DoubleVector.fromArray(SPECIES, x, i + 2 * LANES));
      s3 = s3.add(DoubleVector.fromArray(SPECIES, x, i + 3 * LANES));
      // No instruction: the compiler would mix the loads of several rounds, and memory that is not
      // read in order is read at half the speed.
      VarHandle.loadLoadFence();
    }
    double sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
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
    if (Math.abs(sum - expected) > 1e-12 * magnitude) {
      throw new IllegalStateException("the sum is " + sum + ", must be " + expected);
    }
  }
}
