package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.TrustPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes the configuration out of the files that hold it. One run of the program has one of these: a
 * file that it has read is not read again.
 *
 * <p>Without {@code --config} and {@code --config-path} and their variables, these are, from the
 * lowest rank to the highest, the {@code atmos.yaml} of the system, of {@code ~/.atmos}, of the
 * user's configuration directory, of the nearest directory above the working directory that has
 * one, of the repository's root, of the working directory, and of {@code ATMOS_CLI_CONFIG_PATH}.
 * Where the working directory has configuration of its own, or that variable is set, the
 * directories above are left out. Below each of these files rank what it imports, and below that
 * what lies in {@code .atmos.d} and {@code atmos.d} next to it. Above all of them rank the profiles
 * that are chosen.
 */
public final class ConfigLoader {
  static final Set<String> ALWAYS =
      Set.of(Layers.IMPORT, BasePaths.KEY, Profiles.SECTION, Profiles.ENV, "logs");

  private final Directories directories;
  private final Environment environment;
  private final ReadOnlyFiles reader;
  private final ConfigReads reads;
  private final CommandRunner commands;
  private final FileTrust trust;
  private final TagContext tags;

  /** A loader that looks into these directories. Nothing is read yet. */
  public ConfigLoader(
      Directories directories,
      Environment environment,
      ReadOnlyFiles reader,
      CommandRunner commands) {
    this(directories, environment, reader, commands, FileTrust.Mode.ENFORCE);
  }

  ConfigLoader(
      Directories directories,
      Environment environment,
      ReadOnlyFiles reader,
      CommandRunner commands,
      FileTrust.Mode mode) {
    this.directories = directories;
    this.environment = environment;
    this.reader = reader;
    this.commands = commands;
    this.reads = new ConfigReads(reader);
    this.trust = new FileTrust(directories, environment, reader, reads, mode);
    this.tags = tags(false);
  }

  private TagContext tags(boolean reviewing) {
    return new TagContext(directories, environment, reader, reads, commands, trust, reviewing);
  }

  /** Whether a section is always there after {@link #load}. */
  public static boolean always(String section) {
    return ALWAYS.contains(section);
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
    ConfigMap merged = new ConfigLoad(this, options, sections, null).merged();
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigMap.Entry> entry : merged.entries().entrySet()) {
      if (sections.contains(entry.getKey()) || always(entry.getKey())) {
        entries.put(entry.getKey(), entry.getValue());
      }
    }
    return new ConfigMap(entries, merged.position());
  }

  /** The whole configuration, and how it comes about. Nothing is read yet. */
  public Configuration explain(ConfigOptions options) {
    return new Explanation(this, options);
  }

  /** What makes another run read the same configuration. Nothing is read yet. */
  public ConfigSelection inForce(ConfigOptions options) {
    return new VariablesInForce(this, options);
  }

  /** Which of the files are trusted. */
  public TrustPolicy trust() {
    return trust;
  }

  /** What the files ask for that needs the user's trust, and what the user trusts. */
  public TrustReview review(ConfigOptions options, PrivateFiles privateFiles) {
    return new TrustReview(directories, environment, reader, privateFiles, options);
  }

  FileTrust fileTrust() {
    return trust;
  }

  ConfigReads reads() {
    return reads;
  }

  /** For tags that are read to be shown. */
  TagContext reviewing() {
    return tags(true);
  }

  Directories directories() {
    return directories;
  }

  Environment environment() {
    return environment;
  }

  ReadOnlyFiles reader() {
    return reader;
  }

  ImportGuard guard() {
    return trust;
  }

  /** What the tags in a file make of their values. */
  Tags tags(ConfigFile file) {
    return new Tags(tags, file);
  }

  /** Whether what a file asks for may be done. */
  SearchStep.TrustState trustOf(ConfigFile file) {
    return trust.stateOf(file);
  }
}
