package dev.atmos.cli.config.yaml;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.merge.MergeLimit;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.text.yaml.InMemoryStreamReader;
import dev.atmos.text.yaml.YamlSyntaxErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * Reads one file. SnakeYAML parses it, and the tree is our own: SnakeYAML's composer would take
 * {@code no} for false and {@code 0123} for 83, and is slow to start.
 */
public final class YamlReader {
  static final int DEEPEST = 100;

  private static final String MERGE_KEY = "<<";

  private final Source source;
  private final MergeLimit limit;
  private final Tags tags;
  private final InMemoryStreamReader characters;
  private final ParserImpl parser;
  private final Map<String, Anchored> anchors = new HashMap<>();

  /** How deep the collections go that have been read since this was set, aliases included. */
  private int deepest;

  /**
   * The value behind an alias.
   *
   * @param value null as long as it is being read
   * @param height how many collections lie one in the other there
   */
  private record Anchored(@Nullable ConfigValue value, int height) {}

  /** A merge key with its value. */
  private record Merge(Position keyPosition, ConfigValue value) {}

  /** A reader of some code points of a file. */
  private YamlReader(ConfigFile file, SectionScanner.Part part, Tags tags, MergeLimit limit) {
    this.source = file.source();
    this.limit = limit;
    this.tags = tags;
    this.characters =
        new InMemoryStreamReader(
            source.text(), file.codePoints(), part.start(), part.end(), part.line());
    this.parser = new ParserImpl(characters, new LoaderOptions());
  }

  /**
   * Reads a file of configuration, which holds a mapping.
   *
   * @param sections the top-level sections that are needed; others may be read as well. Null for
   *     all
   * @param tags makes values by the tags of the file
   * @throws AtmosException if the file isn't valid
   */
  public static ConfigMap read(
      ConfigFile file, @Nullable Set<String> sections, Tags tags, MergeLimit limit) {
    SectionScanner.Parts found =
        sections == null ? null : SectionScanner.find(file, sections, tags);
    if (found == null) {
      return new YamlReader(file, whole(file), tags, limit).map();
    }
    if (found.values() != null) {
      return found.values();
    }
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (SectionScanner.Part part : found.parts()) {
      entries.putAll(new YamlReader(file, part, tags, limit).map().entries());
    }
    return new ConfigMap(entries, new Position(file.source(), found.rootLine() + 1, 1));
  }

  /**
   * Reads a file that may hold anything; null if it holds nothing.
   *
   * @param tags makes values by the tags of the file
   * @throws AtmosException if the file isn't valid
   */
  public static @Nullable ConfigValue readAny(ConfigFile file, Tags tags, MergeLimit limit) {
    return new YamlReader(file, whole(file), tags, limit).stream();
  }

  private static SectionScanner.Part whole(ConfigFile file) {
    return new SectionScanner.Part(0, file.codePoints().length, 0);
  }

  private @Nullable ConfigValue stream() {
    next(); // the stream begins
    Event document = next();
    if (document instanceof StreamEndEvent) {
      return null;
    }
    ConfigValue root = node(next(), 0);
    next(); // the document ends
    Event end = next();
    if (!(end instanceof StreamEndEvent)) {
      throw error(end, "a second document begins here, and only one is allowed");
    }
    return root;
  }

  private ConfigMap map() {
    ConfigValue root = stream();
    if (root instanceof ConfigMap map) {
      return map;
    }
    if (root == null || (root instanceof ConfigText text && text.isNull())) {
      Position position = root == null ? new Position(source, 1, 1) : root.position();
      return new ConfigMap(Map.of(), position);
    }
    // A value that can't be made says so itself.
    root.resolved();
    throw root.position().error("the file must hold a mapping, and holds " + root.describe());
  }

