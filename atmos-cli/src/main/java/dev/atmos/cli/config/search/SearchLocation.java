package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A place where the search looks for a file.
 *
 * @param name why it looks there, in a few words
 * @param path the file; the directory, where none was found
 * @param file the file that was found there; null if none was
 * @param kind the kind of place
 * @param skipped why nothing was looked for; empty if something was
 */
public record SearchLocation(
    String name, Path path, @Nullable ConfigFile file, Kind kind, String skipped) {

  public enum Kind {
    /** Of all users of the machine: what such a file imports is not read. */
    SYSTEM,
    /** Of the user. */
    USER,
    /** Around the working directory, or chosen by a variable in its stead. */
    PROJECT,
    /** Named as the file to read instead of searching. */
    NAMED,
    /** Named like that, and the one of all users of the machine. */
    NAMED_SYSTEM,
    /** A directory of fragments without a file beside it. */
    FRAGMENTS;

    /** Whether it was named rather than found. */
    public boolean isNamed() {
      return this == NAMED || this == NAMED_SYSTEM;
    }

    /** Whether a project may have put it there. */
    boolean isOfProject() {
      return this != SYSTEM && this != USER;
    }

    /** Whether what such a file imports, and what lies beside it, is read too. */
    boolean takesIn() {
      return this != SYSTEM && this != NAMED_SYSTEM;
    }
  }
}
