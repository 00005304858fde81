package io.github.softlane.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An error to be told in one line, with the exit code that goes with it. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Failure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static Failure data(Path file, String message) {
    return new Failure(ExitCodes.DATA, file + ": " + message, null);
  }

  static Failure usage(String message) {
    return new Failure(ExitCodes.USAGE, message, null);
  }

  static Failure io(Path file, String message) {
    return new Failure(ExitCodes.IO, file + ": " + message, null);
  }

  /** An I/O error met while doing something, such as {@code "cannot read"}, with a file. */
  static Failure io(Path file, String doing, IOException e) {
    return new Failure(ExitCodes.IO, file + ": " + doing + ": " + reason(e), e);
  }

  int exitCode() {
    return exitCode;
  }

  /** The words of the operating system without the file's name, which the line already has. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
