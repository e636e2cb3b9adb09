package dev.atmos.services.kube;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identities of the configuration in force, and the variables by which an entry of a kubeconfig
 * names that configuration. An entry of another configuration is never judged by this one.
 *
 * @param selections the variables of {@link ConfigSelection}, in each form that an entry may have
 * @param names the names of the identities, also of those that providers offer
 */
public record SelectedIdentities(List<Map<String, String>> selections, List<String> names) {
  /** The variable that names the files. */
  public static final String FILES = "ATMOS_CONFIG";

  private static final List<String> VARIABLES = List.of(FILES, "ATMOS_PROFILE", "ATMOS_AUTH_REALM");

  /** Keeps copies of the lists. */
  public SelectedIdentities {
    selections = List.copyOf(selections);
    names = List.copyOf(names);
  }

  /** Those of the configuration in force; empty if it can't be read. */
  public static Optional<SelectedIdentities> of(Services services) {
    try {
      ConfigSelection selection = services.configSelection();
      List<String> names =
          services
              .configMap("auth")
              .flatMap(auth -> auth.map("identities"))
              .map(ConfigMap::keys)
              .orElse(List.of());
      List<Map<String, String>> selections = new ArrayList<>();
      selections.add(selection.variables());
      // An entry names no file that isn't trusted unless its identity needs it.
      selections.add(selection.variablesOf(null));
      for (String name : names) {
        selections.add(selection.variablesOf(name));
      }
      return Optional.of(new SelectedIdentities(selections.stream().distinct().toList(), names));
    } catch (AtmosException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether an entry with these variables means the configuration in force.
   *
   * @param variables the variables of the entry's command
   */
  public boolean isOf(Map<String, String> variables) {
    return variables.containsKey(FILES)
        && selections.stream()
            .anyMatch(selection ->
                VARIABLES.stream()
                    .allMatch(name ->
                        selection.getOrDefault(name, "").equals(variables.getOrDefault(name, ""))));
  }

  /** Whether an identity is configured; names may be spelt in any case. */
  public boolean has(String identity) {
    return names.stream().anyMatch(identity::equalsIgnoreCase);
  }
}
