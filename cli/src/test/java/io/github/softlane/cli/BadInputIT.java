package io.github.softlane.cli;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** The cases through the launcher, each with a JVM of its own. */
@Tag("sweep")
class BadInputIT extends BadInputCases {
  @Override
  Outcome run(String... args) throws IOException, InterruptedException {
    return Launcher.run(args);
  }
}
