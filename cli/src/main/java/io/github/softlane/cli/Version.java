package io.github.softlane.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the manifest of the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "softlane " + (version == null ? "(not from its jar)" : version),
      "JDK " + Runtime.version() + ", " + System.getProperty("os.arch")
    };
  }
}
