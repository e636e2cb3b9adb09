package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.cli.config.trust.TrustRequest;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
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

/**
 * Finds the values of a file that need approval: the commands of {@code !exec} wherever they stand,
 * imports that lead out of the project, and values whose effect needs trust by the schemas of their
 * sections. Only {@code !include} is followed, and nothing is run.
 *
 * <p>The kind of an entry may stand in another file that the entry is merged with, so the schemas
 * of all kinds count. The field of an entry that its kind's plugin doesn't declare counts as a
 * command.
 */
final class TrustScan {
  private static final String IMPORT = "import";
  private static final String KIND = "kind";
  private static final Schema UNDECLARED = Schema.anything("");

  /** Stands for the schema of a value that has none, as nothing is known to read it. */
  private static final Schema UNREAD = Schema.object("");

  private final Map<String, Schema> sections;
  private final FileTrust trust;
  private final ConfigFile file;
  private final Optional<Path> home;
  private final IdentityHashMap<ConfigValue, Set<Schema>> visited = new IdentityHashMap<>();
  private final List<TrustRequest> requests = new ArrayList<>();

  /**
   * A scan of one file.
   *
   * @param sections what the top-level sections may hold
   */
  TrustScan(Map<String, Schema> sections, FileTrust trust, ConfigFile file, Optional<Path> home) {
    this.file = file;
    this.sections = sections;
    this.trust = trust;
    this.home = home;
  }

  /**
   * The values in a file and in files that it includes; a position names the file. A value may be
   * there more than once.
   *
   * @param root what the file holds, read for a review
   */
  List<TrustRequest> requests(ConfigMap root) {
    for (Map.Entry<String, ConfigMap.Entry> entry : root.entries().entrySet()) {
      String name = entry.getKey();
      ConfigValue value = entry.getValue().value();
      if (name.equals(IMPORT)) {
        imports(value, name);
      }
      walk(value, sections.getOrDefault(name, UNREAD), key("", name), name);
    }
    return requests;
  }

