package dev.atmos.loopback;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Just enough JSON (RFC 8259): this package runs without any library. Objects are maps, arrays are
 * lists, numbers are {@link BigDecimal}s.
 */
public final class Json {
  private static final int MAX_DEPTH = 100;

  /** A text that is not JSON. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads a text.
   *
   * @throws MalformedException if it is not JSON
   */
  public static @Nullable Object parse(String text) throws MalformedException {
    Json json = new Json(text);
    Object value = json.value(0);
    json.skipBlanks();
    if (json.at < text.length()) {
      throw json.malformed("text after the value");
    }
    return value;
  }

  /** The text at a path of names, if every step is there and the last is a string. */
  public static Optional<String> text(@Nullable Object value, String... path) {
    Object here = value;
    for (String name : path) {
      here = here instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return here instanceof String string ? Optional.of(string) : Optional.empty();
  }

  /** An object with its members in order: name, value, name, value ... */
  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** Writes maps, iterables, strings, numbers, truth values and null. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case Map<?, ?> object -> {
        String separator = "{";
        for (Map.Entry<?, ?> member : object.entrySet()) {
          out.append(separator).append(quote(String.valueOf(member.getKey()))).append(':');
          write(member.getValue(), out);
          separator = ",";
        }
        out.append(object.isEmpty() ? "{}" : "}");
      }
      case Iterable<?> array -> {
        out.append('[');
        String separator = "";
        for (Object element : array) {
          out.append(separator);
          write(element, out);
          separator = ",";
        }
        out.append(']');
      }
      case String string -> out.append(quote(string));
      case null, default -> out.append(value);
    }
  }

  /** A JSON string, which is a double-quoted scalar of YAML as well. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append("\\u").append(String.format("%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }

  private @Nullable Object value(int depth) throws MalformedException {
    skipBlanks();
    if (depth > MAX_DEPTH) {
      throw malformed("too deep");
    }
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '{' -> readObject(depth);
      case '[' -> readArray(depth);
      case '"' -> readString();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> readNumber();
    };
  }

  private Map<String, @Nullable Object> readObject(int depth) throws MalformedException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    at++;
    if (accept('}')) {
      return object;
    }
    do {
      skipBlanks();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw malformed("no member's name");
      }
      String name = readString();
      if (!accept(':')) {
        throw malformed("no colon");
      }
      if (object.containsKey(name)) {
        throw malformed("a member twice");
      }
      object.put(name, value(depth + 1));
    } while (accept(','));
    if (!accept('}')) {
      throw malformed("an object without end");
    }
    return object;
  }

  private List<@Nullable Object> readArray(int depth) throws MalformedException {
    List<@Nullable Object> array = new ArrayList<>();
    at++;
    if (accept(']')) {
      return array;
    }
    do {
      array.add(value(depth + 1));
    } while (accept(','));
    if (!accept(']')) {
      throw malformed("an array without end");
    }
    return array;
  }

  private String readString() throws MalformedException {
    StringBuilder string = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw malformed("a control character in a string");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw malformed("a string without end");
  }

  private char escaped() throws MalformedException {
    char c = at < text.length() ? text.charAt(at++) : 0;
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    if (c == 'u' && at + 4 <= text.length()) {
      int code = 0;
      for (int end = at + 4; at < end; at++) {
        int digit = Character.digit(text.charAt(at), 16);
        if (digit < 0) {
          throw malformed("a bad escape");
        }
        code = code * 16 + digit;
      }
      return (char) code;
    }
    throw malformed("a bad escape");
  }

  private BigDecimal readNumber() throws MalformedException {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw malformed("no value");
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) throws MalformedException {
    if (!text.startsWith(word, at)) {
      throw malformed("no value");
    }
    at += word.length();
    return value;
  }

  private boolean accept(char c) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private MalformedException malformed(String what) {
    return new MalformedException("not JSON: " + what + " at character " + at);
  }
}
