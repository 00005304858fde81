package io.github.softlane.cli;

/** The exit codes of the command. */
final class ExitCodes {
  static final int OK = 0;

  /** The input is not what the command works on, or {@code doctor} found something wrong. */
  static final int DATA = 1;

  /** The command line is wrong: an option, a value, or an output that may not be written. */
  static final int USAGE = 2;

  /** A file could not be opened, read or written. */
  static final int IO = 3;

  /** A fault in the program itself, whatever the input. */
  static final int INTERNAL = 70;

  /** What the help of every command ends with. */
  static final String HELP =
      """

      Exit codes:
        0  done
        1  the input is not a .npy file of rows of float32 or float64
        2  an option is wrong, the output exists or is the input, or the backend
           cannot work here
        3  a file cannot be read or written\
      """;

  private ExitCodes() {}
}
