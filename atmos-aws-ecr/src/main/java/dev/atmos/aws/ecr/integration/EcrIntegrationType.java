package dev.atmos.aws.ecr.integration;

import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;

/**
 * {@code aws/ecr} and {@code aws/ecr-public}: a private registry for docker, and the public one.
 *
 * @param kind one of the two
 */
public record EcrIntegrationType(String kind) implements IntegrationType {
  /** The kind of a private registry. */
  public static final String PRIVATE = "aws/ecr";

  /** The kind of the public registry. */
  public static final String PUBLIC = "aws/ecr-public";

  @Override
  public Schema schema() {
    return kind.equals(PUBLIC) ? EcrSettings.publicSchema() : EcrSettings.schema();
  }

  @Override
  public Description describe(Definition definition) {
    return kind.equals(PUBLIC)
        ? Description.NONE.withSubject(Registry.PUBLIC.host())
        : Description.NONE
            .withSubject(definition.text(EcrSettings.ACCOUNT).orElse(null))
            .withRegion(definition.text(EcrSettings.REGION).orElse(null));
  }

  @Override
  public Integration create(Definition definition, PluginContext context) {
    return new EcrIntegration(
        definition.name(), EcrSettings.registry(definition), Services.of(context));
  }
}
