package dev.atmos.auth.config;

import dev.atmos.plugin.config.Position;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider: where somebody signs in.
 *
 * @param isDefault shown, and of no other consequence
 * @param tags what it can be picked by
 * @param sessionDuration how long a sign-in is asked to last; null where that isn't said
 * @param consoleDuration how long a session of the web console is asked to last; null where that
 *     isn't said
 * @param details what its kind needs
 */
public record ProviderDefinition(
    String name,
    String kind,
    Position position,
    Position kindPosition,
    boolean isDefault,
    List<String> tags,
    @Nullable Duration sessionDuration,
    @Nullable Duration consoleDuration,
    List<String> deferred,
    ProviderDetails details)
    implements Definition {

  /** Copies the lists. */
  public ProviderDefinition {
    tags = List.copyOf(tags);
    deferred = List.copyOf(deferred);
  }

  /** The AWS region that its details name; null for none. */
  public @Nullable String region() {
    return details.region();
  }
}
