package io.github.softlane.internal.dispatch;

import io.github.softlane.internal.arithmetic.Fused;

/**
 * A choice of the dispatcher.
 *
 * @param name the backend's name, or null when one was asked for that cannot work
 * @param backend its passes, or null when there are none or they have not been checked yet
 * @param reason the line {@code "name: reason"}, or what is wrong with a property
 * @param change what would have to change for another choice, or null
 */
public record Choice(String name, Backend backend, String reason, String change) {
  static Choice of(Backend backend, String reason, String change) {
    return new Choice(backend.name(), backend, backend.name() + ": " + reason, change);
  }

  static Choice unchecked(String name, String reason) {
    return new Choice(name, null, name + ": " + reason, null);
  }

  static Choice impossible(String property, String value, String reason, String remedy) {
    return new Choice(
        null,
        null,
        "-D" + property + "=" + value + " cannot work: " + reason + "; " + remedy,
        null);
  }

  /** Whether there is no backend at all for what a property asks. */
  public boolean isImpossible() {
    return name == null;
  }

  /** Whether there is nothing to switch to from the scalar backend. */
  public boolean isScalar() {
    return Backend.SCALAR.name().equals(name);
  }

  /**
   * The choice in lines.
   *
   * @param state which backend serves at the moment, or null
   */
  public String describe(String state) {
    StringBuilder lines = new StringBuilder(reason);
    for (String line : new String[] {state, change, isImpossible() ? null : fusedNote()}) {
      if (line != null) {
        lines.append(System.lineSeparator()).append(line);
      }
    }
    return lines.toString();
  }

  private static String fusedNote() {
    return Fused.AVAILABLE
        ? null
        : "without a fused multiply-add in hardware results differ from other machines";
  }
}
