package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.integration.EksIntegrationType;
import dev.atmos.aws.eks.integration.EksSettings;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that an option could have. They are looked up when a shell asks for them. */
final class CompletionValues implements Iterable<String> {
  static final char CLUSTERS = 'c';
  static final char IDENTITIES = 'i';
  static final char INTEGRATIONS = 'n';
  static final char REGIONS = 'r';

  private final Services services;
  private final char which;

  CompletionValues(Services services, char which) {
    this.services = services;
    this.which = which;
  }

  @Override
  public Iterator<String> iterator() {
    return switch (which) {
      case REGIONS -> KnownRegions.NAMES.iterator();
      case CLUSTERS -> clusters().iterator();
      case INTEGRATIONS -> services.service(ConfiguredNames.class).integrations().iterator();
      default -> services.service(ConfiguredNames.class).identities().iterator();
    };
  }

  /** The clusters of integrations. None if the configuration is broken; nothing of it is run. */
  private Set<String> clusters() {
    Set<String> names = new LinkedHashSet<>();
    try {
      ConfigMap auth = services.configMap("auth").orElse(null);
      if (value(auth, "integrations") instanceof ConfigMap integrations) {
        for (ConfigMap.Entry integration : integrations.entries().values()) {
          if (value(integration.value(), "kind") instanceof ConfigText kind
              && kind.text().equals(EksIntegrationType.KIND)
              && value(integration.value(), EksSettings.CLUSTER_NAME) instanceof ConfigText name
              && !name.text().isEmpty()) {
            names.add(name.text());
          }
        }
      }
    } catch (AtmosException e) {
      // Completion has no way to report it.
    }
    return names;
  }

  /** The value at a path; null if it isn't there, or if a tag would have to make it. */
  private static @Nullable ConfigValue value(@Nullable ConfigValue parent, String path) {
    ConfigValue value = parent;
    for (String key : path.split("\\.", -1)) {
      ConfigMap.Entry entry = value instanceof ConfigMap map ? map.entries().get(key) : null;
      value = entry == null ? null : entry.value();
    }
    return value;
  }
}
