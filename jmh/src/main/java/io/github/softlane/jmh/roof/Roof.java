package io.github.softlane.jmh.roof;

import io.github.softlane.jmh.contender.ElementType;
import io.github.softlane.jmh.contender.Logits;
import java.util.List;

/**
 * What no kernel can beat: reading the logits once, copying them once, or a bare chain of as many
 * fused multiply-adds as an exponential takes.
 */
public interface Roof {
  /** Every logit is read once. */
  String READ = "read";

  /** Every logit is read and stored once. */
  String COPY = "copy";

  /** The arithmetic, without memory. */
  String FMA = "fma";

  /**
   * Does the part of the work that belongs to some of the elements.
   *
   * @param from the first element
   * @param to the element after the last one
   */
  void run(int from, int to);

  /**
   * Refuses a wrong result.
   *
   * @param from the first element of the last run
   * @param to the element after the last one
   * @throws IllegalStateException when the run left another result than it should
   */
  void verify(int from, int to);

  /**
   * The roof of a name.
   *
   * @param name read, copy or fma
   * @param logits what is read or copied; for fma only its type counts
   * @return the roof
   */
  static Roof named(String name, Logits logits) {
    boolean floats = logits.type() == ElementType.FLOAT;
    return switch (name) {
      case READ -> floats ? new FloatRead(logits.floats()) : new DoubleRead(logits.doubles());
      case COPY -> new Copy(logits);
      case FMA -> floats ? new FloatFma() : new DoubleFma();
      default ->
          throw new IllegalArgumentException(
              "roof is '" + name + "', must be one of " + List.of(READ, COPY, FMA));
    };
  }
}
