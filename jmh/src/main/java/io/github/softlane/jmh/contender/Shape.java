package io.github.softlane.jmh.contender;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows times columns; the operations run along the columns.
 *
 * @param rows the number of rows, 1 or more
 * @param columns the length of a row, 1 or more
 */
public record Shape(int rows, int columns) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,9})x([1-9][0-9]{0,9})");

  /** Checks the limits. */
  public Shape {
    if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "shape is '"
              + rows
              + "x"
              + columns
              + "', must have 1 or more rows and columns and fit into one array");
    }
  }

  /**
   * Reads a shape.
   *
   * @param text such as {@code 128x4096}
   * @return the shape
   */
  public static Shape of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "shape is '" + text + "', must be ROWSxCOLUMNS, such as 128x4096");
    }
    try {
      return new Shape(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException("shape is '" + text + "', which is too large", tooLarge);
    }
  }

  /**
   * Rows times columns.
   *
   * @return the number of elements
   */
  public int elements() {
    return rows * columns;
  }

  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
