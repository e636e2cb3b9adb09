package dev.atmos.cli.config;

import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.SearchLog;
import dev.atmos.cli.config.search.SearchStep;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration and the files that it is merged from, for commands that explain it. It is
 * made when it is first asked for.
 */
public final class Configuration {
  private final ConfigLoader loader;
  private final ConfigOptions options;
  private @Nullable Result result;

  private record Result(ConfigMap merged, List<SearchStep> steps) {}

  Configuration(ConfigLoader loader, ConfigOptions options) {
    this.loader = loader;
    this.options = options;
  }

  /**
   * All sections of all files, merged. A value of {@code !env} is not made yet.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  public ConfigMap merged() {
    return result().merged();
  }

  /**
   * The steps of the search, from the lowest rank to the highest. A file comes after the files that
   * it imports: they are one level deeper, and rank right below it.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  public List<SearchStep> steps() {
    return result().steps();
  }

  /**
   * The profiles that can be selected, sorted, whether or not the selected ones are among them.
   *
   * @throws dev.atmos.plugin.base.AtmosException if a file can't be read or isn't valid
   */
  public List<String> profiles() {
    ConfigMerger merger = new ConfigMerger(loader, options, Set.of(), null);
    return merger.profiles(merger.base()).names();
  }

  private Result result() {
    Result known = result;
    if (known == null) {
      SearchLog log = new SearchLog(loader::trustOf);
      ConfigMap merged = new ConfigMerger(loader, options, null, log).merged();
      known = new Result(merged, log.steps());
      result = known;
    }
    return known;
  }
}
