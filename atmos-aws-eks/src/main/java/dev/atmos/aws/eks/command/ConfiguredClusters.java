package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.integration.EksIntegrationType;
import dev.atmos.aws.eks.integration.EksSettings;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clusters of the integrations of kind {@code aws/eks}, for completion. */
final class ConfiguredClusters {
  private ConfiguredClusters() {}

  /**
   * Their names, in the order of the configuration; none if it is broken. Nothing of it is run, so
   * a name that a tag would make is left out.
   */
  static Set<String> names(Services services) {
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

  private static @Nullable ConfigValue value(@Nullable ConfigValue parent, String path) {
    ConfigValue value = parent;
    for (String key : path.split("\\.", -1)) {
      ConfigMap.Entry entry = value instanceof ConfigMap map ? map.entries().get(key) : null;
      value = entry == null ? null : entry.value();
    }
    return value;
  }
}
