package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fold at the end of a block. */
class LanesTest {
  private final Random random = new Random(10);

  /** The start is so large that with any element it stays in its binade. */
  @Test
  void everyElementStaysInTheBinadeOfTheStart() {
    double largestElement = Math.sqrt(2) * (1 + 1e-6);
    assertThat((float) largestElement / FloatExp.UNBIAS).isLessThan(FloatLanes.START);
    assertThat(largestElement / DoubleExp.UNBIAS).isLessThan(DoubleLanes.START);
    assertThat(FloatLanes.BLOCK % FloatLanes.COUNT).isZero();
    assertThat(DoubleLanes.BLOCK % DoubleLanes.COUNT).isZero();
    // A lane of the narrowest vectors of floats fits 32 bits, and a block of doubles a long.
    double floatGrids = largestElement / FloatExp.UNBIAS / Math.ulp(FloatLanes.START);
    assertThat(floatGrids * FloatLanes.BLOCK / 4).isLessThan(0x1p32);
    double doubleGrids = largestElement / DoubleExp.UNBIAS / Math.ulp(DoubleLanes.START);
    assertThat(doubleGrids * DoubleLanes.BLOCK).isLessThan(Long.MAX_VALUE);
  }

  /** Two roundings to the grid of the start, and a little more for those to the finer grid. */
  @Test
  void theSecondPartOfEveryFloatIsInTheBinadeOfThatOfZero() {
    float grid = Math.ulp(FloatLanes.START);
    assertThat(FloatLanes.GRID_START - FloatLanes.START).isEqualTo(FloatLanes.FINE_START);
    assertThat(Math.getExponent(FloatLanes.FINE_START + 1.01f * grid))
        .isEqualTo(Math.getExponent(FloatLanes.FINE_START - 1.01f * grid));
    assertThat(FloatLanes.GRID).isEqualTo((double) grid * FloatExp.UNBIAS);
    float fineGrid = Math.ulp(FloatLanes.FINE_START);
    assertThat(FloatLanes.FINE_GRID).isEqualTo(-(double) fineGrid * FloatExp.UNBIAS);
    // And a lane of the narrowest vectors fits an int.
    assertThat(1.01 * grid / fineGrid * FloatLanes.BLOCK / 4).isLessThan(Integer.MAX_VALUE);
  }

  /** The same with three roundings; all lanes fit a long. */
  @Test
  void theSecondPartOfEveryDoubleIsInTheBinadeOfThatOfZero() {
    double grid = Math.ulp(DoubleLanes.START);
    assertThat(DoubleLanes.GRID_START - DoubleLanes.START).isEqualTo(DoubleLanes.FINE_START);
    assertThat(Math.getExponent(DoubleLanes.FINE_START + 1.51 * grid))
        .isEqualTo(Math.getExponent(DoubleLanes.FINE_START - 1.51 * grid));
    assertThat(DoubleLanes.GRID).isEqualTo(grid * DoubleExp.UNBIAS);
    double fineGrid = Math.ulp(DoubleLanes.FINE_START);
    assertThat(DoubleLanes.FINE_GRID).isEqualTo(-fineGrid * DoubleExp.UNBIAS);
    assertThat(1.51 * grid / fineGrid * DoubleLanes.BLOCK).isLessThan(0x1p63);
  }

