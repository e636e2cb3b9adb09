package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.config.TrustPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds values that will be refused when they are used, because the user hasn't approved their
 * file. Warns about each file once for each effect, and runs nothing.
 */
public final class TrustCheck {
  private static final Schema UNKNOWN = Schema.anything("");

  private final TrustPolicy trust;
  private final Set<List<String>> reported = new HashSet<>();
  private final IdentityHashMap<ConfigValue, Set<Schema>> visited = new IdentityHashMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  private TrustCheck(TrustPolicy trust) {
    this.trust = trust;
  }

  /**
   * The values that will be refused.
   *
   * @param path the keys that lead to the value, joined by dots, such as {@code auth}
   */
  public static List<ConfigProblem> check(
      Schema schema, ConfigValue value, String path, TrustPolicy trust) {
    TrustCheck check = new TrustCheck(trust);
    check.value(schema, value, path, "");
    return List.copyOf(check.problems);
  }

  /**
   * @param name the last key on the way, or what an item of a list calls itself
   */
  private void value(Schema schema, ConfigValue value, String path, String name) {
    if (schema.type() == Schema.Type.ONE_OF) {
      schema.alternatives().forEach(each -> value(each, value, path, name));
      return;
    }
    // What aliases bring to many places says the same in each of them.
    if (!visited.computeIfAbsent(value, _ -> new HashSet<>()).add(schema)) {
      return;
    }
    if (value instanceof DeferredValue tagged && tagged.tag().equals("!exec")) {
      require(Effect.COMMAND, tagged.position(), tagged.argument(), path);
      return;
    }
    ConfigValue found = value;
    if (value instanceof DeferredValue tagged) {
      if (SchemaCheck.isDeferred(value)) {
        return;
      }
      try {
        found = tagged.resolved();
      } catch (AtmosException e) {
        // The check of the schema reports it.
        return;
      }
    }
    if (found instanceof ConfigText text) {
      boolean isVariable = schema.effect() == Effect.ENVIRONMENT;
      String written = text.isNull() ? "" : text.text();
      if (isVariable) {
        require(Effect.ENVIRONMENT, text.position(), name + "=" + written, path);
      } else if (!written.isEmpty() && schema != UNKNOWN) {
        require(schema.effect(), text.position(), written, path);
      }
    } else if (found instanceof ConfigList list) {
      Schema item = schema.type() == Schema.Type.LIST ? schema.item() : UNKNOWN;
      for (int i = 0; i < list.items().size(); i++) {
        value(item, list.items().get(i), path + "[" + i + "]", name);
      }
    } else if (found instanceof ConfigMap map) {
      for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
        value(
            child(schema, map, entry.getKey()),
            entry.getValue().value(),
            SchemaCheck.path(path, entry.getKey()),
            variable(map, entry.getKey()));
      }
      if (isVariableWithoutValue(schema, map)) {
        require(Effect.ENVIRONMENT, map.position(), variable(map, "value") + "=", path);
      }
    }
  }

  private static boolean isVariableWithoutValue(Schema schema, ConfigMap map) {
    return !map.entries().containsKey("value")
        && schema
            .field("value")
            .filter(value -> value.schema().effect() == Effect.ENVIRONMENT)
            .isPresent();
  }

  /** The variable that a value is for: its key, or the {@code key} beside a {@code value}. */
  private static String variable(ConfigMap map, String field) {
    ConfigText key = field.equals("value") ? StaticValues.text(map, "key") : null;
    return key == null ? field : key.text();
  }

  private void require(Effect effect, Position position, String value, String path) {
    try {
      trust.require(effect, position, value);
    } catch (AtmosException e) {
      ConfigProblem problem = ConfigProblem.of(path, position, e);
      if (reported.add(List.of(position.source().name(), problem.sentence()))) {
        problems.add(ConfigProblem.warning(path, position, problem.sentence(), problem.hint()));
      }
    }
  }

  private static Schema child(Schema schema, ConfigMap map, String key) {
    Schema fields = schema.type() == Schema.Type.BY_KIND ? ofKind(schema, map) : schema;
    return fields.type() == Schema.Type.MAP
        ? fields.item()
        : fields.field(key).map(Schema.Field::schema).orElse(UNKNOWN);
  }

  private static Schema ofKind(Schema schema, ConfigMap map) {
    ConfigText kind = StaticValues.text(map, AuthFields.KIND);
    return kind == null ? schema.item() : schema.kinds().getOrDefault(kind.text(), schema.item());
  }
}