  /** Imports that lead out of the project; of a pattern, the directory that it starts in. */
  private void imports(ConfigValue value, String key) {
    if (value instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        imports(list.items().get(i), key + "[" + i + "]");
      }
    } else if (value instanceof ConfigText text && !text.isNull()) {
      try {
        String start = text.text().replaceFirst("(?s)[^/]*[*?\\[{].*", "");
        Path target = ConfigPaths.resolve(file.basePath(home), start, home);
        if (trust.isOutside(file, target)) {
          requests.add(new TrustRequest(Effect.READS, key, text.text(), text.position(), true));
        }
      } catch (InvalidPathException | AtmosException e) {
        // Such an import is an error, and reads nothing.
      }
    }
  }

  /**
   * @param name the last key on the way, or what an item of a list calls itself
   */
  private void walk(ConfigValue value, Schema schema, String key, String name) {
    // Schemas are compared by identity, as they don't define equality.
    if (!visited.computeIfAbsent(value, v -> new HashSet<>()).add(schema)) {
      return;
    }
    if (schema.type() == Schema.Type.ONE_OF) {
      for (Schema each : schema.alternatives()) {
        walk(value, each, key, name);
      }
      return;
    }
    switch (value) {
      case ConfigMap map -> {
        map.entries()
            .forEach((field, entry) -> {
              for (Schema each : fields(schema, map, field)) {
                walk(entry.value(), each, key(key, field), variable(map, field));
              }
            });
        if (!map.entries().containsKey("value")) {
          // A variable without a value is an empty one.
          schema
              .field("value")
              .map(Schema.Field::schema)
              .filter(missing -> missing.effect() == Effect.ENVIRONMENT)
              .ifPresent(each -> text("", map.position(), each, key, variable(map, "value")));
        }
      }
      case ConfigList list -> {
        Schema item =
            switch (schema.type()) {
              case LIST -> schema.item();
              case ANYTHING -> schema;
              default -> UNREAD;
            };
        for (int i = 0; i < list.items().size(); i++) {
          walk(list.items().get(i), item, key + "[" + i + "]", name);
        }
      }
      case ConfigText text -> {
        boolean isVariable = schema.effect() == Effect.ENVIRONMENT;
        if (isVariable || (!text.isNull() && !text.text().isBlank())) {
          text(text.isNull() ? "" : text.text(), text.position(), schema, key, name);
        }
      }
      case DeferredValue tagged -> tagged(tagged, schema, key, name);
    }
  }

  /** The schemas that a field of a mapping may have. */
  private static List<Schema> fields(Schema schema, ConfigMap map, String name) {
    if (schema.type() != Schema.Type.BY_KIND) {
      return List.of(field(schema, name));
    }
    ConfigMap.Entry kind = map.entries().get(KIND);
    Schema own =
        kind != null && kind.value() instanceof ConfigText text
            ? schema.kinds().getOrDefault(text.text(), UNREAD)
            : null;
    List<Schema> fields = new ArrayList<>();
    fields.add(own == null ? UNREAD : field(own, name));
    List<Schema> kinds = new ArrayList<>(schema.kinds().values());
    if (own == null || own == UNREAD) {
      // Of a kind that isn't known, any field may be a command.
      kinds.add(schema.item());
    }
    for (Schema each : kinds) {
      each.field(name).ifPresent(field -> fields.add(field.schema()));
    }
    boolean declared = fields.size() > 1;
    if (own == null && !declared && schema.kinds().values().stream().anyMatch(Schema::isOpen)) {
      fields.add(UNDECLARED);
    }
    return fields;
  }

  private static Schema field(Schema schema, String name) {
    return switch (schema.type()) {
      case MAP -> schema.item();
      case ANYTHING -> schema;
      default ->
          schema
              .field(name)
              .map(Schema.Field::schema)
              .orElse(schema.isOpen() ? UNDECLARED : UNREAD);
    };
  }

  /** The variable that a value is for: its key, or the {@code key} beside a {@code value}. */
  private static String variable(ConfigMap map, String field) {
    ConfigMap.Entry key = field.equals("value") ? map.entries().get("key") : null;
    return key != null && key.value() instanceof ConfigText text ? text.text() : field;
  }

  private void text(String text, Position position, Schema schema, String key, String name) {
    boolean declared = schema.type() != Schema.Type.ANYTHING;
    String value = schema.effect() == Effect.ENVIRONMENT ? name + "=" + text : text;
    if (trust.needsTrust(schema.effect(), file, value)) {
      requests.add(new TrustRequest(schema.effect(), key, value, position, declared));
    }
  }

  private void tagged(DeferredValue tagged, Schema schema, String key, String name) {
    switch (tagged.tag()) {
      case Tags.EXEC ->
          requests.add(
              new TrustRequest(Effect.COMMAND, key, tagged.argument(), tagged.position(), true));
      case ConfigMerge.INCLUDE, Tags.INCLUDE_RAW, ConfigMerge.APPEND -> {
        ConfigValue value;
        try {
          value = tagged.resolved();
        } catch (AtmosException e) {
          // It has no effect, and is an error where it is used.
          return;
        }
        walk(value, schema, key, name);
      }
      case "", ConfigMerge.UNSET -> {}
      case Tags.ENV -> {
        String variable = Tags.firstWord(tagged.argument());
        if (schema.effect() != Effect.DATA) {
          text(written(tagged), tagged.position(), schema, key, name);
        } else if (schema != UNREAD && trust.needsTrustToPass(variable)) {
          requests.add(new TrustRequest(Effect.DATA, key, variable, tagged.position(), true));
        }
      }
      default -> text(written(tagged), tagged.position(), schema, key, name);
    }
  }

  private static String written(DeferredValue tagged) {
    return (tagged.tag() + " " + tagged.argument()).strip();
  }

  private static String key(String path, String key) {
    String shown = key.matches("[A-Za-z0-9_/-]+") ? key : "\"" + key + "\"";
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
