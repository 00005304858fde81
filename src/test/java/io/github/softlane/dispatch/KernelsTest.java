package io.github.softlane.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.softlane.Kernel;
import io.github.softlane.Kernels;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link Kernels} in the JVM of the tests, whatever backend it was started with. */
class KernelsTest {
  private static final List<String> WIDEST_FIRST =
      List.of("vector-512", "vector-256", "vector-128", "scalar");

  private static String asked() {
    return System.getProperty("softlane.backend", "auto").toLowerCase(Locale.ROOT);
  }

  private static List<String> names() {
    return Kernels.all().stream().map(Kernel::name).toList();
  }

  /** What the property leads to here, or null where it asks for what there is not. */
  private static String expectedBest() {
    List<String> names = names();
    return switch (asked()) {
      case "auto" -> names.getFirst();
      case "vector" -> names.size() > 1 ? names.getFirst() : null;
      default -> names.contains(asked()) ? asked() : null;
    };
  }

  @Test
  void bestIsWhatThePropertyAsksFor() {
    if (expectedBest() == null) {
      assertThatIllegalStateException()
          .isThrownBy(Kernels::best)
          .withMessage(Kernels.describe())
          .withMessageContaining("softlane.backend=");
    } else {
      assertThat(Kernels.best().name()).isEqualTo(expectedBest());
      assertThat(Kernels.best()).isSameAs(Kernels.best());
      assertThat(names()).contains(Kernels.best().name());
      if (!asked().equals("auto")) {
        assertThat(Kernels.all()).contains(Kernels.best());
      }
      assertThat(Kernels.describe()).startsWith(expectedBest() + ": ");
    }
  }

  @Test
  void bestIsAVectorBackendWhereOneIsRequired() {
    if (CpuReport.vectorsRequired()) {
      assertThat(Kernels.best().name()).as(Kernels.describe()).startsWith("vector-");
    } else {
      assertThat(Kernels.describe().startsWith("vector-"))
          .isEqualTo(expectedBest() != null && expectedBest().startsWith("vector-"));
    }
  }

  @Test
  void allIsWidestFirstAndScalarLast() {
    assertThat(names()).doesNotHaveDuplicates().endsWith("scalar").isSubsetOf(WIDEST_FIRST);
    // A CPU with wide vectors has the narrower ones too.
    assertThat(names()).isEqualTo(WIDEST_FIRST.subList(4 - names().size(), 4));
    assertThat(Kernels.scalar()).isSameAs(Kernels.all().getLast());
  }

  @Test
  void allCannotBeModified() {
    List<Kernel> all = Kernels.all();
    assertThatThrownBy(() -> all.add(Kernels.scalar()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> all.removeFirst()).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> all.set(0, Kernels.scalar()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aKernelStaysWhatItIsWhileItRuns() {
    List<Kernel> all = Kernels.all();
    List<String> names = names();
    Random random = new Random(4);
    float[] x = new float[301];
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextDouble() * 20);
      z[i] = random.nextDouble() * 20;
    }
    float[] y = new float[x.length];
    double[] w = new double[x.length];
    for (Kernel kernel : all) {
      String name = kernel.name();
      kernel.softmax(x, 0, y, 0, x.length);
      kernel.softmax(z, 0, w, 0, z.length);
      float[] first = y.clone();
      double[] firstOfDouble = w.clone();
      for (int call = 0; call < 3000; call++) {
        kernel.softmax(x, 0, y, 0, x.length);
        kernel.softmax(z, 0, w, 0, z.length);
      }
      assertThat(y).isEqualTo(first);
      assertThat(w).isEqualTo(firstOfDouble);
      assertThat(kernel.name()).isEqualTo(name);
      assertThat(kernel).hasToString(name);
    }
    assertThat(names()).isEqualTo(names);
    for (int i = 0; i < all.size(); i++) {
      assertThat(Kernels.all().get(i)).isSameAs(all.get(i));
    }
  }
}
