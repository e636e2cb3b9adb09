package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.plugin.config.Position;
import java.util.LinkedHashMap;
import java.util.Map;
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
 *       ambiguous}, {@code circular} or {@code refused}; null without {@code via};
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
        fields.put("alias", entry.alias() == null ? null : entry.alias().shown());
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
    ShownFields.put(entry, fields);
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
}
