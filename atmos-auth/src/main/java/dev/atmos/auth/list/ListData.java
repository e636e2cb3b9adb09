package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The listing for programs: a mapping for each part that was asked for, under its key in the
 * configuration, of names to definitions, all in the configuration's order.
 *
 * <p>What comes from the configuration has the key that it has there ({@code start_url}, {@code
 * principal.account.id}, {@code spec.cluster.name}), and is there if the configuration says it or
 * its schema has a default. Of variables, only the names are there. These keys are always there:
 *
 * <ul>
 *   <li>{@code kind};
 *   <li>{@code supplied}: whether a plugin supplies its kind;
 *   <li>{@code default} and {@code tags} (providers and identities), {@code alias} (identities, may
 *       be null);
 *   <li>{@code via} (identities and integrations): {@code provider} or {@code identity} with the
 *       name as it is written, or null; {@code link}: {@code sound}, {@code missing}, {@code
 *       ambiguous}, {@code circular} or {@code refused}; null where there is no {@code via};
 *   <li>{@code chain} (identities): the names from the root to the identity itself; null where a
 *       link of it can't be used;
 *   <li>{@code deferred}: paths of the fields whose values are made only when they are used;
 *   <li>{@code problems}: why it can't be used, one sentence each;
 *   <li>{@code position}: {@code file}, {@code line} and {@code column} of its name.
 * </ul>
 *
 * <p>Secrets, commands, and the fields of a definition that is wrong or of a kind that nothing
 * supplies are never there.
 */
final class ListData {
  private static final Set<String> ALWAYS =
      Set.of(
          AuthFields.KIND,
          AuthFields.DEFAULT,
          AuthFields.ALIAS,
          AuthFields.VIA,
          AuthFields.TAGS,
          "required");

  private ListData() {}

  static Map<String, Object> of(Listing listing) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (AuthPart part : listing.parts()) {
      Map<String, Object> definitions = new LinkedHashMap<>();
      for (AuthEntry entry : listing.selected(part)) {
        definitions.put(entry.name(), definition(listing.graph(), entry));
      }
      tree.put(part.key(), definitions);
    }
    return tree;
  }

  private static Object definition(AuthGraph graph, AuthEntry entry) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("kind", entry.kind());
    fields.put("supplied", entry.isSupplied());
    if (entry.part() != AuthPart.INTEGRATIONS) {
      fields.put("default", entry.isDefault());
      if (entry.part() == AuthPart.IDENTITIES) {
        fields.put("alias", entry.alias() == null ? null : entry.alias().text());
      }
      fields.put("tags", entry.tags());
    }
    if (entry.part() != AuthPart.PROVIDERS) {
      ResolvedVia link = entry.link();
      fields.put(
          "via", link == null ? null : Map.of(link.via().part().singular(), link.via().name()));
      fields.put("link", link == null ? null : link.state().word());
    }
    if (entry.part() == AuthPart.IDENTITIES) {
      fields.put(
          "chain",
          graph
              .chain(entry)
              .map(chain -> chain.stream().map(AuthEntry::name).toList())
              .orElse(null));
    }
    if (!entry.isBroken() && entry.schema().isPresent()) {
      for (Schema.Field field : entry.schema().get().fields()) {
        if (!ALWAYS.contains(field.name())) {
          put(fields, field, entry.knownFields());
        }
      }
    }
    fields.put("deferred", entry.deferred());
    fields.put("problems", entry.problems());
    Position position = entry.position();
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("file", position.source().name());
    place.put("line", position.line());
    place.put("column", position.column());
    fields.put("position", place);
    return fields;
  }

  private static void put(
      Map<String, @Nullable Object> tree, Schema.Field field, @Nullable ConfigValue parent) {
    Object value = value(field.schema(), DetailRows.value(parent, field.name()));
    if (value != null) {
      tree.put(field.name(), value);
    }
  }

  /** The value for programs; null where there is none, or it isn't shown. */
  private static @Nullable Object value(Schema schema, @Nullable ConfigValue value) {
    if (schema.type() == Schema.Type.OBJECT) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      for (Schema.Field field : schema.fields()) {
        put(tree, field, value);
      }
      return tree.isEmpty() ? null : tree;
    }
    if (!DetailRows.isShown(schema)) {
      return null;
    }
    if (value != null && DetailRows.isNames(schema)) {
      List<String> names = DetailRows.names(value);
      return names.isEmpty() ? null : names;
    }
    if (schema.type() == Schema.Type.ONE_OF) {
      Schema fitting = value == null ? schema : DetailRows.fitting(schema, value);
      return fitting == schema ? null : value(fitting, value);
    }
    if (value instanceof ConfigMap map && schema.type() == Schema.Type.MAP) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      map.entries().forEach((key, entry) -> tree.put(key, value(schema.item(), entry.value())));
      return tree;
    }
    if (value instanceof ConfigList list && schema.type() == Schema.Type.LIST) {
      return items(schema.item(), list);
    }
    String text = value instanceof ConfigText found && !found.isNull() ? found.text() : "";
    return text.isEmpty()
        ? schema.defaultValue().map(other -> scalar(schema, other)).orElse(null)
        : scalar(schema, text);
  }

  private static @Nullable List<Object> items(Schema schema, ConfigList list) {
    if (!DetailRows.isShown(schema)) {
      return null;
    }
    List<Object> items = new ArrayList<>();
    for (ConfigValue item : list.items()) {
      Object shown = value(schema, item);
      if (shown != null) {
        items.add(shown);
      }
    }
    return items;
  }

  private static Object scalar(Schema schema, String text) {
    return switch (schema.type()) {
      case FLAG -> text.equalsIgnoreCase("true");
      case NUMBER -> Long.valueOf(text);
      default -> schema.effect() == Effect.ENDPOINT ? DetailRows.withoutPassword(text) : text;
    };
  }
}
