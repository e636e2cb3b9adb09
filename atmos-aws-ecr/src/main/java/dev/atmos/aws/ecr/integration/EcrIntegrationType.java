package dev.atmos.aws.ecr.integration;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;

/** {@code aws/ecr}: a private registry for docker. */
public final class EcrIntegrationType implements IntegrationType {
  /** The kind. */
  public static final String KIND = "aws/ecr";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Schema schema() {
    return EcrSettings.schema();
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE
        .withSubject(definition.text(EcrSettings.ACCOUNT).orElse(null))
        .withRegion(definition.text(EcrSettings.REGION).orElse(null));
  }

  @Override
  public Integration create(Definition definition, PluginContext context) {
    return new EcrIntegration(
        definition.name(), EcrSettings.registry(definition), Services.of(context));
  }
}
