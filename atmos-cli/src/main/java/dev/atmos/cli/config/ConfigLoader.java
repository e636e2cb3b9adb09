package dev.atmos.cli.config;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.config.Trust;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.FileReader;
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
  private final ConfigReads reads;
  private final ConfigFiles files;

  /** A loader that looks into these directories. Nothing is read yet. */
  public ConfigLoader(
      Directories directories, Environment environment, FileReader reader, CommandRunner commands) {
    this.environment = environment;
    this.reads = new ConfigReads(reader);
    this.files = new ConfigFiles(directories, environment, reader, reads);
  }

  /** Whether a section is always there after {@link #load}. */
  public static boolean always(String section) {
    return section.equals("import")
        || section.equals("base_path")
        || section.equals("profiles")
        || section.equals("env")
        || section.equals("logs");
  }

  /**
   * Reads and merges the files, as far as some sections need it, which takes less time: most of a
   * long file need not be parsed.
   *
   * @param options what the command line says
   * @param sections the top-level keys that the result has, as far as the files have them, beside
   *     those that it has {@linkplain #always always}
   * @throws AtmosException with {@link ExitCode#USAGE} if a file that is named isn't there, if one
   *     can't be read or isn't valid, and if all together are larger than 8 MiB
   */
  public ConfigMap load(ConfigOptions options, Set<String> sections) {
    return merged(options.config(), null);
  }

  /** The whole configuration, and how it comes about. Nothing is read yet. */
  public Configuration explain(ConfigOptions options) {
    return new Configuration() {
      @Override
      public ConfigMap merged() {
        return ConfigLoader.this.merged(options.config(), null);
      }

      @Override
      public List<SearchStep> steps() {
        return List.of();
      }

      @Override
      public List<String> profiles() {
        return List.of();
      }
    };
  }

  /** Which of the files are trusted. */
  public Trust trust() {
    return new Trust() {
      @Override
      public boolean isTrusted(Position position) {
        return false;
      }

      @Override
      public void requireForCommand(Position position) {
        throw position.error("commands are not run");
      }

      @Override
      public void requireForEndpoint(Position position, String url) {
        throw position.error("not a host of AWS's");
      }
    };
  }

  private ConfigMap merged(List<String> configFiles, @Nullable Set<String> sections) {
    List<ConfigFile> found = files.find(configFiles);
    Budget budget = new Budget();
    ConfigMap merged = null;
    for (int i = 0; i < found.size(); i++) {
      ConfigMap map = read(found.get(i), sections, budget);
      merged = merged == null ? map : ConfigMerge.merge(merged, map, budget);
    }
    return merged == null
        ? new ConfigMap(Map.of(), new Position(new Source(ConfigFiles.NAME, ""), 1, 1))
        : merged;
  }

  private ConfigMap read(ConfigFile file, @Nullable Set<String> sections, Budget budget) {
    ConfigMap map = YamlReader.read(file, sections, tags(file), budget);
    file.setRoot(map);
    return map;
  }

  private Tags tags(ConfigFile file) {
    return new Tags(file, reads, environment);
  }
}
