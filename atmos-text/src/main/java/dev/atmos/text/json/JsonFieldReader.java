package dev.atmos.text.json;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts out of a JSON document (RFC 8259): members of the object that the document is, or of
 * an object in it. The whole document is checked. Where a name is there twice, the last one counts.
 * Nothing is thrown: a document is well-formed, or it isn't. On the token path.
 */
public final class JsonFieldReader {
  /** Deeper documents count as malformed; each level takes a little of the thread's stack. */
  private static final int MAX_DEPTH = 100;

  private final String json;
  private final @Nullable String within;
  private final Sink sink;
  private int at;
  private boolean found;
  private @Nullable String text;

  /** Is given each member of the object that is read. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param text the member's text, or its number as it is written; null for anything else
     */
    void member(String name, @Nullable String text, boolean isNumber);
  }

  /** Reads one text, of a member of the document. Reads nothing yet; see {@link #read}. */
  public JsonFieldReader(String json, String name) {
    this.json = json;
    this.within = null;
    this.sink =
        (member, value, isNumber) -> {
          if (member.equals(name)) {
            text = isNumber ? null : value;
          }
        };
  }

  /**
   * Reads all members of an object.
   *
   * @param within the member of the document that is the object; null for the document itself
   */
  JsonFieldReader(String json, @Nullable String within, Sink sink) {
    this.json = json;
    this.within = within;
    this.sink = sink;
  }

  /** Reads the document, once; false if it is malformed. */
  public boolean read() {
    skipBlanks();
    if (!value(0, null)) {
      return false;
    }
    skipBlanks();
    return at == json.length();
  }

  /** The member's text; null if the document has no such member, or one that isn't a text. */
  public @Nullable String text() {
    return text;
  }

  /** Whether the object was there. */
  boolean isFound() {
    return found;
  }

  /**
   * @param member the name of a member of the document or of the object; null for any other value
   */
  private boolean value(int depth, @Nullable String member) {
    int start = at;
    int first = peek();
    String string = null;
    boolean isNumber = false;
    boolean wellFormed =
        switch (first) {
          case '{' -> depth < MAX_DEPTH && items('}', depth + 1, isObject(depth, member));
          case '[' -> depth < MAX_DEPTH && items(']', depth + 1, false);
          case '"' -> {
            string = string();
            yield string != null;
          }
          case 't' -> word("true");
          case 'f' -> word("false");
          case 'n' -> word("null");
          default -> {
            isNumber = true;
            yield number();
          }
        };
    if (wellFormed && member != null && depth == (within == null ? 1 : 2)) {
      sink.member(member, isNumber ? json.substring(start, at) : string, isNumber);
    }
    return wellFormed;
  }

  /** Whether an object is the one that is read. */
  private boolean isObject(int depth, @Nullable String member) {
    boolean wanted = within == null ? depth == 0 : depth == 1 && within.equals(member);
    found |= wanted;
    return wanted;
  }

  /** Reads the members of an object, or the values of an array. */
  private boolean items(char end, int depth, boolean wanted) {
    at++;
    if (token(end)) {
      return true;
    }
    do {
      String key = end == '}' ? string() : "";
      if (key == null || (end == '}' && !token(':'))) {
        return false;
      }
      boolean named = end == '}' && (wanted || (depth == 1 && within != null));
      if (!value(depth, named ? key : null)) {
        return false;
      }
    } while (token(','));
    return token(end);
  }

  /** Reads a string; null if it is malformed. */
  private @Nullable String string() {
    if (!skip('"')) {
      return null;
    }
    StringBuilder string = new StringBuilder();
    while (peek() >= ' ') {
      int c = json.charAt(at++);
      if (c == '"') {
        return string.toString();
      }
      int unit = c == '\\' ? escape() : c;
      if (unit < 0) {
        return null;
      }
      string.append((char) unit);
    }
    return null;
  }

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

  private int codeUnit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      if (!HexFormat.isHexDigit(peek())) {
        return -1;
      }
      unit = unit << 4 | HexFormat.fromHexDigit(json.charAt(at++));
    }
    return unit;
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

  /** Skips a character, with the blanks around it. */
  private boolean token(char c) {
    skipBlanks();
    boolean there = skip(c);
    skipBlanks();
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
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  /** The next character; -1 at the end. */
  private int peek() {
    return at < json.length() ? json.charAt(at) : -1;
  }
}
