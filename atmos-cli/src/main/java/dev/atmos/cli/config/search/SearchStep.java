package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.TrustState;
import java.nio.file.Path;

/**
 * A step of the search for the configuration, as {@code atmos config files} shows it.
 *
 * @param place why the search looked there, in a few words: {@code the working directory}
 * @param path the file; the directory where none of its possible files exists
 * @param outcome the result
 * @param detail more about the result, in a few words; may be empty
 * @param depth 0 for the files that the search looks for, 1 for their imports, and so on
 * @param trust whether the file is trusted
 */
public record SearchStep(
    String place, Path path, Outcome outcome, String detail, int depth, TrustState trust) {

  /** The result of a step. */
  public enum Outcome {
    /** The file is part of the configuration. */
    MERGED,
    /** There is nothing of that name. */
    ABSENT,
    /** Nothing was looked for, because something else rules it out. */
    SKIPPED
  }
}
