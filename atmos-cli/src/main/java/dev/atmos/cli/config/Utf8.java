package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.reader.StreamReader;

/** Decodes a file: UTF-8 and nothing else. A byte order mark is left out. */
final class Utf8 {
  private final Source source;
  private final int[] codePoints;

  private Utf8(Source source, int[] codePoints) {
    this.source = source;
    this.codePoints = codePoints;
  }

  /**
   * Decodes.
   *
   * @throws AtmosException if it isn't UTF-8, or has a character that YAML 1.1 (5.1) doesn't allow
   */
  static Utf8 decode(String name, byte[] bytes) {
    Utf8 ascii = ascii(name, bytes);
    return ascii == null ? anything(name, bytes) : ascii;
  }

  Source source() {
    return source;
  }

  /** The text by its code points; not to be changed. */
  int[] codePoints() {
    return codePoints;
  }

  CodePoints reader() {
    return reader(0, codePoints.length, 0);
  }

  /** Some lines of it, as {@link CodePoints} takes them. */
  CodePoints reader(int start, int end, int line) {
    return new CodePoints(source.text(), codePoints, start, end, line);
  }

  /** Most files are ASCII, which needs no decoder. Null if this one isn't. */
  private static @Nullable Utf8 ascii(String name, byte[] bytes) {
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
    Utf8 decoded =
        new Utf8(new Source(name, new String(bytes, StandardCharsets.ISO_8859_1)), codePoints);
    if (forbidden >= 0) {
      throw decoded.forbidden(forbidden);
    }
    return decoded;
  }

  private static Utf8 anything(String name, byte[] bytes) {
    int start = hasByteOrderMark(bytes) ? 3 : 0;
    CharBuffer chars = CharBuffer.allocate(bytes.length - start);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes, start, bytes.length - start), chars, true);
    String text = chars.flip().toString();
    Utf8 decoded = new Utf8(new Source(name, text), codePoints(text));
    if (result.isError()) {
      throw decoded
          .positionOf(decoded.codePoints.length)
          .error(isUtf16(bytes) ? "the file is UTF-16, and must be UTF-8" : "this is not UTF-8");
    }
    for (int i = 0; i < decoded.codePoints.length; i++) {
      if (!StreamReader.isPrintable(decoded.codePoints[i])) {
        throw decoded.forbidden(i);
      }
    }
    return decoded;
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

  private AtmosException forbidden(int index) {
    return positionOf(index).error("a control character, which YAML doesn't allow");
  }

  private Position positionOf(int index) {
    CodePoints reader = reader();
    reader.forward(index);
    return new Position(source, reader.getLine() + 1, reader.getColumn() + 1);
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
