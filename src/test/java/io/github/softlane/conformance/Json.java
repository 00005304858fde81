package io.github.softlane.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value: objects, arrays, strings, numbers (as their text), booleans and null, as much of
 * the format as the conformance cases use.
 */
final class Json {
  /** A map, a list, a string, a boolean, a {@link Numeral}, or null. */
  private final Object value;

  private Json(Object value) {
    this.value = value;
  }

  /** The text of a number, which keeps all its digits. */
  private record Numeral(String text) {}

  static Json read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  static Json parse(String text) {
    Parser parser = new Parser(text);
    Json json = parser.value();
    parser.skipSpace();
    if (parser.position != text.length()) {
      throw parser.bad("the end of the text");
    }
    return json;
  }

  /** The member of an object; null in JSON where there is none. */
  Json at(String key) {
    return value instanceof Map<?, ?> map && map.get(key) instanceof Json member
        ? member
        : new Json(null);
  }

  boolean isNull() {
    return value == null;
  }

  boolean isArray() {
    return value instanceof List<?>;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  /** The elements of an array; of anything else, it alone; nothing of null. */
  List<Json> list() {
    if (value instanceof List<?> list) {
      return list.stream().map(Json.class::cast).toList();
    }
    return isNull() ? List.of() : List.of(this);
  }

  /** A string, or the text of a number. */
  String text() {
    if (value instanceof Numeral number) {
      return number.text();
    }
    if (value instanceof String string) {
      return string;
    }
    throw new IllegalArgumentException(value + " is not a string or number");
  }

  int integer() {
    return Integer.parseInt(text());
  }

  double number() {
    return Double.parseDouble(text());
  }

  @Override
  public String toString() {
    return String.valueOf(value);
  }

  private static final class Parser {
    private final String text;
    private int position;

    Parser(String text) {
      this.text = text;
    }

    Json value() {
      skipSpace();
      return switch (peek()) {
        case '{' -> object();
        case '[' -> array();
        case '"' -> new Json(string());
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        case 'n' -> word("null", null);
        default -> number();
      };
    }

    private Json object() {
      Map<String, Json> members = new LinkedHashMap<>();
      position++;
      while (!closes('}', members.isEmpty())) {
        skipSpace();
        String key = string();
        skipSpace();
        take(':');
        members.put(key, value());
      }
      return new Json(members);
    }

    private Json array() {
      List<Json> elements = new ArrayList<>();
      position++;
      while (!closes(']', elements.isEmpty())) {
        elements.add(value());
      }
      return new Json(elements);
    }

    /** Takes the end of an object or array, or the comma before its next member. */
    private boolean closes(char end, boolean first) {
      skipSpace();
      if (peek() == end) {
        position++;
        return true;
      }
      if (!first) {
        take(',');
      }
      return false;
    }

    private String string() {
      take('"');
      StringBuilder string = new StringBuilder();
      while (peek() != '"') {
        char c = text.charAt(position++);
        string.append(c == '\\' ? escaped() : c);
      }
      position++;
      return string.toString();
    }

    private char escaped() {
      char c = peek();
      position++;
      return switch (c) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> {
          position += 4;
          yield (char) Integer.parseInt(text, position - 4, position, 16);
        }
        default -> c;
      };
    }

    private Json number() {
      int start = position;
      while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      if (position == start) {
        throw bad("a value");
      }
      return new Json(new Numeral(text.substring(start, position)));
    }

    private Json word(String word, Object meaning) {
      if (!text.startsWith(word, position)) {
        throw bad(word);
      }
      position += word.length();
      return new Json(meaning);
    }

    private void take(char wanted) {
      if (peek() != wanted) {
        throw bad("'" + wanted + "'");
      }
      position++;
    }

    private char peek() {
      if (position >= text.length()) {
        throw bad("more text");
      }
      return text.charAt(position);
    }

    private void skipSpace() {
      while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
        position++;
      }
    }

    private IllegalArgumentException bad(String wanted) {
      String found = text.substring(position, Math.min(position + 10, text.length()));
      return new IllegalArgumentException(
          "at character " + position + " stands \"" + found + "\", not " + wanted);
    }
  }
}
