package dev.atmos.cli.config.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of the needed sections, so that the parser can skip the rest of the file: parsing
 * some hundred lines would take a good part of the time of a token.
 *
 * <p>It knows a small part of YAML: plain keys with values of one line, lists of these, and block
 * scalars, all cleanly indented. Such a section is valid and ends with its last line, so that it
 * can be skipped. A file with anything else, such as a tab, an anchor or a quoted text of several
 * lines, is parsed as a whole. So is a file with an error, which is then found.
 */
final class SectionScanner {
  /** Deeper and wider files are parsed as a whole; fewer than {@link YamlReader#DEEPEST}. */
  private static final int MOST_LEVELS = 50;

  private static final int MOST_KEYS = 256;
  private static final int LONGEST_KEY = 128;

  private final int[] text;
  private final Set<String> needed;

  // Where the line begins, where its line break is, and where the next line begins.
  private int start;
  private int stop;
  private int next;
  private int line = -1;

  /** The file holds something that this doesn't know. */
  private boolean unknown;

  // The mappings and lists that the line is in.
  private int levels;
  private final int[] columns = new int[MOST_LEVELS];
  private final boolean[] lists = new boolean[MOST_LEVELS];
  private final int[] firstKeys = new int[MOST_LEVELS];

  // The hashes of the keys of these mappings. If two are equal, the parser decides.
  private int keys;
  private final int[] hashes = new int[MOST_KEYS];

  /** The value of the last line's key or dash may follow in the next line. */
  private boolean open;

  /** The column of the parent of the current block scalar; -1 outside of one. */
  private int blockParent = -1;

  private int rootLine;

  // Where the current needed sections begin; -1 outside of one.
  private int from = -1;
  private int fromLine;

  private final List<Part> parts = new ArrayList<>();

  /** Lines of consecutive needed sections: from a code point to another one; lines count from 0. */
  record Part(int start, int end, int line) {}

  /** The needed sections, and the line of the first section of the file, counted from 0. */
  record Parts(List<Part> parts, int rootLine) {}

  private SectionScanner(int[] text, Set<String> needed) {
    this.text = text;
    this.needed = needed;
  }

  /** The lines of the sections that are needed; null if the whole file has to be parsed. */
  static @Nullable Parts find(int[] text, Set<String> needed) {
    return new SectionScanner(text, needed).find();
  }

  private @Nullable Parts find() {
    boolean more = nextLine();
    while (more) {
      int first = afterSpaces(start);
      if (first < stop && text[first] != '#' && !content(first)) {
        return null;
      }
      more = blockParent < 0 ? nextLine() : block();
    }
    if (unknown || levels == 0) {
      return null;
    }
    endPart(text.length);
    return new Parts(parts, rootLine);
  }

