package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {
  private static Backend vector(String state) {
    return new Backend("vector-256", "vector-256: the widest\n" + state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scalar serves first: the warm-up starts with the first call",
        "scalar serves: the self-check of vector-256 is running",
        "scalar serves: vector-256 is being compiled"
      })
  void scalarStandsInWhileVectorsAreCompiled(String state) {
    assertThat(vector(state).scalarStandsIn()).isTrue();
    assertThat(vector(state).warmsUp()).isTrue();
    assertThat(vector(state).state()).isEqualTo(state);
    assertThat(vector(state).changes()).isEmpty();
  }

  @Test
  void scalarStandsInForGoodAfterTheWarmUpGaveUp() {
    Backend backend =
        vector(
            "scalar serves: after 20.0 s vector-256 is not faster in float argmax of rows of [4, 8] (99"
                + " ns, scalar 90)");
    assertThat(backend.scalarStandsIn()).isTrue();
    assertThat(backend.warmsUp()).isFalse();
  }

  @Test
  void vectorsServeAfterTheSwitch() {
    Backend backend = vector("vector-256 serves: faster than scalar after 1.2 s of warm-up");
    assertThat(backend.scalarStandsIn()).isFalse();
    assertThat(backend.slow()).isFalse();
  }

  @Test
  void otherLinesSayWhatToChange() {
    Backend backend = new Backend("scalar", "scalar: no module\nfor vector speed: add it");
    assertThat(backend.state()).isEmpty();
    assertThat(backend.scalarStandsIn()).isFalse();
    assertThat(backend.changes()).containsExactly("for vector speed: add it");
  }

  @Test
  void beforeThatScalarServesDoubleOnlyToo() {
    Backend backend =
        vector(
            "vector-512 serves float, short rows pass by pass, scalar serves double: the rest is"
                + " being compiled");
    assertThat(backend.scalarServesDouble()).isTrue();
    assertThat(backend.scalarStandsIn()).isFalse();
    assertThat(backend.warmsUp()).isFalse();
  }

  @Test
  void halfwayScalarServesDoubleOnly() {
    Backend backend =
        vector("vector-512 serves float, scalar serves double: the rest is being compiled");
    assertThat(backend.scalarServesDouble()).isTrue();
    assertThat(backend.scalarStandsIn()).isFalse();
    assertThat(backend.warmsUp()).isFalse();
  }

  @Test
  void whatServesWhenTheWarmUpGivesUpGoesOnServing() {
    Backend backend =
        vector(
            "vector-512 serves float, scalar serves double: after 20.0 s vector-512 is not faster"
                + " in double argmax of rows of [4, 8] (99 ns, scalar 90)");
    assertThat(backend.scalarServesDouble()).isTrue();
    assertThat(backend.scalarStandsIn()).isFalse();
    assertThat(backend.warmsUp()).isFalse();
  }
}
