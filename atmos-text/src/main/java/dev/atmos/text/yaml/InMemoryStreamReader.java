package dev.atmos.text.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * What SnakeYAML's parser reads from: a text that is in memory already. SnakeYAML's own reader
 * moves a window over a stream, at three calls for each look at a character, and at a cost that
 * grows with the square of a line's length.
 *
 * <p>Its marks hold no text, so that no exception of the parser's can show any. On the token path.
 */
public final class InMemoryStreamReader extends StreamReader {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int[] NO_TEXT = {};

  private final String text;
  private final int[] units;
  private final boolean oneCharEach;
  private final int end;
  private int index;
  private int line;
  private int column;

  /**
   * Whole lines of a text, by its code points: the indexes of marks are indexes of these.
   *
   * @param text a text
   * @param codePoints the same, by code points
   * @param start the code point to begin with, the first one of a line
   * @param end the code point to stop before, the first one of a line or the end of the text
   * @param line the number of the line to begin with, counted from 0
   */
  public InMemoryStreamReader(String text, int[] codePoints, int start, int end, int line) {
    super("");
    this.text = text;
    this.units = codePoints;
    this.oneCharEach = text.length() == codePoints.length;
    this.end = end;
    this.index = start;
    this.line = line;
  }

  /**
   * A text by its chars: the index of a mark is an index into the text. To the scanner, both halves
   * of a pair are characters like any other.
   */
  public static InMemoryStreamReader byChars(String text) {
    int[] units = new int[text.length()];
    for (int i = 0; i < units.length; i++) {
      units[i] = text.charAt(i);
    }
    return new InMemoryStreamReader(text, units, 0, units.length, 0);
  }

  @Override
  public int peek() {
    return index < end ? units[index] : 0;
  }

  @Override
  public int peek(int ahead) {
    int at = index + ahead;
    return at < end ? units[at] : 0;
  }

  @Override
  public void forward() {
    if (index < end) {
      int c = units[index++];
      if (c == '\n' || (c == '\r' && peek() != '\n') || c == 0x85 || c == 0x2028 || c == 0x2029) {
        line++;
        column = 0;
      } else if (c != BYTE_ORDER_MARK) {
        column++;
      }
    }
  }

  @Override
  public void forward(int length) {
    for (int i = 0; i < length; i++) {
      forward();
    }
  }

  @Override
  public String prefix(int length) {
    int stop = Math.min(index + length, end);
    return oneCharEach ? text.substring(index, stop) : new String(units, index, stop - index);
  }

  @Override
  public String prefixForward(int length) {
    String prefix = prefix(length);
    index += length;
    column += length;
    return prefix;
  }

  @Override
  public Mark getMark() {
    return new Mark("", index, line, column, NO_TEXT, 0);
  }

  @Override
  public int getIndex() {
    return index;
  }

  /** Not limited: the size of files is checked when they are read. */
  @Override
  public int getDocumentIndex() {
    return 0;
  }

  @Override
  public void resetDocumentIndex() {}

  @Override
  public int getLine() {
    return line;
  }

  @Override
  public int getColumn() {
    return column;
  }
}
