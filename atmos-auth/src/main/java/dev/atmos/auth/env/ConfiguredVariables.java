package dev.atmos.auth.env;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.Definitions;
import dev.atmos.auth.model.IdentityVariables;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.text.DisplayNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The variables that the section {@code env} of the configuration has for all programs. */
final class ConfiguredVariables {
  /** They count in atmos itself, which is told by the variables of each identity, or nowhere. */
  private static final String OF_ATMOS = "ATMOS_";

  private ConfiguredVariables() {}

  /**
   * The variables, but for those by which programs would find other credentials than those of their
   * identity.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link ExitCode#USAGE} if one can't be passed
   *     on, or stands in a file that isn't trusted with it
   */
  static Map<String, Secret> of(Services services) {
    Optional<ConfigMap> section = services.configMap(AuthFields.ENV);
    if (section.isEmpty()) {
      return Map.of();
    }
    Map<String, ConfigMap.Entry> passed = new LinkedHashMap<>();
    section
        .get()
        .entries()
        .forEach((name, entry) -> {
          if (IdentityVariables.isCredential(name)) {
            services
                .console()
                .debug(DisplayNames.quoted(name) + " in 'env' is left to the identity");
          } else if (!name.startsWith(OF_ATMOS)) {
            passed.put(name, entry);
          }
        });
    ConfigMap variables = new ConfigMap(passed, section.get().position());
    ConfigMap root =
        new ConfigMap(
            Map.of(AuthFields.ENV, new ConfigMap.Entry(variables.position(), variables)),
            variables.position());
    Map<String, Secret> found = Definitions.of(services, "", root).variables(AuthFields.ENV);
    found.forEach((name, value) -> {
      String fault = IdentityVariables.fault(name, value.reveal());
      if (fault != null) {
        throw variables.positionOf(name).error(DisplayNames.quoted(name) + " in 'env' " + fault);
      }
    });
    return found;
  }
}