  @Test
  void floatBlocksFoldToTheSumOfWhatTheyHold() {
    for (int repeat = 0; repeat < 500; repeat++) {
      long grids = 0;
      long fineGrids = 0;
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < FloatLanes.BLOCK; i++) {
        float e = Math.scalb(random.nextFloat(), FloatExp.BIAS - random.nextInt(60));
        exact = exact.add(new BigDecimal(e));
        float near = FloatLanes.START + e;
        grids += Float.floatToRawIntBits(near) - Float.floatToRawIntBits(FloatLanes.START);
        float rest = e - (near - FloatLanes.GRID_START);
        fineGrids += Float.floatToRawIntBits(rest) - Float.floatToRawIntBits(FloatLanes.FINE_START);
      }
      BigDecimal expected = exact.multiply(new BigDecimal(FloatExp.UNBIAS));
      BigDecimal actual = new BigDecimal(FloatLanes.fold(grids, fineGrids));
      double error = actual.subtract(expected).abs().doubleValue();
      // Half of the finer grid for each, and the fold in double.
      double bound = -FloatLanes.FINE_GRID / 2 * FloatLanes.BLOCK;
      assertThat(error).isLessThan(bound + Math.ulp(actual.doubleValue()));
    }
  }

  /** Scalar passes find in one addition of doubles what vectors find in two of floats. */
  @Test
  void bothWaysToTheSumOfABlockAreTheSame() {
    for (int repeat = 0; repeat < 500; repeat++) {
      long grids = 0;
      long fineGrids = 0;
      long wideGrids = 0;
      for (int i = 0; i < FloatLanes.BLOCK; i++) {
        float power = Math.scalb(1 + random.nextFloat(), FloatExp.BIAS - 1 - random.nextInt(60));
        float fraction = 0.0434f * (2 * random.nextFloat() - 1);
        float near = Math.fma(fraction, power, power + FloatLanes.START);
        grids += Float.floatToRawIntBits(near) - Float.floatToRawIntBits(FloatLanes.START);
        float rest = Math.fma(fraction, power, power - (near - FloatLanes.GRID_START));
        fineGrids += Float.floatToRawIntBits(rest) - Float.floatToRawIntBits(FloatLanes.FINE_START);
        double sum = Math.fma(fraction, (double) power, power + FloatLanes.WIDE_START);
        wideGrids +=
            Double.doubleToRawLongBits(sum) - Double.doubleToRawLongBits(FloatLanes.WIDE_START);
      }
      assertThat(FloatLanes.fold(wideGrids)).isEqualTo(FloatLanes.fold(grids, fineGrids));
    }
  }

  /** With every element of a block at the largest e, and a grid as fine as that of the others. */
  @Test
  void wideSumsStayInOneBinade() {
    double largestElement = Math.sqrt(2) * (1 + 1e-6) / FloatExp.UNBIAS;
    assertThat(Math.getExponent(FloatLanes.WIDE_START + largestElement))
        .isEqualTo(Math.getExponent(FloatLanes.WIDE_START));
    assertThat(Math.ulp(FloatLanes.WIDE_START))
        .isEqualTo((double) Math.ulp(FloatLanes.FINE_START))
        .isEqualTo(-FloatLanes.FINE_GRID / FloatExp.UNBIAS);
    assertThat(largestElement / Math.ulp(FloatLanes.WIDE_START) * FloatLanes.BLOCK)
        .isLessThan(Long.MAX_VALUE);
  }

  @Test
  void doubleBlocksFoldToTheSumInTwoParts() {
    for (int repeat = 0; repeat < 500; repeat++) {
      long grids = 0;
      long fineGrids = 0;
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < DoubleLanes.BLOCK; i++) {
        double e = Math.scalb(random.nextDouble(), DoubleExp.BIAS - random.nextInt(99));
        exact = exact.add(new BigDecimal(e));
        double near = DoubleLanes.START + e;
        grids += Double.doubleToRawLongBits(near) - Double.doubleToRawLongBits(DoubleLanes.START);
        double rest = e - (near - DoubleLanes.GRID_START);
        fineGrids +=
            Double.doubleToRawLongBits(rest) - Double.doubleToRawLongBits(DoubleLanes.FINE_START);
      }
      BigDecimal expected = exact.multiply(new BigDecimal(DoubleExp.UNBIAS));
      BigDecimal actual =
          new BigDecimal(DoubleLanes.foldHi(grids))
              .add(new BigDecimal(DoubleLanes.foldLo(grids, fineGrids)));
      double error = actual.subtract(expected).abs().doubleValue();
      assertThat(error / Math.ulp(expected.doubleValue())).isLessThan(1e-6);
    }
  }

  /** Up to 16 lanes of 32 bits, whose sum needs more. */
  @Test
  void theSumOfLanesIsThatOfTheirUpperHalvesAndOfWhatIsLeftOfIt() {
    int[] edges = {0, 1, -1, 0xffff, 0x10000, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff0000};
    for (int repeat = 0; repeat < 10_000; repeat++) {
      int high = 0;
      int signedHigh = 0;
      int low = 0;
      long sum = 0;
      long signedSum = 0;
      int alike = edges[repeat % edges.length];
      for (int lane = 0; lane < 1 << repeat % 5; lane++) {
        int value = repeat < 100 ? alike : random.nextInt() >> random.nextInt(Integer.SIZE);
        high += value >>> 16;
        signedHigh += value >> 16;
        low += value;
        sum += Integer.toUnsignedLong(value);
        signedSum += value;
      }
      assertThat(FloatLanes.sumOfLanes(high, low)).isEqualTo(sum);
      assertThat(FloatLanes.sumOfLanes(signedHigh, low)).isEqualTo(signedSum);
    }
  }

  @Test
  void anEmptyBlockIsZero() {
    assertThat(FloatLanes.fold(0, 0)).isZero();
    assertThat(FloatLanes.fold(0)).isZero();
    assertThat(DoubleLanes.foldHi(0)).isZero();
    assertThat(DoubleLanes.foldLo(0, 0)).isZero();
  }
}
