package io.github.softlane.cli;

import java.math.BigDecimal;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a temperature: a decimal number from 0 on, or {@code inf}. */
final class TemperatureConverter implements ITypeConverter<Double> {
  private static final Set<String> INFINITY = Set.of("inf", "+inf", "Infinity", "+Infinity");

  @Override
  public Double convert(String text) {
    if (INFINITY.contains(text)) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      BigDecimal exact = new BigDecimal(text);
      double value = exact.doubleValue();
      boolean outOfRange = Double.isInfinite(value) || (value == 0 && exact.signum() != 0);
      if (exact.signum() >= 0 && !outOfRange) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below with every other value that is not allowed.
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not a number from 4.9e-324 to 1.8e308,"
            + " 0 (all on the first maximum) or inf (uniform)");
  }
}