  private ConfigValue node(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return resolve(alias, depth);
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor == null) {
      return content(event, depth);
    }
    anchors.put(anchor, new Anchored(null, 0));
    int outerDeepest = deepest;
    deepest = depth;
    ConfigValue value = content(event, depth);
    anchors.put(anchor, new Anchored(value, deepest - depth));
    deepest = Math.max(deepest, outerDeepest);
    return value;
  }

  private ConfigValue content(Event event, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return tags.scalar(scalar.getTag(), scalar.getValue(), scalar.isPlain(), position(event));
    }
    int inside = depth + 1;
    checkDepth(inside, event);
    deepest = Math.max(deepest, inside);
    return event instanceof SequenceStartEvent sequence
        ? list(sequence, inside)
        : map((MappingStartEvent) event, inside);
  }

  private ConfigValue list(SequenceStartEvent start, int depth) {
    List<ConfigValue> items = new ArrayList<>();
    Event event = next();
    while (!(event instanceof SequenceEndEvent)) {
      items.add(node(event, depth));
      event = next();
    }
    return tags.list(start.getTag(), new ConfigList(items, position(start)));
  }

  private ConfigValue map(MappingStartEvent start, int depth) {
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    Merge merge = null;
    Event event = next();
    while (!(event instanceof MappingEndEvent)) {
      Position position = position(event);
      boolean isMerge = isMergeKey(event);
      String key = key(event);
      ConfigValue value = node(next(), depth);
      if (isMerge) {
        if (merge != null) {
          throw duplicate(position, merge.keyPosition());
        }
        merge = new Merge(position, value);
      } else {
        ConfigMap.Entry earlier = entries.putIfAbsent(key, new ConfigMap.Entry(position, value));
        if (earlier != null) {
          throw duplicate(position, earlier.keyPosition());
        }
      }
      event = next();
    }
    if (merge != null) {
      DeferredValue later = merge(merge.value(), entries, merge.keyPosition());
      if (later != null) {
        return mergedLater(later, merge, start, entries);
      }
    }
    return tags.map(start.getTag(), new ConfigMap(entries, position(start)));
  }

  private static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag() == null
        && scalar.getValue().equals(MERGE_KEY);
  }

  private String key(Event event) {
    if (!(event instanceof ScalarEvent) && !(event instanceof AliasEvent)) {
      throw error(event, "a key must be a text");
    }
    if (node(event, 0) instanceof ConfigText text && text.argument() == null) {
      return text.text();
    }
    throw error(event, "a key must be a text without a tag");
  }

  private static AtmosException duplicate(Position position, Position first) {
    return position.error("this key is a duplicate of the one in line " + first.line());
  }

  /**
   * Adds the keys of a merge key's value that aren't there yet (merge key type of YAML 1.1).
   *
   * @return the value that can't be merged yet as its tag makes it when it is used, which makes the
   *     whole mapping one of that kind; null if there is none
   */
  private @Nullable DeferredValue merge(
      ConfigValue value, Map<String, ConfigMap.Entry> entries, Position position) {
    if (value instanceof DeferredValue tagged) {
      return tagged;
    }
    if (value instanceof ConfigMap map) {
      limit.take(map.entries().size(), position);
      for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
        entries.putIfAbsent(entry.getKey(), entry.getValue());
      }
      return null;
    }
    if (value instanceof ConfigList list && !list.items().isEmpty()) {
      for (ConfigValue item : list.items()) {
        if (item instanceof ConfigList) {
          throw notMergeable(position);
        }
        DeferredValue unknown = merge(item, entries, position);
        if (unknown != null) {
          return unknown;
        }
      }
      return null;
    }
    throw notMergeable(position);
  }

  private DeferredValue mergedLater(
      DeferredValue later,
      Merge merge,
      MappingStartEvent start,
      Map<String, ConfigMap.Entry> entries) {
    Position position = position(start);
    // These two speak of the value that they stand at, and that isn't the whole mapping.
    boolean speaksOfValue =
        later.tag().equals(ConfigMerge.UNSET) || later.tag().equals(ConfigMerge.APPEND);
    return new DeferredValue(
        speaksOfValue ? ConfigMerge.INCLUDE : later.tag(),
        later.argument(),
        later.position(),
        () -> {
          merge(allResolved(merge.value()), entries, merge.keyPosition());
          return tags.map(start.getTag(), new ConfigMap(entries, position));
        });
  }

  private static ConfigValue allResolved(ConfigValue value) {
    ConfigValue resolved = value.resolved();
    if (!(resolved instanceof ConfigList list)) {
      return resolved;
    }
    List<ConfigValue> items = new ArrayList<>();
    for (ConfigValue item : list.items()) {
      items.add(item.resolved());
    }
    return new ConfigList(items, list.position());
  }

  private static AtmosException notMergeable(Position position) {
    return position.error("'<<' must be a mapping or a list of mappings");
  }

  private ConfigValue resolve(AliasEvent alias, int depth) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw error(
          alias, "an alias without its anchor; a text that begins with '*' needs quotes around it");
    }
    if (anchored.value() == null) {
      throw error(alias, "an alias of something that it is a part of");
    }
    int reached = depth + anchored.height();
    checkDepth(reached, alias);
    deepest = Math.max(deepest, reached);
    return anchored.value();
  }

  private void checkDepth(int depth, Event event) {
    if (depth > DEEPEST) {
      throw error(event, "nested deeper than " + DEEPEST + " levels, which is the limit");
    }
  }

  private Event next() {
    try {
      return parser.getEvent();
    } catch (MarkedYAMLException e) {
      // Never as the cause: its text quotes the file.
      Mark mark = YamlSyntaxErrors.mark(e);
      Position position = mark == null ? new Position(source, 1, 1) : position(mark);
      throw position.error(YamlSyntaxErrors.sentence(e));
    } catch (RuntimeException e) {
      // The parser also fails in ways that it doesn't mean to, such as a NumberFormatException.
      throw new Position(source, characters.getLine() + 1, characters.getColumn() + 1)
          .error(YamlSyntaxErrors.UNKNOWN);
    }
  }

  private AtmosException error(Event event, String problem) {
    return position(event).error(problem);
  }

  private Position position(Event event) {
    return position(event.getStartMark());
  }

  private Position position(Mark mark) {
    return new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
