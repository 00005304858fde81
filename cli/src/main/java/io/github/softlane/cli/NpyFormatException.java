package io.github.softlane.cli;

/** What is wrong with the contents of a {@code .npy} file; the message does not name the file. */
final class NpyFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  NpyFormatException(String message) {
    super(message);
  }
}
