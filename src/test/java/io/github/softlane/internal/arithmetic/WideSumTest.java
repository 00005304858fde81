package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** {@link WideSum}: what goes in comes out, to 57 bits. */
class WideSumTest {
  @Property
  void keepsFiftySevenBits(
      @ForAll @LongRange(min = 0, max = (1L << 52) - 1) long fraction,
      @ForAll @IntRange(min = -89, max = 34) int power,
      @ForAll @IntRange(min = -(1 << 30), max = 1 << 30) int part) {
    double hi = Math.scalb(1 + fraction * 0x1p-52, power);
    double lo = part * 0x1p-31 * Math.ulp(hi);
    BigDecimal sum = new BigDecimal(hi).add(new BigDecimal(lo));

    long word = WideSum.of(hi, lo);
    BigDecimal kept = new BigDecimal(WideSum.hi(word)).add(new BigDecimal(WideSum.lo(word)));

    double grid = Math.scalb(1.0, Math.getExponent(sum.doubleValue()) - 56);
    assertThat(kept.subtract(sum).abs().doubleValue()).isLessThanOrEqualTo(grid / 2);
    assertThat(WideSum.rounded(word)).isEqualTo(kept.doubleValue());
    assertThat(Math.abs(WideSum.lo(word))).isLessThan(2 * Math.ulp(WideSum.hi(word)));
    assertThat(WideSum.isNaN(word)).isFalse();
  }

  @Property
  void keepsTheFirstFiftySevenBitsExactly(
      @ForAll @IntRange(min = 0, max = 15) int low,
      @ForAll @LongRange(min = 0, max = (1L << 52) - 1) long fraction,
      @ForAll @IntRange(min = -89, max = 34) int power) {
    double hi = Math.scalb(1 + fraction * 0x1p-52, power);
    double lo = low * Math.ulp(hi) / 16;
    long word = WideSum.of(hi, lo);
    BigDecimal kept = new BigDecimal(WideSum.hi(word)).add(new BigDecimal(WideSum.lo(word)));
    BigDecimal sum = new BigDecimal(hi).add(new BigDecimal(lo));
    // Rounding up may reach the next power of two, whose grid is twice as coarse.
    double grid = Math.scalb(1.0, Math.getExponent(hi + lo) - 56);
    assertThat(kept.subtract(sum).abs().doubleValue()).isLessThanOrEqualTo(grid / 2);
    if (Math.getExponent(hi + lo) == power) {
      assertThat(kept).isEqualByComparingTo(sum);
    }
  }

  @Property
  void addsTwo(
      @ForAll @LongRange(min = 0, max = (1L << 52) - 1) long first,
      @ForAll @LongRange(min = 0, max = (1L << 52) - 1) long second,
      @ForAll @IntRange(min = -30, max = 30) int power) {
    long a = WideSum.of(1 + first * 0x1p-52, second * 0x1p-106);
    long b = WideSum.of(Math.scalb(1 + second * 0x1p-52, power), 0);
    long sum = WideSum.add(a, b);
    BigDecimal exact = BigDecimal.ZERO;
    for (long word : new long[] {a, b}) {
      exact = exact.add(new BigDecimal(WideSum.hi(word))).add(new BigDecimal(WideSum.lo(word)));
    }
    BigDecimal kept = new BigDecimal(WideSum.hi(sum)).add(new BigDecimal(WideSum.lo(sum)));
    double grid = Math.scalb(1.0, Math.getExponent(exact.doubleValue()) - 56);
    assertThat(kept.subtract(exact).abs().doubleValue()).isLessThanOrEqualTo(grid / 2);
  }

  @Test
  void zero() {
    long word = WideSum.of(0, 0);
    assertThat(WideSum.hi(word)).isZero();
    assertThat(WideSum.lo(word)).isZero();
    assertThat(WideSum.rounded(word)).isZero();
    assertThat(WideSum.isNaN(word)).isFalse();
  }

  @Test
  void everyNanIsTheOneNan() {
    for (double nan : new double[] {Double.NaN, Double.longBitsToDouble(0xfff0000000001234L)}) {
      assertNan(WideSum.of(nan, 0));
      assertNan(WideSum.of(1, nan));
      assertNan(WideSum.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }
  }

  private static void assertNan(long word) {
    assertThat(WideSum.isNaN(word)).isTrue();
    long canonical = Double.doubleToRawLongBits(Double.NaN);
    assertThat(Double.doubleToRawLongBits(WideSum.hi(word))).isEqualTo(canonical);
    assertThat(Double.doubleToRawLongBits(WideSum.lo(word))).isEqualTo(canonical);
    assertThat(WideSum.rounded(word)).isNaN();
  }

  /** Below 2^-90 a grid of 2^-146 is left, nothing beside the sum of a row. */
  @Test
  void tinySumsKeepTheGridOfTheSmallestExponent() {
    assertThat(WideSum.rounded(WideSum.of(0x1.8p-100, 0))).isEqualTo(0x1.8p-100);
    assertThat(WideSum.rounded(WideSum.of(0x1p-146, 0))).isEqualTo(0x1p-146);
    assertThat(WideSum.rounded(WideSum.of(0x1p-150, 0))).isZero();
  }

  @Test
  void theEndsOfTheRange() {
    assertThat(WideSum.rounded(WideSum.of(0x1p-90, 0))).isEqualTo(0x1p-90);
    double last = Math.nextDown(0x1p36);
    assertThat(WideSum.rounded(WideSum.of(last, 0))).isEqualTo(last);
  }
}
