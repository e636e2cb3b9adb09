package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.TrustState;
import java.nio.file.Path;

/**
 * A step of the search for the configuration, as {@code atmos config files} tells it.
 *
 * @param place why the search looked there, in a few words: {@code the working directory}
 * @param path what was looked for; a directory where none of its possible files was there
 * @param outcome what came of it
 * @param detail more about the outcome, in a few words; empty if there is no more to say
 * @param depth 0 for what the search itself looked for, 1 for what that imports, and so on
 * @param trust whether what the file asks for may be done
 */
public record SearchStep(
    String place, Path path, Outcome outcome, String detail, int depth, TrustState trust) {

  /** What came of a step. */
  public enum Outcome {
    /** The file is part of the configuration. */
    MERGED,
    /** There is nothing of that name. */
    ABSENT,
    /** Nothing was looked for, because something else rules it out. */
    SKIPPED
  }
}
