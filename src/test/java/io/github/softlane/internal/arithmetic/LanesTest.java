package io.github.softlane.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fold at the end of a block. */
class LanesTest {
  private final Random random = new Random(10);

  /** The start is so large that a lane's partial sums stay in its binade. */
  @Test
  void aFullBlockStaysInTheBinadeOfItsStart() {
    double largestElement = Math.sqrt(2) * (1 + 1e-6);
    float floatSum = (float) (largestElement * FloatLanes.BLOCK / FloatLanes.COUNT);
    assertThat(floatSum / FloatExp.UNBIAS).isLessThan(FloatLanes.START);
    double doubleSum = largestElement * DoubleLanes.BLOCK / DoubleLanes.COUNT;
    assertThat(doubleSum / DoubleExp.UNBIAS).isLessThan(DoubleLanes.START);
    assertThat(FloatLanes.BLOCK % FloatLanes.COUNT).isZero();
    assertThat(DoubleLanes.BLOCK % DoubleLanes.COUNT).isZero();
    // All lanes at their ends: the grids add up without overflow.
    assertThat((long) FloatLanes.COUNT << 23).isLessThan(Integer.MAX_VALUE);
    assertThat(Math.multiplyExact(DoubleLanes.COUNT, 1L << 52)).isPositive();
  }

  /** Half an ulp of the start for every element, in either direction. */
  @Test
  void theDroppedPartsStayInTheBinadeOfTheirStart() {
    float floatParts = Math.ulp(FloatLanes.START) * 0.51f * FloatLanes.BLOCK / FloatLanes.COUNT;
    assertThat(Math.getExponent(FloatLanes.FINE_START + floatParts))
        .isEqualTo(Math.getExponent(FloatLanes.FINE_START - floatParts));
    double doubleParts = Math.ulp(DoubleLanes.START) * 0.51 * DoubleLanes.BLOCK / DoubleLanes.COUNT;
    assertThat(Math.getExponent(DoubleLanes.FINE_START + doubleParts))
        .isEqualTo(Math.getExponent(DoubleLanes.FINE_START - doubleParts));
  }

  @Test
  void floatLanesFoldToTheExactSumOfWhatTheyHold() {
    for (int repeat = 0; repeat < 500; repeat++) {
      int grids = 0;
      int fineGrids = 0;
      BigDecimal exact = BigDecimal.ZERO;
      for (int lane = 0; lane < FloatLanes.COUNT; lane++) {
        float sum = FloatLanes.START;
        float dropped = FloatLanes.FINE_START;
        for (int i = 0; i < FloatLanes.BLOCK / FloatLanes.COUNT; i++) {
          float e = random.nextFloat() * 0x1p65f;
          exact = exact.add(new BigDecimal(e));
          float next = sum + e;
          float drop = e - (next - sum);
          sum = next;
          float nextDropped = dropped + drop;
          exact = exact.subtract(new BigDecimal(drop - (nextDropped - dropped)));
          dropped = nextDropped;
        }
        grids += Float.floatToRawIntBits(sum) - Float.floatToRawIntBits(FloatLanes.START);
        fineGrids +=
            Float.floatToRawIntBits(dropped) - Float.floatToRawIntBits(FloatLanes.FINE_START);
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
        double sum = DoubleLanes.START;
        double dropped = DoubleLanes.FINE_START;
        for (int i = 0; i < DoubleLanes.BLOCK / DoubleLanes.COUNT; i++) {
          double e = random.nextDouble() * 0x1p65;
          exact = exact.add(new BigDecimal(e));
          double next = sum + e;
          dropped += e - (next - sum);
          sum = next;
        }
        grids += Double.doubleToRawLongBits(sum) - Double.doubleToRawLongBits(DoubleLanes.START);
        fineGrids +=
            Double.doubleToRawLongBits(dropped)
                - Double.doubleToRawLongBits(DoubleLanes.FINE_START);
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
