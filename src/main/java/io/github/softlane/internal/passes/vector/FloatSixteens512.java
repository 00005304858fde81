package io.github.softlane.internal.passes.vector;

import static io.github.softlane.internal.passes.vector.VectorRowConstants512.FLOATS;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.INT_SHIFT;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOWER_2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOWER_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.LOWER_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.PARITIES;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_2;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_4;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.UPPER_8;
import static io.github.softlane.internal.passes.vector.VectorRowConstants512.ZERO;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.softlane.internal.arithmetic.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes rows of floats in squares of sixteen, in vectors of 512 bits: what {@link
 * FloatSquares512} does for squares of eight. Where row i of a square was, its column i is then, so
 * that it can be done in place, and doing it twice changes nothing.
 *
 * <p>A square is in registers from its loads to its stores, for which only sixteen lanes have
 * enough: a load that begins in one store and ends in another would have to wait for both. Bit by
 * bit of the number of a lane, vectors that differ in that bit of their row's number exchange the
 * lanes that differ in it, each pair by two selections from both.
 */
final class FloatSixteens512 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;
  private static final int LANES = SPECIES.length();

  private FloatSixteens512() {}

  /**
   * Transposes the squares of sixteen rows.
   *
   * @param y receives them, one row after the other; may be x with the same offset and stride
   * @param n length of the rows, a multiple of sixteen
   */
  static void transpose(float[] x, int xOffset, int xStride, float[] y, int yOffset, int n) {
    if (ShortRange.isBelow(n, FloatLanes.COUNT)) {
      return;
    }
    IntVector lower8 = IntVector.fromArray(BITS, LOWER_8, 0);
    IntVector upper8 = IntVector.fromArray(BITS, UPPER_8, 0);
    IntVector lower4 = IntVector.fromArray(BITS, LOWER_4, 0);
    IntVector upper4 = IntVector.fromArray(BITS, UPPER_4, 0);
    IntVector lower2 = IntVector.fromArray(BITS, LOWER_2, 0);
    IntVector upper2 = IntVector.fromArray(BITS, UPPER_2, 0);
    // See FloatSquares512 for what is stored.
    VectorMask<Float> odd = FloatVector.fromArray(SPECIES, PARITIES, 0).compare(NE, ZERO);
    for (int i = 0; i < n; i += LANES) {
      int xi = xOffset + i;
      int yi = yOffset + i;
      IntVector a0 = FloatVector.fromArray(SPECIES, x, xi).reinterpretAsInts();
      IntVector a1 = FloatVector.fromArray(SPECIES, x, xi + xStride).reinterpretAsInts();
      IntVector a2 = FloatVector.fromArray(SPECIES, x, xi + 2 * xStride).reinterpretAsInts();
      IntVector a3 = FloatVector.fromArray(SPECIES, x, xi + 3 * xStride).reinterpretAsInts();
      IntVector a4 = FloatVector.fromArray(SPECIES, x, xi + 4 * xStride).reinterpretAsInts();
      IntVector a5 = FloatVector.fromArray(SPECIES, x, xi + 5 * xStride).reinterpretAsInts();
      IntVector a6 = FloatVector.fromArray(SPECIES, x, xi + 6 * xStride).reinterpretAsInts();
      IntVector a7 = FloatVector.fromArray(SPECIES, x, xi + 7 * xStride).reinterpretAsInts();
      IntVector a8 = FloatVector.fromArray(SPECIES, x, xi + 8 * xStride).reinterpretAsInts();
      IntVector a9 = FloatVector.fromArray(SPECIES, x, xi + 9 * xStride).reinterpretAsInts();
      IntVector a10 = FloatVector.fromArray(SPECIES, x, xi + 10 * xStride).reinterpretAsInts();
      IntVector a11 = FloatVector.fromArray(SPECIES, x, xi + 11 * xStride).reinterpretAsInts();
      IntVector a12 = FloatVector.fromArray(SPECIES, x, xi + 12 * xStride).reinterpretAsInts();
      IntVector a13 = FloatVector.fromArray(SPECIES, x, xi + 13 * xStride).reinterpretAsInts();
      IntVector a14 = FloatVector.fromArray(SPECIES, x, xi + 14 * xStride).reinterpretAsInts();
      IntVector a15 = FloatVector.fromArray(SPECIES, x, xi + 15 * xStride).reinterpretAsInts();
      IntVector b0 = lower8.selectFrom(a0, a8);
      IntVector b8 = upper8.selectFrom(a0, a8);
      IntVector b1 = lower8.selectFrom(a1, a9);
      IntVector b9 = upper8.selectFrom(a1, a9);
      IntVector b2 = lower8.selectFrom(a2, a10);
      IntVector b10 = upper8.selectFrom(a2, a10);
      IntVector b3 = lower8.selectFrom(a3, a11);
      IntVector b11 = upper8.selectFrom(a3, a11);
      IntVector b4 = lower8.selectFrom(a4, a12);
      IntVector b12 = upper8.selectFrom(a4, a12);
      IntVector b5 = lower8.selectFrom(a5, a13);
      IntVector b13 = upper8.selectFrom(a5, a13);
      IntVector b6 = lower8.selectFrom(a6, a14);
      IntVector b14 = upper8.selectFrom(a6, a14);
      IntVector b7 = lower8.selectFrom(a7, a15);
      IntVector b15 = upper8.selectFrom(a7, a15);
      IntVector c0 = lower4.selectFrom(b0, b4);
      IntVector c4 = upper4.selectFrom(b0, b4);
      IntVector c1 = lower4.selectFrom(b1, b5);
      IntVector c5 = upper4.selectFrom(b1, b5);
      IntVector c2 = lower4.selectFrom(b2, b6);
      IntVector c6 = upper4.selectFrom(b2, b6);
      IntVector c3 = lower4.selectFrom(b3, b7);
      IntVector c7 = upper4.selectFrom(b3, b7);
      IntVector c8 = lower4.selectFrom(b8, b12);
      IntVector c12 = upper4.selectFrom(b8, b12);
      IntVector c9 = lower4.selectFrom(b9, b13);
      IntVector c13 = upper4.selectFrom(b9, b13);
      IntVector c10 = lower4.selectFrom(b10, b14);
      IntVector c14 = upper4.selectFrom(b10, b14);
      IntVector c11 = lower4.selectFrom(b11, b15);
      IntVector c15 = upper4.selectFrom(b11, b15);
      IntVector d0 = lower2.selectFrom(c0, c2);
      IntVector d2 = upper2.selectFrom(c0, c2);
      IntVector d1 = lower2.selectFrom(c1, c3);
      IntVector d3 = upper2.selectFrom(c1, c3);
      IntVector d4 = lower2.selectFrom(c4, c6);
      IntVector d6 = upper2.selectFrom(c4, c6);
      IntVector d5 = lower2.selectFrom(c5, c7);
      IntVector d7 = upper2.selectFrom(c5, c7);
      IntVector d8 = lower2.selectFrom(c8, c10);
      IntVector d10 = upper2.selectFrom(c8, c10);
      IntVector d9 = lower2.selectFrom(c9, c11);
      IntVector d11 = upper2.selectFrom(c9, c11);
      IntVector d12 = lower2.selectFrom(c12, c14);
      IntVector d14 = upper2.selectFrom(c12, c14);
      IntVector d13 = lower2.selectFrom(c13, c15);
      IntVector d15 = upper2.selectFrom(c13, c15);
      FloatVector up1 = d1.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down0 = d0.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d0.reinterpretAsFloats().blend(up1, odd))).intoArray(y, yi);
      ((FloatVector) FLOATS.cast(down0.blend(d1.reinterpretAsFloats(), odd))).intoArray(y, yi + n);
      FloatVector up3 = d3.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down2 = d2.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d2.reinterpretAsFloats().blend(up3, odd)))
          .intoArray(y, yi + 2 * n);
      ((FloatVector) FLOATS.cast(down2.blend(d3.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 3 * n);
      FloatVector up5 = d5.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down4 = d4.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d4.reinterpretAsFloats().blend(up5, odd)))
          .intoArray(y, yi + 4 * n);
      ((FloatVector) FLOATS.cast(down4.blend(d5.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 5 * n);
      FloatVector up7 = d7.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down6 = d6.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d6.reinterpretAsFloats().blend(up7, odd)))
          .intoArray(y, yi + 6 * n);
      ((FloatVector) FLOATS.cast(down6.blend(d7.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 7 * n);
      FloatVector up9 = d9.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down8 = d8.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d8.reinterpretAsFloats().blend(up9, odd)))
          .intoArray(y, yi + 8 * n);
      ((FloatVector) FLOATS.cast(down8.blend(d9.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 9 * n);
      FloatVector up11 = d11.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down10 = d10.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d10.reinterpretAsFloats().blend(up11, odd)))
          .intoArray(y, yi + 10 * n);
      ((FloatVector) FLOATS.cast(down10.blend(d11.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 11 * n);
      FloatVector up13 = d13.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down12 = d12.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d12.reinterpretAsFloats().blend(up13, odd)))
          .intoArray(y, yi + 12 * n);
      ((FloatVector) FLOATS.cast(down12.blend(d13.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 13 * n);
      FloatVector up15 = d15.reinterpretAsLongs().lanewise(LSHL, INT_SHIFT).reinterpretAsFloats();
      FloatVector down14 = d14.reinterpretAsLongs().lanewise(LSHR, INT_SHIFT).reinterpretAsFloats();
      ((FloatVector) FLOATS.cast(d14.reinterpretAsFloats().blend(up15, odd)))
          .intoArray(y, yi + 14 * n);
      ((FloatVector) FLOATS.cast(down14.blend(d15.reinterpretAsFloats(), odd)))
          .intoArray(y, yi + 15 * n);
    }
  }
}
