package io.github.softlane.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bins. */
final class BinsConverter implements ITypeConverter<Integer> {
  /** More are never a table that anybody reads. */
  private static final int MOST = 1000;

  @Override
  public Integer convert(String text) {
    if (text.matches("[0-9]{1,9}")) {
      int bins = Integer.parseInt(text);
      if (bins >= 1 && bins <= MOST) {
        return bins;
      }
    }
    throw new TypeConversionException("'" + text + "' is not a whole number from 1 to " + MOST);
  }
}
