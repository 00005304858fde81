package io.github.softlane.internal.dispatch;

import io.github.softlane.internal.passes.DoublePasses;
import io.github.softlane.internal.passes.FloatPasses;
import io.github.softlane.internal.passes.ScalarDoublePasses;
import io.github.softlane.internal.passes.ScalarFloatPasses;
import io.github.softlane.internal.passes.vector.DoublePasses128;
import io.github.softlane.internal.passes.vector.DoublePasses256;
import io.github.softlane.internal.passes.vector.DoublePasses512;
import io.github.softlane.internal.passes.vector.FloatPasses128;
import io.github.softlane.internal.passes.vector.FloatPasses256;
import io.github.softlane.internal.passes.vector.FloatPasses512;

/**
 * One set of passes for both types.
 *
 * @param name {@code "scalar"}, {@code "vector-128"}, {@code "vector-256"} or {@code "vector-512"}
 * @param floats the passes over rows of single precision
 * @param doubles the passes over rows of double precision
 */
public record Backend(String name, FloatPasses floats, DoublePasses doubles) {
  /** The widths that have passes, widest first. */
  static final int[] WIDTHS = {512, 256, 128};

  static final Backend SCALAR =
      new Backend("scalar", new ScalarFloatPasses(), new ScalarDoublePasses());

  /**
   * The passes of one width, whether or not they are fit for use here.
   *
   * @throws LinkageError when the module jdk.incubator.vector is not there
   */
  public static Backend vector(int width) {
    VectorModule.read();
    return switch (width) {
      case 512 -> of(new FloatPasses512(), new DoublePasses512());
      case 256 -> of(new FloatPasses256(), new DoublePasses256());
      case 128 -> of(new FloatPasses128(), new DoublePasses128());
      default -> throw new IllegalArgumentException("width is " + width + ", not 128, 256 or 512");
    };
  }

  /**
   * The same passes for {@code float}, and the scalar ones for {@code double}.
   *
   * @return a set that serves while the passes for {@code double} are not compiled
   */
  public Backend withScalarDoubles() {
    return new Backend(name, floats, SCALAR.doubles);
  }

  /**
   * Those of {@link #withScalarDoubles} without the methods for short rows.
   *
   * @return a set that serves while those are not compiled either
   */
  public Backend withoutShortRows() {
    return new Backend(name, floats.withoutShortRows(), SCALAR.doubles);
  }

  private static Backend of(FloatPasses floats, DoublePasses doubles) {
    return new Backend(floats.name(), floats, doubles);
  }
}
