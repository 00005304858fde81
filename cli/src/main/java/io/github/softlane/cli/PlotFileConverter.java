package io.github.softlane.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a picture, whose ending says what kind it is. */
final class PlotFileConverter implements ITypeConverter<Path> {
  private static final String SVG = ".svg";

  @Override
  public Path convert(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!name.endsWith(".png") && !name.endsWith(SVG)) {
      throw new TypeConversionException("'" + text + "' does not end in .png or .svg");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is no file name: " + e.getReason());
    }
  }

  /** Whether a picture of that name is an SVG, else it is a PNG. */
  static boolean isSvg(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(SVG);
  }
}
