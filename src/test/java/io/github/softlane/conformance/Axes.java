package io.github.softlane.conformance;

import java.util.Arrays;

/** The rows of an array of any number of dimensions along some of its axes. */
final class Axes {
  private Axes() {}

  /**
   * The positions of the elements of each row, in C order: rows by the other axes, elements within
   * a row by the given ones.
   *
   * @param axes from -dimensions to dimensions - 1; all of them when empty
   */
  static int[][] rows(int[] shape, int... axes) {
    boolean[] along = new boolean[shape.length];
    Arrays.fill(along, axes.length == 0);
    for (int axis : axes) {
      along[axis < 0 ? axis + shape.length : axis] = true;
    }
    int n = 1;
    int count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      if (along[axis]) {
        n *= shape[axis];
      } else {
        count *= shape[axis];
      }
    }
    int[][] rows = new int[count][n];
    for (int position = 0; position < count * n; position++) {
      int rest = position;
      int row = 0;
      int element = 0;
      int rowScale = 1;
      int elementScale = 1;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        int index = rest % shape[axis];
        rest /= shape[axis];
        if (along[axis]) {
          element += index * elementScale;
          elementScale *= shape[axis];
        } else {
          row += index * rowScale;
          rowScale *= shape[axis];
        }
      }
      rows[row][element] = position;
    }
    return rows;
  }
}
