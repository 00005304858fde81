package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** {@link Fused}. */
class FusedTest {
  private static final double A = 1 + 0x1p-30;

  /** The measurement agrees with what HotSpot itself knows. */
  @Test
  void availableIsWhatTheJvmUses() {
    String used =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("UseFMA")
            .getValue();
    assertThat(Fused.AVAILABLE).isEqualTo(Boolean.parseBoolean(used));
  }

  @Test
  void roundsOnceWhereItIsAvailable() {
    // A * A = 1 + 2^-29 + 2^-60, of which a rounded product drops the last term.
    assertThat(Fused.fma(A, A, -1 - 0x1p-29)).isEqualTo(Fused.AVAILABLE ? 0x1p-60 : 0);
    float a = 1 + 0x1p-14f;
    assertThat(Fused.fma(a, a, -1 - 0x1p-13f)).isEqualTo(Fused.AVAILABLE ? 0x1p-28f : 0);
  }
}
