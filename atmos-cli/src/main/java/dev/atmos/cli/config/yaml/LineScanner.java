package dev.atmos.cli.config.yaml;

/** The lines of a text of code points, and where the parts of each line end. */
class LineScanner {
  /**
   * Deeper files are parsed as a whole; with those of flow, fewer than {@link YamlReader#DEEPEST}.
   */
  static final int MOST_LEVELS = 50;

  private static final int LONGEST_KEY = 128;
  private static final int MOST_FLOW_KEYS = 64;
  static final int MOST_FLOW_LEVELS = 20;

  final int[] text;

  // Where the line begins, where its line break is, and where the next line begins.
  int start;
  int stop;
  private int next;
  int line = -1;

  /** The file holds something that this doesn't know. */
  boolean unknown;

  // The hashes of the keys of the flow mappings that are open. If two are equal, the parser
  // decides.
  private int flowKeys;
  private final int[] flowHashes = new int[MOST_FLOW_KEYS];
  private int depth;

  LineScanner(int[] text) {
    this.text = text;
  }

  /** Goes to the next line; false at the end, and if the line holds something unknown. */
  boolean nextLine() {
    if (next >= text.length) {
      return false;
    }
    start = next;
    line++;
    int i = start;
    while (i < text.length && text[i] != '\n') {
      int c = text[i];
      if (c == '\r') {
        break;
      }
      if (c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
        unknown = true;
        return false;
      }
      i++;
    }
    stop = i;
    if (i < text.length && text[i] == '\r') {
      i++;
      if (i == text.length || text[i] != '\n') {
        unknown = true;
        return false;
      }
    }
    next = i + 1;
    return true;
  }

  boolean isDash(int i) {
    return text[i] == '-' && (i + 1 == stop || text[i + 1] == ' ');
  }

  /** Where the colon of a plain key is; -1 if the line has none. */
  int keyEnd(int first) {
    int i = wordEnd(first);
    return i >= 0
            && i - first <= LONGEST_KEY
            && i < stop
            && text[i] == ':'
            && (i + 1 == stop || text[i + 1] == ' ')
        ? i
        : -1;
  }

  /** The hash of a key. */
  int hash(int first, int end) {
    int hash = 0;
    for (int i = first; i < end; i++) {
      hash = 31 * hash + text[i];
    }
    return hash;
  }

  /** Where the value of a tag begins; -1 if there is none. */
  int tagEnd(int first) {
    int i = first;
    while (i < stop && (isWord(text[i]) || isInner(text[i]))) {
      i++;
    }
    int value = afterSpaces(i);
    return i == first || value == i || value == stop ? -1 : value;
  }

  /** The index after the closing quote; -1 if it isn't in this line. */
  int quotedEnd(int first) {
    int quote = text[first];
    int i = first + 1;
    while (i < stop) {
      int c = text[i];
      if (c == quote) {
        if (quote == '"' || i + 1 == stop || text[i + 1] != '\'') {
          return i + 1;
        }
        i++;
      } else if (c == '\\' && quote == '"') {
        i++;
        if (i == stop || "\"\\nt".indexOf(text[i]) < 0) {
          return -1;
        }
      }
      i++;
    }
    return -1;
  }

  /** The index after a quoted text, or a value in a list or mapping of one line; -1 if unknown. */
  int flowEnd(int first) {
    if (first < 0 || first >= stop || depth == MOST_FLOW_LEVELS) {
      return -1;
    }
    depth++;
    int end =
        switch (text[first]) {
          case '"', '\'' -> quotedEnd(first);
          case '[' -> flowListEnd(first);
          case '{' -> flowMappingEnd(first);
          case '!' -> flowTagged(tagEnd(first + 1));
          default -> flowPlainEnd(first);
        };
    depth--;
    return end;
  }

  private int flowTagged(int value) {
    boolean scalar = value >= 0 && "[{!".indexOf(text[value]) < 0;
    return scalar ? flowEnd(value) : -1;
  }

  private int flowListEnd(int first) {
    int i = afterSpaces(first + 1);
    if (i < stop && text[i] == ']') {
      return i + 1;
    }
    while (true) {
      i = flowEnd(i);
      if (i < 0) {
        return -1;
      }
      i = afterSpaces(i);
      if (i == stop || text[i] != ',') {
        return i < stop && text[i] == ']' ? i + 1 : -1;
      }
      i = afterSpaces(i + 1);
    }
  }

  private int flowMappingEnd(int first) {
    int i = afterSpaces(first + 1);
    if (i < stop && text[i] == '}') {
      return i + 1;
    }
    int firstKey = flowKeys;
    while (true) {
      int colon = keyEnd(i);
      if (colon < 0 || !isNewInFlow(firstKey, hash(i, colon))) {
        return -1;
      }
      i = flowEnd(afterSpaces(colon + 1));
      if (i < 0) {
        return -1;
      }
      i = afterSpaces(i);
      if (i == stop || text[i] != ',') {
        flowKeys = firstKey;
        return i < stop && text[i] == '}' ? i + 1 : -1;
      }
      i = afterSpaces(i + 1);
    }
  }

  /** Words with single blanks or colons between them, such as an ARN. */
  int flowPlainEnd(int first) {
    int i = wordEnd(first);
    while (i >= 0 && i + 1 < stop && isJoint(text[i], text[i + 1])) {
      i++;
      while (i < stop && (isWord(text[i]) || isInner(text[i]))) {
        i++;
      }
    }
    return i;
  }

  private static boolean isJoint(int c, int following) {
    return isWord(following)
        ? c == ':' || c == ' '
        : c == ':' && (following == ':' || following == '/');
  }

  private boolean isNewInFlow(int firstKey, int hash) {
    if (flowKeys == MOST_FLOW_KEYS) {
      return false;
    }
    for (int i = firstKey; i < flowKeys; i++) {
      if (flowHashes[i] == hash) {
        return false;
      }
    }
    flowHashes[flowKeys++] = hash;
    return true;
  }

  private int wordEnd(int first) {
    int i = first;
    while (i < stop && (isWord(text[i]) || (i > first && isInner(text[i])))) {
      i++;
    }
    return i == first ? -1 : i;
  }

  /** Whether nothing follows but blanks and a comment. */
  boolean isEnd(int i) {
    if (i < 0) {
      return false;
    }
    int end = afterSpaces(i);
    return end == stop || (end > i && text[end] == '#');
  }

  int afterSpaces(int from) {
    int i = from;
    while (i < stop && text[i] == ' ') {
      i++;
    }
    return i;
  }

  static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  static boolean isInner(int c) {
    return c == '-' || c == '.' || c == '/';
  }
}
