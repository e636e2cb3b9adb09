package dev.atmos.cli.config;

import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.SearchLog;
import dev.atmos.cli.config.search.SearchStep;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration with its steps, made when it is first asked for. */
final class ExplainedConfig implements Configuration {
  private final ConfigLoader loader;
  private final ConfigOptions options;
  private @Nullable Result result;

  private record Result(ConfigMap merged, List<SearchStep> steps) {}

  ExplainedConfig(ConfigLoader loader, ConfigOptions options) {
    this.loader = loader;
    this.options = options;
  }

  @Override
  public ConfigMap merged() {
    return result().merged();
  }

  @Override
  public List<SearchStep> steps() {
    return result().steps();
  }

  @Override
  public List<String> profiles() {
    return new ConfigMerger(loader, options, Set.of(), null).profileNames();
  }

  private Result result() {
    Result known = result;
    if (known == null) {
      SearchLog log = SearchLog.root(loader.directories().workingDirectory());
      ConfigMap merged = new ConfigMerger(loader, options, null, log).merged();
      known = new Result(merged, log.steps(loader::trustOf));
      result = known;
    }
    return known;
  }
}
