package io.github.softlane.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The element types that the command works on. */
enum Dtype {
  FLOAT32("<f4", "float32", Float.BYTES),
  FLOAT64("<f8", "float64", Double.BYTES);

  private final String descr;
  private final String displayName;
  private final int bytes;

  Dtype(String descr, String displayName, int bytes) {
    this.descr = descr;
    this.displayName = displayName;
    this.bytes = bytes;
  }

  static Optional<Dtype> ofDescr(String descr) {
    return Arrays.stream(values()).filter(dtype -> dtype.descr.equals(descr)).findFirst();
  }

  /** All types as an error message names them. */
  static String allowed() {
    return Arrays.stream(values())
        .map(dtype -> "'" + dtype.descr + "' (" + dtype.displayName + ")")
        .collect(Collectors.joining(" and "));
  }

  /** The type as the {@code descr} of a NumPy header writes it. */
  String descr() {
    return descr;
  }

  String displayName() {
    return displayName;
  }

  int bytes() {
    return bytes;
  }
}
