package io.github.softlane.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.softlane.Backends;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every finite row, found by search; failing rows are shrunk to small ones. */
class RowPropertiesTest {
  @Provide
  Arbitrary<float[]> rows() {
    return Arbitraries.floats()
        .between(-1e4f, 1e4f)
        .ofScale(4)
        .array(float[].class)
        .ofMinSize(1)
        .ofMaxSize(70);
  }

  @Provide
  Arbitrary<double[]> wideRows() {
    return Arbitraries.doubles()
        .between(-1e4, 1e4)
        .ofScale(9)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(70);
  }

  @Provide
  Arbitrary<Double> temperatures() {
    return Arbitraries.doubles().between(1e-3, 1e3).ofScale(5).filter(t -> t > 0);
  }

  @Provide
  Arbitrary<Backends.Rows> backends() {
    return Arbitraries.of(Backends.all());
  }

  @Property(tries = 500)
  void floatBounds(
      @ForAll("rows") float[] x,
      @ForAll("temperatures") double t,
      @ForAll("backends") Backends.Rows backend) {
    FloatReference reference = new FloatReference(x, 0, x.length, t);
    new Maxima().check(backend, x, t, reference, () -> "T=" + t);
  }

  @Property(tries = 500)
  void doubleBounds(
      @ForAll("wideRows") double[] x,
      @ForAll("temperatures") double t,
      @ForAll("backends") Backends.Rows backend) {
    DoubleReference reference = new DoubleReference(x, 0, x.length, t);
    new Maxima().check(backend, x, t, reference, () -> "T=" + t);
  }

  /** Scaling logits and temperature by one power of two is exact, so the bits stay. */
  @Property(tries = 500)
  void powersOfTwoInTheTemperature(
      @ForAll("rows") float[] x,
      @ForAll("temperatures") double t,
      @ForAll("backends") Backends.Rows backend) {
    float[] scaled = new float[x.length];
    for (int power : new int[] {-30, -1, 1, 5, 40}) {
      for (int i = 0; i < x.length; i++) {
        scaled[i] = Math.scalb(x[i], power);
      }
      double scaledT = Math.scalb(t, power);
      assertThat(backend.softmax(scaled, scaledT)).containsExactly(backend.softmax(x, t));
      assertThat(backend.logSoftmax(scaled, scaledT)).containsExactly(backend.logSoftmax(x, t));
      assertThat(backend.logSumExp(scaled, scaledT)).isEqualTo(backend.logSumExp(x, t));
    }
  }

  @Property(tries = 500)
  void probabilitiesAddUpToOne(
      @ForAll("rows") float[] x,
      @ForAll("temperatures") double t,
      @ForAll("backends") Backends.Rows backend) {
    double sum = 0;
    for (float p : backend.softmax(x, t)) {
      sum += p;
    }
    // 2 ULP of each, an ULP being at most 2^-23 of the number, save for subnormal ones.
    assertThat(Math.abs(sum - 1)).isLessThan(2 * 0x1p-23 + x.length * 0x1p-148);
  }

  /** Between the largest logit and that plus log(n), as rounded. */
  @Property(tries = 500)
  void logSumExpIsAboveTheMaximum(
      @ForAll("wideRows") double[] x, @ForAll("backends") Backends.Rows backend) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : x) {
      max = Math.max(max, logit);
    }
    double most = Math.nextUp(max + Math.nextUp(Math.log(x.length)));
    assertThat(backend.logSumExp(x, 1)).isBetween(max, most);
  }
}
