package dev.atmos.services.testing;

import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The tree of an {@code atmos.yaml}, as the host makes it: scalars are texts, everything has its
 * position, and a tag makes its value when it is used. {@code !exec} fails the test that it runs
 * in, unless the test gives its output; {@code !env} is the empty text; {@code !include} is the
 * YAML text behind it.
 */
public final class YamlConfig {
  private final Source source;
  private final Map<String, String> commands;

  private YamlConfig(String name, String text, Map<String, String> commands) {
    this.source = new Source(name, text);
    this.commands = commands;
  }

  /** The root of a file of that text. */
  public static ConfigMap root(String text) {
    return root(text, Map.of());
  }

  /** The root of a file of that name and text. */
  public static ConfigMap root(String file, String text) {
    return (ConfigMap) parse(file, text, Map.of());
  }

  /**
   * The root of a file of that text.
   *
   * @param commands what each command that may run prints
   */
  public static ConfigMap root(String text, Map<String, String> commands) {
    return (ConfigMap) parse("atmos.yaml", text, commands);
  }

  /** The {@code auth} section of a file of that text. */
  public static ConfigMap auth(String text) {
    return root(text).map("auth").orElseThrow();
  }

  private static ConfigValue parse(String name, String text, Map<String, String> commands) {
    Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    return new YamlConfig(name, text, commands).value(node);
  }

  private ConfigValue value(Node node) {
    Position position =
        new Position(
            source, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
    if (node instanceof MappingNode mapping) {
      Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        ScalarNode key = (ScalarNode) tuple.getKeyNode();
        ConfigText text = (ConfigText) value(key);
        entries.put(
            key.getValue(), new ConfigMap.Entry(text.position(), value(tuple.getValueNode())));
      }
      return new ConfigMap(entries, position);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigValue> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(value(item)));
      return new ConfigList(items, position);
    }
    ScalarNode scalar = (ScalarNode) node;
    String text = scalar.getValue();
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    String tag = scalar.getTag().getValue();
    if (tag.startsWith("tag:yaml.org,2002:")) {
      return new ConfigText(text, plain, position);
    }
    return switch (tag) {
      case "!env" -> new ConfigText("", false, position);
      case "!include" ->
          new DeferredValue(tag, text, position, () -> parse("included.yaml", text, commands));
      case "!exec" ->
          new DeferredValue(
              tag,
              text,
              position,
              () -> {
                String output = commands.get(text);
                if (output == null) {
                  throw new AssertionError("ran: " + text);
                }
                return new ConfigText(output, false, position);
              });
      default -> DeferredValue.unreadable("an unknown tag", position);
    };
  }
}
