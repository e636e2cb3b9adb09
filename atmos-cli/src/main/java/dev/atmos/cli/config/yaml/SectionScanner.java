package dev.atmos.cli.config.yaml;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.services.config.ConfigMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of the needed sections, so that the parser can skip the rest of the file, and
 * reads them itself where it knows all that they hold: parsing some hundred lines would take a good
 * part of the time of a token.
 *
 * <p>It knows a small part of YAML: plain keys with values of one line, flow collections among
 * them, lists of these, and block scalars, all cleanly indented. Such a section is valid and ends
 * with its last line, so that it can be skipped. A file with anything else, such as a tab, an
 * anchor or a quoted text of several lines, is parsed as a whole. So is a file with an error, which
 * is then found.
 */
final class SectionScanner extends LineScanner {
  /** Wider files are parsed as a whole. */
  private static final int MOST_KEYS = 256;

  private final Set<String> needed;

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

  /**
   * The needed sections.
   *
   * @param rootLine the line of the first section of the file, counted from 0
   * @param values what the sections hold; null if the parser has to read them
   */
  record Parts(List<Part> parts, int rootLine, @Nullable ConfigMap values) {}

  /** Makes the values of all needed sections; null if that is left to the parser. */
  private @Nullable SectionBuilder builder;

  /** The same within a needed section; null outside of one. */
  private @Nullable SectionBuilder current;

  // Where the value is missing of the key or dash of the line.
  private int emptyLine;
  private int emptyColumn;

  private SectionScanner(ConfigFile file, Set<String> needed, Tags tags) {
    super(file.codePoints());
    this.needed = needed;
    this.builder = new SectionBuilder(file, tags, this);
  }

  /**
   * The sections that are needed; null if the whole file has to be parsed.
   *
   * @param tags makes values by the tags of the file
   */
  static @Nullable Parts find(ConfigFile file, Set<String> needed, Tags tags) {
    return new SectionScanner(file, needed, tags).find();
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
    endLevels(1);
    return new Parts(parts, rootLine, builder == null ? null : builder.root(rootLine));
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
    endLevels(levels);
    return columns[level] == column && lists[level] == dash;
  }

  private void endLevels(int outer) {
    if (current != null) {
      if (open) {
        current.empty(emptyLine, emptyColumn);
      }
      current.end(outer);
    }
  }

  private boolean push(int column, boolean list) {
    if (levels == MOST_LEVELS) {
      return false;
    }
    columns[levels] = column;
    lists[levels] = list;
    firstKeys[levels] = keys;
    levels++;
    if (current != null) {
      current.begin(start + column, list);
    }
    return true;
  }

  /** An item of a list, which begins with its dash; it may be a list or a mapping itself. */
  private boolean item(int dash) {
    int i = afterSpaces(dash + 1);
    if (i == stop || text[i] == '#') {
      return empty(dash);
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
    if (current != null) {
      current.key(first, end);
    }
    int i = afterSpaces(end + 1);
    return (i == stop || text[i] == '#') ? empty(end) : value(i);
  }

  /** The value of a key or a dash may follow in the next line. */
  private boolean empty(int end) {
    open = true;
    emptyLine = line;
    emptyColumn = end + 1 - start;
    return true;
  }

  private void section(int[] key) {
    if (!needed.contains(new String(key, 0, key.length))) {
      endPart(start);
      current = null;
      return;
    }
    current = builder;
    if (from < 0) {
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

  /** Adds a key to its mapping; false if the mapping may have it already. */
  private boolean isNew(int first, int end) {
    if (keys == MOST_KEYS) {
      return false;
    }
    int hash = hash(first, end);
    for (int i = firstKeys[levels - 1]; i < keys; i++) {
      if (hashes[i] == hash) {
        return false;
      }
    }
    hashes[keys++] = hash;
    return true;
  }

  private boolean value(int i) {
    boolean known = isValue(i);
    if (known && current != null) {
      current.value(i);
    }
    return known;
  }

  private boolean isValue(int i) {
    return switch (text[i]) {
      case '"', '\'', '[', '{' -> isEnd(flowEnd(i));
      case '|', '>' -> blockHeader(i + 1);
      case '!' -> tagged(i + 1);
      default -> plain(i);
    };
  }

  private boolean tagged(int first) {
    int value = tagEnd(first);
    if (value < 0) {
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

  private boolean blockHeader(int first) {
    int i = first;
    if (i < stop && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    blockParent = columns[levels - 1];
    if (current != null) {
      current = null;
      builder = null;
    }
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
}
