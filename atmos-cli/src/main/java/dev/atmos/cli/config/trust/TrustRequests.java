package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.trust.TrustRecord.Approval;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.system.Digests;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what has to be approved for a value. Only for files that aren't trusted by their place. */
final class TrustRequests {
  private static final String DIRECTORY = "directory";
  private static final int LARGEST_SCRIPT = 16 * 1024 * 1024;

  private final FileTrust trust;
  private final ConfigFileCache cache;
  private final Directories directories;
  private final ReadOnlyFiles reader;

  TrustRequests(
      FileTrust trust, ConfigFileCache cache, Directories directories, ReadOnlyFiles reader) {
    this.trust = trust;
    this.cache = cache;
    this.directories = directories;
    this.reader = reader;
  }

  /**
   * What has to be approved for the value at a position; null if there is none.
   *
   * @throws AtmosException if it can't be approved, as it is too much
   */
  @Nullable TrustRequest find(Effect effect, Position position) {
    ConfigFile file = cache.of(position.source());
    Map<String, ValueSearch.Place> places = file == null ? Map.of() : places(file, position);
    if (file == null || places.isEmpty()) {
      return null;
    }
    List<Approval> approvals = new ArrayList<>();
    List<String> scripts = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    ChainDefinitions chain = new ChainDefinitions(cache, file);
    for (ConfigFile each : List.copyOf(cache.all())) {
      boolean own = each.equals(file);
      // An included file has no root: its values are approved for what includes them.
      if (own || each.root() != null) {
        String in = own ? "" : TrustRecord.IN + each.path();
        (own ? places : places(each, position))
            .forEach((at, place) -> {
              approvals.add(approval(effect, at + in, place));
              keys.add(at + in);
              if (effect == Effect.ENDPOINT && each.root() != null) {
                chain.add(place, in);
              }
            });
      }
    }
    approvals.addAll(chain.approvals());
    if (file.root() == null && keys.size() > places.size()) {
      keys.removeAll(places.keySet());
    }
    if (effect == Effect.COMMAND) {
      scripts(places.values().iterator().next().value(), file, approvals, scripts);
    }
    return new TrustRequest(effect, keys, position, approvals, scripts);
  }

  /** A file that is included as a text. */
  static ConfigText whole(Source source) {
    return new ConfigText(source.text(), /* plain= */ false, new Position(source, 1, 1));
  }

  static Approval approval(Effect effect, String keys, ValueSearch.Place place) {
    ConfigValue value = place.value();
    String name = place.name();
    if (effect == Effect.ENVIRONMENT && value instanceof ConfigMap variable) {
      name = ValueSearch.variable(variable, "value");
      value = new ConfigText("", true, variable.position());
    }
    String before = effect == Effect.ENVIRONMENT ? name + "=" : "";
    String digest = WrittenValue.digest(before, value, effect == Effect.PROTECTION);
    return new Approval(digest, effect + " " + keys);
  }

  private static Map<String, ValueSearch.Place> places(ConfigFile file, Position position) {
    // What was read last holds all that is used now.
    for (ConfigValue content : file.contents().reversed()) {
      Map<String, ValueSearch.Place> places = ValueSearch.find(position, content);
      if (places.size() == ValueSearch.MOST) {
        throw new AtmosException(
            ExitCode.USAGE, position + ": aliases bring this to too many places to be trusted");
      }
      if (!places.isEmpty()) {
        return places;
      }
    }
    return Map.of();
  }

  // Scripts.

  private void scripts(
      ConfigValue command, ConfigFile file, List<Approval> approvals, List<String> scripts) {
    Path directory = trust.directory(command.position());
    String text = text(command);
    boolean windows = directories.workingDirectory().getFileSystem().getSeparator().equals("\\");
    Set<String> words =
        text == null
            ? null
            : CommandWords.of(text, windows, name -> trust.variable(name, directory));
    if (words == null) {
      approvals.addFirst(Approval.NEVER);
      return;
    }
    Set<Path> seen = new HashSet<>();
    for (String word : words) {
      Path script = script(word, directory, file);
      String digest = script == null || !seen.add(script) ? null : digest(script.toString());
      if (digest != null) {
        approvals.add(new Approval(digest, TrustRecord.SCRIPT + script));
        if (!digest.equals(DIRECTORY)) {
          scripts.add(directory == null ? word : directory.relativize(script).toString());
        }
      }
    }
  }

  /** What is run; null if that depends on where the user is. */
  private static @Nullable String text(ConfigValue command) {
    if (command instanceof DeferredValue tagged) {
      if (tagged.tag().equals(Tags.EXEC)) {
        return tagged.argument();
      }
      return tagged.tag().equals("!cwd") || tagged.tag().equals("!random") ? null : "";
    }
    return command instanceof ConfigText written ? written.text() : "";
  }

  /** The file or the directory of the project that a word names; null if it names none. */
  private @Nullable Path script(String word, @Nullable Path directory, ConfigFile file) {
    if (directory == null) {
      return null;
    }
    try {
      Path written = directory.resolve(word);
      Path path = written.normalize();
      if (!cache.real(path, null).equals(cache.real(written, null))) {
        // Behind a link, ".." is not the directory above it.
        path = written;
      }
      return cache.exists(path)
              && (!trust.roots().isOutside(file, path) || trust.roots().leadsOut(file, path))
          ? path
          : null;
    } catch (InvalidPathException | AtmosException e) {
      return null;
    }
  }

  /**
   * The SHA-256 of a script; null if it isn't there. Of a directory, only that it is one: it holds
   * more than what is run.
   */
  @Nullable String digest(String script) {
    try {
      Path path = directories.workingDirectory().resolve(script);
      if (cache.isDirectory(path)) {
        return DIRECTORY;
      }
      Optional<byte[]> bytes = reader.read(path, LARGEST_SCRIPT);
      return bytes.isPresent() ? Digests.sha256Hex(bytes.get()) : null;
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.USAGE, "the script " + script + " can't be trusted: " + e.getMessage(), null, e);
    }
  }
}
