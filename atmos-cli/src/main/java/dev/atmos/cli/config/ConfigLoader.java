package dev.atmos.cli.config;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.FileReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configuration out of the files that hold it.
 *
 * <p>Without {@code --config} and {@code ATMOS_CONFIG}, these are, from the lowest rank to the
 * highest, the {@code atmos.yaml} of the system, of {@code ~/.atmos}, of the user's configuration
 * directory, of the nearest directory above the working directory that has one, of the repository's
 * root, and of the working directory. Where the working directory has configuration of its own, the
 * directories above it are left out.
 */
public final class ConfigLoader {
  private final Environment environment;
  private final ConfigFiles files;

  /** A loader that looks into these directories. Nothing is read yet. */
  public ConfigLoader(Directories directories, Environment environment, FileReader reader) {
    this.environment = environment;
    this.files = new ConfigFiles(directories, environment, reader);
  }

  /**
   * Reads and merges the files.
   *
   * @param configFiles the values of {@code --config}, each of them one path or several with commas
   *     between them; empty if the option isn't given
   * @return what the files say; an empty mapping if there is no file
   * @throws AtmosException with {@link ExitCode#USAGE} if a file that is named isn't there, if one
   *     can't be read or isn't valid, and if all together are larger than 8 MiB
   */
  public ConfigMap load(List<String> configFiles) {
    return merged(configFiles, null);
  }

  /**
   * Does the same for some sections only, which takes less time: most of a long file need not be
   * parsed.
   *
   * @param sections the top-level keys that the result has, as far as the files have them
   * @throws AtmosException in the same cases
   */
  public ConfigMap load(List<String> configFiles, Set<String> sections) {
    ConfigMap merged = merged(configFiles, sections);
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigMap.Entry> entry : merged.entries().entrySet()) {
      if (sections.contains(entry.getKey())) {
        entries.put(entry.getKey(), entry.getValue());
      }
    }
    return new ConfigMap(entries, merged.position());
  }

  private ConfigMap merged(List<String> configFiles, @Nullable Set<String> sections) {
    List<ConfigFiles.Content> contents = files.find(configFiles);
    Budget budget = new Budget();
    ConfigMap merged = null;
    for (int i = 0; i < contents.size(); i++) {
      ConfigFiles.Content content = contents.get(i);
      ConfigMap map =
          YamlReader.read(
              content.path().toString(), content.bytes(), sections, environment, budget);
      merged = merged == null ? map : ConfigMerge.merge(merged, map, budget);
    }
    return merged == null
        ? new ConfigMap(Map.of(), new Position(new Source(ConfigFiles.NAME, ""), 1, 1))
        : merged;
  }
}
