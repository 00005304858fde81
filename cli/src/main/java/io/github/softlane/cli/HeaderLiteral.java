package io.github.softlane.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The Python dict literal in the header of a {@code .npy} file, as the format's specification
 * restricts it: exactly the keys {@code descr}, {@code fortran_order} and {@code shape}, in any
 * order, with any white space between the tokens and an optional comma after the last one.
 *
 * @param descr the element type as written, or the source text of a structured type
 * @param fortranOrder whether the first axis varies fastest
 * @param shape the length of each axis
 */
record HeaderLiteral(String descr, boolean fortranOrder, List<Long> shape) {

  HeaderLiteral {
    shape = List.copyOf(shape);
  }

  static HeaderLiteral parse(String text) throws NpyFormatException {
    return new Parser(text).dict();
  }

  /** Recursive descent over the text, one token at a time. */
  private static final class Parser {
    private final String text;
    private int at;

    private String descr;
    private Boolean fortranOrder;
    private List<Long> shape;

    Parser(String text) {
      this.text = text;
    }

    HeaderLiteral dict() throws NpyFormatException {
      expect('{');
      while (!accept('}')) {
        entry();
        if (!accept(',')) {
          expect('}');
          break;
        }
      }
      skipSpace();
      if (at < text.length()) {
        throw unexpected("the end of the header");
      }
      require(descr, "descr");
      require(fortranOrder, "fortran_order");
      require(shape, "shape");
      return new HeaderLiteral(descr, fortranOrder, shape);
    }

    private void entry() throws NpyFormatException {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> {
          refuseTwice(descr, key);
          descr = descr();
        }
        case "fortran_order" -> {
          refuseTwice(fortranOrder, key);
          fortranOrder = bool();
        }
        case "shape" -> {
          refuseTwice(shape, key);
          shape = tuple();
        }
        default ->
            throw new NpyFormatException(
                "the header has the unknown key '"
                    + key
                    + "'; allowed are 'descr', 'fortran_order' and 'shape'");
      }
    }

    /** A type name; a structured type is a list, of which only the text matters here. */
    private String descr() throws NpyFormatException {
      skipSpace();
      if (at < text.length() && text.charAt(at) == '[') {
        int start = at;
        skipList();
        return text.substring(start, at);
      }
      return string();
    }

    private void skipList() throws NpyFormatException {
      int depth = 0;
      do {
        if (at == text.length()) {
          throw unexpected("']'");
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
          string();
          continue;
        }
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        at++;
      } while (depth > 0);
    }

    private String string() throws NpyFormatException {
      skipSpace();
      char quote = at < text.length() ? text.charAt(at) : 0;
      if (quote != '\'' && quote != '"') {
        throw unexpected("a quoted string");
      }
      int end = at + 1;
      while (end < text.length() && text.charAt(end) != quote) {
        if (text.charAt(end) == '\\' || text.charAt(end) == '\n') {
          at = end;
          throw unexpected("a string without escapes and line ends");
        }
        end++;
      }
      if (end == text.length()) {
        at = end;
        throw unexpected("the closing " + quote);
      }
      String value = text.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    private boolean bool() throws NpyFormatException {
      skipSpace();
      int start = at;
      while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      return switch (text.substring(start, at)) {
        case "True" -> true;
        case "False" -> false;
        default -> {
          at = start;
          throw unexpected("True or False");
        }
      };
    }

    /** A tuple of lengths; as in Python, one of a single length needs its comma. */
    private List<Long> tuple() throws NpyFormatException {
      List<Long> lengths = new ArrayList<>();
      expect('(');
      if (accept(')')) {
        return lengths;
      }
      do {
        lengths.add(length());
        if (!accept(',')) {
          if (lengths.size() == 1) {
            throw unexpected("',' after the only length of a shape");
          }
          expect(')');
          return lengths;
        }
      } while (!accept(')'));
      return lengths;
    }

    private long length() throws NpyFormatException {
      skipSpace();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      String digits = text.substring(start, at);
      if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
        at = start;
        throw unexpected("a length, such as 0 or 4096");
      }
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        throw new NpyFormatException(
            "the header's shape has the length " + digits + "; at most " + Long.MAX_VALUE);
      }
    }

    private boolean accept(char c) {
      skipSpace();
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private void expect(char c) throws NpyFormatException {
      if (!accept(c)) {
        throw unexpected("'" + c + "'");
      }
    }

    private void skipSpace() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private NpyFormatException unexpected(String expected) {
      String found = at < text.length() ? Quoted.of(text.substring(at)) : "its end";
      return new NpyFormatException(
          "malformed header: expected " + expected + " at character " + at + ", found " + found);
    }

    private static void refuseTwice(Object value, String key) throws NpyFormatException {
      if (value != null) {
        throw new NpyFormatException("the header has the key '" + key + "' twice");
      }
    }

    private static void require(Object value, String key) throws NpyFormatException {
      if (value == null) {
        throw new NpyFormatException("the header has no key '" + key + "'");
      }
    }
  }
}
