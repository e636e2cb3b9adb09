package dev.atmos.auth;

import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the tree of an {@code atmos.yaml} with the positions that its text would give. */
final class TestConfig {
  /** What a key without a value is in the tree. */
  static final String NOTHING = "~";

  private final Map<String, Object> root = new LinkedHashMap<>();

  /** Sets {@code auth.<path>}, whose keys are separated by dots. */
  TestConfig auth(String path, String value) {
    put(section("auth"), path, value);
    return this;
  }

  /** An {@code auth} section, even if nothing is in it. */
  TestConfig section() {
    section("auth");
    return this;
  }

  /** An {@code auth.identities} section, even if nothing is in it. */
  TestConfig identities() {
    child(section("auth"), "identities");
    return this;
  }

  /**
   * An identity.
   *
   * @param fields keys, dotted where they are nested, each followed by its value
   */
  TestConfig identity(String name, String... fields) {
    Map<String, Object> identity = child(child(section("auth"), "identities"), name);
    for (int i = 0; i < fields.length; i += 2) {
      put(identity, fields[i], fields[i + 1]);
    }
    return this;
  }

  /** An identity that is a text and not a mapping. */
  TestConfig identityText(String name, String text) {
    child(section("auth"), "identities").put(name, text);
    return this;
  }

  ConfigMap build() {
    Source source = new Source("atmos.yaml", new Rendering(null).render(root));
    Rendering rendering = new Rendering(source);
    rendering.render(root);
    return rendering.tree(root, 0);
  }

  private Map<String, Object> section(String name) {
    return child(root, name);
  }

  private static void put(Map<String, Object> map, String path, String value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      map.put(path, value);
    } else {
      put(child(map, path.substring(0, dot)), path.substring(dot + 1), value);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> map, String key) {
    return (Map<String, Object>)
        map.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
  }

  private static final class Rendering {
    private final @Nullable Source source;
    private final StringBuilder text = new StringBuilder();
    private int line = 1;

    Rendering(@Nullable Source source) {
      this.source = source;
    }

    String render(Map<String, Object> map) {
      lines(map, 0);
      return text.toString();
    }

    private void lines(Map<String, Object> map, int depth) {
      for (Map.Entry<String, Object> entry : map.entrySet()) {
        text.append("  ".repeat(depth)).append(entry.getKey()).append(':');
        if (entry.getValue() instanceof String value) {
          text.append(' ').append(value).append('\n');
        } else {
          text.append('\n');
          lines(nested(entry.getValue()), depth + 1);
        }
      }
    }

    ConfigMap tree(Map<String, Object> map, int depth) {
      Position begin = position(depth * 2 + 1);
      Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, Object> entry : map.entrySet()) {
        Position key = position(depth * 2 + 1);
        Position value = position(depth * 2 + entry.getKey().length() + 3);
        line++;
        ConfigValue node;
        if (entry.getValue() instanceof String scalar) {
          node = new ConfigText(scalar, scalar.equals(NOTHING), value);
        } else {
          node = tree(nested(entry.getValue()), depth + 1);
        }
        entries.put(entry.getKey(), new ConfigMap.Entry(key, node));
      }
      return new ConfigMap(entries, begin);
    }

    private Position position(int column) {
      return new Position(source == null ? new Source("", "") : source, line, column);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> nested(Object map) {
      return (Map<String, Object>) map;
    }
  }
}
