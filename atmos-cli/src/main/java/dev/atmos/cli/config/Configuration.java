package dev.atmos.cli.config;

import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigMap;
import java.util.List;

/** Host service: the whole configuration and how it came about, for commands that explain it. */
public interface Configuration {

  /**
   * Something that is no error, and still not what the user can have meant.
   *
   * @param position where it is written
   * @param problem what it is, without the place
   */
  record Warning(Position position, String problem) {}

  /**
   * All sections of all files, merged.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  ConfigMap merged();

  /**
   * What was looked for, from the lowest rank to the highest. What a file takes in follows it, one
   * deeper, and ranks right below it; so these steps too go from the lowest rank to the highest.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  List<SearchStep> steps();

  /**
   * Imports of directories and patterns that match no file.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  List<Warning> warnings();

  /**
   * The profiles that could be chosen, sorted, whether or not one that is chosen is among them.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  List<String> profiles();
}
