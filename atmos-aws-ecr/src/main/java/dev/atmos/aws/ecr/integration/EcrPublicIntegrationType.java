package dev.atmos.aws.ecr.integration;

import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;

/** {@code aws/ecr-public}: the public registry for docker. */
public final class EcrPublicIntegrationType implements IntegrationType {
  /** The kind. */
  public static final String KIND = "aws/ecr-public";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Schema schema() {
    return EcrSettings.publicSchema();
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE.withSubject(Registry.PUBLIC.host());
  }

  @Override
  public Integration create(Definition definition, PluginContext context) {
    return new EcrIntegration(
        definition.name(), EcrSettings.registry(definition), Services.of(context));
  }
}
