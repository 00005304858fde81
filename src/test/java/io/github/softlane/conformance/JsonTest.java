package io.github.softlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void nestedValues() {
    Json json =
        Json.parse(" {\"a\": [1, -2.5e3, \"x\\n\\u0041\"], \"b\": {\"c\": true}, \"d\": null} ");
    assertThat(json.at("a").list().get(0).integer()).isEqualTo(1);
    assertThat(json.at("a").list().get(1).number()).isEqualTo(-2500);
    assertThat(json.at("a").list().get(2).text()).isEqualTo("x\nA");
    assertThat(json.at("b").at("c").isTrue()).isTrue();
    assertThat(json.at("d").isNull()).isTrue();
    assertThat(json.at("none").isNull()).isTrue();
  }

  @Test
  void emptyContainers() {
    assertThat(Json.parse("[]").list()).isEmpty();
    assertThat(Json.parse("{}").at("a").isNull()).isTrue();
  }

  @Test
  void oneValueAsAList() {
    assertThat(Json.parse("7").list()).hasSize(1);
    assertThat(Json.parse("null").list()).isEmpty();
  }

  @Test
  void whatStandsWhere() {
    assertThatThrownBy(() -> Json.parse("[1 2]"))
        .hasMessage("at character 3 stands \"2]\", not ','");
    assertThatThrownBy(() -> Json.parse("[1"))
        .hasMessage("at character 2 stands \"\", not more text");
    assertThatThrownBy(() -> Json.parse("1 x"))
        .hasMessage("at character 2 stands \"x\", not the end of the text");
    assertThatThrownBy(() -> Json.parse("NaN"))
        .hasMessage("at character 0 stands \"NaN\", not a value");
  }
}
