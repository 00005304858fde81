package io.github.softlane.cli;

import java.io.IOException;

/** The cases through the launcher. */
class BadInputIT extends BadInputCases {
  @Override
  Outcome run(String... args) throws IOException, InterruptedException {
    return Launcher.run(args);
  }
}
