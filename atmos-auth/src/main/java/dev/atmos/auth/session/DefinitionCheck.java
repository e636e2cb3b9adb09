package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthPart;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.EffectWalk;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.config.TrustPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks one definition by the schema of its kind before anything is sent or run for it. Not on the
 * token path.
 */
final class DefinitionCheck {
  private DefinitionCheck() {}

  /**
   * Checks what is written in a definition, and that it may send, read and run that. Nothing is
   * made or run. Done for all steps of a chain before the first one has an effect.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     for the first error, else for the first value of a file that isn't trusted and has to be
   */
  static void requireTrust(ChainLink link, TrustPolicy trust) {
    ConfigMap fields = ConfigDefinition.fields(link.definition());
    require(link.part(), link.type(), link.definition(), fields);
    new EffectWalk(new TrustCheck(link.definition(), trust)).walk(link.type().schema(), fields, "");
  }

  /** Leaves out what a step may not come to use: programs that talk to the user. */
  private record TrustCheck(Definition definition, TrustPolicy trust)
      implements EffectWalk.Visitor {
    @Override
    public void value(Effect effect, ConfigValue value, String text, String path, Schema schema) {
      if (effect == Effect.ENDPOINT) {
        var _ = definition.endpoint(path);
      } else if (effect == Effect.READS
          || (value instanceof DeferredValue tagged
              && tagged.tag().equals("!exec")
              && schema.type() != Schema.Type.OBJECT)) {
        // What no schema declares is an object here, and not read by the step.
        trust.require(effect, value.position(), text);
      }
    }

    @Override
    public void variable(ConfigValue value, String path, String field) {
      if (value instanceof ConfigText text) {
        String variable = text.variable() == null ? "" : text.variable();
        trust.requireVariable(text.position(), variable, field, text.text());
      }
    }

    @Override
    public void included(DeferredValue value, String path, String field) {
      trust.requireOwn(value, field);
    }
  }

  /**
   * Checks the fields that the kind declares. All of its values are made.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     for the first error
   */
  static void require(AuthPart part, KindType type, Definition definition) {
    require(part, type, definition, made(ConfigDefinition.fields(definition)));
  }

  private static void require(
      AuthPart part, KindType type, Definition definition, ConfigValue fields) {
    String path = part.path(definition.name());
    for (ConfigProblem problem : SchemaCheck.check(type.schema().withOtherKeys(), fields, path)) {
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
    ConfigValue resolved = value.resolved();
    // No switch by type: this is done in each renewal, and the JDK would first have to make it up.
    if (resolved instanceof ConfigMap map) {
      Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, ConfigMap.Entry> each : map.entries().entrySet()) {
        ConfigMap.Entry entry = each.getValue();
        entries.put(each.getKey(), new ConfigMap.Entry(entry.keyPosition(), made(entry.value())));
      }
      return new ConfigMap(entries, map.position());
    }
    return resolved instanceof ConfigList list
        ? new ConfigList(list.items().stream().map(DefinitionCheck::made).toList(), list.position())
        : resolved;
  }
}
