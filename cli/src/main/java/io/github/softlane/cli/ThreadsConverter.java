package io.github.softlane.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of threads, from 1 to the most that a pool can have. */
final class ThreadsConverter implements ITypeConverter<Integer> {
  private static final int MOST = 32_767;

  @Override
  public Integer convert(String text) {
    try {
      int threads = Integer.parseInt(text);
      if (threads >= 1 && threads <= MOST) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // Told below with every other value that is not allowed.
    }
    throw new TypeConversionException("'" + text + "' is not a whole number from 1 to " + MOST);
  }
}
