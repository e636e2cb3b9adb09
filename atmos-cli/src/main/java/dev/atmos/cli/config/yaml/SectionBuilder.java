package dev.atmos.cli.config.yaml;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of the sections whose lines a {@link LineScanner} knows, as the parser would:
 * that one takes several times as long for a text that is read once. On the token path.
 */
final class SectionBuilder {
  private final Source source;
  private final Tags tags;
  private final int[] text;
  private final boolean oneCharEach;
  private final LineScanner lines;

  // The mappings and lists that are open, from the root on.
  private int levels = 1;
  private final Level[] open = new Level[LineScanner.MOST_LEVELS + LineScanner.MOST_FLOW_LEVELS];

  /** A mapping or a list that isn't at its end. */
  private static final class Level {
    final Position position;
    final @Nullable Map<String, ConfigMap.Entry> entries;
    final List<ConfigValue> items;
    String key = "";
    Position keyPosition;

    Level(Position position, boolean list) {
      this.position = position;
      this.entries = list ? null : new LinkedHashMap<>();
      this.items = list ? new ArrayList<>() : List.of();
      this.keyPosition = position;
    }
  }

  SectionBuilder(ConfigFile file, Tags tags, LineScanner lines) {
    this.source = file.source();
    this.tags = tags;
    this.text = file.codePoints();
    this.oneCharEach = source.text().length() == text.length;
    this.lines = lines;
    this.open[0] = new Level(new Position(source, 1, 1), /* list= */ false);
  }

  /** The sections. */
  ConfigMap root(int line) {
    Map<String, ConfigMap.Entry> entries = open[0].entries;
    return new ConfigMap(entries == null ? Map.of() : entries, new Position(source, line + 1, 1));
  }

  /** A mapping or a list begins. */
  void begin(int first, boolean list) {
    open[levels++] = new Level(position(first), list);
  }

  /** All mappings and lists below these levels are at their ends. */
  void end(int outer) {
    while (levels > outer) {
      Level level = open[--levels];
      add(
          level.entries == null
              ? tags.list(null, new ConfigList(level.items, level.position))
              : tags.map(null, new ConfigMap(level.entries, level.position)));
    }
  }

  /** The next value is the one of a key. */
  void key(int first, int end) {
    Level level = open[levels - 1];
    level.key = substring(first, end);
    level.keyPosition = position(first);
  }

  /** A key or a dash had no value. */
  void empty(int line, int column) {
    add(tags.scalar(null, "", /* plain= */ true, new Position(source, line + 1, column + 1)));
  }

  /** The value that begins there, which may be a flow collection or have a tag. */
  void value(int first) {
    switch (text[first]) {
      case '[', '{' -> collection(first);
      case '!' -> {
        int value = lines.tagEnd(first + 1);
        scalar(tag(first), first, value, plainEnd(value));
      }
      default -> scalar(null, first, first, plainEnd(first));
    }
  }

  /** A flow value; returns where it ends. */
  private int flow(int first) {
    return switch (text[first]) {
      case '[', '{' -> collection(first);
      case '!' -> {
        int value = lines.tagEnd(first + 1);
        yield scalar(tag(first), first, value, lines.flowPlainEnd(value));
      }
      default -> scalar(null, first, first, lines.flowPlainEnd(first));
    };
  }

  private int collection(int first) {
    boolean list = text[first] == '[';
    begin(first, list);
    int i = lines.afterSpaces(first + 1);
    while (text[i] != ']' && text[i] != '}') {
      if (!list) {
        int colon = lines.keyEnd(i);
        key(i, colon);
        i = lines.afterSpaces(colon + 1);
      }
      i = lines.afterSpaces(flow(i));
      if (text[i] == ',') {
        i = lines.afterSpaces(i + 1);
      }
    }
    end(levels - 1);
    return i + 1;
  }

  /** A text with or without quotes; returns where it ends. */
  private int scalar(@Nullable String tag, int start, int first, int plainEnd) {
    if (text[first] != '"' && text[first] != '\'') {
      add(tags.scalar(tag, substring(first, plainEnd), /* plain= */ true, position(start)));
      return plainEnd;
    }
    int end = lines.quotedEnd(first);
    String inner = substring(first + 1, end - 1);
    add(
        tags.scalar(
            tag,
            text[first] == '"' ? unescaped(inner) : inner.replace("''", "'"),
            /* plain= */ false,
            position(start)));
    return end;
  }

  /** The escapes that {@link LineScanner#quotedEnd} knows. */
  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        c = text.charAt(++i);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      result.append(c);
    }
    return result.toString();
  }

  /** Where a plain text ends that has a line to itself, but for a comment. */
  private int plainEnd(int first) {
    int end = first;
    for (int i = first; i < lines.stop; i++) {
      if (text[i] == '#' && text[i - 1] == ' ') {
        break;
      }
      if (text[i] != ' ') {
        end = i + 1;
      }
    }
    return end;
  }

  private String tag(int first) {
    int end = first + 1;
    while (text[end] != ' ') {
      end++;
    }
    return substring(first, end);
  }

  private void add(ConfigValue value) {
    Level level = open[levels - 1];
    if (level.entries == null) {
      level.items.add(value);
    } else {
      level.entries.put(level.key, new ConfigMap.Entry(level.keyPosition, value));
    }
  }

  private Position position(int at) {
    return new Position(source, lines.line + 1, at - lines.start + 1);
  }

  private String substring(int first, int end) {
    return oneCharEach ? source.text().substring(first, end) : new String(text, first, end - first);
  }
}
