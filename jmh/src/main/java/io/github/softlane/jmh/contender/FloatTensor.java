package io.github.softlane.jmh.contender;

/** Numbers behind accessors, since an engine also has quantised ones. */
abstract class FloatTensor {

  interface Map {
    float apply(float value);
  }

  interface Aggregate {
    float apply(float accumulator, float value);
  }

  abstract float get(int index);

  abstract void set(int index, float value);

  float reduce(int offset, int size, float seed, Aggregate aggregate) {
    float result = seed;
    for (int i = 0; i < size; i++) {
      result = aggregate.apply(result, get(offset + i));
    }
    return result;
  }

  float max(int offset, int size) {
    return reduce(offset, size, Float.NEGATIVE_INFINITY, Math::max);
  }

  float sum(int offset, int size) {
    return reduce(offset, size, 0, Float::sum);
  }

  void mapInPlace(int offset, int size, Map map) {
    for (int i = offset; i < offset + size; i++) {
      set(i, map.apply(get(i)));
    }
  }

  void copyTo(int offset, FloatTensor that, int thatOffset, int size) {
    for (int i = 0; i < size; i++) {
      that.set(thatOffset + i, get(offset + i));
    }
  }

  static final class OnHeap extends FloatTensor {
    private final float[] values;

    OnHeap(float[] values) {
      this.values = values;
    }

    @Override
    float get(int index) {
      return values[index];
    }

    @Override
    void set(int index, float value) {
      values[index] = value;
    }
  }
}
