package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxesTest {
  @Test
  void lastAxis() {
    assertThat(Axes.rows(new int[] {2, 3}, -1)).isDeepEqualTo(new int[][] {{0, 1, 2}, {3, 4, 5}});
  }

  @Test
  void firstAxis() {
    assertThat(Axes.rows(new int[] {2, 3}, 0)).isDeepEqualTo(new int[][] {{0, 3}, {1, 4}, {2, 5}});
  }

  @Test
  void twoAxesAroundAThird() {
    assertThat(Axes.rows(new int[] {2, 2, 2}, 2, 0))
        .isDeepEqualTo(new int[][] {{0, 1, 4, 5}, {2, 3, 6, 7}});
  }

  @Test
  void allAxes() {
    assertThat(Axes.rows(new int[] {2, 2})).isDeepEqualTo(new int[][] {{0, 1, 2, 3}});
  }

  @Test
  void noDimensions() {
    assertThat(Axes.rows(new int[0])).isDeepEqualTo(new int[][] {{0}});
  }

  @Test
  void anAxisWithoutElements() {
    assertThat(Axes.rows(new int[] {2, 0, 1}, 1)).isDeepEqualTo(new int[2][0]);
  }
}
