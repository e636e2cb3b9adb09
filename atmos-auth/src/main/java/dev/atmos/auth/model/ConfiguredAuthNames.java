package dev.atmos.auth.model;

import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Optional;

/**
 * The names of the {@code auth} section, for completion. Whatever is wrong with the section, there
 * are fewer names, and nothing runs.
 */
public final class ConfiguredAuthNames implements ConfiguredNames {
  private final Services services;

  /** The names of the section that the services have. */
  public ConfiguredAuthNames(Services services) {
    this.services = services;
  }

  @Override
  public List<String> identities() {
    return names(AuthPart.IDENTITIES);
  }

  @Override
  public List<String> providers() {
    return names(AuthPart.PROVIDERS);
  }

  @Override
  public List<String> integrations() {
    return names(AuthPart.INTEGRATIONS);
  }

  @Override
  public Optional<String> chosenIdentity() {
    return services.environment().nonEmpty("ATMOS_IDENTITY").isPresent()
        ? Optional.empty()
        : new ChosenIdentity(services).name();
  }

  @Override
  public boolean startsFromEnvironment(String identity) {
    AuthGraph graph = AuthGraph.of(services);
    return graph
        .entry(AuthPart.IDENTITIES, identity)
        .flatMap(graph::chain)
        .map(List::getFirst)
        .filter(root ->
            root.type().orElse(null) instanceof IdentityType type
                && type.create(Definitions.of(services, root.name(), root.fields()), services)
                    .isAmbient())
        .isPresent();
  }

  @Override
  public Description describe(String identity) {
    return services
        .configMap(AuthFields.AUTH)
        .flatMap(auth -> auth.map(AuthFields.IDENTITIES))
        .flatMap(identities -> identities.map(identity))
        .flatMap(fields ->
            services
                .kinds()
                .identities()
                .find(fields.text(AuthFields.KIND).orElse(""))
                .map(type -> type.describe(Definitions.of(services, identity, fields))))
        .orElse(Description.NONE);
  }

  private List<String> names(AuthPart part) {
    try {
      ConfigMap auth = services.configMap(AuthFields.AUTH).orElse(null);
      return StaticValues.value(auth, part.key()) instanceof ConfigMap map ? map.keys() : List.of();
    } catch (AtmosException e) {
      return List.of();
    }
  }
}
