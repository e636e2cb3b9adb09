package dev.atmos.kubeconfig;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * What the parser reads from: a text that is in memory already. SnakeYAML's own reader counts in
 * code points; this one counts in chars, so that a mark is an index into the text. To the scanner,
 * both halves of a pair are characters like any other. Its marks hold no text, so that no exception
 * of the parser's can show any.
 */
final class Chars extends StreamReader {
  private static final int[] NO_TEXT = {};

  private final String text;
  private final char[] chars;
  private final int end;
  private int index;
  private int line;
  private int column;

  Chars(String text) {
    super("");
    this.text = text;
    this.chars = text.toCharArray();
    this.end = chars.length;
  }

  @Override
  public int peek() {
    return index < end ? chars[index] : 0;
  }

  @Override
  public int peek(int ahead) {
    int at = index + ahead;
    return at < end ? chars[at] : 0;
  }

  @Override
  public void forward() {
    if (index < end) {
      char c = chars[index++];
      if (c == '\n' || (c == '\r' && peek() != '\n') || Lines.isRareBreak(c)) {
        line++;
        column = 0;
      } else if (c != Document.BYTE_ORDER_MARK) {
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
    return text.substring(index, Math.min(index + length, end));
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

  /** There is no limit to be guarded here: the file's size has been checked. */
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
