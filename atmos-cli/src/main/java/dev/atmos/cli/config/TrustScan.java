package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a file asks for: the commands of {@code !exec} wherever they stand, and, by the shapes
 * of the sections, the texts that are run and those that something is sent to. No tag but {@code
 * !include} is looked behind, and nothing is run.
 *
 * <p>Which kind an entry is of may be said by another file that it is merged with, so every text is
 * found that is run or sent to in any kind.
 */
final class TrustScan {
  private static final String IMPORT = "import";

  private final Map<String, Schema> sections;
  private final TagContext context;
  private final IdentityHashMap<ConfigValue, IdentityHashMap<Schema, Boolean>> visited =
      new IdentityHashMap<>();
  private final Schema anything = new Schema.Anything("");
  private final Set<String> places = new HashSet<>();
  private final List<Ask> asks = new ArrayList<>();

  /**
   * @param sections what the top-level sections may hold
   */
  TrustScan(Map<String, Schema> sections, TagContext context) {
    this.sections = sections;
    this.context = context;
  }

  /**
   * What a file asks for, and what the files ask for that it includes; the positions say which
   * does.
   *
   * @param root what the file holds, read for a review
   */
  List<Ask> asks(ConfigFile file, ConfigMap root) {
    for (Map.Entry<String, ConfigMap.Entry> entry : root.entries().entrySet()) {
      String name = entry.getKey();
      if (name.equals(IMPORT)) {
        imports(file, entry.getValue().value(), name);
      }
      walk(entry.getValue().value(), sections.get(name), key("", name));
    }
    return asks;
  }

  /** Imports that lead out of the project; of a pattern, as far as it is a path. */
  private void imports(ConfigFile file, ConfigValue value, String key) {
    if (value instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        imports(file, list.items().get(i), key + "[" + i + "]");
      }
    } else if (value instanceof ConfigText text && !text.isNull()) {
      try {
        Optional<Path> home = context.directories().home();
        Path target = Paths.resolve(file.basePath(), withoutPattern(text.text()), home);
        if (context.trust().isOutside(file, target)) {
          add(Ask.Kind.READ, key, text.text(), text.position());
        }
      } catch (InvalidPathException | AtmosException e) {
        // Nothing can be read by it.
      }
    }
  }

  private static String withoutPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, text.lastIndexOf('/', i) + 1);
      }
    }
    return text;
  }

  private void walk(ConfigValue value, @Nullable Schema shape, String key) {
    IdentityHashMap<Schema, Boolean> shapes =
        visited.computeIfAbsent(value, v -> new IdentityHashMap<>());
    if (shapes.put(shape == null ? anything : shape, true) != null) {
      return;
    }
    if (shape instanceof Schema.OneOf oneOf) {
      for (Schema each : oneOf.shapes()) {
        walk(value, each, key);
      }
      return;
    }
    if (shape instanceof Schema.Kinds kinds) {
      for (Schema.Fields each : kinds.kinds().values()) {
        walk(value, each, key);
      }
      walk(value, kinds.other(), key);
      return;
    }
    switch (value) {
      case ConfigMap map -> map(map, shape, key);
      case ConfigList list -> {
        Schema item = shape instanceof Schema.Items items ? items.item() : null;
        for (int i = 0; i < list.items().size(); i++) {
          walk(list.items().get(i), item, key + "[" + i + "]");
        }
      }
      case ConfigText text -> {
        if (!text.isNull() && !text.text().isBlank()) {
          text(text.text(), text.position(), shape, key);
        }
      }
      case DeferredValue tagged -> tagged(tagged, shape, key);
    }
  }

  private void map(ConfigMap map, @Nullable Schema shape, String key) {
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      Schema below = null;
      if (shape instanceof Schema.Named named) {
        below = named.value();
      } else if (shape instanceof Schema.Fields fields) {
        below = field(fields, entry.getKey());
      }
      walk(entry.getValue().value(), below, key(key, entry.getKey()));
    }
  }

  private static @Nullable Schema field(Schema.Fields fields, String name) {
    for (Schema.Field field : fields.fields()) {
      if (field.name().equals(name)) {
        return field.shape();
      }
    }
    return null;
  }

  private void text(String text, Position position, @Nullable Schema shape, String key) {
    Schema.Role role = shape instanceof Schema.Text known ? known.role() : Schema.Role.PLAIN;
    if (role == Schema.Role.COMMAND) {
      add(Ask.Kind.RUN, key, text, position);
    } else if (role == Schema.Role.ENDPOINT && !AwsHosts.owns(text)) {
      add(Ask.Kind.SEND, key, text, position);
    }
  }

  private void tagged(DeferredValue tagged, @Nullable Schema shape, String key) {
    switch (tagged.tag()) {
      case Tags.EXEC -> add(Ask.Kind.RUN, key, tagged.argument(), tagged.position());
      case Tags.INCLUDE, Tags.INCLUDE_RAW, Tags.APPEND -> {
        ConfigValue value;
        try {
          value = tagged.resolved();
        } catch (AtmosException e) {
          // Who uses it is told; nothing comes of it.
          return;
        }
        walk(value, shape, key);
      }
      case "", Tags.UNSET -> {}
      default ->
          text((tagged.tag() + " " + tagged.argument()).strip(), tagged.position(), shape, key);
    }
  }

  private void add(Ask.Kind kind, String key, String text, Position position) {
    if (places.add(kind + " " + position)) {
      asks.add(new Ask(kind, key, text, position));
    }
  }

  private static String key(String path, String key) {
    boolean plain = !key.isEmpty();
    for (int i = 0; i < key.length() && plain; i++) {
      char c = key.charAt(i);
      plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-'
              || c == '/';
    }
    String shown = plain ? key : "\"" + key + "\"";
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /**
   * A digest of what a file holds beside what it asks for; comments and layout are left out.
   *
   * @param root what the file holds, read for a review
   * @param asks what it asks for
   */
  static String restOf(ConfigMap root, List<Ask> asks) {
    Set<String> places = new HashSet<>();
    for (Ask ask : asks) {
      places.add(ask.position().toString());
    }
    return digest(root, places, new IdentityHashMap<>());
  }

  private static String digest(
      ConfigValue value, Set<String> places, IdentityHashMap<ConfigValue, String> known) {
    String digest = known.get(value);
    if (digest == null) {
      StringBuilder text = new StringBuilder();
      switch (value) {
        case ConfigMap map -> {
          text.append('{');
          for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
            text.append(Digests.of(entry.getKey()));
            text.append(digest(entry.getValue().value(), places, known));
          }
        }
        case ConfigList list -> {
          text.append('[');
          for (ConfigValue item : list.items()) {
            text.append(digest(item, places, known));
          }
        }
        case ConfigText scalar -> {
          text.append(scalar.plain() ? '-' : '"');
          text.append(places.contains(scalar.position().toString()) ? "" : scalar.text());
        }
        case DeferredValue tagged -> {
          text.append(tagged.tag()).append(' ');
          if (tagged.tag().equals(Tags.APPEND)) {
            text.append(digest(tagged.resolved(), places, known));
          } else if (!places.contains(tagged.position().toString())) {
            text.append(tagged.argument());
          }
        }
      }
      digest = Digests.of(text.toString());
      known.put(value, digest);
    }
    return digest;
  }
}
