package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.bits.Decimals;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Recomputes every entry of {@link LogTable}. */
class LogTableTest {
  @Test
  void everyEntryIsTheReciprocalAndItsLogarithm() {
    for (int entry = 0; entry < LogTable.INVERSE.length; entry++) {
      int i = LogTable.FIRST + entry;
      double inverse = Math.rint(512.0 * LogTable.STEPS / i) / 512;
      assertThat(LogTable.INVERSE[entry]).as("INVERSE for %s", i).isEqualTo(inverse);

      BigDecimal log = Decimals.ln(new BigDecimal(inverse)).negate();
      assertThat(LogTable.LOG_HI[entry]).as("LOG_HI for %s", i).isEqualTo(log.doubleValue());
      BigDecimal rest = log.subtract(new BigDecimal(LogTable.LOG_HI[entry]));
      assertThat(LogTable.LOG_LO[entry]).as("LOG_LO for %s", i).isEqualTo(rest.doubleValue());
    }
  }

  /** From 1/sqrt(2) to sqrt(2), the mantissas that {@link Log} looks up. */
  @Test
  void theTableReachesAsFarAsTheMantissas() {
    int last = LogTable.FIRST + LogTable.INVERSE.length - 1;
    assertThat((LogTable.FIRST - 0.5) / LogTable.STEPS).isLessThan(Math.nextUp(1.4140625) / 2);
    assertThat((last + 0.5) / LogTable.STEPS).isGreaterThan(1.4140625);
    assertThat(LogTable.LOG_HI).hasSameSizeAs(LogTable.INVERSE);
    assertThat(LogTable.LOG_LO).hasSameSizeAs(LogTable.INVERSE);
  }
}
