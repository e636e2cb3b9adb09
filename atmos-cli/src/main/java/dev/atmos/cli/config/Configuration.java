package dev.atmos.cli.config;

import dev.atmos.cli.config.search.SearchStep;
import dev.atmos.services.config.ConfigMap;
import java.util.List;

/** The whole configuration and the files that it is merged from, for commands that explain it. */
public interface Configuration {

  /**
   * All sections of all files, merged.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  ConfigMap merged();

  /**
   * The steps of the search, from the lowest rank to the highest. A file comes after the files that
   * it imports: they are one level deeper, and rank right below it.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  List<SearchStep> steps();

  /**
   * The profiles that can be selected, sorted, whether or not the selected ones are among them.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  List<String> profiles();
}
