package io.github.softlane.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Refuses a backend that no machine has before the library is asked for it. */
final class BackendConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (!Backend.CHOICES.contains(text)) {
      throw new TypeConversionException(
          "'" + text + "' is none of " + String.join(", ", Backend.CHOICES));
    }
    return text;
  }
}
