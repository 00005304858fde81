package io.github.softlane.jmh.roof;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Logits;
import java.util.Arrays;

/** {@link System#arraycopy}. */
final class Copy implements Roof {
  private final Object source;
  private final Object target;

  Copy(Logits logits) {
    int n = logits.shape().elements();
    boolean floats = logits.type() == ElementType.FLOAT;
    source = floats ? logits.floats() : logits.doubles();
    target = floats ? new float[n] : new double[n];
  }

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy") // Both are arrays, of one type.
  public void run(int from, int to) {
    System.arraycopy(source, from, target, from, to - from);
  }

  @Override
  public void verify(int from, int to) {
    boolean equal =
        source instanceof float[] floats
            ? Arrays.equals(floats, from, to, (float[]) target, from, to)
            : Arrays.equals((double[]) source, from, to, (double[]) target, from, to);
    if (!equal) {
      throw new IllegalStateException("the copy differs from its source");
    }
  }
}
