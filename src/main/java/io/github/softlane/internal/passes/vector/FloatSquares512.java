package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FLOATS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INDEXES;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INT_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARITIES;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARTNERS_2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.SECOND_BIT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.THIRD_BIT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes rows square by square: eight rows, eight columns at a time, and in vectors of sixteen
 * lanes two squares of eight rows each beside one another. Where row i of a square was, its column
 * i is then, so that it can be done in place, and doing it twice changes nothing.
 *
 * <p>Bit by bit of the number of a lane: vectors that differ in that bit of their row's number
 * exchange the lanes that differ in it.
 */
final class FloatSquares512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private static final int FOUR = 4;

  private FloatSquares512() {}

  /**
   * Transposes the squares of eight rows.
   *
   * @param y receives them, one row after the other; may be x with the same offset and stride
   * @param n length of the rows, a multiple of the lanes
   */
  static void transpose(float[] x, int xOffset, int xStride, float[] y, int yOffset, int n) {
    if (ShortRange.isBelow(n, LANES)) {
      return;
    }
    IntVector indexes = IntVector.fromArray(BITS, INDEXES, 0);
    IntVector by2 = IntVector.fromArray(BITS, PARTNERS_2, 0);
    // What is stored comes from an operation that each class of vectors has itself: after it the
    // compiler knows the class, which neither a store nor a change of type tells it.
    VectorMask<Float> odd = FloatVector.fromArray(SPECIES, PARITIES, 0).compare(NE, ZERO);
    VectorMask<Integer> oddPair = indexes.lanewise(AND, SECOND_BIT).compare(NE, 0);
    VectorMask<Integer> oddFour = indexes.lanewise(AND, THIRD_BIT).compare(NE, 0);
    for (int i = 0; i < n; i += LANES) {
      int xi = xOffset + i;
      int yi = yOffset + i;
      IntVector row0 = FloatVector.fromArray(SPECIES, x, xi).reinterpretAsInts();
      IntVector row4 = FloatVector.fromArray(SPECIES, x, xi + 4 * xStride).reinterpretAsInts();
      IntVector left0 = FloatVector.fromArray(SPECIES, x, xi + FOUR).reinterpretAsInts();
      IntVector right4 =
          FloatVector.fromArray(SPECIES, x, xi + 4 * xStride - FOUR).reinterpretAsInts();
      IntVector a0 = row0.blend(right4, oddFour);
      IntVector a4 = left0.blend(row4, oddFour);
      IntVector row1 = FloatVector.fromArray(SPECIES, x, xi + xStride).reinterpretAsInts();
      IntVector row5 = FloatVector.fromArray(SPECIES, x, xi + 5 * xStride).reinterpretAsInts();
      IntVector left1 = FloatVector.fromArray(SPECIES, x, xi + xStride + FOUR).reinterpretAsInts();
      IntVector right5 =
          FloatVector.fromArray(SPECIES, x, xi + 5 * xStride - FOUR).reinterpretAsInts();
      IntVector a1 = row1.blend(right5, oddFour);
      IntVector a5 = left1.blend(row5, oddFour);
      IntVector row2 = FloatVector.fromArray(SPECIES, x, xi + 2 * xStride).reinterpretAsInts();
      IntVector row6 = FloatVector.fromArray(SPECIES, x, xi + 6 * xStride).reinterpretAsInts();
      IntVector left2 =
          FloatVector.fromArray(SPECIES, x, xi + 2 * xStride + FOUR).reinterpretAsInts();
      IntVector right6 =
          FloatVector.fromArray(SPECIES, x, xi + 6 * xStride - FOUR).reinterpretAsInts();
      IntVector a2 = row2.blend(right6, oddFour);
      IntVector a6 = left2.blend(row6, oddFour);
      IntVector row3 = FloatVector.fromArray(SPECIES, x, xi + 3 * xStride).reinterpretAsInts();
      IntVector row7 = FloatVector.fromArray(SPECIES, x, xi + 7 * xStride).reinterpretAsInts();
      IntVector left3 =
          FloatVector.fromArray(SPECIES, x, xi + 3 * xStride + FOUR).reinterpretAsInts();
      IntVector right7 =
          FloatVector.fromArray(SPECIES, x, xi + 7 * xStride - FOUR).reinterpretAsInts();
      IntVector a3 = row3.blend(right7, oddFour);
      IntVector a7 = left3.blend(row7, oddFour);
      IntVector b0 = a0.blend(by2.selectFrom(a2), oddPair);
      IntVector b2 = by2.selectFrom(a0).blend(a2, oddPair);
      IntVector b1 = a1.blend(by2.selectFrom(a3), oddPair);
      IntVector b3 = by2.selectFrom(a1).blend(a3, oddPair);
      IntVector b4 = a4.blend(by2.selectFrom(a6), oddPair);
      IntVector b6 = by2.selectFrom(a4).blend(a6, oddPair);
      IntVector b5 = a5.blend(by2.selectFrom(a7), oddPair);
      IntVector b7 = by2.selectFrom(a5).blend(a7, oddPair);
      FloatVector up1 = b1.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down0 = b0.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(b0.reinterpretAsFloats().blend(up1, odd))).intoArray(y, yi);
      ((FloatVector) FLOATS.cast(down0.blend(b1.reinterpretAsFloats(), odd))).intoArray(y, yi + n);
      FloatVector up3 = b3.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down2 = b2.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(b2.reinterpretAsFloats().blend(up3, odd)))
          .intoArray(y, yi + 2 * n);
      ((FloatVector) FLOATS.cast(down2.blend(b3.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 3 * n);
      FloatVector up5 = b5.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down4 = b4.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(b4.reinterpretAsFloats().blend(up5, odd)))
          .intoArray(y, yi + 4 * n);
      ((FloatVector) FLOATS.cast(down4.blend(b5.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 5 * n);
      FloatVector up7 = b7.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down6 = b6.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(b6.reinterpretAsFloats().blend(up7, odd)))
          .intoArray(y, yi + 6 * n);
      ((FloatVector) FLOATS.cast(down6.blend(b7.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 7 * n);
    }
  }
}
