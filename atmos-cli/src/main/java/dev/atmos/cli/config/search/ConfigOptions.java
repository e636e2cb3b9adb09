package dev.atmos.cli.config.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line that select the configuration.
 *
 * @param config the values of {@code --config}, each of them one path or several with commas
 *     between them; empty if the option isn't given
 * @param configPath the values of {@code --config-path}, in the same way
 * @param basePath the value of {@code --base-path}; null if the option isn't given
 * @param profiles the values of {@code --profile}, each of them one name or several with commas
 */
public record ConfigOptions(
    List<String> config,
    List<String> configPath,
    @Nullable String basePath,
    List<String> profiles) {

  /** None of the options is given. */
  public static final ConfigOptions NONE = new ConfigOptions(List.of(), List.of(), null, List.of());
}
