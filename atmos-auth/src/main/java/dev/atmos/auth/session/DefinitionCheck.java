package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthPart;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks one definition by the schema of its kind before anything is sent or run for it. All of its
 * values are made. Not on the token path.
 */
final class DefinitionCheck {
  private DefinitionCheck() {}

  /**
   * Checks the fields that the kind declares.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     for the first error
   */
  static void require(AuthPart part, KindType type, Definition definition) {
    ConfigValue made = made(ConfigDefinition.fields(definition));
    String path = part.path(definition.name());
    for (ConfigProblem problem : SchemaCheck.check(type.schema().withOtherKeys(), made, path)) {
      if (problem.isError()) {
        throw problem.failure();
      }
    }
  }

  /**
   * The failure of a step: where its definition breaks its kind's schema, that, and not what the
   * step made of it. A step on the token path gets a definition that isn't checked.
   */
  static RuntimeException explained(ChainLink link, RuntimeException failure) {
    if (!(failure instanceof AtmosException known) || known.exitCode() == ExitCode.PLUGIN) {
      require(link.part(), link.type(), link.definition());
    }
    return failure;
  }

  private static ConfigValue made(ConfigValue value) {
    return switch (value.resolved()) {
      case ConfigMap map -> {
        Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
        map.entries()
            .forEach((key, entry) ->
                entries.put(key, new ConfigMap.Entry(entry.keyPosition(), made(entry.value()))));
        yield new ConfigMap(entries, map.position());
      }
      case ConfigList list ->
          new ConfigList(
              list.items().stream().map(DefinitionCheck::made).toList(), list.position());
      case ConfigValue other -> other;
    };
  }
}
