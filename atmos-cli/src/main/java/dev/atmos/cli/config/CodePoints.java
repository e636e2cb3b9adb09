package dev.atmos.cli.config;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * What the parser reads from: a text that is in memory already. SnakeYAML's own reader moves a
 * window over a stream, at three calls for each look at a character, and at a cost that grows with
 * the square of a line's length.
 *
 * <p>Its marks hold no text, so that no exception of the parser's can show any.
 */
final class CodePoints extends StreamReader {
  private static final int[] NO_TEXT = {};

  private final String text;
  private final int[] codePoints;
  private final boolean oneCharEach;
  private final int end;
  private int index;
  private int line;
  private int column;

  /**
   * Whole lines of a text.
   *
   * @param text a text
   * @param codePoints the same, by code points
   * @param start the code point to begin with, the first one of a line
   * @param end the code point to stop before, the first one of a line or the end of the text
   * @param line the number of the line to begin with, counted from 0
   */
  CodePoints(String text, int[] codePoints, int start, int end, int line) {
    super("");
    this.text = text;
    this.codePoints = codePoints;
    this.oneCharEach = text.length() == codePoints.length;
    this.end = end;
    this.index = start;
    this.line = line;
  }

  @Override
  public int peek() {
    return index < end ? codePoints[index] : 0;
  }

  @Override
  public int peek(int ahead) {
    int at = index + ahead;
    return at < end ? codePoints[at] : 0;
  }

  @Override
  public void forward() {
    if (index < end) {
      int c = codePoints[index++];
      if (c == '\n' || (c == '\r' && peek() != '\n') || c == 0x85 || c == 0x2028 || c == 0x2029) {
        line++;
        column = 0;
      } else {
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
    return oneCharEach ? text.substring(index, stop) : new String(codePoints, index, stop - index);
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

  /** There is no limit to be guarded here: the files' size has been checked. */
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
