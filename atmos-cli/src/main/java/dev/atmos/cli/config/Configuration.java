package dev.atmos.cli.config;

import dev.atmos.plugin.config.ConfigMap;
import java.util.List;

/** Host service: the whole configuration and how it came about, for commands that explain it. */
public interface Configuration {

  /**
   * All sections of all files, merged.
   *
   * @throws dev.atmos.plugin.AtmosException if a file can't be read or isn't valid
   */
  ConfigMap merged();

  /**
   * What was looked for, in the order in which it was merged, from the lowest rank to the highest.
   *
   * @throws dev.atmos.plugin.AtmosException if a file can't be read or isn't valid
   */
  List<SearchStep> steps();

  /** The profiles that could be chosen, sorted. */
  List<String> profiles();
}
