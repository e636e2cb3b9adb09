package dev.atmos.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a YAML file, decoded as UTF-8 and nothing else. A byte order mark at the beginning
 * is left out. On the token path.
 */
public final class Utf8 {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final String FORBIDDEN = "a character that YAML doesn't allow";

  private final String text;
  private final int[] codePoints;
  private final boolean marked;
  private final @Nullable String problem;
  private final int problemIndex;

  private Utf8(
      String text, int[] codePoints, boolean marked, @Nullable String problem, int problemIndex) {
    this.text = text;
    this.codePoints = codePoints;
    this.marked = marked;
    this.problem = problem;
    this.problemIndex = problemIndex;
  }

  /** Decodes. Ask for the {@link #problem} before using the text. */
  public static Utf8 decode(byte[] bytes) {
    Utf8 ascii = ascii(bytes);
    return ascii == null ? anything(bytes) : ascii;
  }

  /** The text, as far as it could be decoded. */
  public String text() {
    return text;
  }

  /** The text by its code points; not to be changed. */
  public int[] codePoints() {
    return codePoints;
  }

  /** Whether the bytes begin with a byte order mark. */
  public boolean hasByteOrderMark() {
    return marked;
  }

  /** Why these bytes are no YAML: not UTF-8, or a character that YAML 1.1 (5.1) doesn't allow. */
  public @Nullable String problem() {
    return problem;
  }

  /** The code point that the {@link #problem} is about; the end of the text if it isn't UTF-8. */
  public int problemIndex() {
    return problemIndex;
  }

  /** Most files are ASCII, and needs no decoder. Null if this one isn't. */
  private static @Nullable Utf8 ascii(byte[] bytes) {
    int[] codePoints = new int[bytes.length];
    int forbidden = -1;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b < ' ' || b == 0x7F) {
        if (b < 0) {
          return null;
        }
        if (b != '\n' && b != '\r' && b != '\t' && forbidden < 0) {
          forbidden = i;
        }
      }
      codePoints[i] = b;
    }
    return new Utf8(
        new String(bytes, StandardCharsets.ISO_8859_1),
        codePoints,
        false,
        forbidden < 0 ? null : FORBIDDEN,
        forbidden);
  }

  private static Utf8 anything(byte[] bytes) {
    boolean marked = hasByteOrderMark(bytes);
    int start = marked ? 3 : 0;
    CharBuffer chars = CharBuffer.allocate(bytes.length - start);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes, start, bytes.length - start), chars, true);
    String text = chars.flip().toString();
    int[] codePoints = codePoints(text);
    if (result.isError()) {
      String problem =
          isUtf16(bytes) ? "the file is UTF-16, and must be UTF-8" : "this is not UTF-8";
      return new Utf8(text, codePoints, marked, problem, codePoints.length);
    }
    for (int i = 0; i < codePoints.length; i++) {
      if (!isAllowed(codePoints[i])) {
        return new Utf8(text, codePoints, marked, FORBIDDEN, i);
      }
    }
    return new Utf8(text, codePoints, marked, null, -1);
  }

  private static int[] codePoints(String text) {
    int[] codePoints = new int[text.codePointCount(0, text.length())];
    int at = 0;
    for (int i = 0; i < codePoints.length; i++) {
      codePoints[i] = text.codePointAt(at);
      at += Character.charCount(codePoints[i]);
    }
    return codePoints;
  }

  /** By YAML 1.1, 5.1; a byte order mark must not appear inside of a document (5.2). */
  private static boolean isAllowed(int c) {
    return (c >= ' ' && c < 0x7F)
        || c == '\n'
        || c == '\r'
        || c == '\t'
        || c == 0x85
        || (c >= 0xA0 && c < 0xD800)
        || (c >= 0xE000 && c < 0xFFFE && c != BYTE_ORDER_MARK)
        || c >= 0x10000;
  }

  private static boolean hasByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private static boolean isUtf16(byte[] bytes) {
    return bytes.length >= 2
        && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
            || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
  }
}
