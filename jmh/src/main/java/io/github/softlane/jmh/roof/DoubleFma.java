package io.github.softlane.jmh.roof;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Twelve independent chains, more than the latency times the throughput of any CPU yet. */
final class DoubleFma implements Roof {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /** Reduction in two parts, a polynomial, and sums in two parts, per vector of logits. */
  private static final int FMAS_PER_VECTOR = 19;

  private static final int CHAINS = 12;
  private static final double FACTOR = 0.5;

  /** The chain x = FACTOR * x + TERM rests at 1. */
  private static final double TERM = 1 - FACTOR;

  private volatile double sum;

  @Override
  public void run(int from, int to) {
    long fmas = (long) (to - from) * FMAS_PER_VECTOR / SPECIES.length();
    sum = chains(fmas / CHAINS);
  }

  private static double chains(long steps) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, FACTOR);
    DoubleVector term = DoubleVector.broadcast(SPECIES, TERM);
    DoubleVector a = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    DoubleVector i = a;
    DoubleVector j = a;
    DoubleVector k = a;
    DoubleVector l = a;
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
    DoubleVector first = a.add(b).add(c.add(d)).add(e.add(f));
    DoubleVector second = g.add(h).add(i.add(j)).add(k.add(l));
    return first.add(second).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void verify(int from, int to) {
    double expected = CHAINS * SPECIES.length();
    if (sum != expected) {
      throw new IllegalStateException("the chains give " + sum + ", must be " + expected);
    }
  }
}
