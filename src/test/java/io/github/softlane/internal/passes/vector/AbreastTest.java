package io.github.softlane.internal.passes.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.bits.FloatRowType;
import io.github.softlane.bits.RowKind;
import io.github.softlane.internal.arithmetic.FloatExp;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.RowOperation;
import io.github.softlane.internal.passes.ScalarFloatPasses;
import io.github.softlane.internal.rows.FloatRows;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows side by side in vectors of eight and of sixteen lanes, also where the CPU or the choice of
 * the algorithm has no use for them: without hardware for a width its vectors are plain Java.
 */
@Tag("slow")
@EnabledIf("vectorModuleIsThere")
class AbreastTest {
  private static final RowKind[] KINDS = RowKind.values();

  /** One group of rows, after which y holds their results or, where y is x, what it did. */
  private interface Group {
    boolean run(
        RowOperation operation, float[] x, int xOffset, int xStride, float[] y, int yOffset, int n);
  }

  static boolean vectorModuleIsThere() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOG_SUM_EXP")
  void eightRows(RowOperation operation) {
    check(FloatAbreast256::run, operation, 8, 8, 16, 32, 48, 64);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOG_SUM_EXP")
  void sixteenRows(RowOperation operation) {
    check(FloatAbreast512::run, operation, 16, 8, 16, 32, 48, 64);
  }

  /** Each row in vectors of its own, and their ends side by side. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOG_SUM_EXP")
  void groupsOfEightRows(RowOperation operation) {
    Group group = (o, x, xi, xs, y, yi, n) -> FloatGroups256.run(o, x, xi, xs, y, yi, n, n);
    check(group, operation, 8, 8, 16, 48, 64, 128);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOG_SUM_EXP")
  void groupsOfSixteenRows(RowOperation operation) {
    Group group = (o, x, xi, xs, y, yi, n) -> FloatGroups512.run(o, x, xi, xs, y, yi, n, n);
    check(group, operation, 16, 16, 48, 64, 128, 256);
  }

  private static void check(Group group, RowOperation operation, int rows, int... lengths) {
    Random random = new Random(31);
    int done = 0;
    for (RowKind kind : KINDS) {
      for (int n : lengths) {
        int stride = n < rows ? n : n + random.nextInt(3);
        float[] x = new float[2 + rows * stride];
        for (int row = 0; row < rows; row++) {
          new FloatRowType().fill(x, 2 + row * stride, n, kind, random);
        }
        float[] y = new float[3 + rows * n];
        float[] inPlace = new float[rows * n];
        float[] expected = new float[rows * n];
        for (int row = 0; row < rows; row++) {
          System.arraycopy(x, 2 + row * stride, inPlace, row * n, n);
          row(operation, x, 2 + row * stride, expected, row * n, n);
        }
        float[] logits = inPlace.clone();
        boolean apart = group.run(operation, x, 2, stride, y, 3, n);
        assertThat(group.run(operation, inPlace, 0, n, inPlace, 0, n)).isEqualTo(apart);
        assertSameBits(apart ? expected : logits, inPlace, 0, kind + " in place, n " + n);
        if (apart) {
          assertSameBits(expected, y, 3, kind + ", n " + n);
          done++;
        }
      }
    }
    assertThat(done).isGreaterThan(KINDS.length);
  }

  private static void row(
      RowOperation operation, float[] x, int xOffset, float[] y, int yOffset, int n) {
    FloatPasses scalar = new ScalarFloatPasses();
    if (operation == RowOperation.SOFTMAX) {
      FloatRows.softmax(scalar, FloatExp.UNIT, x, xOffset, y, yOffset, n);
    } else {
      FloatRows.logSoftmax(scalar, FloatExp.UNIT, x, xOffset, y, yOffset, n);
    }
  }

  private static void assertSameBits(float[] expected, float[] found, int offset, String what) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(Float.floatToRawIntBits(found[offset + i]))
          .as("%s, element %d", what, i)
          .isEqualTo(Float.floatToRawIntBits(expected[i]));
    }
  }
}
