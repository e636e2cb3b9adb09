package dev.atmos.cli.config.yaml;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.text.Utf8;
import dev.atmos.text.yaml.InMemoryStreamReader;
import dev.atmos.text.yaml.YamlSyntaxErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * Reads YAML of which every value is what it looks like: mappings, lists and texts, without tags,
 * anchors and empty values.
 */
public final class StrictYaml {
  private static final int DEEPEST = 5;

  private final Source source;
  private final ParserImpl parser;

  private StrictYaml(Source source) {
    this.source = source;
    this.parser = new ParserImpl(InMemoryStreamReader.byChars(source.text()), new LoaderOptions());
  }

  /**
   * Reads a file.
   *
   * @throws AtmosException if it isn't such a file
   */
  public static ConfigValue read(String name, byte[] bytes) {
    Utf8 decoded = Utf8.decode(bytes);
    Source source = new Source(name, decoded.text());
    String problem = decoded.problem();
    if (problem != null) {
      throw new Position(source, 1, 1).error(problem);
    }
    return new StrictYaml(source).document();
  }

  private ConfigValue document() {
    next(); // the stream begins
    Event document = next();
    if (document instanceof StreamEndEvent) {
      throw at(document).error("it says nothing");
    }
    ConfigValue root = node(next(), 0);
    next(); // the document ends
    Event end = next();
    if (!(end instanceof StreamEndEvent)) {
      throw at(end).error("a second document begins here, and only one is allowed");
    }
    return root;
  }

  private ConfigValue node(Event event, int depth) {
    Position position = at(event);
    boolean tagged =
        event instanceof ScalarEvent scalar
            ? scalar.getTag() != null
            : event instanceof CollectionStartEvent start && start.getTag() != null;
    if (tagged || !(event instanceof NodeEvent node) || node.getAnchor() != null) {
      throw position.error("a policy takes no tags, anchors and aliases");
    }
    if (event instanceof ScalarEvent scalar) {
      ConfigText text = new ConfigText(scalar.getValue(), scalar.isPlain(), position);
      if (text.isNull() || text.text().isEmpty()) {
        throw position.error("a value is missing here");
      }
      return text;
    }
    if (depth == DEEPEST) {
      throw position.error("nested too deep");
    }
    return event instanceof SequenceStartEvent ? list(position, depth) : map(position, depth);
  }

  private ConfigList list(Position position, int depth) {
    List<ConfigValue> items = new ArrayList<>();
    for (Event event = next(); !(event instanceof SequenceEndEvent); event = next()) {
      items.add(node(event, depth + 1));
    }
    return new ConfigList(items, position);
  }

  private ConfigMap map(Position position, int depth) {
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (Event event = next(); !(event instanceof MappingEndEvent); event = next()) {
      Position key = at(event);
      if (!(event instanceof ScalarEvent) || !(node(event, depth) instanceof ConfigText text)) {
        throw key.error("a key must be a text");
      }
      ConfigMap.Entry entry = new ConfigMap.Entry(key, node(next(), depth + 1));
      if (entries.putIfAbsent(text.text(), entry) != null) {
        throw key.error("this key stands here twice");
      }
    }
    return new ConfigMap(entries, position);
  }

  private Event next() {
    try {
      return parser.getEvent();
    } catch (MarkedYAMLException e) {
      Mark mark = YamlSyntaxErrors.mark(e);
      throw (mark == null ? new Position(source, 1, 1) : at(mark))
          .error(YamlSyntaxErrors.sentence(e));
    } catch (RuntimeException e) {
      // The parser also fails in ways that it doesn't mean to, such as a NumberFormatException.
      throw new Position(source, 1, 1).error(YamlSyntaxErrors.UNKNOWN);
    }
  }

  private Position at(Event event) {
    return at(event.getStartMark());
  }

  private Position at(Mark mark) {
    return new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
