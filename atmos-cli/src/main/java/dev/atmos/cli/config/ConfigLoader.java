package dev.atmos.cli.config;

import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.file.TrustState;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.MergeOrder;
import dev.atmos.cli.config.search.Profiles;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.cli.config.trust.ProtectedSettings;
import dev.atmos.cli.config.trust.TrustPorts;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Loads and merges the configuration. Each run of the program has one loader, and reads no file
 * twice.
 *
 * <p>Without {@code --config} and {@code --config-path} and their variables, the files are, from
 * the lowest rank to the highest, the {@code atmos.yaml} of the system, of {@code ~/.atmos}, of the
 * user's configuration directory, of the nearest directory above the working directory that has
 * one, of the repository's root, of the working directory, and of {@code ATMOS_CLI_CONFIG_PATH}.
 * Where the working directory has configuration of its own, or that variable is set, the
 * directories above are left out. Below each of these files rank what it imports, and below that
 * what lies in {@code .atmos.d} and {@code atmos.d} next to it. The selected profiles rank above
 * all of them.
 */
public final class ConfigLoader {
  static final Set<String> ALWAYS =
      Set.of(
          MergeOrder.IMPORT,
          ConfigFile.BASE_PATH,
          Profiles.SECTION,
          Profiles.ENV,
          "logs",
          ProtectedSettings.AUDIT);

  private final ConfigPorts ports;
  private final FileTrust trust;

  /** A loader that looks into the directories of the host. Nothing is read yet. */
  public ConfigLoader(TrustPorts host, CommandRunner commands) {
    ConfigFileCache cache =
        new ConfigFileCache(host.reader(), host.directories(), host.environment());
    FileTrust trust = new FileTrust(host, cache, true);
    this(
        new ConfigPorts(host.directories(), host.environment(), cache, commands, trust, trust),
        trust);
  }

  /** A loader of these files. Nothing is read yet. */
  public ConfigLoader(ConfigPorts ports, FileTrust trust) {
    this.ports = ports;
    this.trust = trust;
  }

  /** Whether {@link #load} always reads a section. */
  public static boolean always(String section) {
    return ALWAYS.contains(section);
  }

  /**
   * Reads and merges the files as far as some sections need it. That takes less time, as most of a
   * long file need not be parsed.
   *
   * @param options the options of the command line
   * @param sections the top-level keys that the result has, as far as the files have them, beside
   *     those that it has {@linkplain #always always}
   * @throws AtmosException with {@link ExitCode#USAGE} if a file that is named isn't there, if one
   *     can't be read or isn't valid, and if all together are larger than 8 MiB
   */
  public ConfigMap load(ConfigOptions options, Set<String> sections) {
    ConfigMap merged = new ConfigMerger(this, options, sections, null).merged();
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigMap.Entry> entry : merged.entries().entrySet()) {
      if (sections.contains(entry.getKey()) || always(entry.getKey())) {
        entries.put(entry.getKey(), entry.getValue());
      }
    }
    return new ConfigMap(entries, merged.position());
  }

  /** The whole configuration and its files. Nothing is read yet. */
  public Configuration explain(ConfigOptions options) {
    return new Configuration(this, options);
  }

  /** The variables that select this configuration in another run. Nothing is read yet. */
  public ConfigSelection selection(ConfigOptions options) {
    return new SelectedConfig(this, options);
  }

  /** Which of the files are trusted. */
  public FileTrust trust() {
    return trust;
  }

  ConfigPorts ports() {
    return ports;
  }

  TrustState trustOf(ConfigFile file) {
    return trust.state(file);
  }
}
