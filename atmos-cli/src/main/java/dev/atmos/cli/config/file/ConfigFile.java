package dev.atmos.cli.config.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.text.Utf8;
import dev.atmos.text.yaml.InMemoryStreamReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file of the configuration as it was read: the same bytes are merged, approved and quoted by
 * messages. There is one instance for each path.
 */
public final class ConfigFile {
  public static final String BASE_PATH = "base_path";

  private final Path path;
  private final byte[] bytes;
  private final @Nullable Path base;
  private final Map<String, Object> made = new HashMap<>();
  private boolean namedOnCommandLine;
  private boolean marked;
  private @Nullable Source source;
  private int[] codePoints = {};
  private @Nullable ConfigMap root;
  private @Nullable ConfigMap choices;
  private final List<ConfigValue> contents = new ArrayList<>();
  private @Nullable Path basePath;

  /**
   * A file.
   *
   * @param base where relative paths in all files start; null where each file decides that
   */
  public ConfigFile(Path path, byte[] bytes, @Nullable Path base) {
    this.path = path;
    this.bytes = bytes;
    this.base = base;
  }

  /** The path that it was read by; absolute, and without {@code .} and {@code ..}. */
  public Path path() {
    return path;
  }

  /** The directory that it lies in, by that path. */
  public Path directory() {
    Path parent = path.getParent();
    return parent == null ? path.resolve("") : parent;
  }

  /** Its content; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Its text, into which positions point. Its name is the path, by which {@link ConfigFileCache}
   * finds the file again.
   *
   * @throws AtmosException if it isn't UTF-8, or has a character that YAML doesn't allow
   */
  public Source source() {
    Source known = source;
    if (known == null) {
      Utf8 decoded = Utf8.decode(bytes);
      known = new Source(path.toString(), decoded.text());
      codePoints = decoded.codePoints();
      String problem = decoded.problem();
      if (problem != null) {
        InMemoryStreamReader reader =
            new InMemoryStreamReader(decoded.text(), codePoints, 0, codePoints.length, 0);
        reader.forward(decoded.problemIndex());
        throw new Position(known, reader.getLine() + 1, reader.getColumn() + 1).error(problem);
      }
      source = known;
    }
    return known;
  }

  /**
   * Its text by code points; not to be changed.
   *
   * @throws AtmosException as {@link #source} does
   */
  public int[] codePoints() {
    source();
    return codePoints;
  }

  /** Whether {@code --config} or {@code --config-path} of the command line led to it. */
  public boolean namedOnCommandLine() {
    return namedOnCommandLine;
  }

  public void setNamedOnCommandLine() {
    namedOnCommandLine = true;
  }

  /** Whether a tag in it changes how it is merged over lower files. */
  public boolean marked() {
    return marked;
  }

  public void setMarked() {
    marked = true;
  }

  /** The mapping that it holds; null if it wasn't parsed as a file of the configuration. */
  public @Nullable ConfigMap root() {
    return root;
  }

  /**
   * Sets the mapping, unless it is set already.
   *
   * @param guarded the same, with a {@code base_path} that counts only if it may
   */
  public void setRoot(ConfigMap parsed, ConfigMap guarded) {
    if (root == null) {
      root = parsed;
      choices = guarded;
    }
    addContent(parsed);
  }

  /**
   * What the file holds, by each time that it was parsed. A part of it may be missing where that
   * wasn't needed.
   */
  public List<ConfigValue> contents() {
    return contents;
  }

  /** Adds what the file holds, as it was parsed once more. */
  public void addContent(ConfigValue parsed) {
    contents.add(parsed);
  }

  /**
   * Where relative paths of imports and includes in it start: {@code --base-path}, else {@code
   * ATMOS_BASE_PATH}, else its own {@code base_path}, else its directory. Made when it is first
   * asked for, as a {@code base_path} may have a tag.
   *
   * @throws AtmosException if its {@code base_path} can't be used
   */
  public Path basePath(Optional<Path> home) {
    Path known = basePath;
    if (known == null) {
      // What a base_path itself includes is looked for next to the file.
      basePath = directory();
      known = base == null ? ownBase(home) : base;
      basePath = known;
    }
    return known;
  }

  private Path ownBase(Optional<Path> home) {
    ConfigMap map = choices;
    String own = map == null ? "" : map.text(BASE_PATH).orElse("");
    if (map == null || own.isBlank()) {
      return directory();
    }
    try {
      return ConfigPaths.resolve(directory(), own, home);
    } catch (InvalidPathException e) {
      throw map.positionOf(BASE_PATH).error("'" + BASE_PATH + "' is not a valid path");
    }
  }

  /**
   * The text that a tag of the file makes: once, even where the file is parsed twice. A failure is
   * kept as well.
   *
   * @param place names the tag and its position
   */
  public String once(String place, Supplier<String> maker) {
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

  @Override
  public String toString() {
    return path.toString();
  }
}
