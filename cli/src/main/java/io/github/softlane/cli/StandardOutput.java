package io.github.softlane.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Standard output for what a program may read; a full disk behind it must not go unnoticed. */
final class StandardOutput {
  private static final Path NAME = Path.of("standard output");

  private StandardOutput() {}

  static void println(PrintWriter out, String text) {
    out.println(text);
    // A print writer keeps errors to itself until it is asked.
    if (out.checkError()) {
      throw Failure.io(NAME, "cannot write");
    }
  }
}
