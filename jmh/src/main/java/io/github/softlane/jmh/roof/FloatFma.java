package io.github.softlane.jmh.roof;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Twelve independent chains, more than the latency times the throughput of any CPU yet. */
final class FloatFma implements Roof {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Range reduction, a polynomial of degree 6 and its scale, per vector of logits. */
  private static final int FMAS_PER_VECTOR = 9;

  private static final int CHAINS = 12;
  private static final float FACTOR = 0.5f;

  /** The chain x = FACTOR * x + TERM rests at 1. */
  private static final float TERM = 1 - FACTOR;

  private volatile float sum;

  @Override
  public void run(int from, int to) {
    long fmas = (long) (to - from) * FMAS_PER_VECTOR / SPECIES.length();
    sum = chains(fmas / CHAINS);
  }

  private static float chains(long steps) {
    FloatVector factor = FloatVector.broadcast(SPECIES, FACTOR);
    FloatVector term = FloatVector.broadcast(SPECIES, TERM);
    FloatVector a = FloatVector.broadcast(SPECIES, 1);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    FloatVector i = a;
    FloatVector j = a;
    FloatVector k = a;
    FloatVector l = a;
    for (long step = 0; step < steps; step++) {
      a = a.fma(factor, term);
      b = b.fma(factor, term);
      c = c.fma(factor, term);
      d = d.fma(factor, term);
      e = e.fma(factor, term);
      f = f.fma(factor, term);
      g = g.fma(factor, term);
      h = h.fma(factor, term);
      i = i.fma(factor, term);
      j = j.fma(factor, term);
      k = k.fma(factor, term);
      l = l.fma(factor, term);
    }
    FloatVector first = a.add(b).add(c.add(d)).add(e.add(f));
    FloatVector second = g.add(h).add(i.add(j)).add(k.add(l));
    return first.add(second).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void verify(int from, int to) {
    float expected = CHAINS * SPECIES.length();
    if (sum != expected) {
      throw new IllegalStateException("the chains give " + sum + ", must be " + expected);
    }
  }
}
