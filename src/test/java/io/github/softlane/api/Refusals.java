package io.github.softlane.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Checks that a call is refused before it writes anything. */
final class Refusals {
  private Refusals() {}

  /** The call throws, says each of the words, and leaves the arrays as they were. */
  static void assertRefused(
      Class<? extends Throwable> type, ThrowingCallable call, Arrays arrays, String... words) {
    Arrays before = arrays.copy();
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isExactlyInstanceOf(type);
    assertThat(thrown.getMessage()).contains(words);
    before.assertEqualTo(arrays);
  }

  /** The arrays that a test passes, of both types. */
  static final class Arrays {
    final float[] x;
    final float[] y;
    final double[] z;
    final double[] w;

    Arrays(int length) {
      this(new float[length], new float[length], new double[length], new double[length]);
      for (int i = 0; i < length; i++) {
        x[i] = i * 0.25f;
        y[i] = -i;
        z[i] = i * 0.5;
        w[i] = -i;
      }
    }

    private Arrays(float[] x, float[] y, double[] z, double[] w) {
      this.x = x;
      this.y = y;
      this.z = z;
      this.w = w;
    }

    Arrays copy() {
      return new Arrays(x.clone(), y.clone(), z.clone(), w.clone());
    }

    void assertEqualTo(Arrays other) {
      assertThat(other.x).isEqualTo(x);
      assertThat(other.y).isEqualTo(y);
      assertThat(other.z).isEqualTo(z);
      assertThat(other.w).isEqualTo(w);
    }
  }
}
