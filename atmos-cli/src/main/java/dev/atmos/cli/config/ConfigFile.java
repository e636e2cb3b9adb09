package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.text.Utf8;
import dev.atmos.text.yaml.InMemoryStreamReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that was read for the configuration, as it was then: what is merged, what is trusted and
 * what messages quote are the same bytes. Two of them are never of one path.
 */
final class ConfigFile {
  private final Path path;
  private final byte[] bytes;
  private final @Nullable BasePaths bases;
  private boolean namedOnCommandLine;
  private boolean marked;
  private @Nullable Utf8 text;
  private @Nullable Source source;
  private @Nullable ConfigMap root;
  private @Nullable Path basePath;

  /**
   * A file.
   *
   * @param bases what relative paths in it start from; its own directory where this is null
   */
  ConfigFile(Path path, byte[] bytes, @Nullable BasePaths bases) {
    this.path = path;
    this.bytes = bytes;
    this.bases = bases;
  }

  /** The path that it was read by; absolute, and without {@code .} and {@code ..}. */
  Path path() {
    return path;
  }

  /** The directory that it lies in, by that path. */
  Path directory() {
    Path parent = path.getParent();
    return parent == null ? path.resolve("") : parent;
  }

  /** Its content; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Its content by code points; not to be changed.
   *
   * @throws AtmosException if it isn't UTF-8, or has a character that YAML doesn't allow
   */
  int[] codePoints() {
    source();
    return text().codePoints();
  }

  /**
   * What the positions in it point into. Its name is the path, by which {@link ConfigReads} finds
   * the file again.
   *
   * @throws AtmosException if it isn't UTF-8, or has a character that YAML doesn't allow
   */
  Source source() {
    Source known = source;
    if (known == null) {
      Utf8 decoded = text();
      known = new Source(path.toString(), decoded.text());
      String problem = decoded.problem();
      if (problem != null) {
        InMemoryStreamReader reader = reader(0, decoded.codePoints().length, 0);
        reader.forward(decoded.problemIndex());
        throw new Position(known, reader.getLine() + 1, reader.getColumn() + 1).error(problem);
      }
      source = known;
    }
    return known;
  }

  /** A reader of the whole file; it must have been found to be well-formed by {@link #source}. */
  InMemoryStreamReader reader() {
    return reader(0, text().codePoints().length, 0);
  }

  /** A reader of some lines of it. */
  InMemoryStreamReader reader(int start, int end, int line) {
    return new InMemoryStreamReader(text().text(), text().codePoints(), start, end, line);
  }

  private Utf8 text() {
    Utf8 decoded = text;
    if (decoded == null) {
      decoded = Utf8.decode(bytes);
      text = decoded;
    }
    return decoded;
  }

  /** Whether {@code --config} or {@code --config-path} of the command line led to it. */
  boolean namedOnCommandLine() {
    return namedOnCommandLine;
  }

  void setNamedOnCommandLine() {
    namedOnCommandLine = true;
  }

  /** Whether it says what is to be done with values of lower files, by a tag. */
  boolean marked() {
    return marked;
  }

  void setMarked() {
    marked = true;
  }

  /** What it holds at its top, once that has been parsed; its {@code base_path} among it. */
  void setRoot(ConfigMap parsed) {
    root = parsed;
  }

  /** Whether it has been parsed as a file of configuration, and not just included as a text. */
  boolean isParsed() {
    return root != null;
  }

  /**
   * What relative paths of imports and includes in it start from. Made when it is first asked for,
   * as a {@code base_path} may have a tag.
   *
   * @throws AtmosException if its {@code base_path} can't be used
   */
  Path basePath() {
    Path known = basePath;
    if (known == null) {
      // What a base_path itself includes is looked for next to the file.
      basePath = directory();
      known = bases == null ? directory() : bases.of(this, root);
      basePath = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
