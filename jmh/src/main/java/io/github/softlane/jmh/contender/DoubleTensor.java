package io.github.softlane.jmh.contender;

/** Numbers behind accessors, since an engine also has quantised ones. */
abstract class DoubleTensor {

  interface Map {
    double apply(double value);
  }

  interface Aggregate {
    double apply(double accumulator, double value);
  }

  abstract double get(int index);

  abstract void set(int index, double value);

  double reduce(int offset, int size, double seed, Aggregate aggregate) {
    double result = seed;
    for (int i = 0; i < size; i++) {
      result = aggregate.apply(result, get(offset + i));
    }
    return result;
  }

  double max(int offset, int size) {
    return reduce(offset, size, Double.NEGATIVE_INFINITY, Math::max);
  }

  double sum(int offset, int size) {
    return reduce(offset, size, 0, Double::sum);
  }

  void mapInPlace(int offset, int size, Map map) {
    for (int i = offset; i < offset + size; i++) {
      set(i, map.apply(get(i)));
    }
  }

  void copyTo(int offset, DoubleTensor that, int thatOffset, int size) {
    for (int i = 0; i < size; i++) {
      that.set(thatOffset + i, get(offset + i));
    }
  }

  static final class OnHeap extends DoubleTensor {
    private final double[] values;

    OnHeap(double[] values) {
      this.values = values;
    }

    @Override
    double get(int index) {
      return values[index];
    }

    @Override
    void set(int index, double value) {
      values[index] = value;
    }
  }
}
