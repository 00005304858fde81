package io.github.softlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderLiteralTest {
  private static final HeaderLiteral EXPECTED = new HeaderLiteral("<f4", false, List.of(3L, 4L));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }            \n",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr':'<f4','fortran_order':False,'shape':(3,4)}",
        "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (3, 4)}",
        "{'shape': (3, 4,), 'fortran_order': False, 'descr': '<f4'}\n",
        "  \t{\n'fortran_order' : False ,\r\n 'descr' :'<f4', 'shape' : ( 3 , 4 , ) , } \t\n\n"
      })
  void acceptsEveryWayToWriteTheSameHeader(String text) throws NpyFormatException {
    assertThat(HeaderLiteral.parse(text)).isEqualTo(EXPECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "()                    | ''",
        "(0,)                  | 0",
        "(7,)                  | 7",
        "(1, 2, 3, 4, 5)       | 1 2 3 4 5",
        "(9223372036854775807,)| 9223372036854775807"
      })
  void readsShapes(String shape, String lengths) throws NpyFormatException {
    HeaderLiteral literal = HeaderLiteral.parse(header("'<f8'", "True", shape));

    assertThat(literal.shape().stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .isEqualTo(lengths);
    assertThat(literal.fortranOrder()).isTrue();
    assertThat(literal.descr()).isEqualTo("<f8");
  }

  @Test
  void readsLongShapes() throws NpyFormatException {
    List<Long> lengths = new Random(1).longs(5000, 0, Long.MAX_VALUE).boxed().toList();
    String shape = lengths.stream().map(String::valueOf).collect(Collectors.joining(", "));

    assertThat(HeaderLiteral.parse(header("'<f4'", "False", "(" + shape + ")")).shape())
        .isEqualTo(lengths);
  }

  @Test
  void keepsTheTextOfStructuredTypes() throws NpyFormatException {
    String descr = "[('a', '<f4'), ('b]', [('c', '<i4', (2,))])]";

    assertThat(HeaderLiteral.parse(header(descr, "False", "(3,)")).descr()).isEqualTo(descr);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                                             | expected '{'",
        "[1, 2]                                                         | expected '{'",
        "{}                                                             | no key 'descr'",
        "{,}                                                            | a quoted string",
        "{'descr': '<f4', 'shape': (3,)}                                | no key 'fortran_order'",
        "{'descr': '<f4', 'fortran_order': False}                       | no key 'shape'",
        "{'descr': '<f4', 'descr': '<f4'}                               | 'descr' twice",
        "{'descr': '<f4', 'order': False}                               | unknown key 'order'",
        "{'descr' '<f4'}                                                | expected ':'",
        "{'descr': '<f4' 'shape': (3,)}                                 | expected '}'",
        "{'descr': '<f4}                                                | closing '",
        "{'descr': <f4}                                                 | a quoted string",
        "{'descr': 'a\\'b'}                                             | without escapes",
        "{'descr': [('a', '<f4')}                                       | expected ']'",
        "{'fortran_order': false}                                       | True or False",
        "{'fortran_order': 0}                                           | True or False",
        "{'fortran_order': Falsehood}                                   | True or False",
        "{'fortran_order': 'False'}                                     | True or False",
        "{'shape': 3}                                                   | expected '('",
        "{'shape': [3]}                                                 | expected '('",
        "{'shape': (3)}                                                 | ',' after the only"
            + " length",
        "{'shape': (,)}                                                 | a length",
        "{'shape': (3,,4)}                                              | a length",
        "{'shape': (3 4)}                                               | ','",
        "{'shape': (3, 4 5)}                                            | expected ')'",
        "{'shape': (-1,)}                                               | a length",
        "{'shape': (+1,)}                                               | a length",
        "{'shape': (3L,)}                                               | ','",
        "{'shape': (1_0,)}                                              | ','",
        "{'shape': (03,)}                                               | a length",
        "{'shape': (3.0,)}                                              | ','",
        "{'shape': (None,)}                                             | a length",
        "{'shape': (9223372036854775808,)}                              | at most"
            + " 9223372036854775807",
        "{'shape': (3,                                                  | a length",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} x      | the end of the header",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,),,}      | a quoted string"
      })
  void refusesWhatTheFormatDoesNotAllow(String text, String message) {
    assertThatThrownBy(() -> HeaderLiteral.parse(text))
        .isInstanceOf(NpyFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesThePlaceAndWhatItFound() {
    assertThatThrownBy(() -> HeaderLiteral.parse("{'shape': (3, \u00e9\n"))
        .hasMessage(
            "malformed header: expected a length, such as 0 or 4096 at character 14,"
                + " found \"\\u00e9\\u000a\"");
  }

  @Test
  void readsBackRandomHeaders() throws NpyFormatException {
    Random random = new Random(2);
    for (int i = 0; i < 2000; i++) {
      List<Long> shape = random.longs(random.nextInt(6), 0, 1L << 40).boxed().toList();
      boolean fortranOrder = random.nextBoolean();
      String text = randomText(new HeaderLiteral("<f8", fortranOrder, shape), random);

      assertThat(HeaderLiteral.parse(text))
          .as(text)
          .isEqualTo(new HeaderLiteral("<f8", fortranOrder, shape));
    }
  }

  @Test
  void damagedHeadersAreReadOrRefusedAndNeverCrash() {
    Random random = new Random(3);
    String good = header("'<f4'", "False", "(3, 4)");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder damaged = new StringBuilder(good);
      for (int edit = 0; edit <= random.nextInt(3); edit++) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.setCharAt(at, (char) random.nextInt(0x180));
          default -> damaged.insert(at, "{}[](),:'\"\\ 0TFL".charAt(random.nextInt(16)));
        }
      }
      try {
        assertThat(HeaderLiteral.parse(damaged.toString()).descr()).isNotNull();
      } catch (NpyFormatException e) {
        assertThat(e).hasMessageNotContainingAny("\n", "null");
      }
    }
  }

  private static String header(String descr, String fortranOrder, String shape) {
    return "{'descr': "
        + descr
        + ", 'fortran_order': "
        + fortranOrder
        + ", 'shape': "
        + shape
        + "}";
  }

  /** Writes a header with its keys in any order, any white space and any of the commas. */
  private static String randomText(HeaderLiteral literal, Random random) {
    StringBuilder shape = new StringBuilder("(");
    for (int i = 0; i < literal.shape().size(); i++) {
      boolean last = i == literal.shape().size() - 1;
      boolean comma = !last || i == 0 || random.nextBoolean();
      shape.append(space(random)).append(literal.shape().get(i)).append(space(random));
      shape.append(comma ? "," : "");
    }
    shape.append(space(random)).append(")");
    List<String> entries =
        new ArrayList<>(
            List.of(
                "'descr'" + space(random) + ":" + space(random) + "'" + literal.descr() + "'",
                "\"fortran_order\":" + space(random) + (literal.fortranOrder() ? "True" : "False"),
                "'shape'" + space(random) + ":" + shape));
    Collections.shuffle(entries, random);
    String separator = space(random) + "," + space(random);
    String end = random.nextBoolean() ? separator + "}" : space(random) + "}";
    return space(random) + "{" + space(random) + String.join(separator, entries) + end + "\n";
  }

  private static String space(Random random) {
    return " \n\t ".substring(random.nextInt(4)).repeat(random.nextInt(2));
  }
}
