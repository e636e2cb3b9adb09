package dev.atmos.cli.config;

import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration with its steps, made when it is first asked for. */
final class Explanation implements Configuration {
  private final ConfigLoader loader;
  private final ConfigOptions options;
  private @Nullable Result result;

  private record Result(ConfigMap merged, List<SearchStep> steps, List<Warning> warnings) {}

  Explanation(ConfigLoader loader, ConfigOptions options) {
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
  public List<Warning> warnings() {
    return result().warnings();
  }

  @Override
  public List<String> profiles() {
    return new ConfigLoad(loader, options, Set.of(), null).profileNames();
  }

  private Result result() {
    Result known = result;
    if (known == null) {
      Trail trail = Trail.root(loader.directories().workingDirectory());
      ConfigLoad load = new ConfigLoad(loader, options, null, trail);
      ConfigMap merged = load.merged();
      known = new Result(merged, trail.steps(loader::trustOf), List.copyOf(load.warnings()));
      result = known;
    }
    return known;
  }
}
