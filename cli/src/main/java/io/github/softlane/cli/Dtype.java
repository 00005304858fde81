package io.github.softlane.cli;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The element types that the command works on: of logits, and of labels. */
enum Dtype {
  FLOAT32("<f4", "float32", Float.BYTES),
  FLOAT64("<f8", "float64", Double.BYTES),
  INT8("|i1", "int8", Byte.BYTES),
  UINT8("|u1", "uint8", Byte.BYTES),
  INT16("<i2", "int16", Short.BYTES),
  UINT16("<u2", "uint16", Short.BYTES),
  INT32("<i4", "int32", Integer.BYTES),
  UINT32("<u4", "uint32", Integer.BYTES),
  INT64("<i8", "int64", Long.BYTES),
  UINT64("<u8", "uint64", Long.BYTES);

  /** What logits may be. */
  static final Set<Dtype> LOGITS = Collections.unmodifiableSet(EnumSet.of(FLOAT32, FLOAT64));

  /** What labels may be. */
  static final Set<Dtype> LABELS = Collections.unmodifiableSet(EnumSet.range(INT8, UINT64));

  private final String descr;
  private final String displayName;
  private final int bytes;

  Dtype(String descr, String displayName, int bytes) {
    this.descr = descr;
    this.displayName = displayName;
    this.bytes = bytes;
  }

  /** One of some types, by its name in a header. */
  static Optional<Dtype> ofDescr(String descr, Set<Dtype> allowed) {
    return allowed.stream().filter(dtype -> dtype.descr.equals(descr)).findFirst();
  }

  /** Some types as an error message names them. */
  static String names(Set<Dtype> types) {
    List<String> names =
        types.stream().map(dtype -> "'" + dtype.descr + "' (" + dtype.displayName + ")").toList();
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
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
