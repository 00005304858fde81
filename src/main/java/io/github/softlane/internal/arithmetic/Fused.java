package io.github.softlane.internal.arithmetic;

/**
 * Fused multiply-add, the operation that the results are defined by.
 *
 * <p>On a CPU without it {@link Math#fma} is exact but goes through {@code BigDecimal}, hundreds of
 * times slower than the rest of a kernel. There, and only there, a product and a sum with two
 * roundings take its place: results are then less accurate and differ from those of other machines,
 * which {@code Kernels.describe()} says.
 */
public final class Fused {
  /**
   * Calls in one measurement; enough for a clock of 100 ns resolution to tell the two cases apart.
   */
  private static final int CALLS = 400;

  /**
   * Above any hardware FMA in the interpreter (about 40 ns a call) and below any BigDecimal one
   * (above 1 microsecond in the interpreter).
   */
  private static final long NANOS_PER_CALL = 300;

  /** Whether this JVM has a hardware FMA. */
  public static final boolean AVAILABLE = measured();

  private Fused() {}

  /** {@code a * b + c}, rounded once where the hardware can. */
  public static float fma(float a, float b, float c) {
    return AVAILABLE ? Math.fma(a, b, c) : a * b + c;
  }

  /** {@code a * b + c}, rounded once where the hardware can. */
  public static double fma(double a, double b, double c) {
    return AVAILABLE ? Math.fma(a, b, c) : a * b + c;
  }

  /**
   * No interface of the JDK tells whether FMA is in hardware, but the two cases are a factor of a
   * hundred apart, so the fastest of a few short measurements decides whatever else the machine
   * does.
   */
  private static boolean measured() {
    long best = Long.MAX_VALUE;
    double sink = 0;
    for (int attempt = 0; attempt < 5 && best > CALLS * NANOS_PER_CALL; attempt++) {
      long start = System.nanoTime();
      double value = 1.0;
      for (int i = 0; i < CALLS; i++) {
        value = Math.fma(value, 0.9999, 0.1);
      }
      best = Math.min(best, System.nanoTime() - start);
      sink += value;
    }
    return best <= CALLS * NANOS_PER_CALL && sink > 0;
  }
}
