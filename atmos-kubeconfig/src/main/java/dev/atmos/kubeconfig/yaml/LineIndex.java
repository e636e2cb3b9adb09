package dev.atmos.kubeconfig.yaml;

/** Finds the lines of a text by the index of a char. */
final class LineIndex {
  static final char BYTE_ORDER_MARK = '\ufeff';

  /** The last three are line breaks of YAML 1.1 that YAML 1.2 no longer has. */
  private static final String BREAKS = "\n\r\u0085\u2028\u2029";

  private final String text;
  private final String newline;

  LineIndex(String text) {
    this.text = text;
    int end = endOf(0);
    this.newline = end == text.length() ? "\n" : text.substring(end, after(end));
  }

  /** The line break of this text. */
  String newline() {
    return newline;
  }

  /** The beginning of the line that holds a place. */
  int startOf(int place) {
    int start = place;
    while (start > 0 && !isBreak(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** The end of the line, before its line break. */
  int endOf(int place) {
    int end = place;
    while (end < text.length() && !isBreak(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The beginning of the next line, or the end of the text. */
  int next(int place) {
    int end = endOf(place);
    return end == text.length() ? end : after(end);
  }

  /** Where lines can be inserted behind a node that ends at a place. */
  int insertionAfter(int place) {
    return place > 0 && isBreak(text.charAt(place - 1)) ? place : next(place);
  }

  int columnOf(int place) {
    int start = startOf(place);
    boolean marked = place > start && text.charAt(start) == BYTE_ORDER_MARK;
    return place - start - (marked ? 1 : 0);
  }

  /** By how many spaces the line of a place is indented. */
  int indentOf(int place) {
    int start = startOf(place);
    int at = start;
    while (at < place && text.charAt(at) == ' ') {
      at++;
    }
    return at - start;
  }

  /** Whether a place is the end of a text whose last line has no line break. */
  boolean isUnfinishedEnd(int place) {
    return place == text.length() && place > 0 && !isBreak(text.charAt(place - 1));
  }

  /** The beginning of the line break before a place, or the place itself. */
  int breakBefore(int place) {
    int at = place;
    if (at > 0 && isBreak(text.charAt(at - 1))) {
      at--;
      if (text.charAt(at) == '\n' && at > 0 && text.charAt(at - 1) == '\r') {
        at--;
      }
    }
    return at;
  }

  /** Counted from 1. */
  int lineNumber(int place) {
    int number = 1;
    for (int i = next(0); i <= place && i > 0 && isBreak(text.charAt(i - 1)); i = next(i)) {
      number++;
      if (i == text.length()) {
        break;
      }
    }
    return number;
  }

  /** In characters, counted from 1. */
  int columnNumber(int place) {
    return text.codePointCount(startOf(place), place) + 1;
  }

  private int after(int end) {
    return text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }

  private static boolean isBreak(char c) {
    return BREAKS.indexOf(c) >= 0;
  }
}
