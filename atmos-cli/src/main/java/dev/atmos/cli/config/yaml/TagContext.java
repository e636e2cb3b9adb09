package dev.atmos.cli.config.yaml;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.config.TrustPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the tags of all files of a run need, and the values that they have made: a command is run
 * once, even where its file is parsed twice.
 */
public final class TagContext {
  private static final int MOST_INCLUDES = ConfigFileCache.MOST_FILES;

  private final Directories directories;
  private final Environment environment;
  private final ConfigFileCache cache;
  private final CommandRunner commands;
  private final TrustPolicy trust;
  private final ImportGuard guard;
  private final boolean reviewing;
  private final Map<String, Object> made = new HashMap<>();
  private int includes;
  private long includedBytes;

  /**
   * A context in which nothing has been made yet.
   *
   * @param reviewing whether the files are read to be shown and not to be used; then even {@code
   *     !env} isn't read before it is used
   */
  public TagContext(
      Directories directories,
      Environment environment,
      ConfigFileCache cache,
      CommandRunner commands,
      TrustPolicy trust,
      ImportGuard guard,
      boolean reviewing) {
    this.directories = directories;
    this.environment = environment;
    this.cache = cache;
    this.commands = commands;
    this.trust = trust;
    this.guard = guard;
    this.reviewing = reviewing;
  }

  Directories directories() {
    return directories;
  }

  Environment environment() {
    return environment;
  }

  public ConfigFileCache cache() {
    return cache;
  }

  CommandRunner commands() {
    return commands;
  }

  TrustPolicy trust() {
    return trust;
  }

  public ImportGuard guard() {
    return guard;
  }

  boolean reviewing() {
    return reviewing;
  }

  /**
   * The text that was made at a place, or is made now; a failure is kept as well.
   *
   * @param place names the tag and its position
   */
  String once(String place, Supplier<String> maker) {
    Object known = made.get(place);
    if (known == null) {
      try {
        known = maker.get();
      } catch (AtmosException e) {
        known = e;
      }
      made.put(place, known);
    }
    if (known instanceof AtmosException e) {
      throw e;
    }
    return (String) known;
  }

  /** Counts an included file: a file that is included often is parsed as often. */
  void include(ConfigFile file, Position entry) {
    includes++;
    includedBytes += file.bytes().length;
    if (includes > MOST_INCLUDES || includedBytes > ConfigFileCache.MOST_BYTES) {
      throw entry.error(
          "too much is included: at most "
              + MOST_INCLUDES
              + " times, and "
              + ConfigFileCache.MOST_BYTES / (1024 * 1024)
              + " MiB in all");
    }
  }
}
