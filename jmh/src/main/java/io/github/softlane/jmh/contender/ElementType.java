package io.github.softlane.jmh.contender;

import java.util.Arrays;

/** The type of the logits and of the result. */
public enum ElementType {
  /** 32 bit. */
  FLOAT("float", Float.BYTES, 0x1p-24),
  /** 64 bit. */
  DOUBLE("double", Double.BYTES, 0x1p-53);

  private final String label;
  private final int bytes;
  private final double halfUlpOfOne;

  ElementType(String label, int bytes, double halfUlpOfOne) {
    this.label = label;
    this.bytes = bytes;
    this.halfUlpOfOne = halfUlpOfOne;
  }

  /**
   * The name in parameters and tables.
   *
   * @return the name
   */
  public String label() {
    return label;
  }

  /**
   * The size of one element.
   *
   * @return the size in bytes
   */
  public int bytes() {
    return bytes;
  }

  double halfUlpOfOne() {
    return halfUlpOfOne;
  }

  /** The distance to the next number of this type. */
  double ulp(double value) {
    return this == FLOAT ? Math.ulp((float) value) : Math.ulp(value);
  }

  /**
   * The type of a name.
   *
   * @param label a name as {@link #label} gives it
   * @return the type
   */
  public static ElementType named(String label) {
    for (ElementType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "type is '"
            + label
            + "', must be one of "
            + Arrays.stream(values()).map(ElementType::label).toList());
  }
}
