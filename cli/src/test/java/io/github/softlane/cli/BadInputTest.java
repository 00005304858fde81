package io.github.softlane.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The cases within this process. */
class BadInputTest extends BadInputCases {
  @Override
  Outcome run(String... args) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode = Main.run(new PrintWriter(output), new PrintWriter(errors), args);
    return Outcome.of(exitCode, output.toString(), errors.toString());
  }
}