  /** Goes to the next line; false at the end, and if the line holds something unknown. */
  private boolean nextLine() {
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

  /** A line that is neither blank nor a comment. */
  private boolean content(int first) {
    int column = first - start;
    boolean dash = isDash(first);
    if (levels == 0) {
      rootLine = line;
      if (column > 0 || dash || !push(0, false)) {
        return false;
      }
    } else if (open
        && (column > columns[levels - 1]
            // A list may stand as far to the left as the key that it belongs to.
            || (dash && column == columns[levels - 1] && !lists[levels - 1]))) {
      if (!push(column, dash)) {
        return false;
      }
    } else if (!pop(column, dash)) {
      return false;
    }
    open = false;
    return dash ? item(first) : entry(first);
  }

  /** Back to the level that a line belongs to. */
  private boolean pop(int column, boolean dash) {
    int level = levels - 1;
    while (level > 0
        && (columns[level] > column || (columns[level] == column && lists[level] && !dash))) {
      keys = firstKeys[level];
      level--;
    }
    levels = level + 1;
    return columns[level] == column && lists[level] == dash;
  }

  private boolean push(int column, boolean list) {
    if (levels == MOST_LEVELS) {
      return false;
    }
    columns[levels] = column;
    lists[levels] = list;
    firstKeys[levels] = keys;
    levels++;
    return true;
  }

  private boolean isDash(int i) {
    return text[i] == '-' && (i + 1 == stop || text[i + 1] == ' ');
  }

  /** An item of a list, which begins with its dash; it may be a list or a mapping itself. */
  private boolean item(int dash) {
    int i = afterSpaces(dash + 1);
    if (i == stop || text[i] == '#') {
      open = true;
      return true;
    }
    if (isDash(i)) {
      return push(i - start, true) && item(i);
    }
    return keyEnd(i) < 0 ? value(i) : push(i - start, false) && entry(i);
  }

  /** An entry of a mapping. */
  private boolean entry(int first) {
    int end = keyEnd(first);
    if (end < 0 || !isNew(first, end)) {
      return false;
    }
    if (levels == 1) {
      section(Arrays.copyOfRange(text, first, end));
    }
    int i = afterSpaces(end + 1);
    if (i == stop || text[i] == '#') {
      open = true;
      return true;
    }
    return value(i);
  }

  private void section(int[] key) {
    if (!needed.contains(new String(key, 0, key.length))) {
      endPart(start);
    } else if (from < 0) {
      from = start;
      fromLine = line;
    }
  }

  private void endPart(int end) {
    if (from >= 0) {
      parts.add(new Part(from, end, fromLine));
      from = -1;
    }
  }

  /** Where the colon of a plain key is; -1 if there is no such key. */
  private int keyEnd(int first) {
    int i = wordEnd(first);
    return i >= 0
            && i - first <= LONGEST_KEY
            && i < stop
            && text[i] == ':'
            && (i + 1 == stop || text[i + 1] == ' ')
        ? i
        : -1;
  }

  /** Adds a key to its mapping; false if the mapping may have it already. */
  private boolean isNew(int first, int end) {
    if (keys == MOST_KEYS) {
      return false;
    }
    int hash = 0;
    for (int i = first; i < end; i++) {
      hash = 31 * hash + text[i];
    }
    for (int i = firstKeys[levels - 1]; i < keys; i++) {
      if (hashes[i] == hash) {
        return false;
      }
    }
    hashes[keys++] = hash;
    return true;
  }

  private boolean value(int i) {
    return switch (text[i]) {
      case '"', '\'' -> isEnd(quotedEnd(i));
      case '[' -> isEnd(flowListEnd(i));
      case '{' -> isEnd(i + 1 < stop && text[i + 1] == '}' ? i + 2 : -1);
      case '|', '>' -> blockHeader(i + 1);
      case '!' -> tagged(i + 1);
      default -> plain(i);
    };
  }

  private boolean tagged(int first) {
    int i = first;
    while (i < stop && (isWord(text[i]) || isInner(text[i]))) {
      i++;
    }
    int value = afterSpaces(i);
    if (i == first || value == i || value == stop) {
      return false;
    }
    return (text[value] == '"' || text[value] == '\'') ? isEnd(quotedEnd(value)) : plain(value);
  }

  private boolean plain(int first) {
    int c = text[first];
    boolean dashed =
        c == '-' && first + 1 < stop && (isWord(text[first + 1]) || isInner(text[first + 1]));
    if (!dashed && !isWord(c) && "./~$(+<=^;\\".indexOf(c) < 0 && c <= 0xA0) {
      return false;
    }
    for (int i = first; i < stop; i++) {
      c = text[i];
      if (c == '\t' || (c == ':' && (i + 1 == stop || text[i + 1] == ' '))) {
        return false;
      }
      if (c == '#' && text[i - 1] == ' ') {
        return true;
      }
    }
    return true;
  }

  /** The index after the closing quote; -1 if it isn't in this line. */
  private int quotedEnd(int first) {
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

  /** The index after the closing bracket of a list of words and quoted texts; -1 if unknown. */
  private int flowListEnd(int first) {
    int i = afterSpaces(first + 1);
    if (i < stop && text[i] == ']') {
      return i + 1;
    }
    while (i < stop) {
      int end = text[i] == '"' || text[i] == '\'' ? quotedEnd(i) : wordEnd(i);
      if (end < 0) {
        return -1;
      }
      i = afterSpaces(end);
      if (i == stop || text[i] != ',') {
        return i < stop && text[i] == ']' ? i + 1 : -1;
      }
      i = afterSpaces(i + 1);
    }
    return -1;
  }

  private int wordEnd(int first) {
    int i = first;
    while (i < stop && (isWord(text[i]) || (i > first && isInner(text[i])))) {
      i++;
    }
    return i == first ? -1 : i;
  }

  /** Whether nothing follows but blanks and a comment. */
  private boolean isEnd(int i) {
    if (i < 0) {
      return false;
    }
    int end = afterSpaces(i);
    return end == stop || (end > i && text[end] == '#');
  }

  private boolean blockHeader(int first) {
    int i = first;
    if (i < stop && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    blockParent = columns[levels - 1];
    return afterSpaces(i) == stop;
  }

  /** Skips the lines of a block scalar. */
  private boolean block() {
    int parent = blockParent;
    blockParent = -1;
    int column = -1;
    int blank = 0;
    while (nextLine()) {
      int first = afterSpaces(start);
      int here = first - start;
      if (first == stop) {
        blank = Math.max(blank, here);
      } else if (here <= parent) {
        return true;
      } else if (column < 0 ? blank > here : here < column) {
        unknown = true;
        return false;
      } else if (column < 0) {
        column = here;
      }
    }
    return false;
  }

  private int afterSpaces(int from) {
    int i = from;
    while (i < stop && text[i] == ' ') {
      i++;
    }
    return i;
  }

  private static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isInner(int c) {
    return c == '-' || c == '.' || c == '/';
  }
}
