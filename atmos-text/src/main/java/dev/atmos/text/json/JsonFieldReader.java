package dev.atmos.text.json;

import org.jspecify.annotations.Nullable;

/**
 * Reads one text out of a JSON document (RFC 8259): the member of a given name of the object that
 * the document is. The whole document is checked. Where a name is there twice, the last one counts.
 * Nothing is thrown: a document is well-formed, or it isn't. On the token path.
 */
public final class JsonFieldReader {
  /** Deeper documents count as malformed; each level takes a little of the thread's stack. */
  private static final int MAX_DEPTH = 100;

  private final String json;
  private final String name;
  private int at;
  private @Nullable String text;

  /** Reads nothing yet; see {@link #read}. */
  public JsonFieldReader(String json, String name) {
    this.json = json;
    this.name = name;
  }

  /** Reads the document, once; false if it is malformed. */
  public boolean read() {
    skipBlanks();
    if (!value(0, false)) {
      return false;
    }
    skipBlanks();
    return at == json.length();
  }

  /** The member's text; null if the document has no such member, or one that isn't a text. */
  public @Nullable String text() {
    return text;
  }

  private boolean value(int depth, boolean wanted) {
    if (wanted) {
      text = null;
    }
    return switch (peek()) {
      case '{' -> depth < MAX_DEPTH && object(depth + 1);
      case '[' -> depth < MAX_DEPTH && array(depth + 1);
      case '"' -> wanted ? wantedString() : string(null);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean wantedString() {
    StringBuilder value = new StringBuilder();
    if (!string(value)) {
      return false;
    }
    text = value.toString();
    return true;
  }

  private boolean object(int depth) {
    at++;
    skipBlanks();
    if (skip('}')) {
      return true;
    }
    StringBuilder key = depth == 1 ? new StringBuilder() : null;
    while (true) {
      if (key != null) {
        key.setLength(0);
      }
      if (!string(key)) {
        return false;
      }
      skipBlanks();
      if (!skip(':')) {
        return false;
      }
      skipBlanks();
      if (!value(depth, key != null && name.contentEquals(key))) {
        return false;
      }
      skipBlanks();
      if (skip('}')) {
        return true;
      }
      if (!skip(',')) {
        return false;
      }
      skipBlanks();
    }
  }

  private boolean array(int depth) {
    at++;
    skipBlanks();
    if (skip(']')) {
      return true;
    }
    while (true) {
      if (!value(depth, false)) {
        return false;
      }
      skipBlanks();
      if (skip(']')) {
        return true;
      }
      if (!skip(',')) {
        return false;
      }
      skipBlanks();
    }
  }

  /** Reads a string, and keeps it if there is somewhere to keep it. */
  private boolean string(@Nullable StringBuilder into) {
    if (!skip('"')) {
      return false;
    }
    while (at < json.length()) {
      char c = json.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c < ' ') {
        return false;
      }
      if (c == '\\') {
        int escaped = escape();
        if (escaped < 0) {
          return false;
        }
        c = (char) escaped;
      }
      if (into != null) {
        into.append(c);
      }
    }
    return false;
  }

  /** The character after a backslash; below zero if there is none of that spelling. */
  private int escape() {
    int c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> -1;
    };
  }

  /** Four hexadecimal digits; the halves of a surrogate pair are two of these. */
  private int codeUnit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = hexDigit(peek());
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
      at++;
    }
    return unit;
  }

  private static int hexDigit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  private boolean number() {
    skip('-');
    if (!skip('0') && !digits()) {
      return false;
    }
    if (skip('.') && !digits()) {
      return false;
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      return digits();
    }
    return true;
  }

  /** Skips one or more digits. */
  private boolean digits() {
    int from = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > from;
  }

  private boolean word(String word) {
    boolean there = json.startsWith(word, at);
    at += word.length();
    return there;
  }

  private boolean skip(char c) {
    boolean there = peek() == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipBlanks() {
    int c = peek();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      at++;
      c = peek();
    }
  }

  /** The character that is next; below zero at the end. */
  private int peek() {
    return at < json.length() ? json.charAt(at) : -1;
  }
}
