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
    // A lane of floats fits an int, and a block of doubles a long.
    double floatGrids = largestElement / FloatExp.UNBIAS / Math.ulp(FloatLanes.START);
    assertThat(floatGrids * FloatLanes.BLOCK / FloatLanes.COUNT).isLessThan(Integer.MAX_VALUE);
    double doubleGrids = largestElement / DoubleExp.UNBIAS / Math.ulp(DoubleLanes.START);
    assertThat(doubleGrids * DoubleLanes.BLOCK).isLessThan(Long.MAX_VALUE);
  }

  /** Three roundings to the grid of the start for every element, all in one direction. */
  @Test
  void theRestsStayInTheBinadeOfTheirStart() {
    float floatRests = Math.ulp(FloatLanes.START) * 1.51f * FloatLanes.BLOCK / FloatLanes.COUNT;
    assertThat(Math.getExponent(FloatLanes.FINE_START + floatRests))
        .isEqualTo(Math.getExponent(FloatLanes.FINE_START - floatRests));
    double doubleRests = Math.ulp(DoubleLanes.START) * 1.51 * DoubleLanes.BLOCK / DoubleLanes.COUNT;
    assertThat(Math.getExponent(DoubleLanes.FINE_START + doubleRests))
        .isEqualTo(Math.getExponent(DoubleLanes.FINE_START - doubleRests));
  }

  @Test
  void floatLanesFoldToTheExactSumOfWhatTheyHold() {
    for (int repeat = 0; repeat < 500; repeat++) {
      long grids = 0;
      int fineGrids = 0;
      BigDecimal exact = BigDecimal.ZERO;
      for (int lane = 0; lane < FloatLanes.COUNT; lane++) {
        float rests = FloatLanes.FINE_START;
        for (int i = 0; i < FloatLanes.BLOCK / FloatLanes.COUNT; i++) {
          float e = random.nextFloat() * 0x1p65f;
          exact = exact.add(new BigDecimal(e));
          float near = FloatLanes.START + e;
          grids += Float.floatToRawIntBits(near) - Float.floatToRawIntBits(FloatLanes.START);
          float rest = e - (near - FloatLanes.START);
          float next = rests + rest;
          exact = exact.subtract(new BigDecimal(rest - (next - rests)));
          rests = next;
        }
        fineGrids +=
            Float.floatToRawIntBits(rests) - Float.floatToRawIntBits(FloatLanes.FINE_START);
      }
      double expected = exact.multiply(new BigDecimal(FloatExp.UNBIAS)).doubleValue();
      assertThat(FloatLanes.fold(grids, fineGrids)).isEqualTo(expected);
    }
  }

  @Test
  void doubleLanesFoldToTheSumInTwoParts() {
    for (int repeat = 0; repeat < 500; repeat++) {
      long grids = 0;
      long fineGrids = 0;
      BigDecimal exact = BigDecimal.ZERO;
      for (int lane = 0; lane < DoubleLanes.COUNT; lane++) {
        double rests = DoubleLanes.FINE_START;
        for (int i = 0; i < DoubleLanes.BLOCK / DoubleLanes.COUNT; i++) {
          double e = random.nextDouble() * 0x1p65;
          exact = exact.add(new BigDecimal(e));
          double near = DoubleLanes.START + e;
          grids += Double.doubleToRawLongBits(near) - Double.doubleToRawLongBits(DoubleLanes.START);
          rests += e - (near - DoubleLanes.START);
        }
        fineGrids +=
            Double.doubleToRawLongBits(rests) - Double.doubleToRawLongBits(DoubleLanes.FINE_START);
      }
      BigDecimal expected = exact.multiply(new BigDecimal(DoubleExp.UNBIAS));
      BigDecimal actual =
          new BigDecimal(DoubleLanes.foldHi(grids))
              .add(new BigDecimal(DoubleLanes.foldLo(grids, fineGrids)));
      double error = actual.subtract(expected).abs().doubleValue();
      assertThat(error / Math.ulp(expected.doubleValue())).isLessThan(1e-6);
    }
  }

  @Test
  void anEmptyBlockIsZero() {
    assertThat(FloatLanes.fold(0, 0)).isZero();
    assertThat(DoubleLanes.foldHi(0)).isZero();
    assertThat(DoubleLanes.foldLo(0, 0)).isZero();
  }
}
