package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tags of all files of a run need, and what they have come to: a command is run once, even
 * where its file is parsed twice.
 */
final class TagContext {
  private static final int MOST_INCLUDES = ConfigReads.MOST_FILES;

  private final Directories directories;
  private final Environment environment;
  private final ReadOnlyFiles reader;
  private final ConfigReads reads;
  private final CommandRunner commands;
  private final FileTrust trust;
  private final boolean reviewing;
  private final Map<String, Object> made = new HashMap<>();
  private final Map<Path, Optional<GitRepository>> repositories = new HashMap<>();
  private int includes;
  private long includedBytes;

  /**
   * @param reviewing whether the files are read to be shown and not to be used; then even {@code
   *     !env} isn't read before it is used
   */
  TagContext(
      Directories directories,
      Environment environment,
      ReadOnlyFiles reader,
      ConfigReads reads,
      CommandRunner commands,
      FileTrust trust,
      boolean reviewing) {
    this.directories = directories;
    this.environment = environment;
    this.reader = reader;
    this.reads = reads;
    this.commands = commands;
    this.trust = trust;
    this.reviewing = reviewing;
  }

  Directories directories() {
    return directories;
  }

  Environment environment() {
    return environment;
  }

  ConfigReads reads() {
    return reads;
  }

  CommandRunner commands() {
    return commands;
  }

  FileTrust trust() {
    return trust;
  }

  boolean reviewing() {
    return reviewing;
  }

  /**
   * What was made at a place, or is made now: the text or the failure is kept.
   *
   * @param place names the tag and where it stands
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

  /**
   * The repository that a file is in; else, as for the user's own configuration, the one that the
   * working directory is in; null if there is neither.
   *
   * @throws IOException if there is one that can't be read
   */
  @Nullable GitRepository repository(ConfigFile file) throws IOException {
    GitRepository own = repository(file.directory());
    return own == null ? repository(directories.workingDirectory()) : own;
  }

  private @Nullable GitRepository repository(Path directory) throws IOException {
    Optional<GitRepository> known = repositories.get(directory);
    if (known == null) {
      known = Optional.ofNullable(GitRepository.of(directory, reader));
      repositories.put(directory, known);
    }
    return known.orElse(null);
  }

  /** Counts what is included: a file that is included often is parsed as often. */
  void include(ConfigFile file, Position entry) {
    includes++;
    includedBytes += file.bytes().length;
    if (includes > MOST_INCLUDES || includedBytes > ConfigReads.MOST_BYTES) {
      throw entry.error(
          "too much is included: at most "
              + MOST_INCLUDES
              + " times, and "
              + ConfigReads.MOST_BYTES / (1024 * 1024)
              + " MiB in all");
    }
  }
}
