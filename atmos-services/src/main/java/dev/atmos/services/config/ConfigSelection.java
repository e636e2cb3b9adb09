package dev.atmos.services.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Host service: what makes another run of the program, in any directory and with any variables of
 * the shell, read the same configuration as this one.
 */
public interface ConfigSelection {

  /**
   * The variables that such a run has to be given, also those that are empty, so that what the
   * shell says instead is of no effect:
   *
   * <ul>
   *   <li>{@code ATMOS_CONFIG}: the files that this run's search has found or that were named, from
   *       the lowest rank to the highest, and the directories {@code atmos.d} and {@code .atmos.d}
   *       that were taken in without a file beside them; absolute, with commas between them. Empty
   *       where there are none.
   *   <li>{@code ATMOS_CONFIG_PATH} and {@code ATMOS_CHDIR}: always empty.
   *   <li>{@code ATMOS_BASE_PATH}: what relative imports start from, where that is said for all
   *       files.
   *   <li>{@code ATMOS_PROFILE}: the profiles that are chosen; by their directories where their
   *       names alone would lead elsewhere.
   *   <li>{@code ATMOS_AUTH_REALM}: what keeps credentials apart.
   * </ul>
   *
   * They grant none of these files any trust.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if a file can't be read or isn't valid, or if a path that has to be named has a comma in it
   */
  Map<String, String> variables();

  /**
   * The same for what outlives this run, and is used wherever the user is. Of files and profiles
   * that aren't trusted, it names none unless the identity, or what it goes through, has a value of
   * such a file.
   *
   * @param identity null for none
   * @throws dev.atmos.plugin.base.AtmosException as {@link #variables}
   */
  default Map<String, String> variablesOf(@Nullable String identity) {
    return variables();
  }

  /**
   * The words that name the same files on the command line of such a run, which trusts them for
   * that. None where this run's own command line names no file.
   *
   * @throws dev.atmos.plugin.base.AtmosException as {@link #variables} does
   */
  default List<String> words() {
    return List.of();
  }
}
