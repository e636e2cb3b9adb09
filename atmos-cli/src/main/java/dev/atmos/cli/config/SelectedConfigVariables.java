package dev.atmos.cli.config;

import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.Profiles;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects the configuration of this run by variables. */
final class SelectedConfigVariables implements ConfigSelection {
  private static final String AUTH = "auth";
  private static final String REALM = "ATMOS_AUTH_REALM";

  private final ConfigLoader loader;
  private final ConfigOptions options;
  private @Nullable Map<String, String> variables;

  SelectedConfigVariables(ConfigLoader loader, ConfigOptions options) {
    this.loader = loader;
    this.options = options;
  }

  @Override
  public Map<String, String> variables() {
    Map<String, String> known = variables;
    if (known == null) {
      known = find();
      variables = known;
    }
    return known;
  }

  private Map<String, String> find() {
    SelectedConfig selected = new ConfigMerger(loader, options, Set.of(), null).selected();
    List<String> files = new ArrayList<>();
    for (Path file : selected.files()) {
      files.add(file.toString());
    }
    Path basePath = selected.basePath();
    Map<String, String> found = new LinkedHashMap<>();
    found.put("ATMOS_CONFIG", atCommas(files));
    found.put("ATMOS_CONFIG_PATH", "");
    found.put("ATMOS_CHDIR", "");
    found.put("ATMOS_BASE_PATH", basePath == null ? "" : basePath.toString());
    found.put("ATMOS_PROFILE", atCommas(selected.profiles()));
    found.put(REALM, realm());
    return Collections.unmodifiableMap(found);
  }

  /** The variable, else its value in the configuration, else the realm of the section. */
  private String realm() {
    ConfigMap config = loader.load(options, Set.of(AUTH));
    Optional<String> variable = loader.environment().get(REALM);
    if (variable.isEmpty()) {
      variable = text(config, Profiles.ENV, REALM);
    }
    return variable.isPresent() && !variable.get().isEmpty()
        ? variable.get()
        : text(config, AUTH, "realm").orElse("");
  }

  private static Optional<String> text(ConfigMap config, String section, String key) {
    return config.map(section).flatMap(fields -> fields.text(key));
  }

  private static String atCommas(List<String> texts) {
    for (String text : texts) {
      if (text.indexOf(',') >= 0) {
        throw new AtmosException(
            ExitCode.USAGE,
            text + " has a comma in its path, so that no variable can name it",
            "move it to a path without one, or name a link to it with --config");
      }
    }
    return String.join(",", texts);
  }
}
