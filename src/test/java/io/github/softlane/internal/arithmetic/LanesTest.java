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

  @Test
  void floatLanesFoldToTheExactSum() {
    for (int repeat = 0; repeat < 500; repeat++) {
      int grids = 0;
      int fineGrids = 0;
      double low = 0;
      BigDecimal exact = BigDecimal.ZERO;
      for (int lane = 0; lane < FloatLanes.COUNT; lane++) {
        float sum = FloatLanes.START;
        float dropped = FloatLanes.FINE_START;
        for (int i = 0; i < 64; i++) {
          float e = random.nextFloat() * 0x1p65f;
          exact = exact.add(new BigDecimal(e));
          float next = sum + e;
          float drop = e - (next - sum);
          sum = next;
          float nextDropped = dropped + drop;
          low += drop - (nextDropped - dropped);
          dropped = nextDropped;
        }
        grids += Float.floatToRawIntBits(sum) - FloatLanes.START_BITS;
        fineGrids += Float.floatToRawIntBits(dropped) - FloatLanes.FINE_START_BITS;
      }
      double expected = exact.multiply(new BigDecimal(FloatExp.UNBIAS)).doubleValue();
      // What the second accumulators drop is added up in double here: no error at all.
      assertThat(FloatLanes.fold(grids, fineGrids, low)).isEqualTo(expected);
    }
  }

  @Test
  void doubleLanesFoldToTheSumInFiftySevenBits() {
    for (int repeat = 0; repeat < 500; repeat++) {
      long grids = 0;
      double low = 0;
      BigDecimal exact = BigDecimal.ZERO;
      for (int lane = 0; lane < DoubleLanes.COUNT; lane++) {
        double sum = DoubleLanes.START;
        for (int i = 0; i < 64; i++) {
          double e = random.nextDouble() * 0x1p65;
          exact = exact.add(new BigDecimal(e));
          double next = sum + e;
          low += e - (next - sum);
          sum = next;
        }
        grids += Double.doubleToRawLongBits(sum) - DoubleLanes.START_BITS;
      }
      BigDecimal expected = exact.multiply(new BigDecimal(DoubleExp.UNBIAS));
      long word = DoubleLanes.fold(grids, low);
      BigDecimal actual = new BigDecimal(WideSum.hi(word)).add(new BigDecimal(WideSum.lo(word)));
      double error = actual.subtract(expected).abs().doubleValue();
      assertThat(error / Math.ulp(expected.doubleValue())).isLessThan(0.05);
    }
  }

  @Test
  void anEmptyBlockIsZero() {
    assertThat(FloatLanes.fold(0, 0, 0)).isZero();
    assertThat(WideSum.rounded(DoubleLanes.fold(0, 0))).isZero();
  }

  @Test
  void aNanInTheLastAccumulatorsMakesTheSumNan() {
    assertThat(FloatLanes.fold(12345, 678, Double.NaN)).isNaN();
    assertThat(WideSum.hi(DoubleLanes.fold(12345, Double.NaN))).isNaN();
  }
}
